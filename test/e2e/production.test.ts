import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LedgerBalance } from '../../src/domain/ledger.ts';
import { type Newsroom, startNewsroom } from '../../src/newsroom/newsroom.ts';
import { throughputScenario } from '../../src/newsroom/scenario.ts';
import type { ArticlesAnswer } from '../support/articles-answer.ts';
import { type Program, startProgram } from '../support/child-process.ts';
import { configDirFor } from '../support/config-dir.ts';
import { type ProductionServers, startProductionServers } from '../support/production-servers.ts';

/** News comes steadily for longer than the test needs; its clock is stopped when there has been enough. */
const ARTICLES = 600;
const PUBLISHED_OVER_MS = 600_000;
const PACE_MS = 200;

/** Stages apart, as two machines would run them. */
const CRAWL = 'discover,fetch,revisit';
const JUDGE = 'extract,analyse,index,detect,notify,housekeeping,report,console';

let servers: ProductionServers | undefined;
let newsroom: Newsroom | undefined;
let stoppedAt: Date | undefined;
let env: Record<string, string>;
let reason: string | undefined;

beforeAll(async () => {
  const started = await startProductionServers();
  if (typeof started === 'string') {
    reason = started;
    return;
  }
  servers = started;
  newsroom = await startNewsroom({
    seed: 17,
    now: () => stoppedAt ?? new Date(),
    scenario: throughputScenario(ARTICLES, PUBLISHED_OVER_MS),
  });
  const outlets = newsroom.outlets.map((outlet) => ({
    ...outlet,
    paceMs: PACE_MS,
    feeds: outlet.feeds.map((feed) => ({ ...feed, pollEveryMs: 3000 })),
  }));
  env = {
    PROFILE: 'production',
    REDIS_URL: servers.redis.url,
    ELASTICSEARCH_URL: servers.elasticsearch.url,
    DATA_DIR: mkdtempSync(join(tmpdir(), 'nhip-yte-production-')),
    CONFIG_DIR: configDirFor(outlets),
    ALLOW_PRIVATE_HOSTS: '127.0.0.1',
    CONSOLE_PORT: '0',
    DETECT_EVERY_MS: '2000',
  };
});
afterAll(async () => {
  await newsroom?.close();
  await servers?.remove();
});

function addressOf(program: Program, what: 'Nhịp Y tế' | 'operations'): string {
  const address = new RegExp(`${what}: (https?://[^/\\s]+)`).exec(program.stderr())?.[1];
  if (address === undefined) throw new Error(`${what} is not served: ${program.stderr()}`);
  return address;
}

async function ask<T>(program: Program, path: string): Promise<T> {
  return (await (await fetch(new URL(path, addressOf(program, 'Nhịp Y tế')))).json()) as T;
}

interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly reason?: string }[];
}

async function readiness(program: Program): Promise<Readiness> {
  return (await (await fetch(new URL('/readyz', addressOf(program, 'operations')))).json()) as Readiness;
}

/** What an operator is told is wrong, empty when all is well. */
async function faults(program: Program): Promise<string[]> {
  const { checks } = await readiness(program);
  return checks.flatMap(({ name, ok, reason: why }) => (ok ? [] : [`${name}: ${why}`]));
}

async function setBlock(value: boolean | null): Promise<void> {
  const response = await fetch(`${servers?.elasticsearch.url}/nhip-yte-*/_settings`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ 'index.blocks.read_only_allow_delete': value }),
  });
  expect(response.status).toBe(200);
}

async function everyArticle(program: Program): Promise<ArticlesAnswer['articles']> {
  const articles: ArticlesAnswer['articles'][number][] = [];
  for (let next: string | null = ''; next !== null; ) {
    const cursor = next === '' ? '' : `&cursor=${next}`;
    const page: ArticlesAnswer = await ask(program, `/api/v1/articles?limit=100${cursor}`);
    articles.push(...page.articles);
    next = page.next;
  }
  return articles;
}

async function indexedSoFar(program: Program): Promise<number> {
  return (await ask<ArticlesAnswer>(program, '/api/v1/articles?limit=1')).meta.matched;
}

