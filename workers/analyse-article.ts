/**
 * Stage 4 of 7. Judges an entry's text: is it about health, which polarity, which topics and mentions.
 *
 * Safe to repeat: the analysis is a pure function of text and language version, and the update replaces.
 */
import { z } from 'zod';

import { inForce, lastWord } from '../src/domain/correction.ts';
import { type Entry, settle } from '../src/domain/entry.ts';
import { PermanentError } from '../src/errors.ts';
import { basisOf, indexJob } from './job-keys.ts';
import { judgeEntry } from './judge-entry.ts';
import type { Deps, Stage } from './stage.ts';

export const analyseArticle: Stage<'analyse', 'index'> = {
  name: 'analyse',
  payload: z.object({ entryId: z.string() }),
  concurrency: 4,
  attempts: 3,

  async run({ entryId }, deps) {
    const entry = await deps.entries.find(entryId);
    if (entry === undefined) throw new PermanentError('unknown-entry', `No entry ${entryId}`);
    const { outletId } = entry;
    if (entry.outcome === 'duplicate') return { status: 'skipped', reason: 'duplicate', outletId, next: [] };

    const judged = await judge(entry, deps);
    if (judged.outcome === 'irrelevant') {
      // Its title may have made it searchable before its page said otherwise.
      await deps.articles.remove(entryId);
      return { status: 'done', reason: judged.reason ?? 'not-health', outletId, next: [] };
    }
    if (judged.analysis === undefined)
      return { status: 'skipped', reason: 'awaits-page', outletId, next: [] };
    return { status: 'done', outletId, next: [indexJob(entryId, basisOf(judged))] };
  },

  async onGivenUp({ entryId }, reason, { entries, now }) {
    const at = now().toISOString();
    await entries.update(entryId, (current) =>
      settle(current, { outcome: 'failed', stage: 'analyse', at, reason }),
    );
  },
};

/**
 * Judged inside the update, on the entry as it stands then: the page may come in at any moment. People decide what is
 * about health; nobody can have spoken of an entry that has been in no archive yet.
 */
async function judge(entry: Entry, { entries, corrections, language, now }: Deps): Promise<Entry> {
  const wordOf = async () =>
    entry.outcome === 'pending' ? [] : inForce(await corrections.concerning({ articleIds: [entry.id] }));
  for (let word = await wordOf(); ; ) {
    const said = lastWord(word);
    const judged = await entries.update(entry.id, (latest) =>
      judgeEntry(latest, language, now().toISOString(), said),
    );
    const later = await wordOf();
    if (later.length === word.length && lastWord(later).isHealth === said.isHealth) return judged ?? entry;
    word = later;
  }
}
