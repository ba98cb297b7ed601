/**
 * Stage 2 of 7. Fetches one entry's page once and keeps it as it came.
 *
 * An entry whose title says plainly that it is not about health costs its outlet no request. A page that cannot be
 * had leaves the entry with its title and summary: if those make it an article, it stays one. What extraction finds to
 * belong to the page is fetched in a second job.
 */
import { z } from 'zod';

import { type Entry, settle } from '../src/domain/entry.ts';
import { isPublicBody, type Outlet } from '../src/domain/outlet.ts';
import type { FetchedPage } from '../src/domain/page.ts';
import { PermanentError } from '../src/errors.ts';
import { fetchMore } from './fetch-more.ts';
import { extractJob } from './job-keys.ts';
import { settleUnreadable } from './settle-unreadable.ts';
import type { Deps, Stage } from './stage.ts';

export const fetchPage: Stage<'fetch', 'extract'> = {
  name: 'fetch',
  payload: z.object({ entryId: z.string(), more: z.enum(['pages', 'twin']).optional() }),
  concurrency: 16,
  attempts: 4,

  async run({ entryId, more }, deps, { log, signal }) {
    const entry = await deps.entries.find(entryId);
    if (entry === undefined) throw new PermanentError('unknown-entry', `No entry ${entryId}`);
    if (more !== undefined) return fetchMore(entry, more, deps, { log, signal });
    const done = { outletId: entry.outletId, next: [extractJob(entryId)] };

    if (isPlainlyOffTopic(entry, deps.language)) {
      const at = deps.now().toISOString();
      await deps.entries.update(entryId, (current) =>
        settle(current, { outcome: 'irrelevant', stage: 'fetch', at, reason: 'not-health' }),
      );
      return { status: 'skipped', reason: 'not-health', outletId: entry.outletId, next: [] };
    }
    // A job repeated after a crash does not ask the outlet again for what it has already sent.
    if ((await deps.pages.find(entryId)) !== undefined) return { status: 'done', ...done };

    await deps.pages.save(entryId, await fetchOrTwin(entry, deps, signal));
    return { status: 'done', ...done };
  },

  onGivenUp: ({ entryId }, reason, deps) => settleUnreadable(entryId, 'fetch', reason, deps),
};

/** Statuses of a server that refuses this page, and may yet serve the article on its host for AMP. */
const REFUSED = new Set(['http-401', 'http-403', 'http-451']);

/** The page; where it is refused, that of the host on which the outlet serves AMP, if the configuration names one. */
async function fetchOrTwin(entry: Entry, deps: Deps, signal: AbortSignal): Promise<FetchedPage> {
  const outlet = deps.outlets.get(entry.outletId);
  const request = {
    paceMs: outlet?.paceMs ?? 1000,
    signal,
    ...(outlet !== undefined && isPublicBody(outlet) ? { mayBeDocument: true } : {}),
  };
  try {
    return await deps.fetchPage({ ...request, url: entry.url });
  } catch (error) {
    const twin = ampAddress(entry.url, outlet);
    if (twin === undefined || !(error instanceof PermanentError) || !REFUSED.has(error.reason)) throw error;
    return deps.fetchPage({ ...request, url: twin });
  }
}

function ampAddress(url: string, outlet: Outlet | undefined): string | undefined {
  const address = new URL(url);
  const aliases = Object.entries(outlet?.hostAliases ?? {});
  const host = aliases.find(([alias, own]) => own === address.hostname && alias.startsWith('amp.'))?.[0];
  if (host === undefined) return undefined;
  address.hostname = host;
  return address.href;
}

/** Titles mislead in both directions, so only a score well below nothing spares the request. */
const PLAINLY_OFF_TOPIC = -1;

function isPlainlyOffTopic(entry: Entry, language: Parameters<typeof fetchPage.run>[1]['language']): boolean {
  if (entry.fromHealthFeed) return false;
  const text = { title: entry.title, summary: entry.summary, body: '' };
  return language.relevance(text, { fromHealthFeed: false }).score <= PLAINLY_OFF_TOPIC;
}
