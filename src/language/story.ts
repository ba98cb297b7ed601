/** Decides to which story an article belongs: as a copy of a text we know, as another text on its event, or as the first. */
import type { Mention } from '../domain/analysis.ts';
import type { StoryFacts } from '../domain/story.ts';
import { HOUR_MS } from '../domain/time.ts';
import { isDailyColumn } from './daily-column.ts';
import { eventTerms } from './event-terms.ts';
import { bandsOf, isNearCopy, similarity } from './similarity.ts';

/** An article as far as its story depends on it. */
export interface StoryArticle {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly signature: readonly number[];
  readonly mentions: readonly Mention[];
  readonly creditedTo?: string | undefined;
  readonly newsroom: string;
  readonly firstSeenAt: string;
}

/** A member of some story that shares a key with the article. */
export interface StoryCandidate {
  readonly articleId: string;
  readonly storyId: string;
  readonly signature: readonly number[];
  readonly facts?: StoryFacts | undefined;
}

export interface StoryJoin {
  readonly storyId: string;
  /** `new` begins a story; `copy` repeats a member's text; `event` tells the same event in words of its own. */
  readonly relation: 'new' | 'copy' | 'event';
  readonly isCopy: boolean;
  /** 1 for a text of its own, else one more than the earlier articles that it repeats. */
  readonly copyNumber: number;
  /** The member that it repeats or is nearest to. */
  readonly nearestArticleId?: string;
  /** Whether its newsroom stands behind the text: neither copied nor credited to somebody else. */
  readonly isIndependent: boolean;
  /** How sure, from 0 to 1. */
  readonly score: number;
  /** To be stored with the article, for later articles to be compared with. */
  readonly facts: StoryFacts;
  /** Keys under which later articles find it: near-copy bands and event keys in one index. */
  readonly keys: readonly string[];
}

const COPY_WINDOW_HOURS = 14 * 24;
const EVENT_WINDOW_HOURS = 72;
/** Between newsrooms: below this two texts on one event share names and facts, not a source. */
const SAME_SOURCE = 0.5;
/** An event that goes on for longer becomes another story, so that no story grows into a topic. */
const MAX_STORY_HOURS = 10 * 24;

/** Bodies of the sector that are named in most of its news: naming one of them tells no event. */
const GENERAL_BODY = /^(?:bo-y-te|cuc-|syt-|cdc-|bhxh-|so-)/u;

/** How far back candidates are worth asking for. */
export const STORY_WINDOW_MS = COPY_WINDOW_HOURS * HOUR_MS;

/** Facts of an article to compare with, and the keys under which members like it are found. */
export function storyKeys(article: StoryArticle): { facts: StoryFacts; keys: string[] } {
  // A digest tells several events; joined to one of them it would drag the others in.
  const mentions = isDailyColumn(article.title) ? [] : article.mentions;
  const entities = [...new Set(mentions.map(({ kind, id }) => `${kind}:${id}`))];
  const facts: StoryFacts = {
    newsroom: article.newsroom,
    firstSeenAt: article.firstSeenAt,
    entities,
    terms: entities.length === 0 ? [] : eventTerms(article, mentions),
    ...(article.creditedTo === undefined ? {} : { creditedTo: article.creditedTo }),
  };
  return { facts, keys: [...bandsOf(article.signature), ...eventKeys(entities)] };
}

/**
 * @param article     the article to place
 * @param candidates  members that share a key with it, seen within `STORY_WINDOW_MS`; the article itself may be among
 *                    them (it is when its page has been read after its entry), and then it keeps its story
 */
export function joinStory(article: StoryArticle, candidates: readonly StoryCandidate[]): StoryJoin {
  const { facts, keys } = storyKeys(article);
  const own = candidates.find(({ articleId }) => articleId === article.id);
  const others = candidates.filter(({ articleId }) => articleId !== article.id);
  const related =
    best(others, (other) => copyScore(article, other)) ??
    best(others, (other) => eventScore(facts, other.facts));
  const storyId = own?.storyId ?? related?.candidate.storyId ?? `story-${article.id}`;
  const isSameStory = related !== undefined && related.candidate.storyId === storyId;
  const repeated = others.filter((other) => repeats(article, other));
  const isCopy = repeated.length > 0;
  return {
    storyId,
    relation: isCopy ? 'copy' : isSameStory ? 'event' : 'new',
    isCopy,
    copyNumber: repeated.length + 1,
    ...(isSameStory ? { nearestArticleId: related.candidate.articleId } : {}),
    isIndependent: !isCopy && isOwnWork(article),
    score: isSameStory ? related.score : 0,
    facts: isSameStory ? { ...facts, storyBeganAt: beginningOf(related.candidate, facts) } : facts,
    keys,
  };
}

