/**
 * Stage 2 of 7. Fetches one entry's page once and keeps it as it came.
 *
 * An entry whose title says plainly that it is not about health costs its outlet no request. A page that cannot be
 * had leaves the entry with its title and summary: if those make it an article, it stays one.
 */
import { z } from 'zod';

import { type Entry, settle } from '../src/domain/entry.ts';
import { PermanentError } from '../src/errors.ts';
import { extractJob } from './job-keys.ts';
import { settleUnreadable } from './settle-unreadable.ts';
import type { Stage } from './stage.ts';

export const fetchPage: Stage<'fetch', 'extract'> = {
  name: 'fetch',
  payload: z.object({ entryId: z.string() }),
  concurrency: 16,
  attempts: 4,

  async run({ entryId }, deps, { signal }) {
    const entry = await deps.entries.find(entryId);
    if (entry === undefined) throw new PermanentError('unknown-entry', `No entry ${entryId}`);
    const outlet = deps.outlets.get(entry.outletId);
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

    const page = await deps.fetchPage({ url: entry.url, paceMs: outlet?.paceMs ?? 1000, signal });
    await deps.pages.save(entryId, page);
    return { status: 'done', ...done };
  },

  onGivenUp: ({ entryId }, reason, deps) => settleUnreadable(entryId, 'fetch', reason, deps),
};

/** Titles mislead in both directions, so only a score well below nothing spares the request. */
const PLAINLY_OFF_TOPIC = -1;

function isPlainlyOffTopic(entry: Entry, language: Parameters<typeof fetchPage.run>[1]['language']): boolean {
  if (entry.fromHealthFeed) return false;
  const text = { title: entry.title, summary: entry.summary, body: '' };
  return language.relevance(text, { fromHealthFeed: false }).score <= PLAINLY_OFF_TOPIC;
}
