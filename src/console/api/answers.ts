/** What the API answers with, for its description. */
import { z } from 'zod';

import { CAUTIONS, MENTION_KINDS, POLARITIES } from '../../domain/analysis.ts';
import { TIERS } from '../../domain/outlet.ts';

const instant = z.string().describe('ISO 8601, UTC');
const count = z.int().min(0);
const part = z.number().min(0).max(1);
export const share = z.object({ share: part, low: part, high: part }).meta({
  id: 'Share',
  description: 'A share with its 95 % interval (Wilson)',
});
export const polarityCounts = { count, negative: count, neutral: count, positive: count };

export const provenance = z
  .object({
    matched: count.describe('Articles that the filter found'),
    period: z.object({ from: instant.optional(), to: instant.optional() }),
    dataWatermarkAt: instant.nullable().describe('First sight of the newest article of the archive'),
    versions: z.object({
      software: z.string(),
      language: z.string().describe('Of everything that judges texts; each article carries its own'),
    }),
    outlets: z.object({
      watched: count,
      uptime: part.nullable().describe('Share of what outlets usually bring that could have come'),
      down: z.array(z.object({ outletId: z.string(), days: z.int().min(1) })),
    }),
    page: z.string().describe('The same articles on a page of the console'),
    scope: z.object({ provinces: z.array(z.string()), facilities: z.array(z.string()) }).optional(),
  })
  .meta({ id: 'Provenance', description: 'Where a number comes from' });

const judged = z.looseObject({ polarity: z.enum(POLARITIES), score: z.number().min(-1).max(1) });

export const articleSummaryAnswer = z
  .looseObject({
    id: z.string(),
    url: z.string(),
    outletId: z.string(),
    outletName: z.string(),
    newsroom: z.string(),
    tier: z.enum(TIERS),
    title: z.string(),
    summary: z.string(),
    publishedAt: z.looseObject({ at: instant, source: z.string(), dayOnly: z.boolean() }),
    firstSeenAt: instant,
    indexedAt: instant,
    sentiment: z.looseObject({ ...judged.shape, event: judged, stance: judged }),
    topics: z.array(z.looseObject({ topic: z.string(), score: z.number() })),
    mentions: z.array(z.looseObject({ kind: z.enum(MENTION_KINDS), id: z.string(), name: z.string() })),
    cautions: z.array(z.looseObject({ kind: z.enum(CAUTIONS) })).optional(),
    storyId: z.string(),
    copyNumber: z.int().min(1),
    isLate: z.boolean(),
    imported: z.boolean(),
    languageVersion: z.string(),
  })
  .meta({ id: 'ArticleSummary', description: 'An article without its text' });

export const articleAnswer = z
  .looseObject({ ...articleSummaryAnswer.shape, body: z.string() })
  .meta({ id: 'Article', description: 'An article with its text and everything that was judged of it' });

export const articlesAnswer = z.object({
  meta: provenance,
  order: z.enum(['rank', 'newest', 'oldest']),
  next: z.string().nullable().describe('`cursor` of the next page; `null` on the last'),
  articles: z.array(articleSummaryAnswer),
});

const bucket = z
  .string()
  .describe('Start in Vietnamese time: `YYYY-MM-DDTHH`, `YYYY-MM-DD` (of a week its Monday) or `YYYY-MM`');
const splitValue = z.object({ value: z.string(), ...polarityCounts });

export const trendAnswer = z.object({
  meta: provenance,
  interval: z.enum(['hour', 'day', 'week', 'month']),
  timeZone: z.string(),
  buckets: z.array(
    z.object({
      bucket,
      ...polarityCounts,
      negativeShare: share.optional(),
      values: z.array(splitValue).optional(),
      uptime: part.optional().describe('Share of what outlets usually bring that could have come'),
      down: z.array(z.string()).optional(),
      shade: z.enum(['down', 'holiday', 'weekend']).optional(),
      usual: z
        .object({ median: z.number(), spread: z.number(), weeks: z.int() })
        .optional()
        .describe('Of the same moment of the eight weeks before'),
    }),
  ),
});

export const facetAnswer = z.object({
  meta: provenance,
  field: z.string(),
  values: z.array(
    z.object({
      value: z.string(),
      name: z.string(),
      count,
      negative: count,
      positive: count,
      stories: count,
      negativeShare: share.optional(),
    }),
  ),
});

export const pairsAnswer = z.object({
  meta: provenance,
  a: z.string(),
  b: z.string(),
  pairs: z.array(
    z.object({
      a: z.string(),
      b: z.string(),
      nameA: z.string(),
      nameB: z.string(),
      together: count,
      countA: count,
      countB: count,
      lift: z
        .number()
        .describe('How many times as often together as if they had nothing to do with each other'),
      logLikelihood: z.number().min(0),
    }),
  ),
});

const counted = z.object({
  from: instant,
  to: instant,
  days: z.number().describe('Days in which outlets could be heard: each as far as they were up'),
  count,
  negative: count,
  positive: count,
  negativeShare: share.optional(),
});
const ratio = z
  .object({ ratio: z.number(), low: z.number(), high: z.number(), z: z.number() })
  .describe('Articles per day now over before, with its 95 % interval');
const difference = z
  .object({ difference: z.number(), low: z.number(), high: z.number() })
  .describe('Share of negative articles now minus before, with its 95 % interval');

export const compareAnswer = z.object({
  meta: provenance,
  now: counted,
  before: counted,
  volume: ratio.optional(),
  negativeShare: difference.optional(),
  by: z.string().optional(),
  values: z
    .array(
      z.object({
        value: z.string(),
        name: z.string(),
        now: z.object({ count, negative: count }),
        before: z.object({ count, negative: count }),
        volume: ratio.optional(),
        negativeShare: difference.optional(),
      }),
    )
    .optional(),
});

const termSet = z.object({
  articles: count,
  read: count.describe('Of which the terms were counted: every so-manieth of a large set'),
});

export const termsAnswer = z.object({
  meta: provenance,
  set: termSet,
  other: termSet,
  terms: z.array(
    z.object({
      term: z.string(),
      count,
      otherCount: count,
      ratio: z.number(),
      logLikelihood: z.number().min(0),
    }),
  ),
});

export const leadsAnswer = z.object({
  meta: provenance,
  stories: count.describe('Stories that two outlets or more told'),
  outlets: z.array(
    z.object({
      outletId: z.string(),
      stories: count,
      first: count,
      share,
      medianBehindMinutes: z.number().optional(),
    }),
  ),
  pairs: z.array(
    z.object({
      leader: z.string(),
      follower: z.string(),
      stories: count,
      leads: count,
      share,
      medianMinutes: z.number(),
    }),
  ),
});

export const storyAnswer = z
  .looseObject({
    id: z.string(),
    title: z.string(),
    firstArticleId: z.string(),
    firstOutletId: z.string(),
    firstSeenAt: instant,
    lastSeenAt: instant,
    articleIds: z.array(z.string()),
    independentNewsrooms: z.array(z.string()),
    tiers: z.array(z.enum(TIERS)),
  })
  .meta({ id: 'Story', description: 'Articles about one event' });

export const storiesAnswer = z.object({
  meta: provenance,
  stories: z.array(
    z.object({
      story: storyAnswer,
      articles: count.describe('Of those that the filter found'),
      negative: count,
    }),
  ),
});