function best(
  candidates: readonly StoryCandidate[],
  scoreOf: (candidate: StoryCandidate) => number,
): { candidate: StoryCandidate; score: number } | undefined {
  let top: { candidate: StoryCandidate; score: number } | undefined;
  for (const candidate of candidates) {
    const score = scoreOf(candidate);
    if (score > 0 && (top === undefined || score > top.score)) top = { candidate, score };
  }
  return top;
}

function copyScore(article: StoryArticle, other: StoryCandidate): number {
  if (!isNearCopy(article.signature, other.signature)) return 0;
  return similarity(article.signature, other.signature);
}

/** Shared rare terms over the shorter list, where the entities and the clock allow one event; 0 where they do not. */
function eventScore(facts: StoryFacts, other: StoryFacts | undefined): number {
  if (other === undefined || hoursBetween(facts.firstSeenAt, other.firstSeenAt) > EVENT_WINDOW_HOURS)
    return 0;
  if (hoursBetween(facts.firstSeenAt, other.storyBeganAt ?? other.firstSeenAt) > MAX_STORY_HOURS) return 0;
  const bond = bondBetween(facts.entities, other.entities);
  if (bond === undefined) return 0;
  const { leastShared, leastOverlap } = REQUIRED[bond];
  const known = new Set(other.terms);
  const shared = facts.terms.filter((term) => known.has(term)).length;
  const overlap = shared / Math.max(1, Math.min(facts.terms.length, other.terms.length));
  return shared >= leastShared && overlap >= leastOverlap ? overlap : 0;
}

type Bond = 'facility' | 'policy-document' | 'disease-and-province' | 'disease' | 'province';

/** The weaker what is shared, the more of the wording must be. */
const REQUIRED: Readonly<Record<Bond, { leastShared: number; leastOverlap: number }>> = {
  facility: { leastShared: 3, leastOverlap: 0.12 },
  'disease-and-province': { leastShared: 3, leastOverlap: 0.16 },
  'policy-document': { leastShared: 4, leastOverlap: 0.16 },
  disease: { leastShared: 4, leastOverlap: 0.22 },
  province: { leastShared: 5, leastOverlap: 0.3 },
};

function bondBetween(a: readonly string[], b: readonly string[]): Bond | undefined {
  const shared = a.filter((entity) => b.includes(entity));
  if (shared.some(isTellingFacility)) return 'facility';
  const hasDisease = shared.some((entity) => entity.startsWith('disease:'));
  const hasProvince = shared.some((entity) => entity.startsWith('province:'));
  if (hasDisease && hasProvince) return 'disease-and-province';
  if (shared.some((entity) => entity.startsWith('policy-document:'))) return 'policy-document';
  if (hasDisease) return 'disease';
  return hasProvince ? 'province' : undefined;
}

function isTellingFacility(entity: string): boolean {
  const [kind, id = ''] = entity.split(':');
  return kind === 'facility' && !GENERAL_BODY.test(id);
}

/** `facility:x`, `policy-document:y`, `disease:d@p` for each province, `disease:d` where no place is named. */
function eventKeys(entities: readonly string[]): string[] {
  const of = (kind: string) => entities.filter((entity) => entity.startsWith(`${kind}:`));
  const provinces = of('province').map((entity) => entity.slice('province:'.length));
  const places = provinces.length === 0 ? [''] : provinces;
  return [
    ...of('facility').filter(isTellingFacility),
    ...of('policy-document'),
    ...of('disease').flatMap((disease) => places.map((place) => `${disease}@${place}`)),
  ].map((key) => `event:${key}`);
}

/** A text credited to somebody else is theirs, however it was reworded. */
function isOwnWork({ creditedTo, newsroom }: StoryArticle): boolean {
  return creditedTo === undefined || plain(creditedTo) === plain(newsroom);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/^báo\s+|[^\p{L}\d]/gu, '');
}

/** The later of two texts that are alike is the copy, unless two newsrooms merely tell the same in few words. */
function repeats(article: StoryArticle, other: StoryCandidate): boolean {
  const { facts } = other;
  const score = copyScore(article, other);
  if (score === 0) return false;
  if (facts === undefined) return true;
  if (!isEarlier(facts.firstSeenAt, other.articleId, article)) return false;
  return score >= SAME_SOURCE || facts.newsroom === article.newsroom;
}

/** Of two seen in one poll the id decides, so that they are not copies of each other. */
function isEarlier(firstSeenAt: string, id: string, than: StoryArticle): boolean {
  return firstSeenAt === than.firstSeenAt ? id < than.id : firstSeenAt < than.firstSeenAt;
}

function beginningOf({ facts }: StoryCandidate, own: StoryFacts): string {
  return facts?.storyBeganAt ?? facts?.firstSeenAt ?? own.firstSeenAt;
}

function hoursBetween(a: string, b: string): number {
  return Math.abs(Date.parse(a) - Date.parse(b)) / HOUR_MS;
}
