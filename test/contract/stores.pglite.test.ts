import { afterAll, beforeAll } from 'vitest';

import { PgliteArticleStore } from '../../src/adapters/pglite/article-store.ts';
import { type Database, openMemoryDatabase } from '../../src/adapters/pglite/database.ts';
import { PgliteEntryStore } from '../../src/adapters/pglite/entry-store.ts';
import { PgliteFeedStateStore } from '../../src/adapters/pglite/feed-state-store.ts';
import { PgliteIncidentStore } from '../../src/adapters/pglite/incident-store.ts';
import { PglitePageStore } from '../../src/adapters/pglite/page-store.ts';
import { migrate } from '../../src/adapters/pglite/schema.ts';
import { PgliteStoryStore } from '../../src/adapters/pglite/story-store.ts';
import { articleStoreContract } from './article-store.contract.ts';
import { entryStoreContract } from './entry-store.contract.ts';
import { incidentStoreContract } from './incident-store.contract.ts';
import { feedStateStoreContract, pageStoreContract } from './page-and-feed-state-store.contract.ts';
import { storyStoreContract } from './story-store.contract.ts';

let database: Database;
beforeAll(async () => {
  database = await openMemoryDatabase();
  await migrate(database.db);
});
afterAll(() => database.close());

const TABLES =
  'entry, found_count, ledger_count, job_count, page, article, series_article, story, story_member, story_band, alert, incident, notification, feed_state';
const clear = () => database.db.exec(`truncate ${TABLES}`);

entryStoreContract('PGlite', async () => ({ store: new PgliteEntryStore(database.db), clear }));
articleStoreContract('PGlite', async () => ({ store: new PgliteArticleStore(database.db), clear }));
storyStoreContract('PGlite', async () => ({
  store: new PgliteStoryStore(database.db),
  clear,
  member: (articleId, storyId) => ({ articleId, storyId, signature: [1, 2, 3] }),
}));
incidentStoreContract('PGlite', async () => ({ store: new PgliteIncidentStore(database.db), clear }));
pageStoreContract('PGlite', async () => ({ store: new PglitePageStore(database.db), clear }));
feedStateStoreContract('PGlite', async () => ({ store: new PgliteFeedStateStore(database.db), clear }));
