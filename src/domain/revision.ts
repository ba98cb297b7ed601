import { createHash } from 'node:crypto';

import type { FetchedPage } from './page.ts';
import type { PublishedAt } from './published-at.ts';

/** What may differ between two versions of one article; the last two are about its page, not its text. */
export type Change =
  | 'title'
  | 'summary'
  | 'body'
  | 'numbers'
  | 'author'
  | 'published-at'
  | 'removed'
  | 'restored';

/** The parts of an article that are compared from one version to the next. */
export interface RevisedText {
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly author?: string;
  /** As that version printed it; the article keeps the time that it was first published. */
  readonly publishedAt?: PublishedAt;
}

/**
 * One version of an article that changed after publication, with what proves it. An article that never changed has
 * none: its only version is the article itself.
 */
export interface Revision extends RevisedText {
  readonly entryId: string;
  /** From 1, which is the article as first read. */
  readonly number: number;
  /** Of the article: revisions are kept for as long as it is. */
  readonly firstSeenAt: string;
  /** What was asked, where redirects ended, and how the server answered. For number 1 as far as that is still known. */
  readonly requestedUrl: string;
  readonly url: string;
  readonly status?: number;
  readonly fetchedAt: string;
  /** Those that prove something; lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the bytes as fetched, content encoding undone, in hexadecimal digits; absent where there are none. */
  readonly sha256?: string;
  /** Their number. */
  readonly size?: number;
  /** Against the version before; empty for number 1. A removal repeats the text that stood before. */
  readonly changes: readonly Change[];
  /** How the removal showed: `http-404`, `http-410`, `redirect-home`, `redirect-section`, `error-page`. */
  readonly removedReason?: string;
  /** True where its text was no longer about the health sector, so that the article left the archive. */
  readonly leftArchive?: boolean;
}

/** Which headers say when and what a server sent. Cookies, policies and the like prove nothing. */
const PROVING_HEADERS = [
  'date',
  'last-modified',
  'etag',
  'content-type',
  'content-length',
  'content-language',
  'content-encoding',
  'content-location',
  'location',
  'server',
  'via',
  'age',
  'expires',
  'cache-control',
  'x-cache',
  'cf-ray',
  'cf-cache-status',
];

const LONGEST_HEADER = 1000;

/** The headers worth keeping as proof. */
export function provingHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    PROVING_HEADERS.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value.slice(0, LONGEST_HEADER)]];
    }),
  );
}

/** What a page, or an answer without one, leaves behind as proof. */
export function proofOf({
  requestedUrl,
  url,
  status,
  headers,
  bytes,
  fetchedAt,
}: FetchedPage): Pick<
  Revision,
  'requestedUrl' | 'url' | 'status' | 'headers' | 'fetchedAt' | 'sha256' | 'size'
> {
  return {
    requestedUrl,
    url,
    status,
    headers: provingHeaders(headers),
    fetchedAt,
    ...(bytes.length === 0 ? {} : { sha256: sha256Of(bytes), size: bytes.length }),
  };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What an article's revisions, oldest first, say of it as it stands. */
export function standingOf(revisions: readonly Revision[]): {
  readonly revisedAt?: string;
  readonly removedAt?: string;
  readonly removedReason?: string;
} {
  const revised = revisions.findLast(({ changes }) => changes.some(isOfText));
  const newest = revisions.at(-1);
  return {
    ...(revised === undefined ? {} : { revisedAt: revised.fetchedAt }),
    ...(newest?.changes.includes('removed')
      ? {
          removedAt: newest.fetchedAt,
          ...(newest.removedReason === undefined ? {} : { removedReason: newest.removedReason }),
        }
      : {}),
  };
}

function isOfText(change: Change): boolean {
  return change !== 'removed' && change !== 'restored';
}
