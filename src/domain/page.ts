import type { PublishedAt } from './published-at.ts';

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
  readonly publishedAt?: PublishedAt;
  /** When it says it was last changed; absent where that is no later than its publication. */
  readonly modifiedAt?: PublishedAt;
  readonly section?: string;
  /** Keywords that the outlet gave it, as printed. */
  readonly tags?: readonly string[];
  readonly image?: string;
  readonly imageCaption?: string;
  readonly canonicalUrl?: string;
  /** BCP 47, e.g. `vi`. */
  readonly language?: string;
  /** The dated parts of a live blog, in page order; the body holds their texts too. */
  readonly updates?: readonly LiveUpdate[];
  readonly attachments?: readonly Attachment[];
}

/** One entry of a live blog. */
export interface LiveUpdate {
  readonly at?: PublishedAt;
  readonly title?: string;
  readonly text: string;
}

/** A file that a page offers as its own: the circular that a notice announces, the decision it reports. */
export interface Attachment {
  readonly url: string;
  /** As the page calls it; the file's name where it says nothing. */
  readonly title: string;
  readonly kind: 'pdf' | 'docx';
  /** Its text, once it has been read. */
  readonly text?: string;
  /** Of its bytes, in hexadecimal digits. */
  readonly sha256?: string;
  /** Why it could not be read. */
  readonly unreadReason?: string;
}

/** True while nobody has tried to read it. */
export function isUnread({ text, unreadReason }: Attachment): boolean {
  return text === undefined && unreadReason === undefined;
}

/** The attachments of a page read anew, each with what is known of the file at its address. */
export function keepReadings(
  attachments: readonly Attachment[] | undefined,
  known: readonly Attachment[] = [],
): readonly Attachment[] | undefined {
  const byUrl = new Map(known.map((attachment) => [attachment.url, attachment]));
  return attachments?.map((attachment) => ({ ...byUrl.get(attachment.url), ...attachment }));
}
