import type { Logger } from 'pino';

import type { Entry } from '../src/domain/entry.ts';
import type { FetchedPage } from '../src/domain/page.ts';
import { PermanentError, RetryLaterError } from '../src/errors.ts';
import { addsText, joinPages } from '../src/reading/joined-pages.ts';
import { MAX_ARTICLE_PAGES } from '../src/reading/next-page.ts';
import { extractAllJob } from './job-keys.ts';
import { furtherPageId, readEntryPage, twinPageId } from './read-entry-page.ts';
import type { Deps, JobOutcome } from './stage.ts';

interface Context {
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Fetches what an entry's stored page says that there is more of: its further pages, ten in all at most and on its own
 * host, or its AMP rendering. What cannot be had is passed over with a reason, and the article is what there is of it.
 */
export async function fetchMore(
  entry: Entry,
  more: 'pages' | 'twin',
  deps: Deps,
  context: Context,
): Promise<JobOutcome<'extract'>> {
  const page = await deps.pages.find(entry.id);
  if (page === undefined) throw new PermanentError('no-page');
  const missing =
    more === 'twin'
      ? await fetchTwin(entry, page, deps, context)
      : await fetchFurtherPages(entry, page, deps, context);
  return {
    status: 'done',
    outletId: entry.outletId,
    next: [extractAllJob(entry.id)],
    ...(missing === undefined ? {} : { reason: missing }),
  };
}

/** Why something is missing, if it is. */
type Missing = 'further-page-unread' | 'twin-unread' | undefined;

async function fetchTwin(entry: Entry, page: FetchedPage, deps: Deps, context: Context): Promise<Missing> {
  const { reading } = readEntryPage(entry, page, deps);
  if (reading.ok || reading.ampUrl === undefined) return undefined;
  const twin = await attempt(entry, reading.ampUrl, deps, context);
  if (twin === undefined) return 'twin-unread';
  await deps.pages.save(twinPageId(entry.id), twin);
  return undefined;
}

async function fetchFurtherPages(
  entry: Entry,
  first: FetchedPage,
  deps: Deps,
  context: Context,
): Promise<Missing> {
  const { reading } = readEntryPage(entry, first, deps);
  if (!reading.ok) return undefined;
  let { text: article, nextUrl } = reading;
  const visited = new Set([entry.url, first.url]);
  for (let number = 2; nextUrl !== undefined && number <= MAX_ARTICLE_PAGES; number += 1) {
    const page = await furtherPage(entry, { number, url: nextUrl }, deps, context);
    if (page === undefined || !isOnHost(page, first)) return 'further-page-unread';
    if (visited.has(page.url)) return undefined;
    visited.add(page.url);
    const further = readEntryPage(entry, page, deps, { firstUrl: first.url, number }).reading;
    if (!further.ok) return 'further-page-unread';
    // The next page of a list below the article is the article again.
    if (!addsText(article, further.text)) return undefined;
    await deps.pages.save(furtherPageId(entry.id, number), page);
    article = joinPages(article, [further.text]);
    nextUrl = further.nextUrl;
  }
  return undefined;
}

/** As kept by an earlier run that a crash cut short, or as sent now. */
async function furtherPage(
  entry: Entry,
  { number, url }: { readonly number: number; readonly url: string },
  deps: Deps,
  context: Context,
): Promise<FetchedPage | undefined> {
  const kept = await deps.pages.find(furtherPageId(entry.id, number));
  return kept?.requestedUrl === url ? kept : attempt(entry, url, deps, context);
}

function isOnHost(page: FetchedPage, first: FetchedPage): boolean {
  return new URL(page.url).host === new URL(first.url).host;
}

/** One page, or `undefined` where it cannot be had: the article must not wait for it. @throws {RetryLaterError} */
async function attempt(
  { id, outletId }: Entry,
  url: string,
  deps: Deps,
  { log, signal }: Context,
): Promise<FetchedPage | undefined> {
  try {
    return await deps.fetchPage({ url, paceMs: deps.outlets.get(outletId)?.paceMs ?? 1000, signal });
  } catch (error) {
    if (signal.aborted || error instanceof RetryLaterError) throw error;
    log.info(
      { entryId: id, url, reason: (error as Partial<PermanentError>).reason },
      'more of a page not had',
    );
    return undefined;
  }
}
