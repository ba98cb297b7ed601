import { mkdtempSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { openApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { openIncident } from '../../src/domain/incident.ts';
import type { Notification } from '../../src/domain/notification.ts';
import { loadSettings } from '../../src/settings.ts';
import { startProgram } from '../support/child-process.ts';
import { configDirFor } from '../support/config-dir.ts';
import { anOutlet } from '../support/deps.ts';
import { anAlert } from '../support/factories.ts';

interface Post {
  readonly id: string;
  readonly body: { data: { subject: string; acknowledgeUrl?: string } };
}

/** What the far side was handed; it answers once a test lets it. */
const posts: Post[] = [];
let answer: (response: ServerResponse) => void = () => {};
let server: Server;
let env: Record<string, string>;

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    request.on('end', () => {
      posts.push({ id: String(request.headers['webhook-id']), body: JSON.parse(text) as Post['body'] });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  env = {
    DATA_DIR: mkdtempSync(join(tmpdir(), 'nhip-yte-notify-kill-')),
    CONFIG_DIR: configDirFor([anOutlet()]),
    CONSOLE_PORT: '0',
    DETECT_EVERY_MS: '1000',
    WEBHOOK_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    WEBHOOK_SECRET: 'a phrase that nobody else knows',
  };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Opens the stores alone, in no other process's way. */
async function withStores<T>(use: (app: Awaited<ReturnType<typeof openApp>>) => Promise<T>): Promise<T> {
  const config = loadConfig(env);
  const app = await openApp(config, loadSettings(config.configDir, new Date()), pino({ level: 'silent' }));
  try {
    return await use(app);
  } finally {
    await app.close();
  }
}

const posted = (count: number, timeout: number) =>
  expect.poll(() => posts.length, { timeout, interval: 200 }).toBeGreaterThanOrEqual(count);

it('tells again under the same id what it had sent and not noted when it was killed, and then no more', async () => {
  const at = new Date().toISOString();
  const alert = anAlert({ at, dataWatermarkAt: at, severity: 'serious', articleIds: [] });
  const incident = openIncident(alert, 'Bệnh viện Mẫu · 6 bài tiêu cực/24 giờ');
  await withStores(async ({ deps }) => {
    await deps.incidents.saveAlert(alert);
    await deps.incidents.open(incident);
  });

  const first = startProgram(['start'], env);
  await posted(1, 120_000);
  // The far side has it; its answer never comes.
  await first.kill();

  answer = (response) => response.writeHead(204).end();
  const second = startProgram(['start'], env);
  await posted(2, 240_000);
  await second.waitFor(
    ({ msg, stage, status }) => msg === 'job' && stage === 'notify' && status === 'done',
    60_000,
  );
  expect(await second.stop()).toBe(0);

  expect(new Set(posts.map(({ id }) => id)).size).toBe(1);
  expect(posts).toHaveLength(2);
  const [{ body }] = posts as [Post];
  expect(body.data.subject).toContain('Bệnh viện Mẫu');
  expect(body.data.acknowledgeUrl).toMatch(/\/a\/[\w-]{20}$/);
  const webhook = await withStores<Notification | undefined>(async ({ deps }) =>
    (await deps.incidents.notificationsOf(incident.id)).find(({ channel }) => channel === 'webhook'),
  );
  expect(webhook).toMatchObject({ status: 'delivered', step: 'opened', officerId: 'duty-officer' });
}, 600_000);
