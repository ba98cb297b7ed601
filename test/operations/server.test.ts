import { request } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { pgliteBackend } from '../../src/adapters/bullmq/backend.ts';
import { queueBoard } from '../../src/adapters/bullmq/board.ts';
import { Queues } from '../../src/adapters/bullmq/queues.ts';
import { type Database, openMemoryDatabase } from '../../src/adapters/pglite/database.ts';
import { StoreUnavailableError } from '../../src/errors.ts';
import { Metrics } from '../../src/operations/metrics.ts';
import { createOperationsServer } from '../../src/operations/server.ts';
import { parseExposition, sampleOf } from '../support/prometheus-text.ts';

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
}

let database: Database;
let queues: Queues;
let server: FastifyInstance;
let port: number;
let looks: number;
let store: () => Promise<void>;
let broken: string | undefined;

/** By node:http: `fetch` lets nobody set a Host header. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

beforeAll(async () => {
  database = await openMemoryDatabase();
  queues = new Queues(
    [
      { name: 'fetch', attempts: 3 },
      { name: 'index', attempts: 3 },
    ],
    await pgliteBackend(database.db),
  );
});
afterAll(async () => {
  await queues.close();
  await database.close();
});

beforeEach(async () => {
  looks = 0;
  store = async () => {};
  broken = undefined;
  server = await createOperationsServer({
    version: '1.2.3',
    runs: ['fetch', 'index'],
    checks: [
      {
        name: 'store',
        check: () => {
          looks++;
          return store();
        },
      },
      { name: 'queues', check: async () => void (await queues.depths()) },
    ],
    metrics: new Metrics({
      version: '1.2.3',
      profile: 'embedded',
      stages: ['fetch', 'index'],
      queueReadings: () => queues.readings(),
    }),
    board: queueBoard(queues),
    allowedHosts: ['ops.example'],
    beyondRepair: () => broken,
    log: pino({ level: 'silent' }),
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  port = (server.server.address() as AddressInfo).port;
  return () => server.close();
});

/** What was answered is given again for a second. */
const untilStale = () => new Promise((resolve) => setTimeout(resolve, 1100));

describe('/livez', () => {
  it('says what runs here, and since when', async () => {
    const { status, text } = await ask('/livez');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ status: 'alive', version: '1.2.3', runs: ['fetch', 'index'] });
    expect(JSON.parse(text).uptimeSeconds).toBeGreaterThan(0);
  });

  it('stays alive while a store is away, which no restart would mend', async () => {
    store = async () => {
      throw new StoreUnavailableError('The index is read-only: its disk is full');
    };
    expect((await ask('/livez')).status).toBe(200);
  });

  it('says no once only a restart can help', async () => {
    broken = 'The database closed by itself';
    const { status, text } = await ask('/livez');
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ status: 'beyond-repair', reason: broken });
  });
});

describe('/readyz', () => {
  it('turns to 503 with the reason in plain words, and back', async () => {
    const ready = await ask('/readyz');
    expect(ready.status).toBe(200);
    expect(JSON.parse(ready.text)).toMatchObject({
      ready: true,
      checks: [
        { name: 'store', ok: true },
        { name: 'queues', ok: true },
      ],
    });

    await untilStale();
    store = async () => {
      throw new StoreUnavailableError('The index is read-only: its disk is full');
    };
    const away = await ask('/readyz');
    expect(away.status).toBe(503);
    expect(JSON.parse(away.text)).toMatchObject({
      ready: false,
      checks: [
        { name: 'store', ok: false, reason: 'The index is read-only: its disk is full' },
        { name: 'queues', ok: true },
      ],
    });

    await untilStale();
    store = async () => {};
    expect((await ask('/readyz')).status).toBe(200);
  });

  it('waits for a check no longer than two seconds, and tells what was wrong before', async () => {
    store = async () => {
      throw new Error('connect ECONNREFUSED redis://user:hunter2@127.0.0.1:6379');
    };
    await ask('/readyz');
    await untilStale();
    store = () => new Promise(() => {});
    const startedAt = performance.now();
    const { status, text } = await ask('/readyz');
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    expect(status).toBe(503);
    const [check] = JSON.parse(text).checks;
    expect(check.reason).toBe(
      'no answer within 2 s; before that: connect ECONNREFUSED redis://***@127.0.0.1:6379',
    );
    expect(check.ms).toBeGreaterThanOrEqual(1990);
    expect(looks).toBe(2);

    // The question that hangs is the only one under way.
    await ask('/readyz');
    expect(looks).toBe(2);
  });

  it('asks the stores once, however many probes come in a second', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask('/readyz')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(looks).toBe(1);
  });
});

