/**
 * Stage 3 of 7. Reads the article out of a stored page.
 *
 * A page that names another address as its own is settled as a duplicate and its text goes on under that address,
 * so that one article met on two ways is one article. A page that goes on elsewhere, or that shows its text in its AMP
 * rendering only, goes back to be fetched in full first. A page that is a PDF or DOCX file is read as one.
 */
import { z } from 'zod';

import { documentKind } from '../src/domain/document.ts';
import { type Entry, entryId as idOf, settle } from '../src/domain/entry.ts';
import type { ArticleText } from '../src/domain/page.ts';
import { PermanentError } from '../src/errors.ts';
import type { ArticleReading } from '../src/reading/article-page.ts';
import { canonicalUrl } from '../src/reading/canonical-url.ts';
import { analyseJob, fetchMoreJob } from './job-keys.ts';
import { learnClock } from './outlet-clocks.ts';
import { readDocumentPage } from './read-document-page.ts';
import { filledIn, readEntryPage, twinPageId, wholeText } from './read-entry-page.ts';
import { settleUnreadable } from './settle-unreadable.ts';
import type { Deps, Stage } from './stage.ts';
import { watchSelectors } from './watch-selectors.ts';

export const extractArticle: Stage<'extract', 'analyse' | 'fetch'> = {
  name: 'extract',
  payload: z.object({ entryId: z.string(), isAll: z.boolean().optional() }),
  concurrency: 2,
  attempts: 3,

  async run({ entryId, isAll = false }, deps, { signal }) {
    const entry = await deps.entries.find(entryId);
    const page = await deps.pages.find(entryId);
    if (entry === undefined || page === undefined) {
      throw new PermanentError(entry === undefined ? 'unknown-entry' : 'no-page');
    }
    if (documentKind(page.bytes) !== undefined)
      return goOn(entry, await readDocumentPage(entry, page, deps, signal), deps);

    const outlet = deps.outlets.get(entry.outletId);
    const { reading, options } = readEntryPage(entry, page, deps);
    const more = isAll ? undefined : moreOf(reading);
    if (more !== undefined)
      return {
        status: 'done',
        reason: `more-${more}`,
        outletId: entry.outletId,
        next: [fetchMoreJob(entryId, more)],
      };

    await watchSelectors(entry, page, outlet, { reading, options }, deps);
    const found = reading.ok ? { reading, page } : await readTwin(entry, deps);
    if (found === undefined) throw new PermanentError((reading as { reason: string }).reason);
    const text = await wholeText(found.reading, entry, found.page, deps);
    await learnFrom(found.reading.text, entry, deps);

    const ownUrl = ownAddress(entry, text, outlet?.hostAliases);
    return ownUrl === undefined ? goOn(entry, text, deps) : handOver(entry, ownUrl, text, deps);
  },

  onGivenUp: ({ entryId }, reason, deps) => settleUnreadable(entryId, 'extract', reason, deps),
};

async function goOn(entry: Entry, text: ArticleText, deps: Deps) {
  await deps.entries.update(entry.id, (current) => withText(current, text));
  return { status: 'done' as const, outletId: entry.outletId, next: [analyseJob(entry.id, 'page')] };
}

/** Pages that say nothing to us may say it in their AMP rendering, which is as public as they are. */
const TWIN_MAY_HELP = new Set(['no-text', 'paywall']);

/** What else of the article is to be had, as far as its page tells. */
function moreOf(reading: ArticleReading): 'pages' | 'twin' | undefined {
  if (reading.ok) return reading.nextUrl === undefined ? undefined : 'pages';
  return reading.ampUrl !== undefined && TWIN_MAY_HELP.has(reading.reason) ? 'twin' : undefined;
}

async function readTwin(entry: Entry, deps: Deps) {
  const page = await deps.pages.find(twinPageId(entry.id));
  const reading = page && readEntryPage(entry, page, deps).reading;
  return page !== undefined && reading?.ok === true ? { reading, page } : undefined;
}

/** What a page tells of its outlet's clock, where it was found as it appeared. */
async function learnFrom({ publishedAt }: ArticleText, entry: Entry, deps: Deps): Promise<void> {
  if (publishedAt === undefined || entry.imported || entry.isBacklog === true || entry.text !== undefined)
    return;
  await learnClock(entry.outletId, [{ publishedAt, firstSeenAt: entry.firstSeenAt }], deps);
}

/** Keeps the feed's word where the page is silent. */
function withText(entry: Entry, text: ArticleText): Entry {
  const { unreadReason: _read, ...rest } = entry;
  return {
    ...rest,
    stage: entry.outcome === 'pending' ? 'analyse' : entry.stage,
    text: filledIn(text, entry),
  };
}

/** The address that the page gives as its own, where that is another one of the same outlet's. */
function ownAddress(
  entry: Entry,
  text: ArticleText,
  hostAliases: Readonly<Record<string, string>> = {},
): string | undefined {
  if (text.canonicalUrl === undefined) return undefined;
  const own = canonicalUrl(text.canonicalUrl, entry.url, hostAliases);
  // Some templates name the home page or another paper's original: neither is this article's address.
  const here = canonicalUrl(entry.url, undefined, hostAliases) ?? entry.url;
  if (own === undefined || idOf(own) === entry.id || new URL(own).host !== new URL(here).host)
    return undefined;
  return new URL(own).pathname.length > 1 ? own : undefined;
}

async function handOver(entry: Entry, ownUrl: string, text: ArticleText, deps: Deps) {
  const ownId = idOf(ownUrl);
  const at = deps.now().toISOString();
  const { reason: _reason, settledAt: _settledAt, analysis: _analysis, ...rest } = entry;
  await deps.entries.add([
    withText({ ...rest, id: ownId, url: ownUrl, outcome: 'pending', stage: 'analyse' }, text),
  ]);
  const own = await deps.entries.update(ownId, (current) =>
    current.text === undefined ? withText(current, text) : current,
  );
  await deps.entries.update(entry.id, (current) =>
    settle(current, { outcome: 'duplicate', stage: 'extract', at, reason: `canonical:${ownId}` }),
  );
  await deps.articles.remove(entry.id);
  return {
    status: 'done' as const,
    reason: 'canonical',
    outletId: entry.outletId,
    next: own?.outcome === 'indexed' ? [] : [analyseJob(ownId, 'page')],
  };
}
