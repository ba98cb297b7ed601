import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from '@elastic/elasticsearch';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startProgram } from '../support/child-process.ts';
import { type ProductionServers, startProductionServers } from '../support/production-servers.ts';

const PATIENCE_MS = 600_000;

interface Posted {
  readonly subject: string;
  readonly text: string;
  readonly brief: readonly string[];
  readonly short: string;
  readonly acknowledgeUrl?: string;
}

let posted: Posted[] = [];
let webhookUrl: string;
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    posted.push((JSON.parse(body) as { data: Posted }).data);
    response.writeHead(204).end();
  });
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Every file below a folder, by what it holds. */
function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );
}

/** Folders that drills have left in a folder for temporary files. */
const leftOvers = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith('nhip-yte-drill-'));

async function drill(args: readonly string[], env: Readonly<Record<string, string>>) {
  const program = startProgram(['drill', ...args], env);
  const lines: string[] = [];
  program.process.stdout?.on('data', (chunk: Buffer) => void lines.push(chunk.toString()));
  const code = await program.ended;
  return { code, said: lines.join(''), stderr: program.stderr() };
}

/** `14/14` and the longest time of a step, as the table has them. */
function step(said: string, name: string) {
  const found = new RegExp(`${name}\\s+(\\d+)/(\\d+)\\s+([\\d.]+) s\\s+([\\d.]+) s`).exec(said);
  if (found === null) throw new Error(`No step ${name} in:\n${said}`);
  return { count: Number(found[1]), of: Number(found[2]), maxSeconds: Number(found[4]) };
}

function expectPassed({ code, said, stderr }: Awaited<ReturnType<typeof drill>>) {
  expect(said, stderr).toContain('Đạt / passed');
  for (const name of ['→ found', '→ searchable', '→ fetched', '→ extracted', '→ analysed', '→ judged']) {
    const { count, of } = step(said, name);
    expect([count, of], name).toEqual([14, 14]);
  }
  expect(step(said, 'deciding article → incident').count).toBeGreaterThan(0);
  const handed = step(said, 'deciding article → channel');
  expect(handed.count).toBe(handed.of);
  expect(handed.maxSeconds).toBeLessThanOrEqual(60);
  expect(code).toBe(0);
}

describe('a drill', () => {
  it(
    'goes from crawl to phone, marked, acknowledged, and leaves the office’s data untouched',
    async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'nhip-yte-office-'));
      const temporary = mkdtempSync(join(tmpdir(), 'nhip-yte-temporary-'));
      const office = { DATA_DIR: dataDir, CONSOLE_PORT: '0', TMPDIR: temporary };
      // What an office has stored by then: any command that opens its data makes it.
      const before = startProgram(['ledger'], office);
      expect(await before.ended, before.stderr()).toBe(0);
      const files = filesOf(dataDir);
      expect(Object.keys(files).length).toBeGreaterThan(10);

      posted = [];
      const env = { ...office, WEBHOOK_URL: webhookUrl, WEBHOOK_SECRET: 'a phrase that is long enough' };
      const running = drill(['--channels', 'real', '--facility', 'bv-cho-ray', '--wait', '5'], env);
      // The officer takes it over by the link in the message, as soon as there is one.
      const acknowledged = (async () => {
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 500));
          const link = posted.find(({ acknowledgeUrl }) => acknowledgeUrl !== undefined)?.acknowledgeUrl;
          if (link !== undefined) return takeOver(link);
        }
      })();
      const result = await running;
      expectPassed(result);
      await acknowledged;
      expect(step(result.said, '→ acknowledged').count).toBe(1);
      expect(result.said).toMatch(/Sự cố \/ incident: \[\w+\] .*Chợ Rẫy/);

      expect(posted.length).toBeGreaterThan(0);
      for (const { subject, text, brief, short } of posted) {
        expect(subject).toMatch(/^\[[^\]]*DIỄN TẬP/);
        expect(text).toContain('DIỄN TẬP, không phải sự cố thật. / DRILL, not a real incident.');
        expect(brief.join('\n')).toContain('DIỄN TẬP');
        expect(short).toMatch(/^\[[^\]]*DIEN TAP/);
        expect(short.length).toBeLessThanOrEqual(160);
      }
      expect(filesOf(dataDir)).toEqual(files);
      expect(leftOvers(temporary)).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'refuses a facility that the registry does not know',
    async () => {
      const { code, stderr } = await drill(['--facility', 'bv-khong-co'], {
        DATA_DIR: mkdtempSync(join(tmpdir(), 'nhip-yte-office-')),
      });
      expect(code).toBe(2);
      expect(stderr).toContain('bv-khong-co');
    },
    PATIENCE_MS,
  );
});

/** As a browser does it: the page behind the link asks first, and its form acknowledges. */
async function takeOver(link: string): Promise<void> {
  const page = await fetch(link);
  expect(page.status).toBe(200);
  const html = await page.text();
  const form = /<form[^>]*method="post"[^>]*action="([^"]*)"[\s\S]*?<\/form>/i.exec(html);
  const fields = [...(form?.[0] ?? '').matchAll(/<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"/g)];
  const cookie = (page.headers.getSetCookie() ?? []).map((one) => one.split(';')[0]).join('; ');
  const answer = await fetch(new URL((form?.[1] ?? link).replaceAll('&amp;', '&'), link), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(link).origin, cookie },
    body: new URLSearchParams(
      fields.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
    ),
    redirect: 'manual',
  });
  expect(answer.status).toBeLessThan(400);
}

describe('a drill in production', () => {
  let servers: ProductionServers | undefined;
  let reason: string | undefined;
  beforeAll(async () => {
    const started = await startProductionServers();
    if (typeof started === 'string') reason = started;
    else servers = started;
  }, PATIENCE_MS);
  afterAll(() => servers?.remove());

  it(
    'runs beside the office on the same servers, tells nobody by itself, and removes every index, template and key',
    async ({ skip }) => {
      skip(reason !== undefined, reason);
      const env = {
        PROFILE: 'production',
        REDIS_URL: servers?.redis.url ?? '',
        ELASTICSEARCH_URL: servers?.elasticsearch.url ?? '',
        DATA_DIR: mkdtempSync(join(tmpdir(), 'nhip-yte-office-')),
        WEBHOOK_URL: webhookUrl,
        WEBHOOK_SECRET: 'a phrase that is long enough',
      };
      const setup = startProgram(['setup'], env);
      expect(await setup.ended, setup.stderr()).toBe(0);
      const client = new Client({ node: servers?.elasticsearch.url ?? '' });
      const calls = new Redis(servers?.redis.url ?? '');
      try {
        const stored = async () => {
          await client.indices.refresh({ index: 'nhip-yte-*' });
          const counts = await client.cat.indices({
            index: 'nhip-yte-*',
            format: 'json',
            h: 'index,docs.count',
          });
          const { index_templates } = await client.indices.getIndexTemplate({ name: 'nhip-yte-*' });
          return {
            documents: counts.map((row) => `${row.index} ${row['docs.count']}`).sort(),
            templates: index_templates.map(({ name }) => name).sort(),
            keys: (await calls.keys('*')).sort(),
          };
        };
        const before = await stored();
        expect(before.documents.length).toBeGreaterThan(10);
        posted = [];
        const result = await drill([], env);
        expectPassed(result);
        expect(await stored()).toEqual(before);
        // Nobody is told unless that was asked for; the log has it all, marked.
        expect(posted).toEqual([]);
        expect(result.stderr).toContain('"subject":"[DIỄN TẬP]');
      } finally {
        calls.disconnect();
        await client.close();
      }
    },
    PATIENCE_MS,
  );
});
