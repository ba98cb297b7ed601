import { describe, expect, it } from 'vitest';

import { ObservationError, parseObservation } from '../../../src/detection/stream/observation.ts';

const article = {
  type: 'article',
  at: '2023-01-01T05:00:00+07:00',
  series: ['P02/food'],
  polarity: 'negative',
  outlet: 'o001',
  tier: 'national',
  story: 's1',
  late: false,
};

describe('parseObservation', () => {
  it('reads an article, an outage and an announced period', () => {
    expect(parseObservation(JSON.stringify(article))).toEqual({
      type: 'article',
      at: Date.parse('2022-12-31T22:00:00Z'),
      series: ['P02/food'],
      isNegative: true,
      outlet: 'o001',
      story: 's1',
      isLate: false,
    });
    const at = article.at;
    expect(
      parseObservation(JSON.stringify({ type: 'outage', at, from: at, to: at, outlets: 0.5 })),
    ).toMatchObject({ type: 'outage', outlets: 0.5 });
    expect(
      parseObservation(
        JSON.stringify({ type: 'calendar', at, from: at, to: at, series: ['*'], name: 'tet' }),
      ),
    ).toMatchObject({ type: 'calendar', name: 'tet' });
  });

  it.each([
    ['no JSON', '{'],
    ['no object', 'null'],
    ['an unknown type', '{"type":"rumour"}'],
    ['a time that is none', JSON.stringify({ ...article, at: 'yesterday' })],
    ['series that are no list', JSON.stringify({ ...article, series: 'P02/food' })],
    ['a missing story', JSON.stringify({ ...article, story: undefined })],
  ])('refuses %s', (_what, line) => {
    expect(() => parseObservation(line)).toThrow(ObservationError);
  });
});
