import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { AlertRule, CampaignWindow } from '../../src/detection/alert-rule.ts';
import type { JudgeInput } from '../../src/detection/judge-series.ts';
import { judgeSeries } from '../../src/detection/judge-series.ts';
import type { Alert } from '../../src/domain/alert.ts';
import type { Polarity } from '../../src/domain/analysis.ts';
import type { Article } from '../../src/domain/article.ts';
import { anAnalysis, anArticle } from '../support/factories.ts';
import { steadyHours } from '../support/hour-counts.ts';

const NOW = new Date('2026-03-04T09:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();

const rule: AlertRule = {
  id: 'facility-burst',
  version: '1',
  seriesKinds: ['facility'],
  windowHours: 24,
  maxFalseAlarmProbability: 1e-4,
  minNegative: 3,
  minNewsrooms: 2,
  minNegativeShare: 0.5,
  severity: 'serious',
  expectedFalsePagesPerWeek: 0.5,
  growthToRepeat: 2,
};

function sentiment(polarity: Polarity) {
  return { ...anAnalysis().sentiment, polarity, score: polarity === 'negative' ? -0.6 : 0.3 };
}

/** `count` negative articles of as many stories and newsrooms, a quarter of an hour apart. */
function burst(count: number, overrides: (index: number) => Partial<Article> = () => ({})): Article[] {
  return Array.from({ length: count }, (_, index) =>
    anArticle({
      id: `a${index}`,
      storyId: `s${index}`,
      outletId: `bao-${index}`,
      newsroom: `bao-${index}`,
      title: `Người nhà tố bệnh viện tắc trách, lần ${index}`,
      sentiment: sentiment('negative'),
      harmTerms: ['tắc trách'],
      firstSeenAt: minutesAgo(15 * (count - index)),
      publishedAt: {
        at: minutesAgo(15 * (count - index) + 5),
        source: 'feed',
        zoneAssumed: false,
        dayOnly: false,
      },
      ...overrides(index),
    }),
  );
}

function judge(overrides: Partial<JudgeInput>) {
  return judgeSeries({
    series: 'facility:bv-mau',
    seriesName: 'Bệnh viện Mẫu',
    hours: steadyHours(minutesAgo(24 * 60), { days: 55, perDay: 1 }),
    recent: [],
    rule,
    campaigns: [],
    now: NOW,
    ...overrides,
  });
}

describe('judgeSeries', () => {
  it('raises an alert with its evidence when a quiet hospital is accused by many newsrooms at once', () => {
    const alert = judge({ recent: burst(8) }) as Alert;
    expect(alert).toMatchObject({
      ruleId: 'facility-burst',
      ruleVersion: '1',
      severity: 'serious',
      observed: 8,
      firstOutletId: 'bao-0',
      firstArticleAt: minutesAgo(120),
      dataWatermarkAt: minutesAgo(15),
      copiesFolded: 0,
    });
    expect(alert.independentNewsrooms).toHaveLength(8);
    expect(alert.expected).toBeLessThan(3);
    expect(alert.falseAlarmProbability).toBeLessThan(1e-4);
    expect(alert.signals.map(({ kind }) => kind)).toContain('harm');
    expect(alert.id).toMatch(/^[a-z0-9-]+$/);
  });

  it('stays quiet on what the series always shows', () => {
    const hours = steadyHours(minutesAgo(24 * 60), { days: 55, perDay: 9, negativeEvery: 1 });
    expect(judge({ hours, recent: burst(8) })).toEqual({ quiet: 'as-expected' });
  });

  it('stays quiet on forty copies of one wire story', () => {
    const copies = burst(40, (index) => ({ storyId: 'wire', copyNumber: index + 1 }));
    expect(judge({ recent: copies })).toEqual({ quiet: 'few-negative' });
    // Nor do two of its copies and a third article make it two newsrooms.
    const credited = burst(3, () => ({ creditedTo: 'TTXVN' }));
    expect(judge({ recent: credited })).toEqual({ quiet: 'few-newsrooms' });
  });

  it('folds copies beyond the second and says how many', () => {
    const copies = burst(20, (index) => ({ id: `c${index}`, storyId: 'wire', copyNumber: index + 1 }));
    const alert = judge({ recent: [...copies, ...burst(8)] }) as Alert;
    expect(alert.observed).toBe(10);
    expect(alert.copiesFolded).toBe(18);
  });

  it('takes a denial for an early sign, whatever a title speaks of, and a rumour for none', () => {
    const kindsOf = (cautions: Article['cautions']) => {
      const alert = judge({
        recent: burst(8, () => ({ title: 'Gia đình lên tiếng, bệnh viện bác bỏ', cautions })),
      });
      return 'signals' in alert ? alert.signals.map(({ kind }) => kind) : [];
    };
    const caution = { term: 'bác bỏ', start: 30, end: 36 };
    expect(kindsOf([{ ...caution, kind: 'denial', speaker: 'facility' }])).toContain('denial');
    expect(kindsOf([{ ...caution, kind: 'rumour' }])).not.toContain('denial');
    expect(kindsOf([])).toContain('harm');
  });

  it('stays quiet on a planned campaign, and hears harm within it', () => {
    const campaign: CampaignWindow = {
      id: 'doctors-day',
      name: 'Ngày Thầy thuốc',
      from: minutesAgo(3000),
      to: minutesAgo(-3000),
      topics: [],
      facilities: [],
      terms: ['ngày thầy thuốc'],
    };
    const planned = burst(8, () => ({ title: 'Bệnh viện kỷ niệm Ngày Thầy thuốc Việt Nam', harmTerms: [] }));
    expect(judge({ recent: planned, campaigns: [campaign] })).toEqual({ quiet: 'planned-campaign' });
    expect(judge({ recent: planned })).toHaveProperty('id');
    const harm = burst(8, () => ({ title: 'Tử vong đúng Ngày Thầy thuốc Việt Nam', harmTerms: ['tử vong'] }));
    expect(judge({ recent: harm, campaigns: [campaign] })).toHaveProperty('id');
  });

  it('stays quiet on imports, late articles and the backlog of feeds that came back', () => {
    expect(judge({ recent: burst(8, () => ({ imported: true })) })).toEqual({ quiet: 'nothing-counted' });
    expect(judge({ recent: burst(8, () => ({ isLate: true })) })).toEqual({ quiet: 'nothing-counted' });
    const feedRecoveries = new Map(burst(8).map(({ outletId }) => [outletId, minutesAgo(130)]));
    const published = { source: 'feed', zoneAssumed: false, dayOnly: false } as const;
    const backlog = burst(8, () => ({ publishedAt: { ...published, at: minutesAgo(300) } }));
    expect(judge({ recent: backlog, feedRecoveries })).toEqual({ quiet: 'backlog' });
    // What was published after the feed came back is news.
    expect(judge({ recent: burst(8), feedRecoveries })).toHaveProperty('id');
  });

  it('tells again only when the count has grown as the rule says, or a graver rule fires', () => {
    const previous = judge({ recent: burst(8) }) as Alert;
    expect(judge({ recent: burst(12), previous })).toEqual({ quiet: 'not-grown' });
    const grown = judge({ recent: burst(16), previous }) as Alert;
    expect(grown.changed).toContain('từ 8 lên 16 bài');
    expect(grown.id).not.toBe(previous.id);
    const graver: AlertRule = { ...rule, id: 'crisis', severity: 'critical' };
    expect(judge({ recent: burst(9), previous, rule: graver })).toHaveProperty('severity', 'critical');
  });

  it('takes the word of stories for who wrote a text of their own', () => {
    const told = burst(6, (index) => ({ storyId: 's', copyNumber: index % 3 === 0 ? 1 : 2 }));
    expect(judge({ recent: told })).toEqual({ quiet: 'few-newsrooms' });
    const story = {
      id: 's',
      title: 't',
      firstArticleId: 'a0',
      firstOutletId: 'bao-0',
      firstSeenAt: minutesAgo(100),
      lastSeenAt: minutesAgo(10),
      articleIds: told.map(({ id }) => id),
      independentNewsrooms: ['bao-0', 'bao-3'],
      tiers: ['national' as const],
    };
    const alert = judge({ recent: told, stories: new Map([['s', story]]) }) as Alert;
    expect(alert.independentNewsrooms).toEqual(['bao-0', 'bao-3']);
  });

  it('gives the same alert for the same data, whenever it is asked, and never loses a louder burst', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 40 }), fc.integer({ min: 1, max: 20 }), (count, more) => {
        const first = judge({ recent: burst(count) }) as Alert;
        const later = judge({ recent: burst(count), now: new Date(NOW.getTime() + 60_000) }) as Alert;
        expect(later.id).toBe(first.id);
        const louder = judge({ recent: burst(count + more) }) as Alert;
        expect(louder.falseAlarmProbability).toBeLessThanOrEqual(first.falseAlarmProbability);
      }),
      { numRuns: 40 },
    );
  });
});
