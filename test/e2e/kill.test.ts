import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { STAGES } from '../../src/domain/entry.ts';
import type { LedgerBalance } from '../../src/domain/ledger.ts';
import { type Newsroom, startNewsroom } from '../../src/newsroom/newsroom.ts';
import { throughputScenario } from '../../src/newsroom/scenario.ts';
import type { ArticlesAnswer } from '../support/articles-answer.ts';
import { type Program, startProgram } from '../support/child-process.ts';
import { configDirFor } from '../support/config-dir.ts';

const ARTICLES = 60;

let newsroom: Newsroom;
let env: Record<string, string>;

beforeAll(async () => {
  newsroom = await startNewsroom({ seed: 7, now: () => new Date(), scenario: throughputScenario(ARTICLES) });
  const outlets = newsroom.outlets.map((outlet) => ({
    ...outlet,
    paceMs: 20,
    feeds: outlet.feeds.map((feed) => ({ ...feed, pollEveryMs: 2000 })),
  }));
  env = {
    DATA_DIR: mkdtempSync(join(tmpdir(), 'nhip-yte-kill-')),
    CONFIG_DIR: configDirFor(outlets),
    ALLOW_PRIVATE_HOSTS: '127.0.0.1',
    CONSOLE_PORT: '0',
    DETECT_EVERY_MS: '1000',
  };
});
afterAll(() => newsroom.close());

/** Kills the program at a random moment shortly after the stage has begun to work. */
async function killDuring(stage: string): Promise<void> {
  const program = startProgram(['start'], env);
  try {
    await program.waitFor((record) => record.msg === 'job' && record.stage === stage, 30_000);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 400));
  } catch (error) {
    // Once all is done a later stage may have nothing left to do: then there is nothing to interrupt either.
    if (!String(error).includes('Nothing of the kind')) throw error;
  }
  await program.kill();
}

async function ask<T>(program: Program, path: string): Promise<T> {
  const url = /https?:\/\/\S+/.exec(program.stderr())?.[0] ?? '';
  return (await (await fetch(new URL(path, url))).json()) as T;
}

it('loses and doubles nothing when it is killed at a random moment of each stage', async () => {
  for (const stage of STAGES) await killDuring(stage);

  const program = startProgram(['start'], env);
  await program.waitFor((record) => record.stage === 'housekeeping' && record.msg === 'job', 60_000);
  let balance: LedgerBalance | undefined;
  await expect
    .poll(
      async () => {
        balance = await ask<LedgerBalance>(program, '/api/v1/ledger');
        return { pending: balance.pending, faults: balance.faults, found: balance.found > 0 };
      },
      { timeout: 150_000, interval: 1000 },
    )
    .toEqual({ pending: 0, faults: [], found: true });

  const published = newsroom.published();
  expect(published.length).toBeGreaterThanOrEqual(ARTICLES);
  expect(balance?.found).toBeGreaterThanOrEqual(published.length);
  const { articles, meta } = await ask<ArticlesAnswer>(program, '/api/v1/articles?limit=200');
  expect(articles).toHaveLength(meta.matched);
  expect(balance?.indexed).toBe(articles.length);
  expect(new Set(articles.map(({ id }) => id)).size).toBe(articles.length);
  expect(new Set(articles.map(({ url }) => url)).size).toBe(articles.length);
  expect(await program.stop()).toBe(0);
}, 400_000);
