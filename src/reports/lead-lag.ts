import type { ArticleOutline } from '../domain/article.ts';
import { type Share, wilsonShare } from '../domain/share.ts';
import { medianOf } from './usual.ts';

/** Who is early with what several outlets tell. */
export interface LeadLag {
  /** Stories told by two outlets or more. */
  readonly stories: number;
  /** Most stories first. */
  readonly outlets: readonly OutletLead[];
  /** Outlets that told the same stories, most stories first. */
  readonly pairs: readonly OutletPair[];
}

export interface OutletLead {
  readonly outletId: string;
  /** Shared stories that it told. */
  readonly stories: number;
  /** Of those it told first. */
  readonly first: number;
  readonly share: Share;
  /** How long after the first outlet it told those that it did not tell first; absent where there is none. */
  readonly medianBehindMinutes?: number;
}

export interface OutletPair {
  /** The one that is more often the earlier. */
  readonly leader: string;
  readonly follower: string;
  /** Stories that both told, at different times. */
  readonly stories: number;
  /** Of those the leader told first. */
  readonly leads: number;
  readonly share: Share;
  /** Of all these stories: time of the follower minus time of the leader. */
  readonly medianMinutes: number;
}

type Told = Pick<ArticleOutline, 'storyId' | 'outletId' | 'firstSeenAt' | 'publishedAt'>;

/** A story that more outlets tell is common knowledge before most of them do. */
const MOST_OUTLETS = 40;
/** Fewer common stories say nothing of two outlets. */
const LEAST_COMMON = 3;
const MINUTE_MS = 60_000;

/**
 * Which outlets lead and which follow, by the time at which each published its first article on a story: as it says
 * where it says more than the day, else as it was first seen.
 *
 * Gathers one time for each story and outlet; pairs are quadratic in the outlets of a story, of which the first forty
 * are looked at.
 */
export class LeadLagCounts {
  readonly #stories = new Map<string, Map<string, number>>();

  add(article: Told): void {
    const at = toldAt(article);
    const outlets = this.#stories.get(article.storyId) ?? new Map<string, number>();
    this.#stories.set(article.storyId, outlets);
    outlets.set(article.outletId, Math.min(outlets.get(article.outletId) ?? at, at));
  }

  /** @param limit  at most so many outlets, and so many pairs */
  result(limit: number): LeadLag {
    const shared = [...this.#stories.values()].filter(({ size }) => size > 1);
    return {
      stories: shared.length,
      outlets: outletLeads(shared).slice(0, limit),
      pairs: outletPairs(shared).slice(0, limit),
    };
  }
}

function toldAt({ publishedAt, firstSeenAt }: Told): number {
  const isStated = !publishedAt.dayOnly && publishedAt.source !== 'first-seen';
  return Date.parse(isStated ? publishedAt.at : firstSeenAt);
}

function outletLeads(stories: readonly ReadonlyMap<string, number>[]): OutletLead[] {
  const behind = new Map<string, number[]>();
  for (const outlets of stories) {
    const first = Math.min(...outlets.values());
    for (const [outletId, at] of outlets) {
      const own = behind.get(outletId) ?? [];
      behind.set(outletId, own);
      own.push((at - first) / MINUTE_MS);
    }
  }
  return [...behind]
    .flatMap(([outletId, minutes]) => {
      const later = minutes.filter((each) => each > 0);
      const first = minutes.length - later.length;
      const share = wilsonShare(first, minutes.length);
      return share === undefined
        ? []
        : [
            {
              outletId,
              stories: minutes.length,
              first,
              share,
              ...(later.length === 0 ? {} : { medianBehindMinutes: medianOf(later) }),
            },
          ];
    })
    .sort((a, b) => b.stories - a.stories || (a.outletId < b.outletId ? -1 : 1));
}

function outletPairs(stories: readonly ReadonlyMap<string, number>[]): OutletPair[] {
  const minutesOf = new Map<string, number[]>();
  for (const outlets of stories) {
    const told = [...outlets].sort((a, b) => a[1] - b[1]).slice(0, MOST_OUTLETS);
    for (const [a, at] of told) {
      for (const [b, then] of told) {
        if (a >= b || at === then) continue;
        const key = `${a}\n${b}`;
        const known = minutesOf.get(key) ?? [];
        minutesOf.set(key, known);
        known.push((then - at) / MINUTE_MS);
      }
    }
  }
  return [...minutesOf]
    .filter(([, minutes]) => minutes.length >= LEAST_COMMON)
    .flatMap(([key, minutes]) => {
      const [a = '', b = ''] = key.split('\n');
      const before = minutes.filter((each) => each > 0).length;
      const isLeading = 2 * before >= minutes.length;
      const leads = isLeading ? before : minutes.length - before;
      const share = wilsonShare(leads, minutes.length);
      const medianMinutes = (isLeading ? 1 : -1) * medianOf(minutes);
      const [leader, follower] = isLeading ? [a, b] : [b, a];
      return share === undefined
        ? []
        : [{ leader, follower, stories: minutes.length, leads, share, medianMinutes }];
    })
    .sort((a, b) => b.stories - a.stories || (a.leader + a.follower < b.leader + b.follower ? -1 : 1));
}
