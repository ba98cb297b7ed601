import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { acknowledgementKey, signAcknowledgement } from '../../src/domain/acknowledgement-link.ts';
import { acknowledge, openIncident, resolve } from '../../src/domain/incident.ts';
import { mergeInto } from '../../src/domain/incident-parts.ts';
import { HOUR_MS } from '../../src/domain/time.ts';
import { anAlert } from '../support/factories.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

const KEY = acknowledgementKey('a secret of thirty-two characters');
const INCIDENT = 'incident-facility-burst-1';
const OFFICER = 'Trực <b>A</b> & bạn';

let fixture: TestConsole;
let now: Date;
beforeAll(async () => {
  fixture = await openTestConsole({
    now: () => now,
    acknowledgement: {
      key: KEY,
      officers: new Map([
        ['khac', { name: 'Người khác' }],
        ['truc', { name: OFFICER }],
      ]),
    },
  });
});
beforeEach(async () => {
  // Another window of the bound on requests for each test.
  now = new Date((now?.getTime() ?? Date.parse('2026-03-02T07:30:00.000Z')) + 60_000);
  await fixture.clear();
  await fixture.seed();
});
afterAll(() => fixture.close());

const linkOf = (officerId = 'truc', incidentId = INCIDENT, at = now) =>
  `/a/${signAcknowledgement({ incidentId, officerId }, KEY, at)}`;

const get = (url: string) => fixture.server.inject(url);

async function press(url: string, version = '1') {
  return fixture.server.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `version=${version}`,
  });
}

const status = async () => (await fixture.deps.incidents.find(INCIDENT))?.status;

/** What the page is about, without the frame that all pages share. */
function mainOf(body: string): string {
  return /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? '';
}

describe('an acknowledgement link', () => {
  it('shows one button and no script of its own, and changes nothing however often it is read', async () => {
    const link = linkOf();
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      expect((await fixture.server.inject({ method, url: link })).statusCode).toBe(200);
    }
    const { body, headers } = await get(link);
    expect(await status()).toBe('open');
    expect(mainOf(body).match(/<form/g)).toHaveLength(1);
    expect(mainOf(body).match(/<button/g)).toHaveLength(1);
    expect(body).toContain('method="post"');
    expect(body).toContain('Trực &lt;b>A&lt;/b> &amp; bạn, nhận việc này');
    expect(body).toContain('Hàng chục công nhân nhập viện nghi ngộ độc');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-robots-tag']).toBe('noindex');
  });

  it('acknowledges as its officer at the press of the button, without a cookie', async () => {
    const link = linkOf();
    const { statusCode, headers } = await press(link);
    expect([statusCode, headers.location]).toEqual([303, link]);
    const incident = await fixture.deps.incidents.find(INCIDENT);
    expect([incident?.status, incident?.acknowledgedBy]).toEqual(['acknowledged', OFFICER]);
    const { body } = await get(link);
    expect(body).toContain('đã nhận việc này');
    expect(mainOf(body)).not.toContain('<form');
    // The same thumb twice is no fault.
    expect((await press(link)).statusCode).toBe(200);
    expect((await fixture.deps.incidents.find(INCIDENT))?.history).toHaveLength(2);
  });

  it('says who was faster', async () => {
    await fixture.deps.incidents.update(INCIDENT, (incident) =>
      acknowledge(incident, 'Người khác', now.toISOString()),
    );
    const late = await press(linkOf());
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('Người khác đã nhận việc này trước');
    expect((await fixture.deps.incidents.find(INCIDENT))?.acknowledgedBy).toBe('Người khác');
  });

  it('takes the incident as it grows meanwhile', async () => {
    await fixture.deps.incidents.update(INCIDENT, (incident) => ({
      ...incident,
      history: [...incident.history, { at: now.toISOString(), by: 'nhip-yte', what: 'alerted' }],
    }));
    expect((await press(linkOf(), '1')).statusCode).toBe(303);
    expect(await status()).toBe('acknowledged');
  });

  it('leads to the incident that has taken its own over, and needs nothing of one that is over', async () => {
    const other = openIncident(anAlert({ id: 'other' }), 'Sự việc khác');
    await fixture.deps.incidents.open(other);
    const act = { by: 'A', at: now.toISOString() };
    await fixture.deps.incidents.update(INCIDENT, (incident) => mergeInto(incident, other, act));
    expect((await get(linkOf())).body).toContain('Sự việc khác');
    expect((await press(linkOf())).statusCode).toBe(303);
    expect((await fixture.deps.incidents.find(other.id))?.acknowledgedBy).toBe(OFFICER);
    await fixture.deps.incidents.update(other.id, (incident) => resolve(incident, 'true', 'A', act.at, ''));
    const { statusCode, body } = await get(linkOf('truc', other.id));
    expect([statusCode, mainOf(body).includes('<form')]).toEqual([200, false]);
    expect(body).toContain('Sự việc đã khép');
  });

  it('is refused plainly when it is too old, tampered with, or about nothing', async () => {
    const expired = linkOf('truc', INCIDENT, new Date(now.getTime() - 73 * HOUR_MS));
    expect((await get(expired)).statusCode).toBe(410);
    expect((await get(expired)).body).toContain('72 giờ');
    expect((await press(expired)).statusCode).toBe(410);
    const last = linkOf().at(-1) === 'A' ? 'B' : 'A';
    for (const url of [
      `${linkOf().slice(0, -1)}${last}`,
      '/a/xyz',
      linkOf('nobody'),
      linkOf('truc', 'incident-x'),
    ]) {
      const { statusCode, body } = await press(url);
      expect(statusCode).toBe(404);
      expect(body).toContain('Liên kết không dùng được');
    }
    expect(await status()).toBe('open');
  });

  it('is not pressed by another site', async () => {
    const { statusCode } = await fixture.server.inject({
      method: 'POST',
      url: linkOf(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' },
      payload: 'version=1',
    });
    expect(statusCode).toBe(403);
    expect(await status()).toBe('open');
  });

  it('is not guessed: a minute has its bound', async () => {
    const codes: number[] = [];
    for (let i = 0; i < 70; i += 1) codes.push((await get('/a/AAAAAAAAAAAAAAAAAAAA')).statusCode);
    expect(codes.filter((code) => code === 429)).toHaveLength(10);
    now = new Date(now.getTime() + 60_000);
    expect((await get(linkOf())).statusCode).toBe(200);
  });
});

describe('a console without a key', () => {
  it('knows no links', async () => {
    const without = await openTestConsole();
    expect((await without.server.inject(linkOf())).statusCode).toBe(404);
    await without.close();
  }, 60_000);
});
