import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checkElasticsearch, createElasticsearchClient } from '../../src/adapters/elasticsearch/client.ts';
import { loadConfig } from '../../src/config.ts';
import { madeEnvFile, ROOT, readEnvFile } from './compose-file.ts';

const DEPLOY = join(ROOT, 'deploy');
const has = (command: string) => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

describe('access.sh', () => {
  interface Received {
    readonly request: string;
    readonly authorization: string;
    readonly body: unknown;
  }
  const received: Received[] = [];
  let refuses = '';
  let server: Server;
  let url: string;

  // The module with users and roles is not among what the tests can start of Elasticsearch, so only what is asked of
  // it can be checked here.
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      received.push({
        request: `${request.method} ${request.url}`,
        authorization: request.headers.authorization ?? '',
        body: JSON.parse(body),
      });
      response.statusCode = request.url === refuses ? 403 : 200;
      response.end(request.url === refuses ? '{"error":"unauthorized for [put_role]"}' : '{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterAll(() => server.close());

  const run = (env: Record<string, string>) => {
    received.length = 0;
    const child = spawn('bash', [join(DEPLOY, 'elasticsearch/access.sh')], {
      env: { PATH: process.env.PATH ?? '', ELASTICSEARCH_URL: url, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    return new Promise<{ code: number | null; stderr: string }>((resolve) =>
      child.on('close', (code) => resolve({ code, stderr })),
    );
  };

  it('sets the password of Kibana, the three roles and our two users, as the superuser', async () => {
    refuses = '';
    const env = readEnvFile(madeEnvFile());
    expect(await run(env)).toEqual({ code: 0, stderr: '' });
    const basic = `Basic ${Buffer.from(`elastic:${env.ELASTIC_PASSWORD}`).toString('base64')}`;
    expect(new Set(received.map(({ authorization }) => authorization))).toEqual(new Set([basic]));
    const role = (name: string) =>
      JSON.parse(readFileSync(join(DEPLOY, `elasticsearch/roles/${name}.json`), 'utf8')) as unknown;
    expect(received.map(({ request, body }) => [request, body])).toEqual([
      ['POST /_security/user/kibana_system/_password', { password: env.KIBANA_SYSTEM_PASSWORD }],
      ...['nhip-yte', 'nhip-yte-dashboards', 'nhip-yte-analyst'].map((name) => [
        `PUT /_security/role/${name}`,
        role(name),
      ]),
      [
        'PUT /_security/user/nhip-yte',
        { password: env.NHIP_YTE_ELASTICSEARCH_PASSWORD, roles: ['nhip-yte'] },
      ],
      [
        'PUT /_security/user/nhip-yte-dashboards',
        { password: env.NHIP_YTE_DASHBOARDS_PASSWORD, roles: ['nhip-yte-dashboards'] },
      ],
    ]);
  });

  it('grants our user what the program asks for at its start, and no more', async () => {
    const asked: unknown[] = [];
    const elasticsearch = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const isPrivileges = request.url === '/_security/user/_has_privileges';
      if (isPrivileges) asked.push(JSON.parse(body));
      response.setHeader('x-elastic-product', 'Elasticsearch');
      response.setHeader('content-type', 'application/json');
      response.end(isPrivileges ? '{"has_all_requested":true}' : '{"nodes":{"a":{"version":"9.4.3"}}}');
    });
    await new Promise<void>((resolve) => elasticsearch.listen(0, '127.0.0.1', resolve));
    const address = elasticsearch.address();
    const client = createElasticsearchClient(
      loadConfig({
        ELASTICSEARCH_URL: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
      }),
    );
    try {
      await checkElasticsearch(client, 'nhip-yte');
    } finally {
      await client.close();
      elasticsearch.close();
    }
    const { cluster, indices } = JSON.parse(
      readFileSync(join(DEPLOY, 'elasticsearch/roles/nhip-yte.json'), 'utf8'),
    ) as { cluster: unknown; indices: unknown };
    expect(asked).toEqual([{ cluster, index: indices }]);
  });

  it('stops at the first refusal and repeats what the server said', async () => {
    refuses = '/_security/role/nhip-yte';
    const { code, stderr } = await run(readEnvFile(madeEnvFile()));
    expect(code).toBe(1);
    expect(stderr).toContain(
      'PUT /_security/role/nhip-yte was refused: {"error":"unauthorized for [put_role]"}',
    );
    expect(received.at(-1)?.request).toBe('PUT /_security/role/nhip-yte');
  });

  it('takes no password that would not survive in JSON or an address', async () => {
    for (const password of ['', 'short', 'a"b,"roles":["superuser"],"x":"1', 'with@slash/and:colon']) {
      const { code, stderr } = await run({ ...readEnvFile(madeEnvFile()), KIBANA_SYSTEM_PASSWORD: password });
      expect(code, password).toBe(2);
      expect(stderr).toContain('KIBANA_SYSTEM_PASSWORD');
    }
    expect(received).toEqual([]);
  });
});

describe.skipIf(spawnSync('unzip', ['-v']).status !== 0)(
  'certificates.sh (skipped where unzip is not installed)',
  () => {
    const root = mkdtempSync(join(tmpdir(), 'nhip-yte-volumes-'));
    const volumes = ['authority', 'trust', 'elasticsearch-tls', 'kibana-tls', 'snapshots'];
    beforeAll(() => {
      for (const volume of volumes) mkdirSync(join(root, volume));
    });
    afterAll(() => rmSync(root, { recursive: true, force: true }));

    const make = () =>
      execFileSync('bash', [join(DEPLOY, 'elasticsearch/certificates.sh')], {
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          VOLUMES_ROOT: root,
          CERTUTIL: join(import.meta.dirname, 'certutil-stand-in.sh'),
          OWNER: `${process.getuid?.()}:${process.getgid?.()}`,
        },
      });
    const read = (path: string) => readFileSync(join(root, path), 'utf8');
    const openssl = (...args: string[]) => execFileSync('openssl', args, { encoding: 'utf8' });

    it('makes an authority and two certificates that it vouches for, each with the names it is reached by', () => {
      make();
      for (const name of ['elasticsearch', 'kibana']) {
        const certificate = join(root, `${name}-tls/${name}.crt`);
        expect(openssl('verify', '-CAfile', join(root, 'trust/ca.crt'), certificate)).toContain('OK');
        expect(openssl('x509', '-in', certificate, '-noout', '-ext', 'subjectAltName')).toMatch(
          new RegExp(`DNS:${name}, DNS:localhost, IP Address:127\\.0\\.0\\.1`),
        );
        expect(statSync(join(root, `${name}-tls/${name}.key`)).mode & 0o777).toBe(0o640);
      }
      expect(statSync(join(root, 'authority/ca.key')).mode & 0o777).toBe(0o600);
      expect(read('trust/ca.crt')).toBe(read('authority/ca.crt'));
    });

    it('changes nothing the second time, and replaces a certificate that was taken away by the same authority', () => {
      const files = ['authority/ca.key', 'elasticsearch-tls/elasticsearch.crt', 'kibana-tls/kibana.crt'];
      const before = files.map(read);
      expect(make()).toBe('');
      expect(files.map(read)).toEqual(before);

      rmSync(join(root, 'kibana-tls/kibana.key'));
      expect(make()).toContain('kibana');
      expect(files.map(read).slice(0, 2)).toEqual(before.slice(0, 2));
      expect(read('kibana-tls/kibana.crt')).not.toBe(before[2]);
      expect(
        openssl('verify', '-CAfile', join(root, 'trust/ca.crt'), join(root, 'kibana-tls/kibana.crt')),
      ).toContain('OK');
    });
  },
);

describe.skipIf(!has('redis-server'))(
  'start.sh of Redis (skipped where redis-server is not installed)',
  () => {
    const password = 'a-password-for-this-test';
    const dir = mkdtempSync(join(tmpdir(), 'nhip-yte-redis-'));
    let port: string;
    let server: ReturnType<typeof spawn>;

    const start = () => {
      server = spawn(
        'sh',
        [join(DEPLOY, 'redis/start.sh'), '--port', port, '--bind', '127.0.0.1', '--dir', dir],
        {
          env: { PATH: process.env.PATH ?? '', REDIS_PASSWORD: password },
          stdio: 'ignore',
        },
      );
      return server;
    };
    const cli = (args: string[], auth = password) =>
      spawnSync('redis-cli', ['-p', port, ...args], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, ...(auth === '' ? {} : { REDISCLI_AUTH: auth }) },
      }).stdout.trim();

    beforeAll(async () => {
      const free = createTcpServer();
      await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
      const address = free.address();
      port = String(typeof address === 'object' ? address?.port : 0);
      await new Promise((resolve) => free.close(resolve));
      start();
    });
    afterAll(() => {
      server.kill('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    });

    it('asks for the password, drops no key, and writes down what it is told', async () => {
      await expect.poll(() => cli(['ping']), { timeout: 20_000 }).toBe('PONG');
      expect(cli(['set', 'x', '1'], '')).toContain('NOAUTH');
      for (const [setting, value] of [
        ['maxmemory-policy', 'noeviction'],
        ['maxmemory', String(768 * 1024 ** 2)],
        ['appendonly', 'yes'],
        ['appendfsync', 'everysec'],
      ] as const) {
        expect(cli(['config', 'get', setting]).split('\n')[1], setting).toBe(value);
      }
      // The shell is gone: the server itself gets the signals, and its arguments tell no password.
      const args = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8');
      expect(args).toContain('redis-server');
      expect(args).not.toContain(password);
    });

    it('has it all after a kill, but for the last second', async () => {
      expect(cli(['set', 'job', 'kept'])).toBe('OK');
      await new Promise((resolve) => setTimeout(resolve, 2500));
      server.kill('SIGKILL');
      await new Promise((resolve) => server.once('close', resolve));
      start();
      await expect.poll(() => cli(['get', 'job']), { timeout: 20_000 }).toBe('kept');
    });

    it('does not start without a password', () => {
      const { status, stderr } = spawnSync('sh', [join(DEPLOY, 'redis/start.sh')], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      });
      expect(status).not.toBe(0);
      expect(stderr).toContain('REDIS_PASSWORD');
    });
  },
);
