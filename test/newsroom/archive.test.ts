import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, vietnameseClock, vietnameseDay } from '../../src/domain/time.ts';
import type { ArchivedArticle } from '../../src/newsroom/published-article.ts';
import { START, stage } from '../support/staged-newsroom.ts';

const WEEKS = 8;
const articles: ArchivedArticle[] = [...(await stage()).archive(WEEKS)];

describe('the archive', () => {
  it('holds eight weeks that end just before the start, oldest first', () => {
    const times = articles.map(({ publishedAt }) => Date.parse(publishedAt));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(START.getTime() - WEEKS * 7 * DAY_MS);
    expect(Math.max(...articles.map(({ fetchedAt }) => Date.parse(fetchedAt)))).toBeLessThanOrEqual(
      START.getTime(),
    );
    expect(START.getTime() - Math.max(...times)).toBeLessThan(12 * HOUR_MS);
    expect(articles.every(({ fetchedAt, publishedAt }) => fetchedAt > publishedAt)).toBe(true);
  });

  it('has forty to sixty articles on a working day, fewer at weekends, most in the morning', () => {
    const perDay = new Map<string, number>();
    for (const { publishedAt } of articles) {
      const day = vietnameseDay(publishedAt);
      perDay.set(day, (perDay.get(day) ?? 0) + 1);
    }
    // The first and the last day are cut by the hour of the start.
    const whole = [...perDay]
      .slice(1, -1)
      .map(([day, count]) => ({ weekday: new Date(day).getUTCDay(), count }));
    for (const { weekday, count } of whole) {
      const isWeekend = weekday === 0 || weekday === 6;
      expect(count).toBeGreaterThanOrEqual(isWeekend ? 36 : 48);
      expect(count).toBeLessThanOrEqual(isWeekend ? 44 : 60);
    }
    const inHours = (from: number, to: number) =>
      articles.filter(({ publishedAt }) => {
        const { hour } = vietnameseClock(publishedAt);
        return hour >= from && hour < to;
      }).length;
    expect(inHours(6, 10)).toBeGreaterThan(inHours(11, 15));
    expect(inHours(0, 5)).toBeLessThan(articles.length / 20);
  });

  it('is the same again on the same day, and has a page for every line', async () => {
    const newsroom = await stage();
    const again = [...newsroom.archive(WEEKS)];
    expect(again.map(({ title, body }) => title + body)).toEqual(
      articles.map(({ title, body }) => title + body),
    );
    // The outage that the script begins with is over by then.
    newsroom.at(newsroom.durationMs);
    for (const article of again.filter((_, index) => index % 400 === 0)) {
      const page = await fetch(article.url);
      expect(page.status, article.url).toBe(200);
      expect(await page.text()).toContain(article.title);
    }
  });

  it('gives each article an address of its own', () => {
    expect(new Set(articles.map(({ url }) => url)).size).toBe(articles.length);
  });

  it('tells stories apart: no two articles of a week share half of their pairs of syllables', () => {
    const texts = articles
      .slice(-330)
      .map(({ title, summary, body }) => ({ title, pairs: pairsOf(title, summary, body) }));
    const tooClose: string[] = [];
    for (const [index, one] of texts.entries()) {
      for (const other of texts.slice(0, index)) {
        if (jaccard(one.pairs, other.pairs) >= 0.5) tooClose.push(`${one.title} | ${other.title}`);
      }
    }
    expect(tooClose).toEqual([]);
  });
});

function pairsOf(...parts: string[]): Set<string> {
  const syllables =
    parts
      .join(' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(syllables.slice(1).map((syllable, index) => `${syllables[index]} ${syllable}`));
}

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of one) if (other.has(pair)) shared += 1;
  return shared / (one.size + other.size - shared);
}
