import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { bringDashboards, dashboardsNdjson } from '../src/bring-dashboards.ts';
import { loadConfig } from '../src/config.ts';

const CONFIG_DIR = resolve(import.meta.dirname, '../config');

/** The real command line, to its end. */
async function runProgram(args: readonly string[], env: Readonly<Record<string, string>>) {
  const cli = resolve(import.meta.dirname, '../src/cli.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, ...written };
}

let close = async () => {};
afterEach(() => close());

/** A Kibana that is not ready the first `notReady` times, then takes everything but what a test wants refused. */
async function kibana(notReady: number, refused: readonly string[] = []) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push(Buffer.concat(chunks).toString('utf8'));
    if (bodies.length <= notReady) {
      response.writeHead(503).end('Kibana server is not ready yet');
      return;
    }
    response.end(
      JSON.stringify({
        success: refused.length === 0,
        successCount: 21 - refused.length,
        successResults: [],
        errors: refused.map((id) => ({
          id,
          type: 'dashboard',
          meta: {},
          error: { type: 'unknown', message: 'no' },
        })),
      }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}

describe('nhip-yte dashboards', () => {
  it('exports what it would import', async () => {
    const { url, bodies } = await kibana(0);
    const env = { CONFIG_DIR, KIBANA_URL: url, ELASTICSEARCH_PREFIX: 'so-y-te' };
    const exported = await runProgram(['dashboards', 'export'], env);
    expect(exported.stdout).toBe(dashboardsNdjson({ configDir: CONFIG_DIR, elasticsearchPrefix: 'so-y-te' }));
    const imported = await runProgram(['dashboards', 'import'], env);
    expect(imported).toMatchObject({ code: 0, stdout: '21 objects imported, 0 of them replaced\n' });
    expect(bodies[0]).toContain(exported.stdout.trimEnd());
  });

  it('waits for a Kibana that is starting, and names what it refuses', async () => {
    const { url, bodies } = await kibana(1, ['nhip-yte-dashboard-overview']);
    const { code, stderr } = await runProgram(['dashboards', 'import', '--wait', '20'], {
      CONFIG_DIR,
      KIBANA_URL: url,
    });
    expect(bodies.length).toBe(2);
    expect(code).toBe(1);
    expect(stderr).toContain('not ready');
    expect(stderr).toContain('not imported: dashboard nhip-yte-dashboard-overview: unknown: no');
  });

  it('says what is missing in the configuration', async () => {
    expect(() => bringDashboards(loadConfig({ CONFIG_DIR }))).toThrow(/KIBANA_URL/);
    expect(() =>
      bringDashboards(
        loadConfig({ CONFIG_DIR, KIBANA_URL: 'https://127.0.0.1:1', ELASTICSEARCH_CA: 'no-such-file.pem' }),
      ),
    ).toThrow(/no-such-file\.pem.*ELASTICSEARCH_CA/);
    const { code } = await runProgram(['dashboards', 'import'], { CONFIG_DIR });
    expect(code).toBe(2);
  });
});
