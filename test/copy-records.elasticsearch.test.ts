import { randomUUID } from 'node:crypto';

import type { Client } from '@elastic/elasticsearch';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connect } from '../src/adapters/elasticsearch/connection.ts';
import { INDEX_DEFINITIONS } from '../src/adapters/elasticsearch/index-definitions.ts';
import { recordTables as elasticsearchTables } from '../src/adapters/elasticsearch/record-tables.ts';
import { setUp } from '../src/adapters/elasticsearch/setup.ts';
import { openStores as openElasticsearchStores } from '../src/adapters/elasticsearch/stores.ts';
import { type Database, openMemoryDatabase } from '../src/adapters/pglite/database.ts';
import { recordTables as pgliteTables } from '../src/adapters/pglite/record-tables.ts';
import { openStores } from '../src/adapters/pglite/stores.ts';
import { type CopyProgress, copyRecords } from '../src/copy-records.ts';
import { openIncident } from '../src/domain/incident.ts';
import { importArchive } from '../src/import-archive.ts';
import { openTestDeps } from './support/deps.ts';
import { elasticsearchUrl, openTestClient, removeEverything } from './support/elasticsearch/test-client.ts';
import { anAlert, anEntry } from './support/factories.ts';
import { START, stage } from './support/staged-newsroom.ts';

const prefix = `copy-${randomUUID().slice(0, 8)}`;
const gazetteer = { topicNames: new Map(), names: new Map(), centroids: new Map() };

describe.skipIf(elasticsearchUrl === undefined)(
  'an office moves from PGlite to Elasticsearch, and back',
  () => {
    let client: Client;
    let source: Database;
    let back: Database;
    beforeAll(async () => {
      client = openTestClient();
      await setUp(client, prefix, INDEX_DEFINITIONS);
      [source, back] = await Promise.all([openMemoryDatabase(), openMemoryDatabase()]);
      const stores = await openStores(source.db);
      await openStores(back.db);
      const deps = { ...(await openTestDeps()), ...stores, now: () => START };
      const newsroom = await stage();
      await importArchive(newsroom.archive(1), deps, pino({ level: 'silent' }));
      await stores.entries.add([
        anEntry({ url: 'https://bao.example/pending', firstSeenAt: START.toISOString() }),
      ]);
      await stores.incidents.saveAlert(anAlert());
      await stores.incidents.open(openIncident(anAlert(), 'Bệnh viện X'));
      await deps.close();
    });
    afterAll(async () => {
      await removeEverything(client, prefix);
      await Promise.all([client.close(), source.close(), back.close()]);
    });

    it('loses nothing on the way, interrupted or not, and every question has the same answer', async () => {
      const connection = connect(client, prefix);
      const tables = elasticsearchTables(client, { prefix, gazetteer }, connection);
      let progress: CopyProgress = {};
      const interrupted = copyRecords(pgliteTables(source.db), tables, {}, (reached, kind) => {
        progress = reached;
        if (kind === 'articles') throw new Error('power cut');
      });
      await expect(interrupted).rejects.toThrow('power cut');
      const there = await copyRecords(pgliteTables(source.db), tables, progress, () => {});
      expect(there.filter(({ from, to }) => from !== to)).toEqual([]);
      expect(there.find(({ kind }) => kind === 'articles')?.to).toBeGreaterThan(200);

      const again = await copyRecords(tables, pgliteTables(back.db), {}, () => {});
      expect(again.filter(({ from, to }) => from !== to)).toEqual([]);

      const embedded = await openStores(source.db);
      for (const other of [
        openElasticsearchStores(client, { prefix, gazetteer }, connection),
        await openStores(back.db),
      ]) {
        expect(await other.entries.ledger()).toEqual(await embedded.entries.ledger());
        expect(await other.entries.foundCount()).toBe(await embedded.entries.foundCount());
        expect(await other.entries.jobCounts()).toEqual(await embedded.entries.jobCounts());
        expect(await other.entries.pending({ limit: 9 })).toEqual(
          await embedded.entries.pending({ limit: 9 }),
        );
        expect(await other.articles.trend({}, 'day')).toEqual(await embedded.articles.trend({}, 'day'));
        expect(await other.articles.facet({}, 'facility', 20)).toEqual(
          await embedded.articles.facet({}, 'facility', 20),
        );
        const text = 'bệnh viện';
        expect(await other.articles.count({ text })).toBe(await embedded.articles.count({ text }));
        expect(await other.stories.largest('2026-01-01T00:00:00Z', 5)).toEqual(
          await embedded.stories.largest('2026-01-01T00:00:00Z', 5),
        );
        expect(await other.incidents.list()).toEqual(await embedded.incidents.list());
      }
    }, 240_000);
  },
);
