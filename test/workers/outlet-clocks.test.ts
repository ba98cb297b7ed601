import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { entryId } from '../../src/domain/entry.ts';
import { analyseArticle } from '../../workers/analyse-article.ts';
import { discoverEntries } from '../../workers/discover-entries.ts';
import { indexArticle } from '../../workers/index-article.ts';
import type { Deps } from '../../workers/stage.ts';
import { aPage, openTestDeps } from '../support/deps.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
const HOUR_MS = 3_600_000;
const START = Date.parse('2026-03-01T00:05:00.000Z');
const FEED_URL = 'https://bao.example/rss';

let hour = 0;
let web = '';
let deps: Deps & { close(): Promise<void> };
beforeAll(async () => {
  deps = await openTestDeps({
    now: () => new Date(START + hour * HOUR_MS),
    fetchPage: async () => aPage(FEED_URL, web, { headers: { 'content-type': 'application/rss+xml' } }),
  });
});
afterAll(() => deps.close());

const urlOf = (name: string) => `https://bao.example/suc-khoe/${name}.html`;

/** Polls once an hour, and each time finds one article that came five minutes before, printed so many minutes early. */
async function follow(hours: number, earlyMinutes: number, ageMinutes = 5): Promise<void> {
  for (let poll = 0; poll < hours; poll += 1) {
    hour += 1;
    const printed = new Date(START + hour * HOUR_MS - (earlyMinutes + ageMinutes) * 60_000);
    web = `<rss version="2.0"><channel><title>Báo A</title><item><title>Bệnh viện tỉnh quá tải vì sốt xuất huyết ${hour}</title>
<link>${urlOf(String(hour))}</link><pubDate>${printed.toUTCString()}</pubDate></item></channel></rss>`;
    await discoverEntries.run({ feedId: 'bao-a-1' }, deps, context);
  }
}

const newest = () => deps.entries.find(entryId(urlOf(String(hour))));
const behind = async () => (await deps.outletStates.find('bao-a'))?.clock?.sources.feed?.behindMinutes;

async function isLate(): Promise<boolean | undefined> {
  const id = entryId(urlOf(String(hour)));
  await analyseArticle.run({ entryId: id }, deps, context);
  await indexArticle.run({ entryId: id }, deps, context);
  return (await deps.articles.find(id))?.isLate;
}

it('sets right the times of an outlet whose clock is seven hours early, and judges lateness by true times', {
  timeout: 120_000,
}, async () => {
  await follow(60, 420);
  expect(await behind()).toBe(420);
  const entry = await newest();
  expect(entry?.publishedAt).toMatchObject({
    at: new Date(START + hour * HOUR_MS - 5 * 60_000).toISOString(),
    printedAt: new Date(START + hour * HOUR_MS - 425 * 60_000).toISOString(),
    corrected: 'offset-corrected',
    source: 'feed',
  });
  expect(await isLate()).toBe(false);

  // Eight hours old by true time: before the clock was known, fifteen printed hours were late and eight were not.
  await follow(1, 420, 8 * 60);
  expect(await isLate()).toBe(true);
});

it('lets go of the offset as soon as the outlet has mended its clock', { timeout: 60_000 }, async () => {
  await follow(1, 0);
  // Not yet known, but the offset would put it into the future.
  expect((await newest())?.publishedAt).not.toHaveProperty('corrected');
  await follow(5, 0);
  expect(await behind()).toBeUndefined();
  expect((await deps.outletStates.find('bao-a'))?.clock?.changes).toHaveLength(2);
});

it('judges leniently while nothing is known of a clock', { timeout: 60_000 }, async () => {
  await follow(1, 0, 8 * 60);
  expect(await isLate()).toBe(false);
  await follow(1, 0, 13 * 60);
  expect(await isLate()).toBe(true);
});

it('learns nothing from a backlog, nor from a feed that nobody has read for long', async () => {
  const before = (await deps.outletStates.find('bao-a'))?.clock;
  hour += 30;
  await follow(1, 0);
  expect((await deps.outletStates.find('bao-a'))?.clock).toEqual(before);
});
