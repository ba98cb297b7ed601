import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PageFetcher, PageFetcherOptions } from '../../../src/adapters/http/fetch-page.ts';
import { createPageFetcher } from '../../../src/adapters/http/fetch-page.ts';
import { loadConfig } from '../../../src/config.ts';
import type { FetchedPage } from '../../../src/domain/page.ts';
import { PermanentError, RetryLaterError } from '../../../src/errors.ts';
import type { LocalServer } from './local-server.ts';
import { html, redirect, startServer, status, text } from './local-server.ts';

let server: LocalServer;
let fetcher: PageFetcher;
const fetchers: PageFetcher[] = [];

beforeEach(async () => {
  server = await startServer();
  fetcher = fetcherWith();
});

afterEach(async () => {
  await Promise.all(fetchers.splice(0).map((each) => each.close()));
  await server.close();
});

function fetcherWith(options: Partial<PageFetcherOptions> = {}): PageFetcher {
  const config = loadConfig({
    ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}`,
    CONTACT: 'https://example.vn/contact',
    FETCH_MAX_BYTES: '100000',
    FETCH_TIMEOUT_MS: '4000',
    FETCH_CONNECT_TIMEOUT_MS: '2000',
  });
  const made = createPageFetcher({ ...config, ...options });
  fetchers.push(made);
  return made;
}

interface Extra {
  etag?: string;
  lastModified?: string;
  paceMs?: number;
  signal?: AbortSignal;
  by?: PageFetcher;
  mayBeDocument?: boolean;
}

function get(path: string, { by = fetcher, ...extra }: Extra = {}): Promise<FetchedPage> {
  const url = path.startsWith('/') ? `${server.origin}${path}` : path;
  return by.fetchPage({ paceMs: 0, signal: new AbortController().signal, ...extra, url });
}

/** What a failed fetch is counted under: the class and, where there is one, the reason. */
async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    const { name, reason } = error as Error & { reason?: string };
    return reason === undefined ? name : `${name} ${reason}`;
  }
  return 'no failure';
}

async function delayOf(promise: Promise<unknown>): Promise<number> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RetryLaterError);
  return (error as RetryLaterError).delayMs;
}

/** At its default quality the packing would be the slowest part of the test. */
function quickBrotli(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });
}

function textOf(page: FetchedPage): string {
  return new TextDecoder().decode(page.bytes);
}

describe('a page that behaves', () => {
  it('comes as bytes with status, headers and where it came from', async () => {
    server.on('/bai-viet', html('<p>Sở Y tế</p>', { etag: '"v1"', 'set-cookie': 'session=1' }));
    const page = await get('/bai-viet#binh-luan');
    expect(textOf(page)).toBe('<p>Sở Y tế</p>');
    expect(page).toMatchObject({
      status: 200,
      requestedUrl: `${server.origin}/bai-viet#binh-luan`,
      url: `${server.origin}/bai-viet`,
    });
    expect(page.headers).toMatchObject({ etag: '"v1"', 'content-type': 'text/html; charset=utf-8' });
    expect(page.headers).not.toHaveProperty('set-cookie');
    expect(page.fetchedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('is asked for with a name and a contact', async () => {
    server.on('/', html(''));
    await get('/');
    for (const { headers } of server.requests) {
      expect(headers['user-agent']).toBe('nhip-yte/0.1 (+https://example.vn/contact)');
    }
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ])('is unpacked from %s', async (coding, pack) => {
    const body = `<p>${'Bệnh viện '.repeat(500)}</p>`;
    server.on('/', html(pack(body), { 'content-encoding': coding }));
    expect(textOf(await get('/'))).toBe(body);
  });

  it('is unpacked from two codings, last first', async () => {
    server.on('/', html(brotliCompressSync(gzipSync('tin')), { 'content-encoding': 'gzip, br' }));
    expect(textOf(await get('/'))).toBe('tin');
  });

  it('may be a sitemap in a gzip file', async () => {
    server.on('/', html(gzipSync('<urlset/>'), { 'content-type': 'application/x-gzip' }));
    expect(textOf(await get('/'))).toBe('<urlset/>');
  });

  it.each([
    'application/rss+xml',
    'application/feed+json; charset=utf-8',
    'text/xml',
    'application/octet-stream',
    'application/xhtml+xml',
  ])('may call itself %s', async (type) => {
    server.on('/', html('<rss/>', { 'content-type': type }));
    expect((await get('/')).status).toBe(200);
  });
});

