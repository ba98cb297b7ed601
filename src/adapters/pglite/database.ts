import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { PGlite } from '@electric-sql/pglite';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';

/** Another process owns the data folder; `consoleUrl` is where it can be asked instead, once it serves. */
export class DataFolderBusyError extends Error {
  override name = 'DataFolderBusyError';
  readonly consoleUrl: string | undefined;

  constructor(folder: string, owner: Owner) {
    super(
      `${folder} is in use by process ${owner.pid}; one process owns a data folder. Stop it, or name another DATA_DIR.`,
    );
    this.consoleUrl = owner.consoleUrl;
  }
}

interface Owner {
  readonly pid: number;
  readonly consoleUrl?: string;
}

/** One data folder with the one PGlite that may open it. */
export interface Database {
  readonly db: PGlite;
  /** Tells other processes where the owner of the folder can be asked. */
  announce(consoleUrl: string): void;
  /** Reclaims what updates left behind and counts anew for the planner: the embedded server has no autovacuum. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the embedded PostgreSQL under `folder`, creating it when it is new.
 *
 * The lock is a file with the owner's process id. A lock whose process is gone was left by a crash and is taken
 * over; so is one with our own id, which a restarted container leaves behind.
 *
 * @throws {DataFolderBusyError} if another live process owns the folder
 */
export async function openDatabase(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'owner.json');
  takeLock(folder, lock, { pid: process.pid });
  const db = await PGlite.create({ dataDir: join(folder, 'pglite'), extensions: { unaccent } });
  return {
    db,
    announce: (url) => writeFileSync(lock, JSON.stringify({ pid: process.pid, consoleUrl: url })),
    tidy: () => vacuum(db),
    async close() {
      await db.close();
      rmSync(lock, { force: true });
    },
  };
}

/** The embedded PostgreSQL in memory, for tests and benchmarks. */
export async function openMemoryDatabase(): Promise<Database> {
  const db = await PGlite.create({ extensions: { unaccent } });
  return { db, announce: () => {}, tidy: () => vacuum(db), close: () => db.close() };
}

async function vacuum(db: PGlite): Promise<void> {
  await db.exec('vacuum (analyze)');
}

function takeLock(folder: string, lock: string, owner: Owner): void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, JSON.stringify(owner));
      closeSync(file);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readOwner(lock);
    if (holder !== undefined && holder.pid !== process.pid && isAlive(holder.pid)) {
      throw new DataFolderBusyError(folder, holder);
    }
    rmSync(lock, { force: true });
  }
  throw new Error(`Cannot take the lock ${lock}`);
}

/** A lock cut short by a crash names nobody, so nobody holds it. */
function readOwner(lock: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
