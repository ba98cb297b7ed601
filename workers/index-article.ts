/**
 * Stage 5 of 7. Joins a judged entry to its story and makes it searchable.
 *
 * Safe to repeat: an article keeps the story it was first joined to, and saving replaces. One job at a time, since
 * two copies joined at once would each begin a story.
 */
import { z } from 'zod';

import type { Analysis, Mention } from '../src/domain/analysis.ts';
import type { Article } from '../src/domain/article.ts';
import { type Entry, settle } from '../src/domain/entry.ts';
import { type Outlet, unlistedOutlet } from '../src/domain/outlet.ts';
import type { PublishedAt } from '../src/domain/published-at.ts';
import { type SeriesKey, type SeriesKind, seriesKey } from '../src/domain/series.ts';
import { HOUR_MS } from '../src/domain/time.ts';
import { PermanentError } from '../src/errors.ts';
import { basisOf, detectJob } from './job-keys.ts';
import { joinToStory } from './join-to-story.ts';
import type { Stage } from './stage.ts';

/** What is first seen later than this after its printed time is a backlog, a reprint or an old date: not news. */
const LATE_AFTER_MS = 6 * HOUR_MS;
/**
 * A feed that has been read all along lists what is new, whatever it prints: some outlets print Greenwich time as
 * Vietnam's, seven hours early, and all they write would be late. Only what is clearly old is then taken for a reprint.
 */
const LATE_WHEN_FOLLOWED_MS = 12 * HOUR_MS;

export const indexArticle: Stage<'index', 'detect'> = {
  name: 'index',
  payload: z.object({ entryId: z.string() }),
  concurrency: 1,
  attempts: 5,

  async run({ entryId }, deps) {
    const entry = await deps.entries.find(entryId);
    if (entry?.analysis === undefined) throw new PermanentError(entry ? 'not-analysed' : 'unknown-entry');
    const { outletId, analysis } = entry;
    // The page came in meanwhile and showed it to be something else.
    if (entry.outcome === 'irrelevant' || entry.outcome === 'duplicate') {
      return { status: 'skipped', reason: entry.outcome, outletId, next: [] };
    }
    const outlet = deps.outlets.get(outletId) ?? unlistedOutlet(outletId);
    const now = deps.now();
    const draft = toArticle(entry, analysis, outlet, now);
    const joined = await joinToStory(draft, deps);
    await deps.articles.save([
      { ...draft, ...joined, series: [...draft.series, seriesKey('story', joined.storyId)] },
    ]);
    await deps.entries.update(entryId, (current) =>
      settle(current, { outcome: 'indexed', stage: 'index', at: now.toISOString() }),
    );
    return { status: 'done', outletId, next: [detectJob(entryId, basisOf(entry))] };
  },

  async onGivenUp({ entryId }, reason, { entries, now }) {
    const at = now().toISOString();
    await entries.update(entryId, (current) =>
      settle(current, { outcome: 'failed', stage: 'index', at, reason }),
    );
  },
};

/** An article before it has a story. */
export type UnjoinedArticle = Omit<Article, 'storyId' | 'copyNumber'>;

function toArticle(entry: Entry, analysis: Analysis, outlet: Outlet, now: Date): UnjoinedArticle {
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
    isLate: isLate(entry, publishedAt),
    imported: entry.imported,
    readFrom: basisOf(entry),
    series: seriesOf(analysis),
    ...(section === undefined ? {} : { section }),
    ...(author === undefined ? {} : { author }),
    ...(text?.image === undefined ? {} : { image: text.image }),
    ...(text?.language === undefined ? {} : { language: text.language }),
    ...(entry.unreadReason === undefined ? {} : { unreadReason: entry.unreadReason }),
  };
}

function firstSeen({ firstSeenAt }: Entry): PublishedAt {
  return { at: firstSeenAt, source: 'first-seen', zoneAssumed: false, dayOnly: false };
}

/** A backlog's entries that name no time could be of any age: they are not taken for news. */
function isLate(entry: Entry, publishedAt: PublishedAt): boolean {
  if (publishedAt.source === 'first-seen') return entry.isBacklog === true;
  // An archive's own times are all there is, and some archives print another zone's.
  if (entry.imported) return false;
  const at = publishedAt.dayOnly ? Date.parse(publishedAt.at) + 12 * HOUR_MS : Date.parse(publishedAt.at);
  const limit = entry.isBacklog === true ? LATE_AFTER_MS : LATE_WHEN_FOLLOWED_MS;
  return Date.parse(entry.firstSeenAt) - at > limit;
}

const SERIES_OF_MENTIONS: Partial<Record<Mention['kind'], SeriesKind>> = {
  facility: 'facility',
  province: 'province',
  disease: 'disease',
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
