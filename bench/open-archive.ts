import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createElasticsearchClient } from '../src/adapters/elasticsearch/client.ts';
import { INDEX_DEFINITIONS } from '../src/adapters/elasticsearch/index-definitions.ts';
import { setUp } from '../src/adapters/elasticsearch/setup.ts';
import { openStores as openElasticsearchStores } from '../src/adapters/elasticsearch/stores.ts';
import { openDatabase } from '../src/adapters/pglite/database.ts';
import { openStores } from '../src/adapters/pglite/stores.ts';
import { loadConfig } from '../src/config.ts';
import type { ArticleStore } from '../src/ports/article-store.ts';
import { startElasticsearch } from '../test/support/elasticsearch/start-elasticsearch.ts';
import { removeEverything } from './remove-everything.ts';

const MIB = 2 ** 20;

/** An empty archive of one kind, for one benchmark. */
export interface OpenedArchive {
  readonly store: ArticleStore;
  /** Lets the store finish what it does after writes, as a night would. */
  settle(): Promise<void>;
  footprint(): Promise<[what: string, figure: string][]>;
  close(): Promise<void>;
}

/**
 * ELASTICSEARCH_URL names a running server; without it the tests' own is started.
 *
 * @param kept  where the embedded archive is, or is to stay
 */
export function openArchive(kind: 'pglite' | 'elasticsearch', kept?: string): Promise<OpenedArchive> {
  return kind === 'elasticsearch' ? openElasticsearch() : openPglite(kept);
}

async function openElasticsearch(): Promise<OpenedArchive> {
  const url = process.env.ELASTICSEARCH_URL ?? '';
  const server = url === '' ? await startElasticsearch() : { url, stop: async () => {} };
  const client = createElasticsearchClient(loadConfig({ ELASTICSEARCH_URL: server.url }));
  const prefix = `bench-${randomUUID().slice(0, 8)}`;
  await setUp(client, prefix, INDEX_DEFINITIONS);
  const gazetteer = { topicNames: new Map(), names: new Map(), centroids: new Map() };
  return {
    store: openElasticsearchStores(client, { prefix, gazetteer }).articles,
    async settle() {
      await client.indices.flush({ index: `${prefix}-*` });
    },
    async footprint() {
      const { _all } = await client.indices.stats({
        index: `${prefix}-articles`,
        metric: ['store', 'segments'],
      });
      const { nodes } = await client.nodes.stats({ metric: ['jvm'] });
      const heap = Object.values(nodes)[0]?.jvm?.mem?.heap_used_in_bytes ?? 0;
      return [
        ['on disk', `${Math.round((_all.primaries?.store?.size_in_bytes ?? 0) / MIB)} MiB`],
        ['heap of the server in use', `${Math.round(heap / MIB)} MiB of 1024`],
      ];
    },
    async close() {
      await removeEverything(client, prefix);
      await client.close();
      await server.stop();
    },
  };
}

async function openPglite(kept?: string): Promise<OpenedArchive> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'nhip-yte-archive-'));
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
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
