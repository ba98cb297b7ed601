/**
 * What it costs to join an article to its story in a young archive and in an old one, embedded profile.
 *
 * `npm run bench -- stories [--stream STREAM.jsonl[.gz]] [--members 1000000] [--timed 4000]`: the stream is JSON Lines of
 * {url, title, summary, fetchedAt}. Its first weeks fill the window in which copies are looked for; then articles are
 * joined and timed; then the archive is given members of earlier years until it has as many as asked, and the articles
 * that follow are timed again.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

import type { PGlite } from '@electric-sql/pglite';

import { openDatabase } from '../src/adapters/pglite/database.ts';
import { openStores } from '../src/adapters/pglite/stores.ts';
import { entryId } from '../src/domain/entry.ts';
import type { StoryStore } from '../src/ports/story-store.ts';
import { loadLanguageOf } from '../src/settings.ts';
import { joinToStories } from '../workers/join-to-stories.ts';
import type { UnjoinedArticle } from '../workers/make-searchable.ts';

interface StreamEntry {
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly outlet: string;
  readonly fetchedAt: string;
}

/** More than the window of fourteen days holds, at some 450 entries a day. */
const WARM_UP = 7000;
const TOGETHER = 64;
/** Days that one copy of the members is older than the one before it. */
const OLDER_BY_DAYS = 40;

export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      stream: { type: 'string', default: '../shared/stream/2025-08-09..2026-02-28.jsonl.gz' },
      members: { type: 'string', default: '1000000' },
      timed: { type: 'string', default: '4000' },
    },
  });
  const timed = Number(values.timed);
  const articles = toArticles(readStream(values.stream).slice(0, WARM_UP + 2 * timed));
  const folder = mkdtempSync(join(tmpdir(), 'nhip-yte-stories-'));
  const { db, close } = await openDatabase(folder);
  try {
    const { stories } = await openStores(db);
    await joinAll(articles.slice(0, WARM_UP), stories);
    const young = await joinAll(articles.slice(WARM_UP, WARM_UP + timed), stories);
    const youngSize = await size(db);
    await addEarlierYears(db, Number(values.members));
    const oldSize = await size(db);
    const old = await joinAll(articles.slice(WARM_UP + timed), stories);
    print(`${youngSize} members    ${young.toFixed(2)} ms an article`);
    print(`${oldSize} members    ${old.toFixed(2)} ms an article`);
    print(`ratio ${(old / young).toFixed(2)} for ${(oldSize / youngSize).toFixed(0)} times as many members`);
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function toArticles(entries: readonly StreamEntry[]): UnjoinedArticle[] {
  const language = loadLanguageOf('config');
  return entries.map(({ url, title, summary, outlet, fetchedAt }) => {
    const text = { title, summary, body: '' };
    return {
      ...language.analyse(text, { fromHealthFeed: false }),
      ...text,
      id: entryId(url),
      newsroom: outlet,
      outletId: outlet,
      tier: 'national',
      firstSeenAt: new Date(fetchedAt).toISOString(),
    } as unknown as UnjoinedArticle;
  });
}

/** @returns milliseconds an article */
async function joinAll(articles: readonly UnjoinedArticle[], stories: StoryStore): Promise<number> {
  const began = performance.now();
  for (let at = 0; at < articles.length; at += TOGETHER) {
    await joinToStories(articles.slice(at, at + TOGETHER), { stories });
  }
  return (performance.now() - began) / articles.length;
}

/** Members of earlier years: those that there are, again and again, each time further back. */
async function addEarlierYears(db: PGlite, members: number): Promise<void> {
  const there = await size(db);
  await db.exec(`create temp table recent_band as select * from story_band;
                 create temp table recent_member as select * from story_member`);
  for (let copy = 1; copy * there < members; copy += 1) {
    await db.query(
      `insert into story_band
       select band, first_seen_at - $2::integer * interval '1 day', article_id || $1 from recent_band`,
      [`-${copy}`, copy * OLDER_BY_DAYS],
    );
    await db.query(
      'insert into story_member select article_id || $1, story_id || $1, document from recent_member',
      [`-${copy}`],
    );
  }
  await db.exec('analyze story_band; analyze story_member');
}

async function size(db: PGlite): Promise<number> {
  const { rows } = await db.query<{ count: number }>('select count(*)::integer as count from story_member');
  return rows[0]?.count ?? 0;
}

function readStream(path: string): StreamEntry[] {
  const bytes = readFileSync(path);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
  const seen = new Set<string>();
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as StreamEntry)
    .filter(({ url }) => !seen.has(url) && seen.add(url));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
