/** A page or feed as fetched: bytes and what the server said of them. */
export interface FetchedPage {
  /** The address asked for, and where redirects ended. */
  readonly requestedUrl: string;
  readonly url: string;
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Content-decoded (gzip, brotli, deflate undone), not character-decoded. */
  readonly bytes: Uint8Array;
  readonly fetchedAt: string;
}

/** What extraction found on one page. Text is NFC; absent parts are empty or undefined. */
export interface ArticleText {
  readonly title: string;
  /** The sapo: the bold opening paragraph that Vietnamese papers set apart. */
  readonly summary: string;
  /** Body paragraphs in reading order, separated by one newline. */
  readonly body: string;
  readonly author?: string;
  /** The line that names another newsroom as the source, as printed (`(Theo TTXVN)`); no part of the body. */
  readonly credit?: string;
  readonly publishedAt?: import('./published-at.ts').PublishedAt;
  readonly section?: string;
  readonly image?: string;
  readonly canonicalUrl?: string;
  /** BCP 47, e.g. `vi`. */
  readonly language?: string;
}