describe('/metrics', () => {
  it('is valid, and shows the real queues and the readiness', async () => {
    await queues.add([
      { stage: 'fetch', key: 'fetch-a', payload: { entryId: 'a' } },
      { stage: 'fetch', key: 'fetch-b', payload: { entryId: 'b' }, delayMs: 60_000 },
    ]);
    const { status, headers, text } = await ask('/metrics');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const families = parseExposition(text);
    const jobs = (state: string) => sampleOf(families, 'nhip_yte_queue_jobs', { stage: 'fetch', state });
    expect(['waiting', 'delayed'].map(jobs)).toEqual([1, 1]);
    expect(sampleOf(families, 'nhip_yte_queue_oldest_waiting_seconds', { stage: 'fetch' })).toBeGreaterThan(
      0,
    );
    expect(sampleOf(families, 'nhip_yte_ready')).toBe(1);
    expect(sampleOf(families, 'nhip_yte_check_ok', { check: 'store' })).toBe(1);

    await untilStale();
    store = async () => {
      throw new StoreUnavailableError('away');
    };
    const later = parseExposition((await ask('/metrics')).text);
    expect(sampleOf(later, 'nhip_yte_ready')).toBe(0);
    expect(sampleOf(later, 'nhip_yte_check_ok', { check: 'store' })).toBe(0);
    expect(sampleOf(later, 'nhip_yte_check_ok', { check: 'queues' })).toBe(1);
  });
});

describe('who is answered', () => {
  const PATHS = [
    '/livez',
    '/readyz',
    '/metrics',
    '/queues/',
    '/queues/api/queues',
    '/queues/static/favicon.ico',
  ];

  it.each(PATHS)(
    '%s: probes by address, by a container’s name and by the names that were allowed',
    async (path) => {
      const hosts = [
        `127.0.0.1:${port}`,
        '10.42.0.7:8191',
        '[::1]:8191',
        'localhost',
        'worker:8191',
        'Ops.Example.',
      ];
      for (const host of hosts) expect([host, (await ask(path, { host })).status]).toEqual([host, 200]);
    },
  );

  it.each([...PATHS, '/no-such-path'])(
    '%s: no host that another site’s page may have had resolved to here',
    async (path) => {
      for (const host of ['evil.example', 'ops.example.evil.example', '127.0.0.1.nip.example', '.']) {
        const answer = await ask(path, { host });
        expect([host, answer.status >= 400 && answer.status < 500]).toEqual([host, true]);
        expect(answer.text).not.toContain('fetch');
      }
    },
  );

  it('nobody whom another site’s page sends, and nobody who wants to change something', async () => {
    const crossSite = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect((await ask('/queues/api/queues', crossSite)).status).toBe(403);
    expect((await ask('/queues/', { ...crossSite, 'sec-fetch-mode': 'navigate' })).status).toBe(200);
    for (const [method, path] of [
      ['PUT', '/queues/api/queues/fetch/fetch-a/clean'],
      ['PUT', '/queues/api/queues/fetch/retry/failed'],
      ['PUT', '/queues/api/queues/pause'],
      ['POST', '/queues/api/queues/fetch/add'],
      ['DELETE', '/queues/api/queues/fetch'],
      ['POST', '/readyz'],
    ] as const) {
      const answer = await ask(path, {}, method);
      expect([path, answer.status]).toEqual([path, 405]);
      expect(answer.text).toContain('quarantine replay');
    }
    expect(await queues.held([{ stage: 'fetch', key: 'fetch-a' }])).toEqual(new Set(['fetch-a']));
  });

  it('with headers that leave a browser nothing to run', async () => {
    const { headers } = await ask('/livez');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect((await ask('/no-such-path')).status).toBe(404);
  });
});
