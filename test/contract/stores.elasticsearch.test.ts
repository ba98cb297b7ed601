import { randomUUID } from 'node:crypto';

import type { Client } from '@elastic/elasticsearch';
import { afterAll, beforeAll, describe } from 'vitest';

import { connect } from '../../src/adapters/elasticsearch/connection.ts';
import { INDEX_DEFINITIONS } from '../../src/adapters/elasticsearch/index-definitions.ts';
import { recordTables } from '../../src/adapters/elasticsearch/record-tables.ts';
import { setUp } from '../../src/adapters/elasticsearch/setup.ts';
import { openStores } from '../../src/adapters/elasticsearch/stores.ts';
import type { RecordTable } from '../../src/ports/record-table.ts';
import { clearDocuments } from '../support/elasticsearch/clear-documents.ts';
import { elasticsearchUrl, openTestClient, removeEverything } from '../support/elasticsearch/test-client.ts';
import { articleQueriesContract } from './article-queries.contract.ts';
import { articleStoreContract } from './article-store.contract.ts';
import { correctionStoreContract } from './correction-store.contract.ts';
import { detectionJournalContract } from './detection-journal.contract.ts';
import { entryStoreContract } from './entry-store.contract.ts';
import { incidentStoreContract } from './incident-store.contract.ts';
import { officeStoreContract } from './office-store.contract.ts';
import { outletStateStoreContract } from './outlet-state-store.contract.ts';
import { feedStateStoreContract, pageStoreContract } from './page-and-feed-state-store.contract.ts';
import { pipelineWatchStoreContract } from './pipeline-watch-store.contract.ts';
import { recordTableContract } from './record-table.contract.ts';
import { revisionStoreContract } from './revision-store.contract.ts';
import { storyStoreContract } from './story-store.contract.ts';

const prefix = `contract-${randomUUID().slice(0, 8)}`;
const gazetteer = { topicNames: new Map(), names: new Map(), centroids: new Map() };

describe.skipIf(elasticsearchUrl === undefined)('on Elasticsearch', () => {
  let client: Client;
  let stores: ReturnType<typeof openStores>;
  let tables: RecordTable[];
  beforeAll(async () => {
    client = openTestClient();
    await setUp(client, prefix, INDEX_DEFINITIONS);
    const connection = connect(client, prefix);
    stores = openStores(client, { prefix, gazetteer }, connection);
    tables = recordTables(client, { prefix, gazetteer }, connection);
  });
  afterAll(async () => {
    await removeEverything(client, prefix);
    await client.close();
  });

  const clear = () => clearDocuments(client, prefix);
  entryStoreContract('Elasticsearch', async () => ({ store: stores.entries, clear }));
  articleStoreContract('Elasticsearch', async () => ({ store: stores.articles, clear }));
  articleQueriesContract('Elasticsearch', async () => ({ store: stores.articles, clear }));
  storyStoreContract('Elasticsearch', async () => ({
    store: stores.stories,
    clear,
    member: (articleId, storyId) => ({ articleId, storyId, signature: [1, 2, 3] }),
  }));
  incidentStoreContract('Elasticsearch', async () => ({ store: stores.incidents, clear }));
  pageStoreContract('Elasticsearch', async () => ({ store: stores.pages, clear }));
  detectionJournalContract('Elasticsearch', async () => ({ journal: stores.journal, clear }));
  correctionStoreContract('Elasticsearch', async () => ({ store: stores.corrections, clear }));
  revisionStoreContract('Elasticsearch', async () => ({ store: stores.revisions, clear }));
  feedStateStoreContract('Elasticsearch', async () => ({ store: stores.feedStates, clear }));
  outletStateStoreContract('Elasticsearch', async () => ({ store: stores.outletStates, clear }));
  officeStoreContract('Elasticsearch', async () => ({ store: stores.office, clear }));
  pipelineWatchStoreContract('Elasticsearch', async () => ({ store: stores.pipelineWatch, clear }));
  recordTableContract('Elasticsearch', async () => ({ tables, stores, clear }));
});
