import { describe, expect, it } from 'vitest';

import {
  type Correction,
  corrected,
  lastWord,
  type MachineVerdict,
  MOST_VERDICTS,
  revoke,
  verdictOf,
  withVerdict,
} from '../../src/domain/correction.ts';
import { aCorrection, anAnalysis, anArticle } from '../support/factories.ts';

const says = (word: Correction['says'], overrides: Partial<Correction> = {}) =>
  aCorrection({ says: word, ...overrides });

const province = { kind: 'province', id: '01', name: 'Hà Nội', start: 3, end: 9 } as const;

describe('corrected', () => {
  it('leaves an analysis as it is where nobody has spoken', () => {
    const analysis = anAnalysis();
    expect(corrected(analysis, [])).toBe(analysis);
  });

  it('sets the polarity, keeps score, axes and evidence, and says what the program had said', () => {
    const { sentiment } = anAnalysis();
    const negative = anAnalysis({ sentiment: { ...sentiment, polarity: 'negative', score: -0.6 } });
    const result = corrected(negative, [says({ polarity: 'neutral' })]);
    expect(result.sentiment).toEqual({ ...negative.sentiment, polarity: 'neutral' });
    expect(result.corrected).toEqual({
      ids: ['c1'],
      fields: ['polarity'],
      by: 'Thu Hà',
      at: '2026-03-02T02:00:00.000Z',
      machine: verdictOf(negative),
    });
  });

  it('takes all topics from a person, with the reasons of those that the program found too', () => {
    const { topics } = corrected(anAnalysis(), [says({ topics: ['incidents', 'treatment'] })]);
    expect(topics).toEqual([{ topic: 'incidents', score: 0, terms: [] }, ...anAnalysis().topics]);
  });

  it('takes mentions away and adds others once, without a span', () => {
    const facility = { kind: 'facility', id: 'bv-vi-du', name: 'Bệnh viện Ví Dụ', province: '79' } as const;
    const analysis = anAnalysis({ mentions: [province, { ...province, start: 40, end: 46 }] });
    const word = { add: [facility, province], remove: [province] };
    const { mentions } = corrected(analysis, [says({ mentions: { add: [facility], remove: [province] } })]);
    expect(mentions).toEqual([{ ...facility, start: 0, end: 0 }]);
    expect(corrected(analysis, [says({ mentions: { add: [province], remove: [] } })]).mentions).toEqual(
      analysis.mentions,
    );
    expect(corrected(analysis, [says({ mentions: word })]).mentions.map(({ id }) => id)).toEqual([
      'bv-vi-du',
      '01',
    ]);
  });

  it('marks a confirmation without a field', () => {
    const word = { isHealth: true, polarity: 'neutral', topics: ['treatment'] } as const;
    const result = corrected(anAnalysis(), [says(word)]);
    expect(result).toEqual({
      ...anAnalysis(),
      corrected: expect.objectContaining({ ids: ['c1'], fields: [] }),
    });
  });

  it('forgets an earlier mark once everything is withdrawn', () => {
    const article = corrected(anArticle(), [says({ polarity: 'negative' })]);
    const withdrawn = revoke(says({ polarity: 'negative' }), 'Minh', '2026-03-02T03:00:00.000Z');
    expect(corrected({ ...article, ...anAnalysis() }, [withdrawn])).toEqual(anArticle());
  });
});

describe('lastWord', () => {
  const early = { id: 'z', at: '2026-03-02T01:00:00.000Z' };
  const late = { id: 'a', at: '2026-03-02T02:00:00.000Z' };

  it('lets the later win, field by field, in whatever order they come', () => {
    const first = says({ polarity: 'negative', topics: ['incidents'] }, early);
    const second = says({ polarity: 'neutral' }, late);
    for (const corrections of [
      [first, second],
      [second, first],
    ]) {
      expect(lastWord(corrections)).toEqual({ polarity: 'neutral', topics: ['incidents'] });
    }
  });

  it('brings a mention back that a later person adds', () => {
    const removed = says({ mentions: { add: [], remove: [province] } }, early);
    const { start: _start, end: _end, ...chosen } = province;
    const added = says({ mentions: { add: [chosen], remove: [] } }, late);
    expect(lastWord([removed, added])).toEqual({ mentions: { add: [chosen], remove: [] } });
    expect(lastWord([removed, revoke(added, 'Minh', late.at)])).toEqual({
      mentions: { add: [], remove: [province] },
    });
  });
});

describe('withVerdict', () => {
  const verdict = (languageVersion: string): MachineVerdict => ({
    ...verdictOf(anAnalysis()),
    languageVersion,
  });

  it('keeps one verdict for each version', () => {
    const once = withVerdict(aCorrection(), verdict('v2'));
    expect(once.verdicts.map(({ languageVersion }) => languageVersion)).toEqual(['test-1+test-1', 'v2']);
    expect(withVerdict(once, { ...verdict('v2'), polarity: 'positive' })).toBe(once);
  });

  it('keeps the first and the newest of very many', () => {
    let correction = aCorrection();
    for (let version = 1; version <= 60; version++)
      correction = withVerdict(correction, verdict(`v${version}`));
    const versions = correction.verdicts.map(({ languageVersion }) => languageVersion);
    expect(versions).toHaveLength(MOST_VERDICTS);
    expect([versions[0], versions[1], versions.at(-1)]).toEqual([
      'test-1+test-1',
      `v${60 - MOST_VERDICTS + 2}`,
      'v60',
    ]);
  });
});

it('remembers who withdrew a correction first', () => {
  const once = revoke(aCorrection(), 'Minh', '2026-03-02T03:00:00.000Z');
  expect(revoke(once, 'Lan', '2026-03-02T04:00:00.000Z')).toBe(once);
});
