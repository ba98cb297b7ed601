import { randomUUID } from 'node:crypto';

import { describe } from 'vitest';

import { INDEX_DEFINITIONS } from '../../src/adapters/elasticsearch/index-definitions.ts';
import { setUp } from '../../src/adapters/elasticsearch/setup.ts';
import { openStores } from '../../src/adapters/elasticsearch/stores.ts';
import { openTestDeps } from '../support/deps.ts';
import { clearDocuments } from '../support/elasticsearch/clear-documents.ts';
import { elasticsearchUrl, openTestClient, removeEverything } from '../support/elasticsearch/test-client.ts';
import { reanalysisBehaviour } from './reanalysis-behaviour.ts';

describe.skipIf(elasticsearchUrl === undefined)('on Elasticsearch', () => {
  reanalysisBehaviour('Elasticsearch', async () => {
    const prefix = `reanalysis-${randomUUID().slice(0, 8)}`;
    const client = openTestClient();
    await setUp(client, prefix, INDEX_DEFINITIONS);
    const gazetteer = { topicNames: new Map(), names: new Map(), centroids: new Map() };
    const deps = await openTestDeps(openStores(client, { prefix, gazetteer }));
    return {
      deps,
      clear: () => clearDocuments(client, prefix),
      async close() {
        await deps.close();
        await removeEverything(client, prefix);
        await client.close();
      },
    };
  });
});
