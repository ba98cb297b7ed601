/**
 * Stage 5 of 7. Joins a judged entry to its story and makes it searchable.
 *
 * Safe to repeat: an article keeps the story it was first joined to, and saving replaces. The jobs in hand are joined
 * one after the other and written together, and in one process only: two copies joined apart would each begin a story.
 */
import { z } from 'zod';

import { type Entry, settle } from '../src/domain/entry.ts';
import { PermanentError } from '../src/errors.ts';
import { attachJob, basisOf, detectJob } from './job-keys.ts';
import { type AnalysedEntry, makeSearchable } from './make-searchable.ts';
import { attachmentsDue } from './read-attachments.ts';
import { firstRevisit } from './revisit-jobs.ts';
import type { Deps, JobOutcome, Stage } from './stage.ts';

/** Entries joined and saved together at most; bounds memory and what one failure repeats. */
const TOGETHER = 64;
/** While one batch is being saved the next is joined to its stories. */
const BATCHES = 2;

export const indexArticle: Stage<'index', 'detect' | 'revisit' | 'attach'> = {
  name: 'index',
  payload: z.object({ entryId: z.string() }),
  concurrency: TOGETHER * BATCHES,
  batches: BATCHES,
  attempts: 5,
  isSingle: true,

  async run(payload, deps) {
    const [outcome] = await indexTogether([payload], deps);
    return outcome as JobOutcome<'detect' | 'revisit' | 'attach'>;
  },

  runTogether: indexTogether,

  async onGivenUp({ entryId }, reason, { entries, now }) {
    const at = now().toISOString();
    await entries.update(entryId, (current) =>
      settle(current, { outcome: 'failed', stage: 'index', at, reason }),
    );
  },
};

async function indexTogether(
  payloads: readonly { entryId: string }[],
  deps: Deps,
): Promise<JobOutcome<'detect' | 'revisit' | 'attach'>[]> {
  // One entry may stand here twice, by its title and by its page: it is indexed once, as it is now.
  const ids = [...new Set(payloads.map(({ entryId }) => entryId))];
  const found = await Promise.all(ids.map((id) => deps.entries.find(id)));
  const entries = new Map(found.map((entry) => [entry?.id, analysed(entry)]));
  await makeSearchable([...entries.values()].filter(isWanted), deps);
  return payloads.map(({ entryId }) => {
    const entry = entries.get(entryId) as AnalysedEntry;
    const { outletId } = entry;
    if (!isWanted(entry)) return { status: 'skipped', reason: entry.outcome, outletId, next: [] };
    const attach = attachmentsDue(entry, deps).length > 0 ? [attachJob(entryId)] : [];
    const next = [detectJob(entryId, basisOf(entry)), ...firstRevisit(entry, deps), ...attach];
    return { status: 'done', outletId, next };
  });
}

function analysed(entry: Entry | undefined): AnalysedEntry {
  if (entry?.analysis === undefined) throw new PermanentError(entry ? 'not-analysed' : 'unknown-entry');
  return entry as AnalysedEntry;
}

/** False where the page came in meanwhile and showed it to be something else. */
function isWanted({ outcome }: Entry): boolean {
  return outcome !== 'irrelevant' && outcome !== 'duplicate';
}
