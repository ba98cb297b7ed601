import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { importSavedObjects } from '../../../src/adapters/kibana/import-saved-objects.ts';

const NDJSON =
  '{"id":"a","type":"tag","attributes":{"name":"Nhịp Y tế"}}\n{"id":"b","type":"dashboard","attributes":{}}\n';

/** The form in which Kibana answers an import; https://www.elastic.co/docs/api/doc/kibana. */
const TAKEN = {
  success: true,
  successCount: 2,
  warnings: [],
  successResults: [
    { type: 'tag', id: 'a', meta: { title: 'Nhịp Y tế', icon: 'tag' }, managed: false, overwrite: true },
    { type: 'dashboard', id: 'b', meta: { title: 'Toàn cảnh', icon: 'dashboardApp' }, managed: false },
  ],
};

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function kibana(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

function answering(status: number, body: unknown): Promise<string> {
  return kibana((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('importSavedObjects', () => {
  it('posts the file as Kibana documents it, and reads what became of each object', async () => {
    const seen: { request?: IncomingMessage; form?: FormData } = {};
    const url = await kibana(async (request, response) => {
      const body = await bodyOf(request);
      seen.request = request;
      seen.form = await new Response(new Uint8Array(body), {
        headers: { 'content-type': request.headers['content-type'] ?? '' },
      }).formData();
      response.end(JSON.stringify(TAKEN));
    });
    const result = await importSavedObjects(NDJSON, {
      url: `${url}/kibana/s/truyen-thong/`,
      apiKey: 'abc==',
    });

    expect(result).toEqual({ imported: 2, replaced: 1, failures: [] });
    expect(seen.request?.method).toBe('POST');
    expect(seen.request?.url).toBe('/kibana/s/truyen-thong/api/saved_objects/_import?overwrite=true');
    expect(seen.request?.headers['kbn-xsrf']).toBeTruthy();
    expect(seen.request?.headers.authorization).toBe('ApiKey abc==');
    const file = seen.form?.get('file') as File;
    // Kibana refuses other endings.
    expect(file.name).toMatch(/\.ndjson$/);
    expect(await file.text()).toBe(NDJSON);
  });

  it.each([
    [
      { username: 'elastic', password: 'mật khẩu:1' },
      `Basic ${Buffer.from('elastic:mật khẩu:1').toString('base64')}`,
    ],
    [{ apiKey: 'k', username: 'elastic', password: 'p' }, 'ApiKey k'],
    [{}, undefined],
  ])('sends %o as credentials', async (access, expected) => {
    let authorization: string | undefined;
    const url = await kibana((request, response) => {
      authorization = request.headers.authorization;
      request.resume().on('end', () => response.end(JSON.stringify(TAKEN)));
    });
    await importSavedObjects(NDJSON, { url, ...access });
    expect(authorization).toBe(expected);
  });

  it('names every object that was not taken, with why', async () => {
    const url = await answering(200, {
      success: false,
      successCount: 1,
      errors: [
        {
          id: 'b',
          type: 'dashboard',
          meta: { title: 'Toàn cảnh', icon: 'dashboardApp' },
          error: {
            type: 'missing_references',
            references: [{ type: 'index-pattern', id: 'nhip-yte-data-view-articles' }],
          },
        },
        {
          id: 'c',
          type: 'lens',
          meta: {},
          error: { type: 'unknown', message: 'belongs to a more recent version of Kibana', statusCode: 422 },
        },
        { id: 'd', type: 'vui', meta: {}, error: { type: 'unsupported_type' } },
      ],
    });
    const { imported, failures } = await importSavedObjects(NDJSON, { url });
    expect(imported).toBe(1);
    expect(failures).toEqual([
      { type: 'dashboard', id: 'b', reason: 'missing_references: index-pattern nhip-yte-data-view-articles' },
      { type: 'lens', id: 'c', reason: 'unknown: belongs to a more recent version of Kibana' },
      { type: 'vui', id: 'd', reason: 'unsupported_type' },
    ]);
  });

  it.each([
    [
      401,
      { statusCode: 401, error: 'Unauthorized', message: 'unable to authenticate' },
      'unauthorized',
      /ELASTICSEARCH_API_KEY/,
    ],
    [
      403,
      { statusCode: 403, error: 'Forbidden', message: 'Unable to bulk_create dashboard' },
      'forbidden',
      /privilege.*Unable to bulk_create dashboard/,
    ],
    [
      400,
      { statusCode: 400, error: 'Bad Request', message: 'Invalid file extension\u001b[31m' },
      'refused',
      /400\): Invalid file extension \[31m$/,
    ],
    [404, 'not here', 'refused', /404/],
    [200, '<html>Welcome</html>', 'not-kibana', /KIBANA_URL/],
    [200, { success: true }, 'not-kibana', /KIBANA_URL/],
  ])('says what to look at on %i', async (status, body, reason, message) => {
    const url = await answering(status, body);
    await expect(importSavedObjects(NDJSON, { url })).rejects.toMatchObject({
      name: 'PermanentError',
      reason,
      message: expect.stringMatching(message),
    });
  });

  it.each([502, 503, 504])('takes %i for a Kibana that is still starting', async (status) => {
    const url = await answering(status, 'Kibana server is not ready yet');
    await expect(importSavedObjects(NDJSON, { url })).rejects.toMatchObject({
      name: 'StoreUnavailableError',
      reason: expect.stringContaining('not ready'),
    });
  });

  it('says when nothing listens', async () => {
    const url = await answering(200, TAKEN);
    const gone = servers.splice(0)[0];
    await new Promise((resolve) => gone?.close(resolve));
    await expect(importSavedObjects(NDJSON, { url })).rejects.toMatchObject({
      name: 'StoreUnavailableError',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('waits for an answer no longer than it is told', async () => {
    const url = await kibana((request) => request.resume());
    const startedAt = performance.now();
    await expect(importSavedObjects(NDJSON, { url, timeoutMs: 300 })).rejects.toMatchObject({
      name: 'StoreUnavailableError',
      reason: expect.stringContaining('0.3 s'),
    });
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });

  it('reads no more than an answer can be', async () => {
    const url = await kibana((request, response) => {
      request.resume();
      const spout = () => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', spout);
      };
      response.on('error', () => {});
      spout();
    });
    await expect(importSavedObjects(NDJSON, { url })).rejects.toMatchObject({ reason: 'not-kibana' });
  });

  it('trusts the authority it is given over TLS, and no other', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kibana-tls-'));
    try {
      const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
      execFileSync(
        'openssl',
        [
          'req',
          '-x509',
          '-newkey',
          'rsa:2048',
          '-nodes',
          '-days',
          '2',
          '-subj',
          '/CN=localhost',
          '-addext',
          'subjectAltName=IP:127.0.0.1',
          '-keyout',
          key,
          '-out',
          cert,
        ],
        { stdio: 'ignore' },
      );
      const ca = readFileSync(cert, 'utf8');
      const port = await listen(
        createSecureServer({ key: readFileSync(key), cert: ca }, (request, response) => {
          request.resume().on('end', () => response.end(JSON.stringify(TAKEN)));
        }),
      );
      const url = `https://127.0.0.1:${port}`;
      expect(await importSavedObjects(NDJSON, { url, ca })).toMatchObject({ imported: 2 });
      await expect(importSavedObjects(NDJSON, { url })).rejects.toMatchObject({
        reason: 'certificate',
        message: expect.stringContaining('ELASTICSEARCH_CA'),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
