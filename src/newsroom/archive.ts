import { DAY_MS, HOUR_MS, vietnameseClock, vietnameseDay, vietnameseMidnight } from '../domain/time.ts';
import type { OutletProfile } from './outlet-profiles.ts';
import { OUTLET_PROFILES } from './outlet-profiles.ts';
import type { Draft } from './published-article.ts';
import { type Random, randomFrom } from './random.ts';
import { type Angle, anglesOf, writeOrdinary } from './write-draft.ts';

/** One article of the time before the simulator began. */
export interface PastArticle extends Draft {
  /** Nine digits: a one, the Vietnamese day as `YYMMDD`, the place in the day. */
  readonly id: string;
  readonly outlet: OutletProfile;
  readonly at: Date;
}

const WEEKDAY_ARTICLES = { low: 48, high: 60 };
const WEEKEND_ARTICLES = { low: 36, high: 44 };
/** Minutes between an article's going live and a crawler's seeing it. */
const SEEN_AFTER_MINUTES = { low: 1, high: 9 };
/** Weights by hour of a Vietnamese newsroom's day: a morning peak, a dip at noon, a second rise, quiet nights. */
const HOUR_WEIGHTS = [1, 0, 0, 0, 1, 4, 10, 14, 13, 12, 11, 8, 5, 6, 9, 10, 10, 9, 7, 6, 5, 4, 3, 2];
const POLARITY_WEIGHTS = { positive: 30, negative: 20, neutral: 50 };

/**
 * Output of the weeks that end just before `end`, oldest first: what baselines are learned from.
 *
 * Each day is seeded by its own date, so that two runs on one day agree on the past.
 */
export function* writeArchive(seed: number, weeks: number, end: Date): Generator<PastArticle> {
  const days = weeks * 7;
  for (let day = days; day >= 0; day--) {
    for (const article of writeDay(seed, new Date(end.getTime() - day * DAY_MS))) {
      const age = end.getTime() - article.at.getTime();
      // The last minutes are left free: what is seen after `end` belongs to the live part.
      if (age > SEEN_AFTER_MINUTES.high * 60_000 && age <= days * DAY_MS) yield article;
    }
  }
}

/** When a crawler would have seen it. */
export function firstSeenAt(seed: number, article: PastArticle): Date {
  const random = randomFrom(`${seed} seen ${article.outlet.id} ${article.at.toISOString()}`);
  return new Date(
    article.at.getTime() + random.int(SEEN_AFTER_MINUTES.low, SEEN_AFTER_MINUTES.high) * 60_000,
  );
}

/** Finds a past article again by its id, without keeping the archive: the day in the id is written anew. */
export function findPastArticle(seed: number, id: string): PastArticle | undefined {
  const match = /^1(\d\d)(\d\d)(\d\d)\d\d$/.exec(id);
  if (match === null) return undefined;
  const noon = new Date(`20${match[1]}-${match[2]}-${match[3]}T12:00:00+07:00`);
  if (Number.isNaN(noon.getTime())) return undefined;
  return writeDay(seed, noon).find((article) => article.id === id);
}

/** Every article of the Vietnamese day that holds `within`, by time. */
function writeDay(seed: number, within: Date): PastArticle[] {
  const midnight = midnightBefore(within);
  const name = `${seed} day ${midnight.toISOString()}`;
  const random = randomFrom(name);
  const { weekday } = vietnameseClock(midnight);
  const range = weekday === 0 || weekday === 6 ? WEEKEND_ARTICLES : WEEKDAY_ARTICLES;
  const count = random.int(range.low, range.high);
  const angles = anglesForDay(random, count);
  return angles
    .map((angle, index) => {
      const offsetMs = random.weighted(HOUR_WEIGHTS) * HOUR_MS + random.int(0, HOUR_MS / 1000 - 1) * 1000;
      const at = new Date(midnight.getTime() + offsetMs);
      const outlet = OUTLET_PROFILES[
        random.weighted(OUTLET_PROFILES.map(({ weight }) => weight))
      ] as OutletProfile;
      const id = `1${vietnameseDay(midnight).slice(2).replaceAll('-', '')}${String(index).padStart(2, '0')}`;
      return { ...writeOrdinary(angle, { name: `${name} ${index}`, at }), id, outlet, at };
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Every angle comes up before any comes up twice, so that a day never tells one kind of story only. */
function anglesForDay(random: Random, count: number): Angle[] {
  const share = (weight: number) => Math.round((count * weight) / 100);
  const positive = share(POLARITY_WEIGHTS.positive);
  const negative = share(POLARITY_WEIGHTS.negative);
  return random.shuffle([
    ...deal(random, anglesOf('positive'), positive),
    ...deal(random, anglesOf('negative'), negative),
    ...deal(random, anglesOf('neutral'), count - positive - negative),
  ]);
}

/** @returns `count` cards dealt from shuffled decks, a new deck whenever one runs out */
function deal<T>(random: Random, cards: readonly T[], count: number): T[] {
  const dealt: T[] = [];
  while (dealt.length < count) dealt.push(...random.shuffle(cards).slice(0, count - dealt.length));
  return dealt;
}

function midnightBefore(at: Date): Date {
  return new Date(vietnameseMidnight(vietnameseDay(at)));
}
