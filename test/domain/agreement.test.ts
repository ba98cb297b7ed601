import { describe, expect, it } from 'vitest';

import { agreementByVersion, sampledAgreement, wilson } from '../../src/domain/agreement.ts';
import { type Correction, type MachineVerdict, revoke } from '../../src/domain/correction.ts';
import { aCorrection } from '../support/factories.ts';

const verdict = (languageVersion: string, polarity: MachineVerdict['polarity']): MachineVerdict => ({
  languageVersion,
  isHealth: true,
  polarity,
  topics: ['treatment'],
  mentions: [],
});

let next = 0;
function spoken(overrides: Partial<Correction>): Correction {
  next += 1;
  const { isSampled: _sampled, ...rest } = aCorrection({
    id: `c${next}`,
    articleId: `a${next}`,
    says: { polarity: 'neutral' },
  });
  return { ...rest, ...overrides };
}

describe('wilson', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, score method without continuity correction.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives %i of %i its published interval', (hits, of, low, high) => {
    expect(wilson(hits, of).low).toBeCloseTo(low, 4);
    expect(wilson(hits, of).high).toBeCloseTo(high, 4);
  });

  it('says nothing of nothing', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('agreementByVersion', () => {
  it('counts each article once for each version, by the last word, and only what was spoken of', () => {
    const corrections = [
      spoken({ verdicts: [verdict('v1', 'negative'), verdict('v2', 'neutral')] }),
      spoken({ articleId: 'twice', at: '2026-03-01T00:00:00.000Z', verdicts: [verdict('v1', 'negative')] }),
      spoken({
        articleId: 'twice',
        at: '2026-03-02T00:00:00.000Z',
        says: { polarity: 'negative', topics: ['incidents'], isHealth: true },
        verdicts: [verdict('v1', 'negative')],
      }),
      revoke(spoken({ verdicts: [verdict('v1', 'negative')] }), 'Minh', '2026-03-03T00:00:00.000Z'),
    ];
    expect(agreementByVersion(corrections)).toMatchObject([
      { languageVersion: 'v2', articles: 1, polarity: { agreed: 1, of: 1 }, topics: { agreed: 0, of: 0 } },
      {
        languageVersion: 'v1',
        articles: 2,
        polarity: { agreed: 1, of: 2 },
        topics: { agreed: 0, of: 1 },
        relevance: { agreed: 1, of: 1 },
      },
    ]);
  });
});

describe('sampledAgreement', () => {
  it('counts what was drawn by chance, for the version it was drawn under alone', () => {
    const corrections = [
      spoken({ isSampled: true, verdicts: [verdict('v1', 'negative'), verdict('v2', 'neutral')] }),
      spoken({ isSampled: true, verdicts: [verdict('v1', 'neutral')] }),
      spoken({ verdicts: [verdict('v1', 'negative')] }),
      spoken({ articleId: 'known', at: '2026-03-01T00:00:00.000Z', verdicts: [verdict('v1', 'negative')] }),
      spoken({
        articleId: 'known',
        at: '2026-03-02T00:00:00.000Z',
        isSampled: true,
        verdicts: [verdict('v1', 'negative')],
      }),
    ];
    expect(sampledAgreement(corrections)).toMatchObject([
      { languageVersion: 'v1', articles: 2, polarity: { agreed: 1, of: 2 } },
    ]);
  });
});
