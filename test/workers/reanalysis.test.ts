import { openMemoryDatabase } from '../../src/adapters/pglite/database.ts';
import { openStores } from '../../src/adapters/pglite/stores.ts';
import { openTestDeps } from '../support/deps.ts';
import { reanalysisBehaviour } from './reanalysis-behaviour.ts';

const TABLES =
  'entry, found_count, ledger_count, job_count, page, article, series_article, story, story_member, story_band, correction';

reanalysisBehaviour('PGlite', async () => {
  const database = await openMemoryDatabase();
  const deps = await openTestDeps(await openStores(database.db));
  return {
    deps,
    clear: () => database.db.exec(`truncate ${TABLES}`),
    close: () => Promise.all([deps.close(), database.close()]),
  };
});
