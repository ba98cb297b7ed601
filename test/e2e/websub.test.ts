import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type App, openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { entryId } from '../../src/domain/entry.ts';
import { HOUR_MS } from '../../src/domain/time.ts';
import { loadSettings } from '../../src/settings.ts';
import { pollJob } from '../../workers/job-keys.ts';
import { keepSubscriptions } from '../../workers/keep-subscriptions.ts';
import { configDirFor } from '../support/config-dir.ts';
import { anOutlet } from '../support/deps.ts';
import { type Hub, openHub } from '../support/websub-hub.ts';

const log = pino({ level: 'silent' });
const FEED = 'bao-a-1';
const WAIT = { timeout: 60_000, interval: 100 };

let hub: Hub;
let app: App;
let callback: string;

beforeAll(async () => {
  hub = await openHub();
  const port = await freePort();
  const outlet = anOutlet({
    homepage: new URL(hub.topicUrl).origin,
    feeds: anOutlet().feeds.map((feed) => ({ ...feed, url: hub.topicUrl })),
  });
  const config = loadConfig({
    DATA_DIR: mkdtempSync(join(tmpdir(), 'nhip-yte-websub-')),
    CONFIG_DIR: configDirFor([outlet]),
    ALLOW_PRIVATE_HOSTS: '127.0.0.1',
    WEBSUB_CALLBACK_URL: `http://127.0.0.1:${port}/websub/`,
    WEBSUB_PORT: String(port),
  });
  hub.serve(rss(item(1)));
  app = await openApp(config, loadSettings(config.configDir, new Date()), log);
  await app.startWebSub();
  await app.startPipeline();
}, 120_000);
afterAll(async () => {
  await app?.close();
  await hub?.close();
});

describe('a feed whose hub pushes', () => {
  const state = () => app.deps.feedStates.find(FEED);
  const isFound = async (number: number) =>
    (await app.deps.entries.find(entryId(addressOf(number)))) !== undefined;

  it('is subscribed to after its first poll, and still polled', async () => {
    await expect.poll(async () => (await state())?.subscription?.status, WAIT).toBe('confirmed');
    expect(hub.asked).toEqual(['subscribe']);
    const { subscription, intervalMs } = (await state()) ?? {};
    expect(subscription).toMatchObject({ hub: hub.hubUrl, topic: hub.topicUrl, failures: 0 });
    expect(intervalMs).toBe(600_000);
    callback = [...hub.subscribers.keys()][0] ?? '';
    // It cannot be guessed, and neither can the key.
    expect(callback).toMatch(/\/websub\/bao-a-1\/[\w-]{32}$/);
    expect(subscription?.secret.length).toBeGreaterThanOrEqual(43);
  }, 120_000);

  it('takes nothing from strangers', async () => {
    const body = rss(item(66));
    const elsewhere = callback.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await fetch(elsewhere, { method: 'POST', body })).status).toBe(404);
    // What is not signed, signed with another key, or by a method that is too weak for plain http, is ignored.
    expect((await fetch(callback, { method: 'POST', body })).status).toBe(202);
    expect(await hub.push(body, { key: 'guessed' })).toEqual([202]);
    expect(await hub.push(body, { algorithm: 'sha1' })).toEqual([202]);
    expect((await fetch(callback, { method: 'POST', body: 'x'.repeat(2_100_000) })).status).toBe(413);
    // Nobody but us can start a subscription, or end one.
    for (const [mode, topic] of [
      ['unsubscribe', hub.topicUrl],
      ['subscribe', 'https://elsewhere.example/'],
    ]) {
      const query = new URLSearchParams({
        'hub.mode': mode ?? '',
        'hub.topic': topic ?? '',
        'hub.challenge': 'abc',
        'hub.lease_seconds': '60',
      });
      expect((await fetch(`${callback}?${query}`)).status).toBe(404);
    }
    expect((await state())?.subscription).toMatchObject({ status: 'confirmed', pushes: 0 });
  }, 120_000);

  it('has its pushes read as if they had been polled, and the polls wait', async () => {
    const fetches = hub.fetches();
    hub.serve(rss(item(2), item(1)));
    expect(await hub.push(rss(item(2)), { algorithm: 'sha512' })).toEqual([202]);
    await expect.poll(() => isFound(2), WAIT).toBe(true);
    await expect.poll(async () => (await state())?.subscription?.status, WAIT).toBe('trusted');
    const { nextPollAt = '', intervalReason, subscription } = (await state()) ?? {};
    expect(intervalReason).toBe('pushed');
    expect(subscription?.pushes).toBe(1);
    expect(Date.parse(nextPollAt) - Date.now()).toBeGreaterThan(HOUR_MS / 2);
    expect(hub.fetches()).toBe(fetches);
    expect(await isFound(66)).toBe(false);
    // The job of the poll that had been planned finds that it is not due, and leaves the new one in its place.
    const job = pollJob(FEED, nextPollAt, new Date());
    expect((await app.queues.held([job])).has(job.key)).toBe(true);
  }, 120_000);

  it('is polled as ever once a safety poll finds what no push brought', async () => {
    hub.serve(rss(item(3), item(2), item(1)));
    await pollNow();
    await expect.poll(() => isFound(3), WAIT).toBe(true);
    await expect.poll(async () => (await state())?.subscription?.status, WAIT).toBe('demoted');
    expect(await state()).toMatchObject({ subscription: { reason: 'missed-push', misses: 1 } });
    expect((await state())?.intervalReason).not.toBe('pushed');
  }, 120_000);

  it('is let go where hubs are no longer wanted, and a hub that goes on is told that we are gone', async () => {
    const off = { ...app.deps, webSubCallbackUrl: undefined };
    await keepSubscriptions(off, { log, signal: new AbortController().signal });
    await expect.poll(async () => (await state())?.subscription?.status, WAIT).toBe('ended');
    await expect.poll(() => hub.subscribers.size, WAIT).toBe(0);
    expect(hub.asked).toEqual(['subscribe', 'unsubscribe']);
    expect((await fetch(callback, { method: 'POST', body: rss(item(4)) })).status).toBe(410);
  }, 120_000);

  async function pollNow(): Promise<void> {
    const now = new Date();
    const nextPollAt = now.toISOString();
    await app.deps.feedStates.update(FEED, (current) => {
      if (current === undefined) throw new Error('No state');
      return { ...current, nextPollAt };
    });
    await app.queues.add([pollJob(FEED, nextPollAt, now)]);
  }
});

function addressOf(number: number): string {
  return `https://bao.example/tin-${number}.html`;
}

/** Old enough that it should long have been pushed. */
function item(number: number): string {
  const at = new Date(Date.now() - HOUR_MS).toUTCString();
  return `<item><title>Bệnh viện tỉnh tiếp nhận ca bệnh thứ ${number}</title><link>${addressOf(number)}</link><pubDate>${at}</pubDate></item>`;
}

function rss(...items: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo A</title>${items.join('')}</channel></rss>`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
