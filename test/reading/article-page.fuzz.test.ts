import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { readArticlePage } from '../../src/reading/article-page.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');
const REAL_PAGES = join(import.meta.dirname, '../../../shared/pages');
/** Enough to find a careless line; `npm run bench -- fuzz` searches long, and holds reading to its time and memory. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);

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

function fuzz(pages: readonly Buffer[], seed: number): void {
  const next = random(seed);
  for (let run = 0; run < RUNS; run += 1) {
    let page = pages[Math.floor(next() * pages.length)] ?? Buffer.alloc(0);
    for (let times = Math.ceil(next() * 3); times > 0; times -= 1) page = mutate(page, next);
    const reading = readArticlePage(page, { url: 'https://example.org/a', now: new Date(0) });
    if (reading.ok) expect(reading.text.body).toBe(reading.text.body.normalize('NFC'));
    else expect(reading.reason).toMatch(/^[a-z-]+$/);
  }
}

describe('mutated pages are read, or refused with a reason', () => {
  it('of the fixtures', () => {
    const pages = readdirSync(FIXTURES)
      .filter((name) => name.endsWith('.html'))
      .map((name) => readFileSync(join(FIXTURES, name)));
    expect(pages.length).toBeGreaterThan(0);
    fuzz(pages, 1);
  }, 120_000);

  it.skipIf(!existsSync(REAL_PAGES))(
    'of real pages (needs ../shared)',
    () => {
      const pages = readdirSync(REAL_PAGES)
        .filter((name) => name.endsWith('.gz'))
        .slice(0, 120)
        .map((name) => gunzipSync(readFileSync(join(REAL_PAGES, name))));
      expect(pages.length).toBeGreaterThan(0);
      fuzz(pages, 2);
    },
    120_000,
  );
});