describe('conditional requests', () => {
  beforeEach(() => {
    server.on('/feed', (request, response) => {
      const isKnown =
        request.headers['if-none-match'] === '"v1"' || request.headers['if-modified-since'] !== undefined;
      response.writeHead(isKnown ? 304 : 200, { etag: '"v1"', 'content-type': 'text/xml' });
      response.end(isKnown ? undefined : '<rss/>');
    });
  });

  it.each([{ etag: '"v1"' }, { lastModified: 'Mon, 05 Oct 2026 04:00:00 GMT' }])(
    'give a 304 without bytes for %o',
    async (known) => {
      const page = await get('/feed', known);
      expect(page.status).toBe(304);
      expect(page.bytes).toHaveLength(0);
    },
  );

  it('give the page when it has changed', async () => {
    expect((await get('/feed', { etag: '"v0"' })).status).toBe(200);
  });

  it('do not carry validators on to where a redirect leads', async () => {
    server.on('/old', redirect('/feed'));
    const page = await get('/old', { etag: '"v1"' });
    expect(page.status).toBe(200);
    expect(server.requests.at(-1)?.headers).not.toHaveProperty('if-none-match');
  });

  it('a 304 that nobody asked for is no page', async () => {
    server.on('/', status(304));
    expect(await failure(get('/'))).toBe('PermanentError http-304');
  });
});

describe('redirects', () => {
  it('are followed, and the end is told', async () => {
    server.on('/a', redirect('/b', 301));
    server.on('/b', redirect('c?x=1', 308));
    server.on('/c', html('ok'));
    const page = await get('/a');
    expect(page).toMatchObject({ requestedUrl: `${server.origin}/a`, url: `${server.origin}/c?x=1` });
  });

  it('end where they go in a circle', async () => {
    server.on('/a', redirect('/b'));
    server.on('/b', redirect('/a'));
    expect(await failure(get('/a'))).toBe('PermanentError bad-redirect');
    expect(server.paths()).toEqual(['/robots.txt', '/a', '/b']);
  });

  it('end after the number allowed', async () => {
    for (let step = 0; step < 10; step += 1) server.on(`/${step}`, redirect(`/${step + 1}`));
    expect(await failure(get('/0', { by: fetcherWith({ fetchMaxRedirects: 3 }) }))).toBe(
      'PermanentError bad-redirect',
    );
    expect(server.paths()).toEqual(['/robots.txt', '/0', '/1', '/2', '/3']);
  });

  it.each([
    ['/a', status(302)],
    ['/a', redirect('')],
    ['/a', redirect('file:///etc/passwd')],
    ['/a', redirect('http://user:secret@example.vn/')],
    ['/a', redirect('gopher://example.vn/')],
  ])('that lead nowhere are refused', async (path, handler) => {
    server.on(path, handler);
    expect(await failure(get(path))).toBe('PermanentError bad-redirect');
  });

  it('to a private address are refused, and nothing is sent there', async () => {
    const inner = await startServer({ '/secret': html('secret') });
    try {
      server.on('/a', redirect(`${inner.origin}/secret`));
      expect(await failure(get('/a'))).toBe('PermanentError private-address');
      expect(inner.requests).toHaveLength(0);
    } finally {
      await inner.close();
    }
  });

  it('keep to the robots.txt of the host they lead to', async () => {
    const other = await startServer({ '/robots.txt': text('User-agent: *\nDisallow: /'), '/x': html('x') });
    try {
      const both = [server.port, other.port].map((port) => `127.0.0.1:${port}`);
      server.on('/a', redirect(`${other.origin}/x`));
      const by = fetcherWith({ allowPrivateHosts: both });
      expect(await failure(get('/a', { by }))).toBe('PermanentError robots-disallowed');
      expect(other.paths()).toEqual(['/robots.txt']);
    } finally {
      await other.close();
    }
  });
});

