import { afterAll, beforeAll } from 'vitest';

import { type Database, openMemoryDatabase } from '../../src/adapters/pglite/database.ts';
import { recordTables } from '../../src/adapters/pglite/record-tables.ts';
import { openStores } from '../../src/adapters/pglite/stores.ts';
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

let database: Database;
let stores: Awaited<ReturnType<typeof openStores>>;
beforeAll(async () => {
  database = await openMemoryDatabase();
  stores = await openStores(database.db);
});
afterAll(() => database.close());

const TABLES =
  'entry, found_count, ledger_count, job_count, page, article, article_fact, article_word, series_article, story, story_member, story_band, alert, incident, notification, feed_state, outlet_state, revision, correction, journal_page, detector_snapshot, pipeline_watch, office_record';
const clear = () => database.db.exec(`truncate ${TABLES}`);

entryStoreContract('PGlite', async () => ({ store: stores.entries, clear }));
articleStoreContract('PGlite', async () => ({ store: stores.articles, clear }));
articleQueriesContract('PGlite', async () => ({ store: stores.articles, clear }));
storyStoreContract('PGlite', async () => ({
  store: stores.stories,
  clear,
  member: (articleId, storyId) => ({ articleId, storyId, signature: [1, 2, 3] }),
}));
incidentStoreContract('PGlite', async () => ({ store: stores.incidents, clear }));
pageStoreContract('PGlite', async () => ({ store: stores.pages, clear }));
detectionJournalContract('PGlite', async () => ({ journal: stores.journal, clear }));
correctionStoreContract('PGlite', async () => ({ store: stores.corrections, clear }));
revisionStoreContract('PGlite', async () => ({ store: stores.revisions, clear }));
feedStateStoreContract('PGlite', async () => ({ store: stores.feedStates, clear }));
outletStateStoreContract('PGlite', async () => ({ store: stores.outletStates, clear }));
officeStoreContract('PGlite', async () => ({ store: stores.office, clear }));
pipelineWatchStoreContract('PGlite', async () => ({ store: stores.pipelineWatch, clear }));
recordTableContract('PGlite', async () => ({ tables: recordTables(database.db), stores, clear }));
