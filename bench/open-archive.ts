import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDatabase } from '../src/adapters/pglite/database.ts';
import { openStores } from '../src/adapters/pglite/stores.ts';
import type { ArticleStore } from '../src/ports/article-store.ts';

/** An empty archive of one kind, for one benchmark. */
export interface OpenedArchive {
  readonly store: ArticleStore;
  /** Lets the store finish what it does after writes, as a night would. */
  settle(): Promise<void>;
  footprint(): Promise<[what: string, figure: string][]>;
  close(): Promise<void>;
}

export function openArchive(kind: 'pglite' | 'elasticsearch'): Promise<OpenedArchive> {
  if (kind === 'elasticsearch') throw new Error('not yet');
  return openPglite();
}

async function openPglite(): Promise<OpenedArchive> {
  const folder = mkdtempSync(join(tmpdir(), 'nhip-yte-archive-'));
  const { db, close } = await openDatabase(folder);
  const { articles } = await openStores(db);
  return {
    store: articles,
    async settle() {
      await db.exec('vacuum analyze');
    },
    async footprint() {
      const { rows } = await db.query<{ size: string }>(
        'select pg_size_pretty(pg_database_size(current_database())) as size',
      );
      return [['on disk', rows[0]?.size ?? '']];
    },
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
