import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Incident } from '../../src/domain/incident.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole({ allowedHosts: ['console.example'] });
});
beforeEach(async () => {
  await fixture.clear();
  await fixture.seed();
});
afterAll(() => fixture.close());

const INCIDENT = 'incident-facility-burst-1';
const PAGE = `/incidents/${INCIDENT}`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** What a browser holds after opening a page: its cookies and the token of its forms. */
async function openPage(url: string) {
  const { body, cookies } = await fixture.server.inject(url);
  return {
    token: /name="token" value="([^"]+)"/.exec(body)?.[1] ?? '',
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
  };
}

async function post(
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ statusCode: number; body: string; location: unknown }> {
  const {
    statusCode,
    body,
    headers: answered,
  } = await fixture.server.inject({
    method: 'POST',
    url,
    headers: { ...FORM, ...headers },
    payload: new URLSearchParams(fields).toString(),
  });
  return { statusCode, body, location: answered.location };
}

const incident = async (): Promise<Incident> => {
  const found = await fixture.deps.incidents.find(INCIDENT);
  if (found === undefined) throw new Error('The incident is gone');
  return found;
};

describe('an officer', () => {
  it('acknowledges and resolves, and the log says who, when and as what', async () => {
    const { token, cookie } = await openPage(PAGE);
    const taken = await post(`${PAGE}/acknowledge`, { token, by: 'Trực ban A' }, { cookie });
    expect([taken.statusCode, taken.location]).toEqual([303, `${PAGE}?notice=acknowledged`]);
    const closed = await post(
      `${PAGE}/resolve`,
      { token, by: 'Trực ban A', verdict: 'true', note: 'Đã họp báo\u0000' },
      { cookie },
    );
    expect(closed.statusCode).toBe(303);
    const { status, verdict, history } = await incident();
    expect([status, verdict]).toEqual(['resolved', 'true']);
    expect(history.map(({ what, by, note }) => [what, by, note])).toEqual([
      ['opened', 'nhip-yte', undefined],
      ['acknowledged', 'Trực ban A', undefined],
      ['resolved', 'Trực ban A', 'Đã họp báo'],
    ]);
    const { body } = await fixture.server.inject(`${PAGE}?notice=resolved`);
    expect(['Đã khép: Đúng là khủng hoảng', 'Đã họp báo'].filter((text) => !body.includes(text))).toEqual([]);
    expect(body.includes('<form class="act')).toBe(false);
  });

  it('is told when somebody was faster, and nothing changes', async () => {
    const { token, cookie } = await openPage(PAGE);
    await post(`${PAGE}/acknowledge`, { token, by: 'Trực ban A' }, { cookie });
    const before = await incident();
    const late = await post(`${PAGE}/acknowledge`, { token, by: 'Trực ban B' }, { cookie });
    expect(late.statusCode).toBe(409);
    expect(late.body.includes('Sự việc đã có người nhận trước bạn')).toBe(true);
    expect(await incident()).toEqual(before);
  });

  it('is told that a resolved incident stays resolved', async () => {
    const { token, cookie } = await openPage(PAGE);
    await post(`${PAGE}/resolve`, { token, by: 'Trực ban A', verdict: 'false' }, { cookie });
    const again = await post(`${PAGE}/resolve`, { token, by: 'Trực ban B', verdict: 'true' }, { cookie });
    expect([again.statusCode, again.body.includes('đã được khép trước đó')]).toEqual([409, true]);
    expect((await incident()).verdict).toBe('false');
  });

  it.each([
    ['without a name', 'acknowledge', { by: ' ' }],
    ['with a name that is too long', 'acknowledge', { by: 'A'.repeat(81) }],
    ['without a verdict', 'resolve', { by: 'Trực ban A' }],
    ['with a verdict that does not exist', 'resolve', { by: 'Trực ban A', verdict: 'maybe' }],
  ] as const)('cannot act %s', async (_how, action, fields) => {
    const { token, cookie } = await openPage(PAGE);
    const answer = await post(`${PAGE}/${action}`, { token, ...fields }, { cookie });
    expect([answer.statusCode, answer.body.includes('Chưa ghi được')]).toEqual([400, true]);
    expect((await incident()).status).toBe('open');
  });

  it('gets 404 for an incident that does not exist', async () => {
    const { token, cookie } = await openPage(PAGE);
    const answer = await post('/incidents/nope/acknowledge', { token, by: 'Trực ban A' }, { cookie });
    expect(answer.statusCode).toBe(404);
  });
});

