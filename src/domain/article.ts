import type { Analysis } from './analysis.ts';
import type { AppliedCorrections } from './correction.ts';
import type { Tier } from './outlet.ts';
import type { Attachment } from './page.ts';
import type { PublishedAt } from './published-at.ts';

/** What an article is judged by together with others: a series is read by the hundred, and nobody reads the texts. */
export type ArticleOutline = Omit<Article, 'body' | 'attachments' | 'signature' | 'sentiment'> & {
  readonly sentiment: Omit<Article['sentiment'], 'evidence'>;
};

/** One searchable article about the health sector: extracted, judged, joined to its story. Times are ISO 8601, UTC. */
export interface Article extends Analysis {
  /** The id of the entry it came from. */
  readonly id: string;
  readonly url: string;
  readonly outletId: string;
  readonly outletName: string;
  readonly newsroom: string;
  readonly tier: Tier;
  readonly section?: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly author?: string;
  /** Keywords that the outlet gave it. */
  readonly tags?: readonly string[];
  readonly image?: string;
  readonly imageCaption?: string;
  readonly attachments?: readonly Attachment[];
  readonly language?: string;
  /** When it says it was published, with where that was read. */
  readonly publishedAt: PublishedAt;
  /** When it says it was last changed. */
  readonly modifiedAt?: PublishedAt;
  /** When we last saw that its text had changed since it was published. */
  readonly revisedAt?: string;
  /** When we found that its outlet had taken it away, and how that showed (`http-404`, `http-410`, `redirect-home`). */
  readonly removedAt?: string;
  readonly removedReason?: string;
  readonly firstSeenAt: string;
  readonly indexedAt: string;
  /** First seen hours after it says it was published (`index-article.ts`): a backlog, a reprint, an old date. */
  readonly isLate: boolean;
  readonly imported: boolean;
  /** `entry` while only the feed's title and summary are known, `page` once the page has been read. */
  readonly readFrom: 'entry' | 'page';
  /** Why the page could not be read, for `readFrom: 'entry'`. */
  readonly unreadReason?: string;
  readonly storyId: string;
  /** 1 for a text of its own, 2 for the first copy of another newsroom's text that we saw, and so on. */
  readonly copyNumber: number;
  /** Present where a person has judged it: its analysis is then theirs as far as they said. */
  readonly corrected?: AppliedCorrections;
  /** Keys of the series it counts in; see `series.ts`. */
  readonly series: readonly string[];
}
