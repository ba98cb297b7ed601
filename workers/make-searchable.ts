/** Brings judged entries into the archive: joins them to their stories, and saves them as people say they are. */
import type { Analysis } from '../src/domain/analysis.ts';
import type { Article } from '../src/domain/article.ts';
import { type Entry, settle } from '../src/domain/entry.ts';
import { given } from '../src/domain/given.ts';
import { type Outlet, unlistedOutlet } from '../src/domain/outlet.ts';
import { isClockKnown, type OutletClock } from '../src/domain/outlet-clock.ts';
import type { PublishedAt } from '../src/domain/published-at.ts';
import { HOUR_MS } from '../src/domain/time.ts';
import type { StoryStore } from '../src/ports/story-store.ts';
import { correctionsOf, heed, isSameWord, noteVerdict } from './heed-corrections.ts';
import { basisOf } from './job-keys.ts';
import { joinToStories } from './join-to-stories.ts';
import { takenOut } from './judge-entry.ts';
import { leaveStory } from './move-to-story.ts';
import { clockOf } from './outlet-clocks.ts';
import type { Deps } from './stage.ts';

/** What is first seen later than this after its printed time is a backlog, a reprint or an old date: not news. */
const LATE_AFTER_MS = 6 * HOUR_MS;
/**
 * A feed that has been read all along lists what is new, whatever it prints: some outlets print Greenwich time as
 * Vietnam's, seven hours early, and all they write would be late. Until it is known how such a clock runs, only what is
 * clearly old is taken for a reprint.
 */
const LATE_WHEN_FOLLOWED_MS = 12 * HOUR_MS;

export type AnalysedEntry = Entry & { readonly analysis: Analysis };

/**
 * Joins entries to their stories and saves them as articles, as people say they are where people have spoken.
 *
 * @param keepsPlace  also articles that are known keep their story and their times: nothing is new but what is said
 */
export async function makeSearchable(
  entries: readonly AnalysedEntry[],
  deps: Deps,
  { keepsPlace = false } = {},
): Promise<void> {
  if (entries.length === 0) return;
  const now = deps.now();
  const clocks = await clocksOf(entries, deps);
  const drafts = entries.map((entry) => {
    const outlet = deps.outlets.get(entry.outletId) ?? unlistedOutlet(entry.outletId);
    return toArticle(entry, entry.analysis, { outlet, clock: clocks.get(entry.outletId) }, now);
  });
  const placed = await placesOf(
    keepsPlace ? entries : entries.filter(({ revisedAt }) => revisedAt !== undefined),
    deps,
  );
  const unplaced = drafts.filter(({ id }) => !placed.has(id));
  const joins = await inTurn(deps.stories, () => joinToStories(unplaced, deps));
  for (const [index, { id }] of unplaced.entries()) placed.set(id, joins[index] as (typeof joins)[number]);
  const joined = drafts.map((draft) => ({ ...draft, ...(placed.get(draft.id) as Place) }));
  const articles = await saveAsCorrected(joined, deps, keepsPlace);
  if (keepsPlace) return;
  for (const [index, article] of articles.entries()) observeDelay(article, entries[index], deps);
}

/**
 * Saves articles with people's word on them, and looks again afterwards: a correction that was made meanwhile would
 * else be written over, since whoever made it has written its articles already.
 *
 * @returns the articles in order, those included that a person has taken out of the archive
 */
async function saveAsCorrected(
  joined: readonly (UnjoinedArticle & Place)[],
  deps: Deps,
  keepsPlace: boolean,
): Promise<readonly Article[]> {
  for (let word = await correctionsOf(joined, deps); ; ) {
    const articles: Article[] = [];
    for (const article of joined) articles.push(await heed(article, word.get(article.id) ?? [], deps));
    await saveOrTakeOut(articles, deps, keepsPlace);
    for (const article of joined) await noteVerdict(article.id, article, word.get(article.id) ?? [], deps);
    const wordNow = await correctionsOf(joined, deps);
    if (isSameWord(word, wordNow)) return articles;
    word = wordNow;
  }
}

async function saveOrTakeOut(articles: readonly Article[], deps: Deps, keepsPlace: boolean): Promise<void> {
  const at = deps.now().toISOString();
  const asIndexed = (entry: Entry) =>
    keepsPlace && entry.outcome === 'indexed'
      ? entry
      : settle(entry, { outcome: 'indexed', stage: 'index', at });
  const isWantedNow = ({ corrected, relevance }: Article) => corrected === undefined || relevance.isHealth;
  await deps.articles.save(articles.filter(isWantedNow));
  await Promise.all(
    articles.map(async (article) => {
      if (isWantedNow(article)) await deps.entries.update(article.id, asIndexed);
      else await takeOut(article, deps);
    }),
  );
}

