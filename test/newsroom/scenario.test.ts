import { describe, expect, it } from 'vitest';

import { HOUR_MS } from '../../src/domain/time.ts';
import type { PublishedArticle } from '../../src/newsroom/published-article.ts';
import { throughputScenario } from '../../src/newsroom/scenario.ts';
import { CRISIS_FACILITY } from '../../src/newsroom/texts/crisis.ts';
import { START, type StagedNewsroom, stage } from '../support/staged-newsroom.ts';

async function wholeScript(options: Parameters<typeof stage>[0] = {}) {
  const newsroom = await stage(options);
  newsroom.at(newsroom.durationMs);
  const published = newsroom.published();
  const ofKind = (kind: string) => published.filter((article) => article.kind === kind);
  return { newsroom, published, ofKind };
}

function newsroomsOf(newsroom: StagedNewsroom, articles: readonly PublishedArticle[]): Set<string> {
  const byOutlet = new Map(newsroom.outlets.map((outlet) => [outlet.id, outlet.newsroom]));
  return new Set(articles.map(({ outletId }) => byOutlet.get(outletId) ?? ''));
}

describe('the demo script', () => {
  it('grows a crisis from one provincial outlet through independent newsrooms', async () => {
    const { newsroom, ofKind } = await wholeScript();
    const own = ofKind('crisis').filter(({ copyOf }) => copyOf === undefined);
    expect(own).toHaveLength(12);
    expect(newsroomsOf(newsroom, own).size).toBeGreaterThanOrEqual(5);
    const first = own.toSorted((a, b) => a.at.localeCompare(b.at))[0];
    const outlet = newsroom.outlets.find(({ id }) => id === first?.outletId);
    expect(outlet?.tier).toBe('provincial');
    expect(first?.title).toContain(CRISIS_FACILITY);
    for (const { url } of own.filter(({ fault }) => fault === undefined)) {
      expect(await (await fetch(url)).text()).toContain('Sông Mai');
    }
  });

  it('marks copies with the address of their original', async () => {
    const { ofKind } = await wholeScript();
    const copies = [...ofKind('crisis'), ...ofKind('wire')].filter(({ copyOf }) => copyOf !== undefined);
    const originals = new Map(
      [...ofKind('crisis'), ...ofKind('wire')].map((article) => [article.url, article]),
    );
    expect(copies.length).toBeGreaterThan(10);
    for (const copy of copies) expect(originals.get(copy.copyOf ?? '')?.kind).toBe(copy.kind);
  });

  it('has a campaign, a wire feature that most outlets carry within minutes, and other news', async () => {
    const { newsroom, ofKind } = await wholeScript();
    expect(ofKind('campaign').every(({ title }) => title.includes('Tuần lễ tri ân thầy thuốc'))).toBe(true);
    expect(ofKind('campaign')).toHaveLength(12);
    expect(ofKind('wire')).toHaveLength(11);
    expect(newsroomsOf(newsroom, ofKind('wire')).size).toBeGreaterThanOrEqual(9);
    expect(ofKind('not-health')).toHaveLength(9);
    const times = ofKind('wire').map(({ at }) => Date.parse(at));
    expect(Math.max(...times) - Math.min(...times)).toBeLessThan(2 * 60_000);
  });

  it('delivers a backlog of old articles when the silent outlet comes back', async () => {
    const { ofKind } = await wholeScript();
    const backlog = ofKind('outage');
    expect(backlog.length).toBeGreaterThanOrEqual(25);
    expect(new Set(backlog.map(({ outletId }) => outletId))).toEqual(new Set(['xu-doai-hom-nay']));
    for (const { datedAt } of backlog) {
      expect(START.getTime() - Date.parse(datedAt)).toBeGreaterThan(6 * HOUR_MS);
    }
  });

  it('publishes as its clock moves, never the future', async () => {
    const newsroom = await stage();
    const opening = newsroom.published();
    expect(opening.every(({ kind }) => kind === 'ordinary')).toBe(true);
    newsroom.at(newsroom.durationMs / 2);
    const half = newsroom.published().length;
    newsroom.at(newsroom.durationMs);
    expect(half).toBeGreaterThan(opening.length);
    expect(newsroom.published().length).toBeGreaterThan(half);
  });

  it('waits for begin when told to, and plays faster when told to', async () => {
    const newsroom = await stage({ waitsForBegin: true, speed: 10 });
    newsroom.at(60_000);
    expect(newsroom.published()).toEqual([]);
    newsroom.begin();
    newsroom.at(60_000 + newsroom.durationMs);
    newsroom.begin();
    expect(newsroom.durationMs).toBe(7_000);
    expect(newsroom.published().filter(({ kind }) => kind === 'crisis')).toHaveLength(14);
  });
});

describe('determinism', () => {
  const titles = (published: readonly PublishedArticle[]) => published.map(({ title }) => title);

  it('tells the same for the same seed and something else for another', async () => {
    const [one, same, other] = [
      await wholeScript({ seed: 3 }),
      await wholeScript({ seed: 3 }),
      await wholeScript({ seed: 4 }),
    ];
    expect(titles(same.published)).toEqual(titles(one.published));
    expect(titles(other.published)).not.toEqual(titles(one.published));
  });
});

describe('the throughput script', () => {
  it('has every article there at once, all ordinary, spread over outlets, none failing', async () => {
    const newsroom = await stage({ scenario: throughputScenario(230) });
    const published = newsroom.published();
    expect(published).toHaveLength(230);
    expect(new Set(published.map(({ url }) => url)).size).toBe(230);
    expect(published.every(({ kind, fault }) => kind === 'ordinary' && fault === undefined)).toBe(true);
    expect(new Set(published.map(({ outletId }) => outletId)).size).toBeGreaterThanOrEqual(8);
    const statuses = await Promise.all(
      published.slice(0, 40).map(async ({ url }) => (await fetch(url)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});
