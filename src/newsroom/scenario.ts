import type { Polarity } from '../domain/analysis.ts';
import { HOUR_MS } from '../domain/time.ts';
import type { ArticleKind, NewsroomArticle, PageFault } from './published-article.ts';

/** What one article is about; texts are looked up or written when the newsroom starts. */
type CueText =
  | { readonly from: 'crisis'; readonly index: number }
  | { readonly from: 'campaign'; readonly index: number }
  | { readonly from: 'wire'; readonly index: number }
  | { readonly from: 'other-news'; readonly index: number }
  /** Takes the next frame of that polarity from a shuffled deck. */
  | { readonly from: 'ordinary'; readonly polarity: Polarity };

/** One article of the script: when, where, what. */
export interface Cue {
  /** Script time at which feeds begin to list it; negative is before the start. */
  readonly atMs: number;
  /** The date it bears, where that is not when it appeared: this long before the start, in real time. */
  readonly datedBeforeStartMs?: number;
  readonly outletId: string;
  readonly kind: ArticleKind;
  readonly text: CueText;
  readonly fault?: PageFault;
  readonly detour?: NonNullable<NewsroomArticle['detour']>;
  /** Index of the cue whose text this one copies word for word. */
  readonly copyOfCue?: number;
}

/** A stretch of script time in which an outlet answers nothing but errors. */
interface Outage {
  readonly outletId: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A script for the newsroom, as data. Times are script time; `speed` turns them into real time. */
export interface Scenario {
  readonly name: string;
  readonly durationMs: number;
  readonly cues: readonly Cue[];
  readonly outages: readonly Outage[];
  /** False where every response should come at once and no server should misbehave: benches, kill-tests. */
  readonly misbehaves: boolean;
  readonly pollEveryMs: number;
  readonly paceMs: number;
  /** Where the crisis happens instead of where its texts say. */
  readonly crisisAt?: CrisisPlace;
}

/** A facility and its province, by their names. */
export interface CrisisPlace {
  readonly facility: string;
  readonly province: string;
}

const CRISIS_AT_S = [12, 18, 23, 27, 31, 36, 40, 45, 50, 55, 59, 63];
const CAMPAIGN_AT_S = [9, 11, 14, 16, 19, 21, 24, 27, 30, 33, 36, 39];
const WIRE_AT_S = 18;
const OUTAGE_TO_S = 32;
const BACKLOG = 28;

const WIRE_CARRIERS = [
  'thong-tan-lac-hong',
  'nhat-bao-phu-sa',
  'bao-y-tam',
  'thoi-bao-hai-dang',
  'ham-rong-ngay-moi',
  'dong-thoi-dai',
  'cao-nguyen-xanh',
  'duyen-hai-chieu',
  'y-duoc-so',
  'cuu-long-ban-sang',
  'diem-tin-nhanh',
];

const CRISIS_OUTLETS = [
  'ham-rong-ngay-moi',
  'nhat-bao-phu-sa',
  'duyen-hai-chieu',
  'dong-thoi-dai',
  'thoi-bao-hai-dang',
  'cuu-long-ban-sang',
  'bao-y-tam',
  'nhat-bao-phu-sa',
  'xu-doai-hom-nay',
  'thong-tan-lac-hong',
  'y-duoc-so',
  'dong-thoi-dai',
];

const CAMPAIGN_OUTLETS = [
  'bao-y-tam',
  'cao-nguyen-xanh',
  'y-duoc-so',
  'nhat-bao-phu-sa',
  'thong-tan-lac-hong',
  'ham-rong-ngay-moi',
  'dong-thoi-dai',
  'thoi-bao-hai-dang',
  'duyen-hai-chieu',
  'bao-y-tam',
  'cuu-long-ban-sang',
  'y-duoc-so',
];

/** Outlets with a home feed, which lists what is not about health as well. */
const GENERAL_OUTLETS = [
  'nhat-bao-phu-sa',
  'thoi-bao-hai-dang',
  'ham-rong-ngay-moi',
  'duyen-hai-chieu',
  'cuu-long-ban-sang',
  'thong-tan-lac-hong',
];

const ORDINARY_OUTLETS = [
  'bao-y-tam',
  'cao-nguyen-xanh',
  'dong-thoi-dai',
  'nhat-bao-phu-sa',
  'y-duoc-so',
  'ham-rong-ngay-moi',
  'thoi-bao-hai-dang',
  'thong-tan-lac-hong',
  'duyen-hai-chieu',
  'cuu-long-ban-sang',
  'diem-tin-nhanh',
];

/** Ten articles that repeat: half neutral, three positive, two negative. */
const ORDINARY_MIX: readonly Polarity[] = [
  'neutral',
  'positive',
  'neutral',
  'negative',
  'neutral',
  'positive',
  'neutral',
  'neutral',
  'positive',
  'negative',
];

/** The trickle: what misbehaves or takes a detour in it, by its place. */
const ORDINARY_SPECIALS: Readonly<Record<number, Pick<Cue, 'fault' | 'detour' | 'outletId'>>> = {
  2: { outletId: 'nhat-bao-phu-sa', fault: 'too-many-requests-once' },
  4: { outletId: 'thoi-bao-hai-dang', fault: 'missing' },
  6: { outletId: 'thong-tan-lac-hong', fault: 'error-as-200' },
  7: { outletId: 'bao-y-tam', fault: 'video-only' },
  8: { outletId: 'dong-thoi-dai', detour: 'amp' },
  10: { outletId: 'dong-thoi-dai', detour: 'mobile' },
  12: { outletId: 'bao-y-tam', detour: 'old-slug' },
  14: { outletId: 'duyen-hai-chieu', fault: 'disallowed-by-robots' },
};

/**
 * The demo: about seventy seconds in which a hospital's crisis grows through ten newsrooms, while a campaign, a wire
 * feature and a feed that comes back with its backlog try to look like one.
 */
export function demoScenario(): Scenario {
  const crisis = crisisCues();
  return {
    name: 'demo',
    durationMs: 70_000,
    cues: [
      ...crisis,
      ...crisisCopies(),
      ...campaignCues(),
      ...wireCues(),
      ...ordinaryCues(),
      ...otherNewsCues(),
      ...backlogCues(),
    ],
    outages: [{ outletId: 'xu-doai-hom-nay', fromMs: 0, toMs: OUTAGE_TO_S * 1000 }],
    misbehaves: true,
    pollEveryMs: 3_000,
    paceMs: 100,
  };
}

const DRILL_CRISIS_FROM_S = 6;
const DRILL_CRISIS_EVERY_S = 3;

/**
 * The drill: about forty seconds in which ten newsrooms tell of a crisis among ordinary news, and an aggregator lifts two
 * of their texts. Nothing misbehaves: what is late is ours.
 */
export function drillScenario(crisisAt?: CrisisPlace): Scenario {
  const second = (index: number) => DRILL_CRISIS_FROM_S + index * DRILL_CRISIS_EVERY_S;
  const crisis = CRISIS_OUTLETS.map(
    (outletId, index): Cue => ({
      atMs: second(index) * 1000,
      outletId,
      kind: 'crisis',
      text: { from: 'crisis', index },
    }),
  );
  const copies = [1, 3].map(
    (index): Cue => ({
      atMs: second(index) * 1000 + 1_500,
      outletId: 'diem-tin-nhanh',
      kind: 'crisis',
      text: { from: 'crisis', index },
      copyOfCue: index,
    }),
  );
  const ordinary = Array.from(
    { length: 10 },
    (_, index): Cue => ({
      atMs: index * 4_000,
      outletId: ORDINARY_OUTLETS[index % ORDINARY_OUTLETS.length] as string,
      kind: 'ordinary',
      text: { from: 'ordinary', polarity: mixed(index) },
    }),
  );
  return {
    name: 'drill',
    durationMs: (second(CRISIS_OUTLETS.length) + 1) * 1000,
    cues: [...crisis, ...copies, ...ordinary],
    outages: [],
    misbehaves: false,
    pollEveryMs: 3_000,
    paceMs: 100,
    ...(crisisAt === undefined ? {} : { crisisAt }),
  };
}

/**
 * `count` ordinary articles, all there from the first poll on unless they are to come evenly over some time, served as
 * fast as they are asked for.
 */
export function throughputScenario(count: number, overMs = 0): Scenario {
  const cues = Array.from(
    { length: count },
    (_, index): Cue => ({
      atMs: (index * overMs) / count,
      outletId: ORDINARY_OUTLETS[index % ORDINARY_OUTLETS.length] as string,
      kind: 'ordinary',
      text: { from: 'ordinary', polarity: mixed(index) },
    }),
  );
  return {
    name: `throughput-${count}`,
    durationMs: overMs,
    cues,
    outages: [],
    misbehaves: false,
    pollEveryMs: 1_000,
    paceMs: 0,
  };
}

function crisisCues(): Cue[] {
  return CRISIS_AT_S.map((second, index) => ({
    atMs: second * 1000,
    outletId: CRISIS_OUTLETS[index] as string,
    kind: 'crisis',
    text: { from: 'crisis', index },
    // The third text sits behind a wall: its headline and sapo must count all the same.
    ...(index === 2 ? { fault: 'forbidden' as const } : {}),
  }));
}

/** The aggregator lifts two of the texts: articles, but no newsrooms of their own. */
function crisisCopies(): Cue[] {
  return [1, 3].map((index) => ({
    atMs: (CRISIS_AT_S[index] as number) * 1000 + 4_000,
    outletId: 'diem-tin-nhanh',
    kind: 'crisis',
    text: { from: 'crisis', index },
    copyOfCue: index,
  }));
}

function campaignCues(): Cue[] {
  return CAMPAIGN_AT_S.map((second, index) => ({
    atMs: second * 1000,
    outletId: CAMPAIGN_OUTLETS[index] as string,
    kind: 'campaign',
    text: { from: 'campaign', index },
  }));
}

function wireCues(): Cue[] {
  const origin = CRISIS_AT_S.length + 2 + CAMPAIGN_AT_S.length;
  return WIRE_CARRIERS.map((outletId, index) => ({
    atMs: (WIRE_AT_S + index) * 1000,
    outletId,
    kind: 'wire',
    text: { from: 'wire', index },
    ...(index === 0 ? {} : { copyOfCue: origin }),
  }));
}

/** What the silent outlet wrote while nobody could reach it: from eight hours to four days old, a third negative. */
function backlogCues(): Cue[] {
  return Array.from({ length: BACKLOG }, (_, index) => ({
    atMs: OUTAGE_TO_S * 1000,
    datedBeforeStartMs: (8 + index * 3.2) * HOUR_MS,
    outletId: 'xu-doai-hom-nay',
    kind: 'outage',
    text: {
      from: 'ordinary',
      polarity: index % 3 === 1 ? 'negative' : index % 3 === 0 ? 'neutral' : 'positive',
    },
  }));
}

function ordinaryCues(): Cue[] {
  const stock = ORDINARY_OUTLETS.map(
    (outletId, index): Cue => ({
      atMs: 0,
      datedBeforeStartMs: (0.1 + index * 0.15) * HOUR_MS,
      outletId,
      kind: 'ordinary',
      text: { from: 'ordinary', polarity: index % 3 === 1 ? 'positive' : 'neutral' },
    }),
  );
  const trickle = Array.from({ length: 22 }, (_, index): Cue => {
    return {
      atMs: 2_000 + index * 3_000,
      outletId: ORDINARY_OUTLETS[index % ORDINARY_OUTLETS.length] as string,
      kind: 'ordinary',
      text: { from: 'ordinary', polarity: mixed(index) },
      ...ORDINARY_SPECIALS[index],
    };
  });
  return [...stock, ...trickle];
}

function otherNewsCues(): Cue[] {
  return Array.from({ length: 9 }, (_, index) => ({
    atMs: 4_000 + index * 7_000,
    outletId: GENERAL_OUTLETS[index % GENERAL_OUTLETS.length] as string,
    kind: 'not-health',
    text: { from: 'other-news', index },
  }));
}

function mixed(index: number): Polarity {
  return ORDINARY_MIX[index % ORDINARY_MIX.length] as Polarity;
}
