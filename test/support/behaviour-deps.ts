import { randomUUID } from 'node:crypto';

import { INDEX_DEFINITIONS } from '../../src/adapters/elasticsearch/index-definitions.ts';
import { setUp } from '../../src/adapters/elasticsearch/setup.ts';
import { openStores as openElasticsearchStores } from '../../src/adapters/elasticsearch/stores.ts';
import { openMemoryDatabase } from '../../src/adapters/pglite/database.ts';
import { openStores } from '../../src/adapters/pglite/stores.ts';
import { openTestDeps } from './deps.ts';
import { clearDocuments } from './elasticsearch/clear-documents.ts';
import { openTestClient, removeEverything } from './elasticsearch/test-client.ts';

const TABLES =
  'entry, found_count, ledger_count, job_count, page, article, article_fact, article_word, series_article, story, story_member, story_band, correction, alert, incident, notification, journal_page, detector_snapshot, office_record';

/** What workers work on, kept in memory, for a suite that runs on either kind of store. */
export async function openOnPglite() {
  const database = await openMemoryDatabase();
  const deps = await openTestDeps(await openStores(database.db));
  return {
    deps,
    clear: () => database.db.exec(`truncate ${TABLES}`),
    close: () => Promise.all([deps.close(), database.close()]),
  };
}

/** The same on the tests' Elasticsearch, under names of its own. */
export async function openOnElasticsearch() {
  const prefix = `behaviour-${randomUUID().slice(0, 8)}`;
  const client = openTestClient();
  await setUp(client, prefix, INDEX_DEFINITIONS);
  const gazetteer = { topicNames: new Map(), names: new Map(), centroids: new Map() };
  const deps = await openTestDeps(openElasticsearchStores(client, { prefix, gazetteer }));
  return {
    deps,
    clear: () => clearDocuments(client, prefix),
    async close() {
      await deps.close();
      await removeEverything(client, prefix);
      await client.close();
    },
  };
}
