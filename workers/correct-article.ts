/** What a person does about an article: correct or confirm it, withdraw that again. Takes effect before it returns. */
import { randomUUID } from 'node:crypto';

import {
  type AddedMention,
  type Correction,
  type CorrectionDraft,
  CorrectionError,
  corrected,
  inForce,
  type MentionKey,
  mentionKey,
  type PersonsWord,
  revoke,
  verdictOf,
} from '../src/domain/correction.ts';
import type { Entry } from '../src/domain/entry.ts';
import { isNearCopy } from '../src/language/similarity.ts';
import { analyseEntry, textOf } from './judge-entry.ts';
import { refreshArticles } from './refresh-articles.ts';
import type { Deps } from './stage.ts';

/**
 * Keeps a correction and makes what it concerns anew: the article, where asked its copies, their series and stories.
 *
 * @throws {CorrectionError} where there is no such article, story, topic or mention, or the draft says nothing
 */
export async function correctArticle(draft: CorrectionDraft, deps: Deps): Promise<Correction> {
  const entry = await deps.entries.find(draft.articleId);
  if (entry === undefined || (entry.outcome !== 'indexed' && entry.outcome !== 'irrelevant'))
    throw new CorrectionError('unknown-article');
  const analysis = entry.analysis ?? analyseEntry(entry, deps.language);
  const storyId = await deps.stories.storyOf(entry.id);
  const correction: Correction = {
    id: randomUUID(),
    articleId: entry.id,
    at: deps.now().toISOString(),
    by: draft.by,
    reason: draft.reason,
    scope: draft.scope,
    says: await wordOf(draft, { ...entry, analysis }, storyId, deps),
    verdicts: [verdictOf(analysis)],
    url: entry.url,
    outletId: entry.outletId,
    fromHealthFeed: entry.fromHealthFeed,
    text: textOf(entry),
    ...(storyId === undefined ? {} : { storyId }),
    ...(draft.isSampled === true ? { isSampled: true } : {}),
  };
  await deps.corrections.add(correction);
  await refreshArticles(await concernedBy(correction, deps), deps);
  return correction;
}

/**
 * Withdraws a correction: what it concerned is again as the program, or an earlier correction, says.
 *
 * @returns the correction as it stands now; `undefined` where there is none
 */
export async function revokeCorrection(id: string, by: string, deps: Deps): Promise<Correction | undefined> {
  const at = deps.now().toISOString();
  const correction = await deps.corrections.update(id, (current) => revoke(current, by, at));
  if (correction !== undefined) await refreshArticles(await concernedBy(correction, deps), deps);
  return correction;
}

/** What is looked at each time; a correction that a crash left without effect is among the newest. */
const NEWEST = 30;

/** Gives the newest corrections their effect where a crash came between the keeping and the rest. @returns how many */
export async function mendCorrections(deps: Deps): Promise<number> {
  const newest = await deps.corrections.list({ offset: 0, limit: NEWEST });
  const articles = await deps.articles.findMany([...new Set(newest.map(({ articleId }) => articleId))]);
  const shown = new Map(articles.map(({ id, corrected: applied }) => [id, applied?.ids ?? []]));
  // One that took its article out of the archive shows nowhere.
  const isPending = ({ id, articleId, revokedAt }: Correction) =>
    shown.get(articleId)?.includes(id) === (revokedAt !== undefined);
  const pending = newest.filter(isPending);
  for (const correction of pending) await refreshArticles(await concernedBy(correction, deps), deps);
  return pending.length;
}

type Analysed = Entry & Required<Pick<Entry, 'analysis'>>;

async function wordOf(
  draft: CorrectionDraft,
  entry: Analysed,
  storyId: string | undefined,
  deps: Deps,
): Promise<PersonsWord> {
  const { confirms, isHealth, polarity, topics, addMentions = [], removeMentions = [], story } = draft;
  const added = addMentions.map((key) => knownMention(key, deps));
  const hasMentions = added.length + removeMentions.length > 0;
  for (const topic of topics ?? []) {
    if (!deps.language.topicNames.has(topic)) throw new CorrectionError('unknown-topic');
  }
  const says: PersonsWord = {
    ...(isHealth === undefined ? {} : { isHealth }),
    ...(polarity === undefined ? {} : { polarity }),
    ...(topics === undefined ? {} : { topics: [...new Set(topics)] }),
    ...(hasMentions ? { mentions: { add: added, remove: removeMentions } } : {}),
    ...(story === undefined ? {} : { storyId: await knownStory(story, entry.id, storyId, deps) }),
  };
  const isOfUse = Object.keys(says).length > 0;
  if (!isOfUse && confirms !== true) throw new CorrectionError('nothing-said');
  // Who corrects an article in the archive wants it there.
  return {
    isHealth: entry.outcome === 'indexed',
    ...(confirms === true ? await asItStands(entry, deps) : {}),
    ...says,
  };
}

async function asItStands(entry: Analysed, { corrections }: Deps): Promise<PersonsWord> {
  const own = await corrections.concerning({ articleIds: [entry.id] });
  const { relevance, sentiment, topics } = corrected(entry.analysis, inForce(own));
  return {
    isHealth: relevance.isHealth,
    polarity: sentiment.polarity,
    topics: topics.map(({ topic }) => topic),
  };
}

function knownMention(key: MentionKey, { language }: Deps): AddedMention {
  const name = language.names.get(mentionKey(key));
  if (name === undefined) throw new CorrectionError('unknown-mention');
  return { ...key, name };
}

async function knownStory(
  story: string,
  id: string,
  current: string | undefined,
  deps: Deps,
): Promise<string> {
  if (story !== 'own') {
    if ((await deps.stories.find(story)) === undefined) throw new CorrectionError('unknown-story');
    return story;
  }
  // The story that it has begun bears its name: the others stay there, and it goes.
  const own = `story-${id}`;
  return current === own ? `${own}-own` : own;
}

/**
 * The article, and where the correction is for its copies, those of all stories that it has to do with: they come
 * first, so that an article that shows a correction has handed it on.
 */
async function concernedBy(
  { articleId, scope, storyId, says }: Correction,
  { entries, stories }: Deps,
): Promise<string[]> {
  if (scope === 'article') return [articleId];
  const signature = (await entries.find(articleId))?.analysis?.signature ?? [];
  const storyIds = new Set([storyId, says.storyId, await stories.storyOf(articleId)]);
  const copies: string[] = [];
  for (const id of storyIds) {
    if (id === undefined) continue;
    for (const member of await stories.membersOf(id)) {
      if (isNearCopy(signature, member.signature)) copies.push(member.articleId);
    }
  }
  return [...copies.filter((id) => id !== articleId), articleId];
}
