/**
 * Stage 4 of 7. Judges an entry's text: is it about health, which polarity, which topics and mentions.
 *
 * Safe to repeat: the analysis is a pure function of text and language version, and the update replaces.
 */
import { z } from 'zod';

import type { AnalysableText } from '../src/domain/analysis.ts';
import { type Entry, settle } from '../src/domain/entry.ts';
import { PermanentError } from '../src/errors.ts';
import { basisOf, indexJob } from './job-keys.ts';
import type { Stage } from './stage.ts';

export const analyseArticle: Stage<'analyse', 'index'> = {
  name: 'analyse',
  payload: z.object({ entryId: z.string() }),
  concurrency: 4,
  attempts: 3,

  async run({ entryId }, { entries, articles, language, now }) {
    const entry = await entries.find(entryId);
    if (entry === undefined) throw new PermanentError('unknown-entry', `No entry ${entryId}`);
    const { outletId } = entry;
    if (entry.outcome === 'duplicate') return { status: 'skipped', reason: 'duplicate', outletId, next: [] };

    const analysis = language.analyse(textOf(entry), { fromHealthFeed: entry.fromHealthFeed });
    if (analysis.relevance.isHealth) {
      const current = await entries.update(entryId, (latest) =>
        basisOf(latest) === basisOf(entry) ? dueForIndex({ ...latest, analysis }) : latest,
      );
      // The page came in meanwhile: its own job judges it.
      if (current?.analysis !== undefined && basisOf(current) !== basisOf(entry)) {
        return { status: 'skipped', reason: 'outdated', outletId, next: [] };
      }
      return { status: 'done', outletId, next: [indexJob(entryId, basisOf(entry))] };
    }
    if (entry.text === undefined && entry.unreadReason === undefined) {
      return { status: 'skipped', reason: 'awaits-page', outletId, next: [] };
    }
    const at = now().toISOString();
    await entries.update(entryId, (latest) =>
      entry.text === undefined && latest.outcome === 'failed'
        ? latest
        : settle(latest, { outcome: 'irrelevant', stage: 'analyse', at, reason: 'not-health' }),
    );
    await articles.remove(entryId);
    return { status: 'done', reason: 'not-health', outletId, next: [] };
  },

  async onGivenUp({ entryId }, reason, { entries, now }) {
    const at = now().toISOString();
    await entries.update(entryId, (current) =>
      settle(current, { outcome: 'failed', stage: 'analyse', at, reason }),
    );
  },
};

function textOf(entry: Entry): AnalysableText {
  return entry.text ?? { title: entry.title, summary: entry.summary, body: '' };
}

function dueForIndex(entry: Entry): Entry {
  return entry.outcome === 'pending' ? { ...entry, stage: 'index' } : entry;
}