describe('a request from elsewhere', () => {
  it.each([
    ['another site, by Sec-Fetch-Site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling subdomain', { 'sec-fetch-site': 'same-site' }],
    ['another site, by Origin', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
  ])('from %s changes nothing', async (_from, headers) => {
    const { token, cookie } = await openPage(PAGE);
    const answer = await post(`${PAGE}/acknowledge`, { token, by: 'X' }, { cookie, ...headers });
    expect(answer.statusCode).toBe(403);
    const replay = await fixture.server.inject({ method: 'POST', url: '/api/v1/quarantine/replay', headers });
    expect(replay.statusCode).toBe(403);
    expect([(await incident()).status, fixture.jobs.length]).toEqual(['open', 2]);
  });

  it('with the right origin but without the token, or with another browser’s, changes nothing', async () => {
    const own = await openPage(PAGE);
    const other = await openPage(PAGE);
    const origin = { origin: 'http://localhost:80', host: 'localhost:80' };
    for (const token of ['', 'x', other.token]) {
      const answer = await post(`${PAGE}/acknowledge`, { token, by: 'X' }, { cookie: own.cookie });
      expect(answer.statusCode).toBe(403);
    }
    expect((await post(`${PAGE}/acknowledge`, { token: own.token, by: 'X' }, origin)).statusCode).toBe(403);
    expect((await incident()).status).toBe('open');
  });

  it('under a name that is not ours is refused, so that a page cannot rebind its name to us', async () => {
    const answer = (host: string) => fixture.server.inject({ url: '/', headers: { host } });
    expect((await answer('evil.example')).statusCode).toBe(421);
    expect((await answer('localhost.evil.example')).statusCode).toBe(421);
    expect((await answer('@')).statusCode).toBe(421);
    for (const host of [
      'localhost:8080',
      '127.0.0.1:1',
      '[::1]:8080',
      'console.example',
      'CONSOLE.example:443',
    ]) {
      expect((await answer(host)).statusCode).toBe(200);
    }
  });
});

describe('every answer', () => {
  it.each(['/', '/no-such-page', '/assets/console.css', '/api/v1/ledger', '/api/v1/nope'])(
    '%s carries the security headers',
    async (url) => {
      const { headers } = await fixture.server.inject(url);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('same-origin');
    },
  );

  it('and no page holds inline style, inline script or anything from elsewhere', async () => {
    for (const url of [
      '/',
      '/articles/poisoning-1',
      '/stories/story-poisoning',
      '/trends',
      PAGE,
      '/outlets',
      '/outlets/bao-tinh',
      '/ledger',
    ]) {
      const { body } = await fixture.server.inject(url);
      expect(
        /<style|\sstyle=|<script(?![^>]* src="\/)|\son\w+="|(?:src|rel="stylesheet" href)="(?:https?:)?\/\//.test(
          body,
        ),
      ).toBe(false);
    }
  });
});

describe('quarantine', () => {
  it('is replayed job by job or whole', async () => {
    const { token, cookie } = await openPage('/ledger');
    const one = await post('/ledger/replay', { token, stage: 'fetch', key: 'fetch-0f3a' }, { cookie });
    expect([one.statusCode, one.location]).toEqual([303, '/ledger?replayed=1']);
    expect(fixture.jobs.map(({ key }) => key)).toEqual(['extract-77bc']);
    await post('/ledger/replay', { token }, { cookie });
    expect(fixture.jobs).toEqual([]);
    const { body } = await fixture.server.inject('/ledger?replayed=1');
    expect(
      ['Đã cho 1 việc chạy lại.', 'Không có việc nào bị cách ly.'].filter((text) => !body.includes(text)),
    ).toEqual([]);
  });
});
