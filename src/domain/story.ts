import type { Tier } from './outlet.ts';

/** Articles about one event. Copies (one text in many outlets) and independent newsrooms are counted apart. */
export interface Story {
  readonly id: string;
  /** Title of its first article. */
  readonly title: string;
  readonly firstArticleId: string;
  readonly firstOutletId: string;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly articleIds: readonly string[];
  /** Newsrooms that wrote a text of their own, in order of appearance. */
  readonly independentNewsrooms: readonly string[];
  readonly tiers: readonly Tier[];
}