describe('addresses', () => {
  it.each([
    'ftp://example.vn/x',
    'file:///etc/passwd',
    'http://user:secret@example.vn/',
    'not an address',
    `https://example.vn/${'x'.repeat(3000)}`,
  ])('%s cannot be fetched', async (url) => {
    expect(await failure(get(url))).toBe('PermanentError bad-url');
  });

  it('a refusal does not repeat a password', async () => {
    await expect(get('http://user:secret@example.vn/')).rejects.not.toThrow(/secret/);
  });

  it.each([
    'http://127.0.0.1:1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.1.2.3/',
    'https://[fd00:ec2::254]/',
  ])('%s is private', async (url) => {
    expect(await failure(get(url))).toBe('PermanentError private-address');
  });

  it('a name that resolves to loopback is private', async () => {
    expect(await failure(get(`http://localhost:${server.port}/`))).toBe('PermanentError private-address');
    expect(server.requests).toHaveLength(0);
  });

  it('a name may be listed', async () => {
    server.on('/', html('ok'));
    const by = fetcherWith({ allowPrivateHosts: [`localhost:${server.port}`] });
    expect((await get(`http://localhost:${server.port}/`, { by })).status).toBe(200);
  });

  it('a public host is not spoken to on the ports of other services', async () => {
    const by = fetcherWith({
      resolveHost: (_host, _options, done) => done(null, [{ address: '8.8.8.8', family: 4 }]),
    });
    expect(await failure(get('http://example.vn:25/', { by }))).toBe('PermanentError private-address');
  });

  it('a name that changes its address between check and connection gains nothing', async () => {
    let asked = 0;
    const by = fetcherWith({
      resolveHost: (_host, _options, done) => {
        asked += 1;
        // Public at first, loopback ever after: a check apart from the connection would fall for it.
        done(null, [{ address: asked === 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }]);
      },
    });
    expect(await failure(get(`http://rebind.test:${server.port}/`, { by }))).toBe(
      'PermanentError private-address',
    );
    expect(await failure(get(`http://rebind.test:${server.port}/`, { by }))).toBe(
      'PermanentError private-address',
    );
    expect(server.requests).toHaveLength(0);
  });

  it('of a name with public and private addresses only the public ones are tried', async () => {
    const by = fetcherWith({
      allowPrivateHosts: ['127.0.0.0/8'],
      resolveHost: (_host, _options, done) =>
        done(null, [
          { address: '10.0.0.1', family: 4 },
          { address: '127.0.0.1', family: 4 },
        ]),
    });
    server.on('/', html('ok'));
    expect((await get(`http://mixed.test:${server.port}/`, { by })).status).toBe(200);
  });

  it('a name that does not exist may exist later', async () => {
    expect(await failure(get('http://no-such-host.invalid/'))).toBe('FetchError dns');
  });
});

