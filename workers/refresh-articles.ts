import { isDeepStrictEqual } from 'node:util';

import type { Analysis } from '../src/domain/analysis.ts';
import { type Correction, lastWord, type PersonsWord } from '../src/domain/correction.ts';
import type { Entry } from '../src/domain/entry.ts';
import { correctionsOf, isSameWord, noteVerdict } from './heed-corrections.ts';
import { analyseEntry, decideEntry } from './judge-entry.ts';
import { type AnalysedEntry, makeSearchable } from './make-searchable.ts';
import { leaveStory } from './move-to-story.ts';
import type { Deps } from './stage.ts';

/** Articles made anew together; bounds memory. */
const TOGETHER = 64;

/**
 * Makes articles anew from their entries and from people's word, at once and without a queue: after a correction, after
 * a mark on an entry, and, where they are to be judged anew, with what this version of the program says of their text.
 * They keep their stories, unless people say otherwise, and the times at which they came.
 *
 * Safe to repeat, and beside all else that writes entries, articles and corrections: whatever changed meanwhile is made
 * anew again.
 *
 * @param ids  entries that are pending, failed or duplicates, and unknown ones, are left alone
 */
export async function refreshArticles(
  ids: readonly string[],
  deps: Deps,
  { judgesAnew = false } = {},
): Promise<void> {
  const distinct = [...new Set(ids)];
  for (let from = 0; from < distinct.length; from += TOGETHER) {
    let due = distinct.slice(from, from + TOGETHER);
    while (due.length > 0) due = await refresh(due, deps, judgesAnew);
  }
}

/** @returns those of which something has changed meanwhile */
async function refresh(ids: readonly string[], deps: Deps, judgesAnew: boolean): Promise<string[]> {
  const settled = (await findAll(ids, deps)).filter(isSettled);
  const concerned = await concernedOf(settled, deps);
  const word = await correctionsOf(concerned, deps);
  await Promise.all(settled.map(({ id }) => decide(id, word.get(id) ?? [], deps, judgesAnew)));

  const decided = await findAll(ids, deps);
  for (const entry of decided) if (entry.outcome === 'irrelevant') await takeOut(entry, deps);
  await makeSearchable(decided.filter(isWanted) as AnalysedEntry[], deps, { keepsPlace: true });

  const now = new Map((await findAll(ids, deps)).map((entry) => [entry.id, entry]));
  const isOther = (entry: Entry) => !isDeepStrictEqual(basisOf(entry), basisOf(now.get(entry.id) ?? entry));
  const changed = decided.filter(isOther).map(({ id }) => id);
  return isSameWord(word, await correctionsOf(concerned, deps)) ? changed : settled.map(({ id }) => id);
}

/** Whether an entry belongs into the archive, by people's word and what the program says of it. */
async function decide(
  id: string,
  corrections: readonly Correction[],
  deps: Deps,
  judgesAnew: boolean,
): Promise<void> {
  const word = lastWord(corrections);
  const at = deps.now().toISOString();
  const entry = await deps.entries.update(id, (current) => {
    const known = judgesAnew ? undefined : current.analysis;
    return decideAgain(current, known ?? analyseEntry(current, deps.language), at, word);
  });
  if (entry?.analysis !== undefined) await noteVerdict(id, entry.analysis, corrections, deps);
}

async function findAll(ids: readonly string[], { entries }: Deps): Promise<Entry[]> {
  const found = await Promise.all(ids.map((id) => entries.find(id)));
  return found.filter((entry) => entry !== undefined);
}

function isSettled({ outcome }: Entry): boolean {
  return outcome === 'indexed' || outcome === 'irrelevant';
}

/** Pending where it has just been taken back. */
function isWanted({ outcome, stage, analysis }: Entry): boolean {
  return analysis !== undefined && (outcome === 'indexed' || (outcome === 'pending' && stage === 'index'));
}

/** What is irrelevant already and stays so keeps the time at which that was found. */
function decideAgain(current: Entry, analysis: Analysis, at: string, word: PersonsWord): Entry {
  if (!isSettled(current)) return current;
  const next = decideEntry(current, analysis, at, word);
  const isUnchanged = next.outcome === 'irrelevant' && next.reason === current.reason;
  return isUnchanged ? { ...current, analysis } : next;
}

async function concernedOf(entries: readonly Entry[], { articles, stories }: Deps) {
  const known = await articles.findMany(entries.map(({ id }) => id));
  const storyIds = new Map(known.map(({ id, storyId }) => [id, storyId]));
  return Promise.all(
    entries.map(async ({ id, analysis }) => ({
      id,
      storyId: storyIds.get(id) ?? (await stories.storyOf(id)) ?? '',
      signature: analysis?.signature ?? [],
    })),
  );
}

async function takeOut(entry: Entry, deps: Deps): Promise<void> {
  const storyId = await deps.stories.storyOf(entry.id);
  const newsroom = deps.outlets.get(entry.outletId)?.newsroom ?? entry.outletId;
  await deps.articles.remove(entry.id);
  if (storyId !== undefined) await leaveStory({ id: entry.id, newsroom }, storyId, deps);
}

/** What an article is made of. */
function basisOf({ settledAt: _at, stage: _stage, outcome: _outcome, ...rest }: Entry) {
  return rest;
}
