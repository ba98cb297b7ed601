import { afterAll, beforeAll, expect, it } from 'vitest';

import { type Database, openMemoryDatabase } from '../src/adapters/pglite/database.ts';
import { recordTables } from '../src/adapters/pglite/record-tables.ts';
import { openStores } from '../src/adapters/pglite/stores.ts';
import { type CopyProgress, copyRecords } from '../src/copy-records.ts';
import { settle } from '../src/domain/entry.ts';
import { anArticle, anEntry } from './support/factories.ts';

const ENTRIES = 450;

let source: Database;
let target: Database;
beforeAll(async () => {
  [source, target] = await Promise.all([openMemoryDatabase(), openMemoryDatabase()]);
  const { entries, articles } = await openStores(source.db);
  await openStores(target.db);
  const found = Array.from({ length: ENTRIES }, (_, i) => anEntry({ url: `https://bao.example/${i}` }));
  await entries.add(found);
  for (const { id } of found.slice(0, 100)) {
    await entries.update(id, (entry) =>
      settle(entry, { outcome: 'indexed', stage: 'index', at: '2026-03-02T02:00:00.000Z' }),
    );
  }
  await articles.save(found.slice(0, 100).map(({ id, url }) => anArticle({ id, url })));
});
afterAll(() => Promise.all([source.close(), target.close()]));

it('goes on where it was interrupted, counts both sides, and moves ledger and archive as they were', async () => {
  const [from, to] = [recordTables(source.db), recordTables(target.db)];
  let progress: CopyProgress = {};
  let batches = 0;
  const interrupted = copyRecords(from, to, {}, (reached, kind) => {
    progress = reached;
    batches += kind === 'entries' ? 1 : 0;
    if (batches === 2) throw new Error('power cut');
  });
  await expect(interrupted).rejects.toThrow('power cut');
  expect(progress.entries).toEqual(expect.any(String));

  const written = new Map<string, number>();
  const counts = await copyRecords(from, to, progress, (_, kind, total) => void written.set(kind, total));
  // Two batches of entries were there already.
  expect(written.get('entries')).toBe(ENTRIES - 400);
  expect(counts.every((count) => count.from === count.to)).toBe(true);
  expect(counts.find(({ kind }) => kind === 'articles')).toEqual({ kind: 'articles', from: 100, to: 100 });

  const [before, after] = await Promise.all([openStores(source.db), openStores(target.db)]);
  expect(await after.entries.ledger()).toEqual(await before.entries.ledger());
  expect(await after.entries.foundCount()).toBe(ENTRIES);
  expect(await after.articles.trend({}, 'day')).toEqual(await before.articles.trend({}, 'day'));
  expect((await after.entries.pending({ limit: 500 })).length).toBe(ENTRIES - 100);
});
