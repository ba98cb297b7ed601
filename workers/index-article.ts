/**
 * Stage 5 of 7. Joins a judged entry to its story and makes it searchable.
 *
 * Safe to repeat: an article keeps the story it was first joined to, and saving replaces. The jobs in hand are joined
 * one after the other and written together, and in one process only: two copies joined apart would each begin a story.
 */
import { z } from 'zod';

import type { Analysis, Mention } from '../src/domain/analysis.ts';
import type { Article } from '../src/domain/article.ts';
import { type Entry, settle } from '../src/domain/entry.ts';
import { type Outlet, unlistedOutlet } from '../src/domain/outlet.ts';
import { isClockKnown, type OutletClock } from '../src/domain/outlet-clock.ts';
import type { PublishedAt } from '../src/domain/published-at.ts';
import { type SeriesKey, type SeriesKind, seriesKey } from '../src/domain/series.ts';
import { HOUR_MS } from '../src/domain/time.ts';
import { PermanentError } from '../src/errors.ts';
import type { StoryStore } from '../src/ports/story-store.ts';
import { attachJob, basisOf, detectJob } from './job-keys.ts';
import { joinToStories } from './join-to-stories.ts';
import { clockOf } from './outlet-clocks.ts';
import { attachmentsDue } from './read-attachments.ts';
import { firstRevisit } from './revisit-jobs.ts';
import type { Deps, JobOutcome, Stage } from './stage.ts';

/** What is first seen later than this after its printed time is a backlog, a reprint or an old date: not news. */
const LATE_AFTER_MS = 6 * HOUR_MS;
/**
 * A feed that has been read all along lists what is new, whatever it prints: some outlets print Greenwich time as
 * Vietnam's, seven hours early, and all they write would be late. Until it is known how such a clock runs, only what is
 * clearly old is taken for a reprint.
 */
const LATE_WHEN_FOLLOWED_MS = 12 * HOUR_MS;

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

type AnalysedEntry = Entry & { readonly analysis: Analysis };

function analysed(entry: Entry | undefined): AnalysedEntry {
  if (entry?.analysis === undefined) throw new PermanentError(entry ? 'not-analysed' : 'unknown-entry');
  return entry as AnalysedEntry;
}

/** False where the page came in meanwhile and showed it to be something else. */
function isWanted({ outcome }: Entry): boolean {
  return outcome !== 'irrelevant' && outcome !== 'duplicate';
}

async function makeSearchable(entries: readonly AnalysedEntry[], deps: Deps): Promise<void> {
  if (entries.length === 0) return;
  const now = deps.now();
  const clocks = await clocksOf(entries, deps);
  const drafts = entries.map((entry) => {
    const outlet = deps.outlets.get(entry.outletId) ?? unlistedOutlet(entry.outletId);
    return toArticle(entry, entry.analysis, { outlet, clock: clocks.get(entry.outletId) }, now);
  });
  const placed = await placesOfRevised(entries, deps);
  const unplaced = drafts.filter(({ id }) => !placed.has(id));
  const joins = await inTurn(deps.stories, () => joinToStories(unplaced, deps));
  for (const [index, { id }] of unplaced.entries()) placed.set(id, joins[index] as (typeof joins)[number]);
  const articles = drafts.map((draft) => {
    const place = placed.get(draft.id) as Place;
    return { ...draft, ...place, series: [...draft.series, seriesKey('story', place.storyId)] };
  });
  await deps.articles.save(articles);
  const at = now.toISOString();
  await Promise.all(
    entries.map(({ id }) =>
      deps.entries.update(id, (current) => settle(current, { outcome: 'indexed', stage: 'index', at })),
    ),
  );
  for (const [index, article] of articles.entries()) observeDelay(article, entries[index], deps);
}

/** Where an article stands among the others; for a corrected one also since when it can be found. */
type Place = Pick<Article, 'storyId' | 'copyNumber'> & Partial<Pick<Article, 'indexedAt'>>;

/**
 * A corrected article stays in its story, whatever its new text would be joined to, and became searchable when it did:
 * a correction is no news.
 */
async function placesOfRevised(entries: readonly Entry[], { articles }: Deps): Promise<Map<string, Place>> {
  const revised = entries.filter(({ revisedAt }) => revisedAt !== undefined).map(({ id }) => id);
  const known = revised.length === 0 ? [] : await articles.findMany(revised);
  return new Map(
    known.map(({ id, storyId, copyNumber, indexedAt }) => [id, { storyId, copyNumber, indexedAt }]),
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
export type UnjoinedArticle = Omit<Article, 'storyId' | 'copyNumber'>;

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
    series: seriesOf(analysis),
    ...(section === undefined ? {} : { section }),
    ...(author === undefined ? {} : { author }),
    ...given({ tags: text?.tags, image: text?.image, imageCaption: text?.imageCaption }),
    ...given({ attachments: text?.attachments, language: text?.language, modifiedAt: text?.modifiedAt }),
    ...given({ unreadReason: entry.unreadReason, revisedAt: entry.revisedAt }),
    ...given({ removedAt: entry.removedAt, removedReason: entry.removedReason }),
  };
}

/** The fields that have a value. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [K in keyof T]?: Exclude<T[K], undefined> };
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

const SERIES_OF_MENTIONS: Partial<Record<Mention['kind'], SeriesKind>> = {
  facility: 'facility',
  province: 'province',
  disease: 'disease',
  medicine: 'medicine',
  'policy-document': 'policy-document',
};

function seriesOf({ mentions, topics }: Analysis): SeriesKey[] {
  const keys = new Set<SeriesKey>(topics.map(({ topic }) => seriesKey('topic', topic)));
  for (const { kind, id, province } of mentions) {
    const series = SERIES_OF_MENTIONS[kind];
    if (series !== undefined) keys.add(seriesKey(series, id));
    // What happens at a facility happens in its province, named or not.
    if (province !== undefined) keys.add(seriesKey('province', province));
  }
  return [...keys];
}
