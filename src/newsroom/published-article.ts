/** The truth about one article, for tests and for the demo's summary: what an ideal reader would make of it. */
export type ArticleKind = 'crisis' | 'campaign' | 'wire' | 'outage' | 'ordinary' | 'not-health';

/** How the page of an article misbehaves when it is asked for; its feed entry is sound all the same. */
export type PageFault =
  | 'forbidden'
  | 'missing'
  | 'error-as-200'
  | 'video-only'
  | 'too-many-requests-once'
  | 'disallowed-by-robots';

/** A text before it has an outlet, an address and a time. */
export interface Draft {
  readonly title: string;
  readonly summary: string;
  readonly paragraphs: readonly string[];
  readonly author: string;
  readonly section: string;
}

/** One article as the newsroom holds it. */
export interface NewsroomArticle extends Draft {
  /** Digits, unique within the newsroom; part of the path. */
  readonly id: string;
  readonly outletId: string;
  readonly kind: ArticleKind;
  readonly fault?: PageFault;
  /** A second road by which a feed leads to the same article. */
  readonly detour?: 'amp' | 'mobile' | 'old-slug';
  /** Absolute and canonical. */
  readonly url: string;
  /** When feeds begin to list it, and the date it bears; they differ for a backlog. */
  readonly visibleAt: Date;
  readonly datedAt: Date;
  /** Id of the article whose text this is a copy of. */
  readonly copyOf?: string;
}

/** What has gone live so far, with the truth. */
export interface PublishedArticle {
  readonly kind: ArticleKind;
  readonly url: string;
  readonly title: string;
  readonly outletId: string;
  /** When feeds began to list it, ISO 8601, UTC. */
  readonly at: string;
  /** The date it bears, ISO 8601, UTC. */
  readonly datedAt: string;
  readonly fault?: PageFault;
  /** Address of the article whose text this one copies. */
  readonly copyOf?: string;
}

/** One line for `nhip-yte import`. Times are ISO 8601, UTC. */
export interface ArchivedArticle {
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly publishedAt: string;
  readonly fetchedAt: string;
  /** The outlet's id. */
  readonly outlet: string;
  readonly section: string;
}
