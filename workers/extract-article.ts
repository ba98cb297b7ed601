/**
 * Stage 3 of 7. Reads the article out of a stored page.
 *
 * A page that names another address as its own is settled as a duplicate and its text goes on under that address,
 * so that one article met on two ways is one article.
 */
import { z } from 'zod';

import { type Entry, entryId as idOf, settle } from '../src/domain/entry.ts';
import type { ArticleText } from '../src/domain/page.ts';
import { PermanentError } from '../src/errors.ts';
import { canonicalUrl } from '../src/reading/canonical-url.ts';
import { analyseJob } from './job-keys.ts';
import { learnClock } from './outlet-clocks.ts';
import { filledIn, onTrueTime, readEntryPage } from './read-entry-page.ts';
import { settleUnreadable } from './settle-unreadable.ts';
import type { Deps, Stage } from './stage.ts';
import { watchSelectors } from './watch-selectors.ts';

export const extractArticle: Stage<'extract', 'analyse'> = {
  name: 'extract',
  payload: z.object({ entryId: z.string() }),
  concurrency: 2,
  attempts: 3,

  async run({ entryId }, deps) {
    const entry = await deps.entries.find(entryId);
    const page = await deps.pages.find(entryId);
    if (entry === undefined || page === undefined) {
      throw new PermanentError(entry === undefined ? 'unknown-entry' : 'no-page');
    }
    const outlet = deps.outlets.get(entry.outletId);
    const { reading, options } = readEntryPage(entry, page, deps);
    await watchSelectors(entry, page, outlet, { reading, options }, deps);
    if (!reading.ok) throw new PermanentError(reading.reason);
    const text = await onTrueTime(reading.text, entry, page, deps);
    await learnFrom(reading.text, entry, deps);

    const ownUrl = ownAddress(entry, text, outlet?.hostAliases);
    if (ownUrl !== undefined) return handOver(entry, ownUrl, text, deps);

    await deps.entries.update(entryId, (current) => withText(current, text));
    return { status: 'done', outletId: entry.outletId, next: [analyseJob(entryId, 'page')] };
  },

  onGivenUp: ({ entryId }, reason, deps) => settleUnreadable(entryId, 'extract', reason, deps),
};

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
  if (own === undefined || idOf(own) === entry.id || new URL(own).host !== new URL(entry.url).host)
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
