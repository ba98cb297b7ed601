import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { entryId } from '../src/domain/entry.ts';
import { seriesKey } from '../src/domain/series.ts';
import { HOUR_MS } from '../src/domain/time.ts';
import { joinStory, STORY_WINDOW_MS, type StoryCandidate, storyKeys } from '../src/language/story.ts';
import { loadLanguageOf } from '../src/settings.ts';
import { seriesOf } from '../workers/series-of.ts';

/** Counts of articles about the health sector per hour of first sight, by series. */
export interface StreamCounts {
  /** Start of the first hour, milliseconds since 1970. */
  readonly startMs: number;
  readonly hours: number;
  /** A row of `hours` counts for every series with an article. */
  readonly counts: ReadonlyMap<string, Float64Array>;
}

interface StreamLine {
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly outlet: string;
  readonly section: string;
  readonly fetchedAt: string;
}

interface Counted {
  readonly hour: number;
  readonly series: readonly string[];
}

const HEALTH_SECTION = /^(?:sức khỏe|sức khoẻ|y tế)/iu;

/**
 * Reads a stream of real headlines (JSON Lines, gzipped) and counts what `import` would: topics, names and stories of
 * those about the health sector, by the clock of first sight.
 */
export function readStreamCounts(file: string): StreamCounts {
  const language = loadLanguageOf('config');
  const members = new Members();
  const seen = new Set<string>();
  const articles: Counted[] = [];
  for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n')) {
    if (line === '') continue;
    const { url, title, summary, outlet, section, fetchedAt } = JSON.parse(line) as StreamLine;
    const id = entryId(url);
    const text = { title: title.normalize('NFC'), summary: summary.normalize('NFC'), body: '' };
    const options = { fromHealthFeed: HEALTH_SECTION.test(section) };
    if (seen.has(id) || !language.relevance(text, options).isHealth) continue;
    seen.add(id);
    const analysis = language.analyse(text, options);
    const atMs = Date.parse(fetchedAt);
    const firstSeenAt = new Date(atMs).toISOString();
    const storyId = members.join({ ...text, ...analysis, id, newsroom: outlet, firstSeenAt });
    const series = [...seriesOf(analysis), seriesKey('story', storyId)];
    articles.push({ hour: Math.floor(atMs / HOUR_MS), series });
  }
  return countsOf(articles);
}

/** Members of stories, found by the keys they share with an article. */
class Members {
  readonly #byKey = new Map<string, { readonly member: StoryCandidate; readonly atMs: number }[]>();

  join(article: Parameters<typeof joinStory>[0]): string {
    const atMs = Date.parse(article.firstSeenAt);
    const candidates = this.#sharing(storyKeys(article).keys, atMs - STORY_WINDOW_MS);
    const { storyId, facts, keys } = joinStory(article, candidates);
    const member = { articleId: article.id, storyId, signature: article.signature, facts };
    for (const key of keys) this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), { member, atMs }]);
    return storyId;
  }

  #sharing(keys: readonly string[], sinceMs: number): StoryCandidate[] {
    const found = new Map<string, StoryCandidate>();
    for (const key of keys) {
      const fresh = (this.#byKey.get(key) ?? []).filter(({ atMs }) => atMs >= sinceMs);
      this.#byKey.set(key, fresh);
      for (const { member } of fresh) found.set(member.articleId, member);
    }
    return [...found.values()];
  }
}

function countsOf(articles: readonly Counted[]): StreamCounts {
  const first = articles.reduce((min, { hour }) => Math.min(min, hour), Number.POSITIVE_INFINITY);
  const last = articles.reduce((max, { hour }) => Math.max(max, hour), 0);
  const hours = last - first + 1;
  const counts = new Map<string, Float64Array>();
  for (const { hour, series } of articles) {
    for (const key of series) {
      const row = counts.get(key) ?? new Float64Array(hours);
      row[hour - first] = (row[hour - first] ?? 0) + 1;
      counts.set(key, row);
    }
  }
  return { startMs: first * HOUR_MS, hours, counts };
}