describe('servers that misbehave', () => {
  it('drip their body for ever', async () => {
    server.on('/', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const timer = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(timer));
    });
    const startedAt = performance.now();
    expect(await failure(get('/', { by: fetcherWith({ fetchTimeoutMs: 700 }) }))).toBe('FetchError timeout');
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });

  it('take the connection and say nothing', async () => {
    server.on('/', () => {});
    expect(await failure(get('/', { by: fetcherWith({ fetchTimeoutMs: 500 }) }))).toBe('FetchError timeout');
  });

  it('spread their slowness over redirects', async () => {
    for (let step = 0; step < 5; step += 1) {
      server.on(`/${step}`, (_request, response) => {
        setTimeout(() => response.writeHead(302, { location: `/${step + 1}` }).end(), 250);
      });
    }
    // Were each step given its own time, the last would answer 404.
    expect(await failure(get('/0', { by: fetcherWith({ fetchTimeoutMs: 600 }) }))).toBe('FetchError timeout');
  });

  it('send a body without end', async () => {
    server.on('/', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const chunk = 'x'.repeat(64_000);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', more);
      };
      more();
    });
    expect(await failure(get('/'))).toBe('PermanentError too-large');
  });

  it('send just as much as is allowed, and one byte more', async () => {
    server.on('/fits', html('x'.repeat(100_000)));
    server.on('/over', html('x'.repeat(100_001)));
    expect((await get('/fits')).bytes).toHaveLength(100_000);
    expect(await failure(get('/over'))).toBe('PermanentError too-large');
  });

  it.each([
    ['gzip', gzipSync],
    ['br', quickBrotli],
    ['deflate', deflateSync],
  ])('send a bomb in %s', async (coding, pack) => {
    const bomb = pack(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    server.on('/', html(bomb, { 'content-encoding': coding }));
    const before = process.memoryUsage().arrayBuffers;
    expect(await failure(get('/'))).toBe('PermanentError too-large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('send a bomb inside a gzip file', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    server.on('/', html(bomb, { 'content-type': 'application/gzip' }));
    expect(await failure(get('/'))).toBe('PermanentError too-large');
  });

  it.each(['gzip', 'br', 'deflate', 'zstd', 'gzip, gzip, gzip'])('lie about %s', async (coding) => {
    server.on('/', html('plain text, not packed', { 'content-encoding': coding }));
    expect(await failure(get('/'))).toBe('PermanentError bad-encoding');
  });

  it('send headers without end', async () => {
    server.on('/', (_request, response) => {
      response.writeHead(200, { 'x-padding': 'x'.repeat(60_000) }).end();
    });
    expect(await failure(get('/'))).toBe('PermanentError headers-too-large');
  });

  it('close the connection in the middle', async () => {
    server.on('/', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await failure(get('/'))).toBe('FetchError connection-lost');
  });

  it('speak another protocol', async () => {
    const other = createServer((socket) =>
      socket
        .on('error', () => {})
        .resume()
        .end('SSH-2.0-OpenSSH_9.6\r\n'),
    );
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    try {
      const by = fetcherWith({ allowPrivateHosts: [`127.0.0.1:${port}`] });
      expect(await failure(get(`http://127.0.0.1:${port}/`, { by }))).toBe('FetchError bad-response');
    } finally {
      await new Promise((done) => other.close(done));
    }
  });

  it('cannot agree on encryption', async () => {
    const other = createTlsServer({}, () => {}).on('tlsClientError', () => {});
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    try {
      const by = fetcherWith({ allowPrivateHosts: [`127.0.0.1:${port}`] });
      expect(await failure(get(`https://127.0.0.1:${port}/`, { by }))).toBe('FetchError tls');
    } finally {
      await new Promise((done) => other.close(done));
    }
  });

  it('are not there', async () => {
    const gone = await startServer();
    await gone.close();
    const by = fetcherWith({ allowPrivateHosts: [`127.0.0.1:${gone.port}`] });
    expect(await failure(get(`${gone.origin}/`, { by }))).toBe('FetchError connect');
  });

  it.each([
    ['image/jpeg', 'JFIF'],
    ['application/pdf', '%PDF-1.7'],
    ['video/mp4', 'x'],
    ['application/octet-stream', 'PK\u0003\u0004\u0000\u0000'],
    ['', '\u0000\u0001binary'],
  ])('send %s', async (type, body) => {
    server.on('/', html(body, { 'content-type': type }));
    expect(await failure(get('/'))).toBe('PermanentError not-text');
  });
});

describe('statuses', () => {
  it.each([401, 403, 404, 410, 418, 451, 204, 206, 300])('%i will not change', async (code) => {
    server.on('/', status(code));
    expect(await failure(get('/'))).toBe(`PermanentError http-${code}`);
  });

  it.each([202, 408, 425, 500, 502, 503, 504])('%i may pass', async (code) => {
    server.on('/', status(code));
    expect(await failure(get('/'))).toBe(`FetchError http-${code}`);
  });

  it.each([429, 503])('%i with Retry-After in seconds is a wait', async (code) => {
    server.on('/', status(code, { 'retry-after': '90' }));
    expect(await delayOf(get('/'))).toBe(90_000);
  });

  it('429 with Retry-After as a date is a wait until then', async () => {
    const now = new Date('2026-10-05T04:00:00Z');
    const by = fetcherWith({ now: () => now });
    server.on('/', status(429, { 'retry-after': 'Mon, 05 Oct 2026 04:05:00 GMT' }));
    expect(await delayOf(get('/', { by }))).toBe(300_000);
  });

  it('a server may not ask for more than a day', async () => {
    server.on('/', status(429, { 'retry-after': '99999999' }));
    expect(await delayOf(get('/'))).toBe(86_400_000);
  });

  it('429 without Retry-After waits longer each time', async () => {
    let now = Date.parse('2026-10-05T04:00:00Z');
    const by = fetcherWith({ now: () => new Date(now) });
    server.on('/', status(429));
    const delays: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const delayMs = await delayOf(get('/', { by }));
      delays.push(delayMs);
      now += delayMs;
    }
    expect(delays).toEqual([60_000, 120_000, 240_000]);
  });

  it('the whole host is left alone while it asks for patience', async () => {
    server.on('/a', status(429, { 'retry-after': '600' }));
    server.on('/b', html('ok'));
    await delayOf(get('/a'));
    const asked = server.requests.length;
    expect(await delayOf(get('/b'))).toBeGreaterThan(590_000);
    expect(server.requests).toHaveLength(asked);
  });

  it('a host that has asked for patience for more than a day is failing', async () => {
    let now = Date.parse('2026-10-05T04:00:00Z');
    const by = fetcherWith({ now: () => new Date(now) });
    server.on('/', status(429, { 'retry-after': '43200' }));
    for (let time = 0; time < 3; time += 1) {
      await delayOf(get('/', { by }));
      now += 43_200_000;
    }
    expect(await failure(get('/', { by }))).toBe('FetchError http-429');
  });
});

