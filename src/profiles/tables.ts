import type { Gazetteer } from '../adapters/elasticsearch/article-document.ts';
import { checkElasticsearch, createElasticsearchClient } from '../adapters/elasticsearch/client.ts';
import { INDEX_DEFINITIONS } from '../adapters/elasticsearch/index-definitions.ts';
import { recordTables as elasticsearchTables } from '../adapters/elasticsearch/record-tables.ts';
import { checkIndices } from '../adapters/elasticsearch/setup.ts';
import { openDatabase } from '../adapters/pglite/database.ts';
import { recordTables as pgliteTables } from '../adapters/pglite/record-tables.ts';
import { openStores } from '../adapters/pglite/stores.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../errors.ts';
import type { RecordTable } from '../ports/record-table.ts';

/** Where an archive can lie. */
export const STORES = ['pglite', 'elasticsearch'] as const;
export type StoreName = (typeof STORES)[number];

/** Everything in one set of stores, to be read or written whole. */
export interface OpenTables {
  readonly tables: readonly RecordTable[];
  close(): Promise<void>;
}

/**
 * Opens the tables of one kind of store, whatever the profile.
 *
 * @throws {DataFolderBusyError} if the program runs on the data folder
 * @throws {ConfigError} if Elasticsearch is not configured, or `nhip-yte setup` has not been run
 */
export async function openTables(
  config: Config,
  store: StoreName,
  gazetteer: Gazetteer,
): Promise<OpenTables> {
  if (store === 'pglite') {
    const { db, close } = await openDatabase(config.dataDir);
    await openStores(db);
    return { tables: pgliteTables(db), close };
  }
  const { elasticsearchUrls, elasticsearchPrefix: prefix } = config;
  if (elasticsearchUrls.length === 0) {
    throw new ConfigError([{ file: 'environment', expected: 'ELASTICSEARCH_URL must say where it is' }]);
  }
  const client = createElasticsearchClient(config);
  try {
    await checkElasticsearch(client, prefix);
    await checkIndices(client, prefix, INDEX_DEFINITIONS);
    return { tables: elasticsearchTables(client, { prefix, gazetteer }), close: () => client.close() };
  } catch (error) {
    await client.close();
    throw error;
  }
}
