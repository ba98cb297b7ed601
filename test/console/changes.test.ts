import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Incident } from '../../src/domain/incident.ts';
import { joinAlert, openIncident } from '../../src/domain/incident.ts';
import { anAlert } from '../support/factories.ts';
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
    version: /name="version" value="(\d+)"/.exec(body)?.[1] ?? '1',
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
    const { token, cookie, version } = await openPage(PAGE);
    const taken = await post(`${PAGE}/acknowledge`, { token, version, by: 'Trực ban A' }, { cookie });
    expect([taken.statusCode, taken.location]).toEqual([303, `${PAGE}?notice=acknowledge`]);
    const closed = await post(
      `${PAGE}/resolve`,
      { token, version: '2', by: 'Trực ban A', verdict: 'true', note: 'Đã họp báo\u0000' },
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
    const { body } = await fixture.server.inject(`${PAGE}?notice=resolve`);
    expect(['Đã khép: Đúng là khủng hoảng', 'Đã họp báo'].filter((text) => !body.includes(text))).toEqual([]);
    // All that is left to do is to open it again.
    expect(body.match(/<form class="act /g)).toHaveLength(1);
    expect(body).toContain(`action="${PAGE}/reopen"`);
  });

  it('puts it off, and sees until when', async () => {
    const { token, cookie, version } = await openPage(PAGE);
    const put = await post(`${PAGE}/snooze`, { token, version, by: 'Trực ban A', minutes: '60' }, { cookie });
    expect([put.statusCode, put.location]).toEqual([303, `${PAGE}?notice=snooze`]);
    const { snoozedUntil = '', acknowledgedBy } = await incident();
    expect(acknowledgedBy).toBe('Trực ban A');
    expect(Date.parse(snoozedUntil) - fixture.deps.now().getTime()).toBe(3_600_000);
    expect((await fixture.server.inject(PAGE)).body).toContain('hoãn nhắc đến');
    const far = await post(
      `${PAGE}/snooze`,
      { token, version: '3', by: 'Trực ban A', minutes: '1441' },
      { cookie },
    );
    expect(far.statusCode).toBe(400);
  });

  it('enters what the office has said, sees who carried it, and takes it back', async () => {
    const { token, cookie } = await openPage(PAGE);
    const [carrier] = (
      await fixture.deps.articles.search(
        { storyId: (await incident()).storyIds[0] ?? '' },
        { offset: 0, limit: 1 },
      )
    ).articles;
    const sentence = (carrier?.body ?? '').split('. ')[0] ?? '';
    const said = {
      token,
      by: 'Lan',
      title: 'Thông cáo <số 12>',
      text: `${sentence}.`,
      issuedAt: '2026-01-01T07:30',
      url: '',
    };
    const entered = await post(`${PAGE}/statements`, said, { cookie });
    expect([entered.statusCode, entered.location]).toEqual([303, `${PAGE}#statements`]);
    const [statement] = await fixture.deps.office.list('statement', { owner: INCIDENT, limit: 10 });
    expect(statement).toMatchObject({
      title: 'Thông cáo <số 12>',
      by: 'Lan',
      issuedAt: '2026-01-01T00:30:00.000Z',
    });
    const { body } = await fixture.server.inject(PAGE);
    expect(body).toContain('Thông cáo &lt;số 12>');
    const answer = (await fixture.server.inject(`/api/v1${PAGE}/response`)).json();
    expect(answer.clock.find(({ what }: { what: string }) => what === 'statement')).toMatchObject({
      state: 'met',
    });

    for (const wrong of [
      { text: ' ' },
      { url: 'javascript:alert(1)' },
      { issuedAt: '2099-01-01T00:00' },
      { issuedAt: 'hôm qua' },
    ]) {
      const refused = await post(`${PAGE}/statements`, { ...said, ...wrong }, { cookie });
      expect(refused.location).toBe(`${PAGE}?notice=bad-statement#statements`);
    }
    expect((await post(`/incidents/other/statements`, said, { cookie })).statusCode).toBe(404);
    expect(
      (await post(`/incidents/other/statements/${statement?.id}/remove`, { token }, { cookie })).statusCode,
    ).toBe(404);
    await post(`${PAGE}/statements/${statement?.id}/remove`, { token }, { cookie });
    expect(await fixture.deps.office.list('statement', { owner: INCIDENT, limit: 10 })).toEqual([]);
  });

  it('is told who was faster and with what, keeps what they typed, and may go on', async () => {
    const { token, cookie, version } = await openPage(PAGE);
    await post(`${PAGE}/acknowledge`, { token, version, by: 'Trực ban A' }, { cookie });
    const before = await incident();
    const form = { token, version, by: 'Trực ban B', verdict: 'false', note: 'Tin <cũ>' };
    const late = await post(`${PAGE}/resolve`, form, { cookie });
    expect(late.statusCode).toBe(409);
    const shown = [
      'sự việc đã thay đổi',
      'Nhận xử lý',
      'Trực ban A',
      'Tin &lt;cũ>',
      'value="false" required checked',
    ];
    expect(shown.filter((text) => !late.body.includes(text))).toEqual([]);
    expect(await incident()).toEqual(before);
    const seen = /name="version" value="(\d+)"/.exec(late.body)?.[1] ?? '';
    expect((await post(`${PAGE}/resolve`, { ...form, version: seen }, { cookie })).statusCode).toBe(303);
    expect((await incident()).verdict).toBe('false');
  });

  it('takes a matter over although the program has found more meanwhile, but does not close it so', async () => {
    const { token, cookie, version } = await openPage(PAGE);
    const next = anAlert({ id: 'next', at: '2026-03-02T07:00:00.000Z', series: 'facility:bv-cho-ray' });
    await fixture.deps.incidents.saveAlert(next);
    await fixture.deps.incidents.update(INCIDENT, (current) => joinAlert(current, next));
    const closing = { token, version, by: 'Trực ban A', verdict: 'false' };
    expect((await post(`${PAGE}/resolve`, closing, { cookie })).statusCode).toBe(409);
    const taking = { token, version, by: 'Trực ban A' };
    expect((await post(`${PAGE}/acknowledge`, taking, { cookie })).statusCode).toBe(303);
  });

  it('is told that a resolved incident stays resolved, and opens it again', async () => {
    const { token, cookie, version } = await openPage(PAGE);
    await post(`${PAGE}/resolve`, { token, version, by: 'Trực ban A', verdict: 'planned' }, { cookie });
    const again = { token, version: '2', by: 'Trực ban B', verdict: 'true' };
    const refused = await post(`${PAGE}/resolve`, again, { cookie });
    expect([refused.statusCode, refused.body.includes('sự việc đã khép')]).toEqual([409, true]);
    expect(await incident()).toMatchObject({ verdict: 'planned', mark: 'planned' });
    expect((await fixture.server.inject(PAGE)).body).toContain('config/campaigns.yaml');
    await post(`${PAGE}/reopen`, { token, version: '2', by: 'Trực ban B', note: 'Chưa xong' }, { cookie });
    const reopened = await incident();
    expect(reopened.status).toBe('open');
    expect(reopened.verdict).toBeUndefined();
    expect(reopened.history.at(-1)).toMatchObject({ what: 'reopened', from: 'planned', note: 'Chưa xong' });
  });

  it('hands over and sets the severity, and the log says from what to what', async () => {
    const { token, cookie, version } = await openPage(PAGE);
    const to = 'Phòng Truyền thông Bệnh viện';
    await post(`${PAGE}/hand-over`, { token, version, by: 'A', to }, { cookie });
    await post(`${PAGE}/set-severity`, { token, version: '2', by: 'A', severity: 'watch' }, { cookie });
    const { history, assignedTo, severity } = await incident();
    expect([assignedTo, severity]).toEqual([to, 'watch']);
    expect(history.slice(1)).toMatchObject([
      { what: 'handed-over', to },
      { what: 'severity-set', from: 'serious', to: 'watch' },
    ]);
    const { body } = await fixture.server.inject(PAGE);
    expect([`giao cho ${to}`, 'Nghiêm trọng → Theo dõi'].filter((text) => !body.includes(text))).toEqual([]);
  });

  it('merges two incidents, undoes it, and splits one', async () => {
    const other = anAlert({
      id: 'other',
      at: '2026-03-02T07:00:00.000Z',
      series: 'province:79',
      storyIds: ['story-other'],
    });
    await fixture.deps.incidents.saveAlert(other);
    await fixture.deps.incidents.open(openIncident(other, 'TP.HCM · tin khác'));
    const { token, cookie, version } = await openPage('/incidents/incident-other');
    const merging = { token, version, by: 'A', into: INCIDENT };
    const merged = await post('/incidents/incident-other/merge', merging, { cookie });
    expect(merged.location).toBe(`${PAGE}?notice=merge`);
    expect(await incident()).toMatchObject({
      series: ['facility:bv-cho-ray', 'province:79'],
      mergedFrom: ['incident-other'],
    });
    await post('/incidents/incident-other/unmerge', { token, version: '2', by: 'A' }, { cookie });
    expect((await incident()).series).toEqual(['facility:bv-cho-ray']);
    expect(await fixture.deps.incidents.find('incident-other')).toMatchObject({ status: 'open' });

    const joined = { ...other, id: 'third', storyIds: ['story-third'] };
    await fixture.deps.incidents.saveAlert(joined);
    const now = await fixture.deps.incidents.update(INCIDENT, (current) => joinAlert(current, joined));
    const part = {
      token,
      version: String(now?.history.length),
      by: 'A',
      series: 'province:79',
      title: 'Việc khác',
    };
    const { location } = await post(`${PAGE}/split`, part, { cookie });
    expect(String(location)).toMatch(/split-\d+\?notice=split$/);
    const page = await fixture.server.inject(String(location));
    expect(['Việc khác', 'Tách từ'].filter((text) => !page.body.includes(text))).toEqual([]);
    expect((await incident()).series).toEqual(['facility:bv-cho-ray']);
  });

  it.each([
    ['without a name', 'acknowledge', { by: ' ' }],
    ['with a name that is too long', 'acknowledge', { by: 'A'.repeat(81) }],
    ['without a verdict', 'resolve', { by: 'Trực ban A' }],
    ['with a verdict that does not exist', 'resolve', { by: 'Trực ban A', verdict: 'maybe' }],
    ['without saying what they saw', 'acknowledge', { by: 'Trực ban A', version: '' }],
    ['by splitting off nothing', 'split', { by: 'Trực ban A', title: 'x' }],
  ] as const)('cannot act %s', async (_how, action, fields) => {
    const { token, cookie, version } = await openPage(PAGE);
    const answer = await post(`${PAGE}/${action}`, { token, version, ...fields }, { cookie });
    expect([answer.statusCode, answer.body.includes('Chưa ghi được')]).toEqual([400, true]);
    expect((await incident()).status).toBe('open');
  });

  it('gets 404 for an incident that does not exist', async () => {
    const { token, cookie, version } = await openPage(PAGE);
    const answer = await post(
      '/incidents/nope/acknowledge',
      { token, version, by: 'Trực ban A' },
      { cookie },
    );
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
    const answer = (host: string) => fixture.server.inject({ url: '/articles', headers: { host } });
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
  it.each(['/articles', '/no-such-page', '/assets/console.css', '/api/v1/ledger', '/api/v1/nope'])(
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
      '/articles',
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
