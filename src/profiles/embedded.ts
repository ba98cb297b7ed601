import { pgliteBackend } from '../adapters/bullmq/backend.ts';
import { openDatabase } from '../adapters/pglite/database.ts';
import { openStores } from '../adapters/pglite/stores.ts';
import type { Config } from '../config.ts';
import type { Backing, Leadership } from './backing.ts';

/**
 * Everything in one folder, for one process.
 *
 * @throws {DataFolderBusyError} if another process owns the folder
 */
export async function openEmbedded({ dataDir }: Config): Promise<Backing> {
  const { db, announce, tidy, close } = await openDatabase(dataDir);
  try {
    return {
      stores: await openStores(db),
      queues: await pgliteBackend(db),
      checks: [{ name: 'database', check: async () => void (await db.query('select 1')) }],
      // Who owns the folder is alone.
      async lead(_name, work: Leadership) {
        work.begin();
        return { close: () => work.end() };
      },
      tidy,
      announce,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