async function takeOut(article: Article, deps: Deps): Promise<void> {
  const at = deps.now().toISOString();
  await deps.articles.remove(article.id);
  await leaveStory(article, article.storyId, deps);
  await deps.entries.update(article.id, (current) => takenOut(current, 'index', at));
}

/** Where an article stands among the others; for one that is known also what it was when it came. */
type Place = Pick<Article, 'storyId' | 'copyNumber'> & Partial<Pick<Article, 'indexedAt' | 'isLate'>>;

/**
 * An article whose text the outlet corrected stays in its story, whatever its new text would be joined to, and became
 * searchable when it did: a correction is no news.
 */
async function placesOf(entries: readonly Entry[], { articles }: Deps): Promise<Map<string, Place>> {
  const known = entries.length === 0 ? [] : await articles.findMany(entries.map(({ id }) => id));
  return new Map(
    known.map(({ id, storyId, copyNumber, indexedAt, isLate }) => [
      id,
      { storyId, copyNumber, indexedAt, isLate },
    ]),
  );
}

const joining = new WeakMap<StoryStore, Promise<unknown>>();

/** Batches join stories one after the other: each must find what the one before it has placed. */
function inTurn<T>(stories: StoryStore, join: () => Promise<T>): Promise<T> {
  const before = joining.get(stories) ?? Promise.resolve();
  const joined = before.then(join, join);
  joining.set(stories, joined);
  return joined;
}

/** Told once for each article, when its title made it searchable; its page comes later and is no news. */
function observeDelay(article: Article, entry: Entry | undefined, { observe, now }: Deps): void {
  if (entry?.outcome === 'indexed' || article.imported) return;
  const { publishedAt, isLate, tier } = article;
  const isKnown = !isLate && !publishedAt.dayOnly && publishedAt.source !== 'first-seen';
  const lagMs = Math.max(0, now().getTime() - Date.parse(publishedAt.at));
  observe({ kind: 'searchable', tier, ...(isKnown ? { lagMs } : {}) });
}

/** An article before it has a story. */
export type UnjoinedArticle = Omit<Article, 'storyId' | 'copyNumber' | 'series'>;

/** What is known of the clocks of the outlets of these entries. */
async function clocksOf(
  entries: readonly Entry[],
  deps: Deps,
): Promise<ReadonlyMap<string, OutletClock | undefined>> {
  const ids = [...new Set(entries.filter(({ imported }) => !imported).map(({ outletId }) => outletId))];
  return new Map(await Promise.all(ids.map(async (id) => [id, await clockOf(id, deps)] as const)));
}

function toArticle(
  entry: Entry,
  analysis: Analysis,
  { outlet, clock }: { outlet: Outlet; clock: OutletClock | undefined },
  now: Date,
): UnjoinedArticle {
  const { text } = entry;
  const publishedAt = text?.publishedAt ?? entry.publishedAt ?? firstSeen(entry);
  const author = text?.author ?? entry.author;
  const section = text?.section ?? entry.section;
  return {
    ...analysis,
    id: entry.id,
    url: entry.url,
    outletId: outlet.id,
    outletName: outlet.name,
    newsroom: outlet.newsroom,
    tier: outlet.tier,
    title: text?.title ?? entry.title,
    summary: text?.summary ?? entry.summary,
    body: text?.body ?? '',
    publishedAt,
    firstSeenAt: entry.firstSeenAt,
    indexedAt: now.toISOString(),
    isLate: isLate(entry, publishedAt, isClockKnown(publishedAt, clock)),
    imported: entry.imported,
    readFrom: basisOf(entry),
    ...(section === undefined ? {} : { section }),
    ...(author === undefined ? {} : { author }),
    ...given({ tags: text?.tags, image: text?.image, imageCaption: text?.imageCaption }),
    ...given({ attachments: text?.attachments, language: text?.language, modifiedAt: text?.modifiedAt }),
    ...given({ unreadReason: entry.unreadReason, revisedAt: entry.revisedAt }),
    ...given({ removedAt: entry.removedAt, removedReason: entry.removedReason }),
  };
}

function firstSeen({ firstSeenAt }: Entry): PublishedAt {
  return { at: firstSeenAt, source: 'first-seen', zoneAssumed: false, dayOnly: false };
}

/** A backlog's entries that name no time could be of any age: they are not taken for news. */
function isLate(entry: Entry, publishedAt: PublishedAt, clockIsKnown: boolean): boolean {
  if (publishedAt.source === 'first-seen') return entry.isBacklog === true;
  // An archive's own times are all there is, and some archives print another zone's.
  if (entry.imported) return false;
  const at = publishedAt.dayOnly ? Date.parse(publishedAt.at) + 12 * HOUR_MS : Date.parse(publishedAt.at);
  const limit = entry.isBacklog === true || clockIsKnown ? LATE_AFTER_MS : LATE_WHEN_FOLLOWED_MS;
  return Date.parse(entry.firstSeenAt) - at > limit;
}
