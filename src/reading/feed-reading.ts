import type { FeedEntry } from '../domain/entry.ts';

/** One entry as a feed states it. */
export interface FeedEntryReading extends FeedEntry {
  /** The feed's own name for the entry (guid, Atom id, rdf:about); the URL, or '', where it gives none. */
  readonly id: string;
}

/** What was read from one feed. */
export interface FeedReading {
  /** `rss-2.0`, `rss-1.0`, `rss-0.91`, `atom-1.0`, `atom-0.3`, `cdf`, `json-feed-1.1`, …; '' for what is no feed. */
  readonly format: string;
  readonly title: string;
  /** Absolute address of the site the feed belongs to; '' where it names none. */
  readonly link: string;
  /** In the order of the feed. An entry that names no http(s) address has the url ''. */
  readonly entries: FeedEntryReading[];
  /** Why nothing, or not everything, could be read; short and countable. */
  readonly error?: string;
  readonly hints?: FeedHints;
}

/** What a feed says about how it wants to be heard. */
export interface FeedHints {
  /** The least time between polls: the longer of `ttl` and what `sy:updatePeriod` and `sy:updateFrequency` come to. */
  readonly updateEveryMs?: number;
  /** Hours of the day in UTC, 0–23, in which it asks not to be polled. */
  readonly skipHours?: readonly number[];
  /** Days of the week in UTC, Sunday = 0, on which it asks not to be polled. */
  readonly skipDays?: readonly number[];
  /** WebSub hubs in the feed's order, and the topic to subscribe to there. */
  readonly hubUrls?: readonly string[];
  readonly selfUrl?: string;
}

export interface FeedOptions {
  /** The Content-Type header, for its charset. */
  readonly contentType?: string | undefined;
  /** Where the feed was found: relative addresses are resolved against it. */
  readonly url?: string | undefined;
  readonly hostAliases?: Readonly<Record<string, string>> | undefined;
}

/** More entries than any outlet lists at once; the rest of a longer feed is left unread. */
export const MAX_ENTRIES = 2000;
/** A summary longer than this is the whole article, of which the opening is enough until the page is read. */
export const MAX_SUMMARY_LENGTH = 4000;

/** A reading that holds nothing but the reason. */
export function unreadable(error: string): FeedReading {
  return { format: '', title: '', link: '', entries: [], error };
}
