import type { NewsroomArticle } from '../published-article.ts';

/** One line of a feed, ready to be written in any format. */
export interface FeedLine {
  readonly article: NewsroomArticle;
  /** Where the feed links to: canonical, or with tracking, or by a detour. */
  readonly link: string;
}

/** What a feed writer is given; lines are newest first. */
export interface FeedPage {
  readonly title: string;
  readonly homepage: string;
  readonly url: string;
  readonly section: string;
  /** Newest time of visibility; stands in for the time of building, so that an unchanged feed keeps its bytes. */
  readonly changedAt: Date;
  readonly lines: readonly FeedLine[];
}