/** A job of the stage that ended well after now. */
function nextDone(program: Program, stage: string, timeoutMs: number): Promise<unknown> {
  const after = new Date().toISOString();
  return program.waitFor(
    (record) =>
      record.msg === 'job' &&
      record.stage === stage &&
      record.status === 'done' &&
      String(record.time) > after,
    timeoutMs,
  );
}

describe('the production profile, its stages in processes of their own', () => {
  it('loses and doubles nothing while Redis, Elasticsearch and its disk fail in mid-crawl and processes are replaced', async ({
    skip,
  }) => {
    skip(reason !== undefined, reason);
    const setup = startProgram(['setup'], env);
    expect(await setup.ended, setup.stderr()).toBe(0);

    const crawl = startProgram(['start', '--stages', CRAWL], env);
    const judge = startProgram(['start', '--stages', JUDGE], env);
    await nextDone(crawl, 'fetch', 120_000);
    await nextDone(judge, 'index', 120_000);
    expect(await faults(crawl)).toEqual([]);

    // Redis dies without warning, and comes back.
    await servers?.redis.kill();
    await sleep(2000);
    expect((await readiness(judge)).ready).toBe(false);
    expect((await faults(judge)).join()).toContain('redis');
    await servers?.redis.start();
    await nextDone(judge, 'index', 120_000);

    // So does Elasticsearch.
    await servers?.elasticsearch.kill();
    await sleep(1000);
    expect((await faults(judge)).join()).toMatch(/elasticsearch: .*(cannot be reached|did not answer)/);
    await servers?.elasticsearch.restart();
    await nextDone(judge, 'index', 120_000);

    // The disk fills up: work waits, an operator sees why, and it goes on by itself.
    await setBlock(true);
    await expect
      .poll(async () => (await faults(judge)).join(), { timeout: 30_000 })
      .toContain('the disk is too full');
    const waiting = await judge.waitFor(
      ({ msg, status, reason: why }) => msg === 'job' && status === 'waiting' && /too full/.test(String(why)),
      60_000,
    );
    expect(waiting.stage).toBeDefined();
    const before = await indexedSoFar(judge);
    await sleep(2000);
    expect(await indexedSoFar(judge)).toBe(before);
    await setBlock(null);
    await nextDone(judge, 'index', 60_000);

    // Both processes are replaced while there is work, as a new release would.
    const successor = startProgram(['start', '--stages', JUDGE], env);
    await successor.waitFor(({ msg }) => String(msg).startsWith('Server listening'), 60_000);
    expect(await judge.stop()).toBe(0);
    const crawlAgain = startProgram(['start', '--stages', CRAWL], env);
    await crawlAgain.waitFor(({ msg }) => String(msg).startsWith('Server listening'), 60_000);
    expect(await crawl.stop()).toBe(0);

    await nextDone(successor, 'index', 60_000);

    stoppedAt = new Date();
    const published = newsroom?.published().length ?? 0;
    let balance: LedgerBalance | undefined;
    await expect
      .poll(
        async () => {
          balance = await ask<LedgerBalance>(successor, '/api/v1/ledger');
          const { pending, faults: unbalanced, found } = balance;
          return { pending, faults: unbalanced, all: found >= published };
        },
        { timeout: 240_000, interval: 2000 },
      )
      .toEqual({ pending: 0, faults: [], all: true });

    const articles = await everyArticle(successor);
    expect(articles).toHaveLength(balance?.indexed ?? 0);
    expect(new Set(articles.map(({ url }) => url)).size).toBe(articles.length);
    expect(articles.length).toBeGreaterThan(published * 0.8);
    expect(await successor.stop()).toBe(0);
    expect(await crawlAgain.stop()).toBe(0);
  }, 600_000);

  it('says what is missing before it starts', async ({ skip }) => {
    skip(reason !== undefined, reason);
    const program = startProgram(['start'], { ...env, ELASTICSEARCH_PREFIX: 'elsewhere' });
    expect(await program.ended).toBe(2);
    expect(program.stderr()).toContain('nhip-yte setup');
    await servers?.redis.cli('config', 'set', 'maxmemory-policy', 'allkeys-lru');
    const evicting = startProgram(['start'], env);
    expect(await evicting.ended).toBe(2);
    expect(evicting.stderr()).toContain('maxmemory-policy noeviction');
    await servers?.redis.cli('config', 'set', 'maxmemory-policy', 'noeviction');
  }, 120_000);
});
