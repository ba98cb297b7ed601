import { createHash } from 'node:crypto';

import type { Analysis } from './analysis.ts';
import type { ArticleText } from './page.ts';
import type { PublishedAt } from './published-at.ts';

/** The seven stages, in pipeline order. */
export const STAGES = ['discover', 'fetch', 'extract', 'analyse', 'index', 'detect', 'notify'] as const;
export type StageName = (typeof STAGES)[number];

/** The queues: one per stage, for attached files, for later looks at pages, for what keeps order, for what is reported. */
export type QueueName = StageName | 'attach' | 'revisit' | 'housekeeping' | 'report';

/** What became of an entry. Every entry has exactly one outcome at any moment; `pending` is the only open one. */
export const OUTCOMES = ['pending', 'indexed', 'duplicate', 'irrelevant', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One line of a feed as read: not yet known to be new, not yet stored. */
export interface FeedEntry {
  /** Absolute and canonical. */
  readonly url: string;
  readonly title: string;
  /** Plain text; empty where the feed gives none. */
  readonly summary: string;
  readonly author?: string;
  readonly publishedAt?: PublishedAt;
}

/**
 * One found URL on its way through the pipeline: the ledger's unit and the stages' working copy.
 *
 * It is written before any job that concerns it is enqueued, so a job lost in a crash can always be made again
 * from it.
 */
export interface Entry extends FeedEntry {
  /** `entryId(url)`. */
  readonly id: string;
  readonly outletId: string;
  readonly feedId: string;
  readonly section?: string;
  /** True where the feed carries health news only. */
  readonly fromHealthFeed: boolean;
  /** When we first saw it: the pipeline's clock, whatever the outlet prints. */
  readonly firstSeenAt: string;
  /** True for archived articles brought in by `import`; they are counted in baselines, never alarmed on. */
  readonly imported: boolean;
  /** True when it came with the first poll of its feed, or the first after an outage: it may be old news. */
  readonly isBacklog?: boolean;

  readonly outcome: Outcome;
  /** Why, for `irrelevant`, `duplicate` and `failed`. */
  readonly reason?: string;
  /** The stage that decided the outcome; for `pending` the stage whose job is due. */
  readonly stage: StageName;
  readonly settledAt?: string;

  /** The page's text, once it has been read. */
  readonly text?: ArticleText;
  /** Why the page could not be read, where the entry's own title and summary had to do. */
  readonly unreadReason?: string;
  /** When we last saw that its text had changed, and when and how that its page was gone. */
  readonly revisedAt?: string;
  readonly removedAt?: string;
  readonly removedReason?: string;
  readonly analysis?: Analysis;
}

/**
 * The same canonical URL always gives the same id, with or without a trailing slash, so a second sighting overwrites,
 * never duplicates.
 */
export function entryId(canonicalUrl: string): string {
  return createHash('sha256').update(canonicalUrl.replace(/\/$/, '')).digest('hex').slice(0, 24);
}

/**
 * Settles an entry, or leaves it as it is where the new outcome may not replace the old one.
 *
 * An entry is first judged by its title and again by its page. The page's word wins, with one exception: a page
 * that could not be read (`failed`) does not undo what the title earned.
 */
export function settle(
  entry: Entry,
  verdict: { outcome: Outcome; stage: StageName; at: string; reason?: string },
): Entry {
  if (verdict.outcome === 'failed' && entry.outcome === 'indexed') {
    return verdict.reason === undefined ? entry : { ...entry, unreadReason: verdict.reason };
  }
  const { reason: _reason, settledAt: _settledAt, ...rest } = entry;
  return {
    ...rest,
    outcome: verdict.outcome,
    stage: verdict.stage,
    ...(verdict.outcome === 'pending' ? {} : { settledAt: verdict.at }),
    ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
  };
}