describe('stopping', () => {
  it('ends a fetch with the reason of its signal', async () => {
    server.on('/', () => {});
    const abort = new AbortController();
    const reason = new Error('the officer left');
    setTimeout(() => abort.abort(reason), 100);
    await expect(get('/', { signal: abort.signal })).rejects.toBe(reason);
  });

  it('sends nothing for a signal that has fired already', async () => {
    await expect(get('/', { signal: AbortSignal.abort(new Error('over')) })).rejects.toThrow('over');
    expect(server.requests).toHaveLength(0);
  });

  it('closing ends what is under way', async () => {
    server.on('/', () => {});
    const running = failure(get('/'));
    await new Promise((done) => setTimeout(done, 100));
    await fetcher.close();
    expect(await running).toBe('RetryLaterError');
    expect(await failure(get('/'))).toBe('RetryLaterError');
  });
});

describe('many at once', () => {
  it('keep within the number allowed', async () => {
    let open = 0;
    let most = 0;
    server.on('/', (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
      }, 30);
    });
    const by = fetcherWith({ maxConcurrentFetches: 3 });
    const pages = await Promise.all(Array.from({ length: 12 }, () => get('/', { by })));
    expect(pages).toHaveLength(12);
    expect(most).toBe(3);
  });

  it('give up their place in line when their signal fires', async () => {
    server.on('/slow', (_request, response) => {
      setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end(), 300);
    });
    server.on('/', html('ok'));
    const by = fetcherWith({ maxConcurrentFetches: 1 });
    await get('/', { by });
    const slow = get('/slow', { by });
    const abort = new AbortController();
    const waiting = failure(get('/', { by, signal: abort.signal }));
    setTimeout(() => abort.abort(new PermanentError('gone')), 50);
    expect(await waiting).toBe('PermanentError gone');
    expect((await slow).status).toBe(200);
    expect((await get('/', { by })).status).toBe(200);
  });
});

describe('documents', () => {
  const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300_000)]);
  const send = (type: string, body: Buffer) => html(body, { 'content-type': type });

  it.each(['application/pdf', 'application/octet-stream', 'application/x-download', 'text/html'])(
    'come where they may, whatever their type is said to be (%s), beyond the bound of pages',
    async (type) => {
      server.on('/tep.pdf', send(type, pdf));
      expect((await get('/tep.pdf', { mayBeDocument: true })).bytes).toHaveLength(pdf.length);
      expect(await failure(get('/tep.pdf'))).toMatch(/not-text|too-large/);
    },
  );

  it('are PDF and Word files only: pages keep their bound, and pictures are not read', async () => {
    server.on('/trang.pdf', send('text/html', Buffer.alloc(300_000, 'a')));
    server.on('/anh.pdf', send('image/jpeg', Buffer.from([0xff, 0xd8])));
    server.on('/khac.pdf', send('application/x-download', Buffer.alloc(2000)));
    expect(await failure(get('/trang.pdf', { mayBeDocument: true }))).toContain('too-large');
    expect(await failure(get('/anh.pdf', { mayBeDocument: true }))).toContain('not-text');
    expect(await failure(get('/khac.pdf', { mayBeDocument: true }))).toContain('not-text');
  });

  it('are no larger than twenty megabytes', async () => {
    server.on('/lon.pdf', send('application/pdf', Buffer.concat([pdf, Buffer.alloc(20_000_000)])));
    expect(await failure(get('/lon.pdf', { mayBeDocument: true }))).toContain('too-large');
  });
});
