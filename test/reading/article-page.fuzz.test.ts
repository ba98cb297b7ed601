import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { readArticlePage } from '../../src/reading/article-page.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const REAL_PAGES = join(import.meta.dirname, '../../../shared/pages');
const BUDGET_MS = Number(process.env.FUZZ_MS ?? 4000);
/** Reading takes less than a second of CPU on a machine of its own; what is quadratic takes many on any. */
const MAX_CPU_MS = 4000;
const MIN_RUNS = 20;
const TIMEOUT_MS = 120_000;

/** mulberry32: small, seeded, good enough to choose where to break a page. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const INSERTIONS = [
  '<div>',
  '</div>',
  '<span><div></span>',
  '</p>',
  '<table><tr>',
  '<!--',
  '<script>',
  '"',
  '<b>',
  '&#x110000;',
  '\u0000',
  '<a href="',
  '</body>',
  '<p>',
];

/** Breaks a page the way that servers, templates and attackers do: cut, doubled, repeated, with tags where none belong. */
function mutate(page: Buffer, next: () => number): Buffer {
  const at = Math.floor(next() * page.length);
  const length = Math.floor(next() * Math.min(4000, page.length - at));
  const part = page.subarray(at, at + length);
  switch (Math.floor(next() * 5)) {
    case 0:
      return page.subarray(0, at);
    case 1:
      return Buffer.concat([page.subarray(0, at), page.subarray(at + length)]);
    case 2:
      return Buffer.concat([
        page.subarray(0, at),
        ...Array<Buffer>(Math.floor(next() * 60)).fill(part),
        page.subarray(at),
      ]);
    case 3: {
      const insertion = Buffer.from(INSERTIONS[Math.floor(next() * INSERTIONS.length)] ?? '');
      const copies = Array<Buffer>(Math.floor(next() ** 4 * 20_000)).fill(insertion);
      return Buffer.concat([page.subarray(0, at), ...copies, page.subarray(at)]);
    }
    default: {
      const copy = Buffer.from(page);
      for (let hit = 0; hit < 40; hit += 1) copy[Math.floor(next() * copy.length)] = Math.floor(next() * 256);
      return copy;
    }
  }
}

function fuzz(pages: readonly Buffer[], seed: number): { runs: number; slowestMs: number } {
  const next = random(seed);
  const until = Date.now() + BUDGET_MS;
  let runs = 0;
  let slowestMs = 0;
  while (Date.now() < until || runs < MIN_RUNS) {
    let page = pages[Math.floor(next() * pages.length)] ?? Buffer.alloc(0);
    for (let times = Math.ceil(next() * 3); times > 0; times -= 1) page = mutate(page, next);
    const before = process.cpuUsage();
    const reading = readArticlePage(page, { url: 'https://example.org/a', now: new Date(0) });
    const { user, system } = process.cpuUsage(before);
    slowestMs = Math.max(slowestMs, (user + system) / 1000);
    runs += 1;
    if (!reading.ok) expect(reading.reason).toMatch(/^[a-z-]+$/);
  }
  return { runs, slowestMs };
}

describe('mutated pages neither throw nor take long', () => {
  it(
    'of the fixtures',
    () => {
      const pages = readdirSync(FIXTURES)
        .filter((name) => name.endsWith('.html'))
        .map((name) => readFileSync(join(FIXTURES, name)));
      const { runs, slowestMs } = fuzz(pages, 1);
      expect(runs).toBeGreaterThanOrEqual(MIN_RUNS);
      expect(slowestMs).toBeLessThan(MAX_CPU_MS);
    },
    TIMEOUT_MS,
  );

  it.skipIf(!existsSync(REAL_PAGES))(
    'of real pages (needs ../shared)',
    () => {
      const pages = readdirSync(REAL_PAGES)
        .filter((name) => name.endsWith('.gz'))
        .slice(0, 120)
        .map((name) => gunzipSync(readFileSync(join(REAL_PAGES, name))));
      const { runs, slowestMs } = fuzz(pages, 2);
      expect(runs).toBeGreaterThanOrEqual(MIN_RUNS);
      expect(slowestMs).toBeLessThan(MAX_CPU_MS);
    },
    TIMEOUT_MS,
  );
});
