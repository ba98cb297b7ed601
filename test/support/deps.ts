import { resolve } from 'node:path';
import { writeDocx } from '../../src/adapters/documents/write-docx.ts';
import { openMemoryDatabase } from '../../src/adapters/pglite/database.ts';
import { openStores } from '../../src/adapters/pglite/stores.ts';
import { searchReader } from '../../src/console/read-search.ts';
import type { Outlet } from '../../src/domain/outlet.ts';
import type { FetchedPage } from '../../src/domain/page.ts';
import { loadSettings } from '../../src/settings.ts';
import type { Deps, PageRequest } from '../../workers/stage.ts';

/** The clock of stage tests. */
export const NOW = new Date('2026-03-02T03:00:00.000Z');

/** An outlet with one health feed. */
export function anOutlet(overrides: Partial<Outlet> = {}): Outlet {
  return {
    id: 'bao-a',
    name: 'Báo A',
    tier: 'national',
    newsroom: 'bao-a',
    homepage: 'https://bao.example/',
    feeds: [
      {
        id: 'bao-a-1',
        outletId: 'bao-a',
        url: 'https://bao.example/rss',
        kind: 'feed',
        isHealth: true,
        pollEveryMs: 600_000,
      },
    ],
    paceMs: 0,
    hostAliases: {},
    ...overrides,
  };
}

/** A page as a server would have sent it. */
export function aPage(url: string, text: string, overrides: Partial<FetchedPage> = {}): FetchedPage {
  return {
    requestedUrl: url,
    url,
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    bytes: new TextEncoder().encode(text),
    fetchedAt: NOW.toISOString(),
    ...overrides,
  };
}

/** Everything a stage may touch: real stores in memory, the shipped configuration, and a web made of functions. */
export async function openTestDeps(
  overrides: Partial<Deps> = {},
): Promise<Deps & { close(): Promise<void> }> {
  const { db, tidy, close } = await openMemoryDatabase();
  const { language, alertRules, campaigns, policies, holidays, onCall, letterhead } = loadSettings(
    resolve(import.meta.dirname, '../../config'),
    NOW,
  );
  const outlets = [anOutlet()];
  return {
    now: () => NOW,
    outlets: new Map(outlets.map((outlet) => [outlet.id, outlet])),
    feeds: new Map(outlets.flatMap(({ feeds }) => feeds).map((feed) => [feed.id, feed])),
    language,
    readSearch: searchReader({ language, outlets: new Map() }, () => new Date()),
    alertRules,
    campaigns,
    policies,
    holidays,
    detector: {},
    onCall,
    ...(await openStores(db)),
    channels: [],
    heldJobs: async () => new Set(),
    tidy,
    observe: () => {},
    retention: { pageDays: 30, articleMonths: 0 },
    revisitAfterHours: [],
    consoleUrl: 'http://127.0.0.1:8190',
    fetchPage: async ({ url }: PageRequest) => {
      throw new Error(`No page at ${url}`);
    },
    letterhead,
    briefAt: '07:00',
    writeDocx,
    readDocument: async () => ({ ok: false, reason: 'unreadable' }),
    postForm: async ({ url }) => {
      throw new Error(`Nobody at ${url}`);
    },
    ...overrides,
    close,
  };
}
