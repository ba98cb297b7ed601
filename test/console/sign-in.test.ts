import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Accounts } from '../../src/access/accounts.ts';
import { SignIn } from '../../src/access/sign-in.ts';
import { createConsole } from '../../src/console/server.ts';
import type { Role } from '../../src/domain/access.ts';
import { OPERATOR, openSignInConsole, PASSWORD, type SignInConsole } from './sign-in-fixture.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let clock: Date;
let fixture: SignInConsole;
let accounts: Accounts;
beforeAll(async () => {
  clock = new Date('2026-03-02T08:00:00.000Z');
  const drills = { last: () => undefined, start: () => true };
  const setUp = { channels: [], officers: [], testChannel: async () => undefined, drills };
  fixture = await openSignInConsole({ now: () => clock, setUp });
  accounts = fixture.accounts;
}, 120_000);
beforeEach(async () => {
  await fixture.clear();
  clock = new Date(clock.getTime() + 3_600_000);
});
afterAll(() => fixture.close());

/** A browser: keeps cookies, follows no redirects. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async get(url: string) {
    return this.#send({ method: 'GET', url });
  }

  /** With the token of the page that the form stands on. */
  async post(url: string, fields: Record<string, string>, page = '/login') {
    const { body } = await this.get(page);
    const token = /name="token" value="([^"]+)"/.exec(body)?.[1] ?? '';
    const payload = new URLSearchParams({ token, ...fields }).toString();
    return this.#send({ method: 'POST', url, headers: FORM, payload });
  }

  async #send(request: { method: 'GET' | 'POST'; url: string; headers?: object; payload?: string }) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fixture.server.inject({ ...request, headers: { ...request.headers, cookie } });
    for (const { name, value } of reply.cookies) {
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return reply;
  }
}

async function signedIn(name: string, role: Role): Promise<Browser> {
  await accounts.add(name, { name: `Cán bộ ${name}`, role });
  await accounts.setPassword(name, PASSWORD);
  const browser = new Browser();
  const reply = await browser.post('/login', { login: name, password: PASSWORD, back: '/articles' });
  expect([reply.statusCode, reply.headers.location]).toEqual([303, '/articles']);
  return browser;
}

const bearer = (value: string) => ({ authorization: `Bearer ${value}` });

describe('whoever has not signed in', () => {
  it('is asked to on every page, is refused by programs’ addresses, and sees no more', async () => {
    const { server } = fixture;
    const page = await server.inject('/articles?q=a');
    expect([page.statusCode, page.headers.location]).toEqual([303, '/login?back=%2Farticles%3Fq%3Da']);
    for (const url of ['/api/v1/articles', '/events', '/api/v1/nothing']) {
      expect((await server.inject(url)).statusCode, url).toBe(401);
    }
    for (const url of ['/login', '/livez', '/assets/console.css', '/lang?to=en']) {
      expect((await server.inject(url)).statusCode, url).toBeLessThan(304);
    }
  });

  it('can reach no route but those that are meant for everybody', async () => {
    const routes = fixture.server.printRoutes({ commonPrefix: false });
    const paths = [...routes.matchAll(/[├└]── (\/\S*) \(([A-Z, ]+)\)/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) {
      if (/^\/(login|lang|livez|assets|a)(\/|$)/.test(path)) continue;
      const { statusCode, headers } = await fixture.server.inject(path.replaceAll(/:\w+|\*/g, 'x'));
      expect(statusCode === 401 || String(headers.location).startsWith('/login'), path).toBe(true);
    }
  });

  it('is told the same of a wrong name and a wrong password, and waits after some tries', async () => {
    await accounts.add('lan', { role: 'viewer' });
    const browser = new Browser();
    const wrong = await browser.post('/login', { login: 'lan', password: 'x', back: '/' });
    const unknown = await browser.post('/login', { login: 'minh', password: 'x', back: '/' });
    const said = (body: string) => /role="(?:alert|status)"[\s\S]*?<\/div>/.exec(body)?.[0];
    expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
    expect(said(wrong.body)).toBe(said(unknown.body));
    for (let at = 0; at < 3; at++) await browser.post('/login', { login: 'lan', password: 'x', back: '/' });
    expect((await browser.post('/login', { login: 'lan', password: 'x', back: '/' })).statusCode).toBe(429);
  });

  it('is not led to another site', async () => {
    await accounts.add('lan', { role: 'viewer' });
    await accounts.setPassword('lan', PASSWORD);
    const reply = await new Browser().post('/login', {
      login: 'lan',
      password: PASSWORD,
      back: '//evil.example',
    });
    expect(reply.headers.location).toBe('/');
  });
});

describe('whoever has signed in', () => {
  it('acts under their own name, whatever a form says, and the log keeps it', async () => {
    await fixture.seed();
    const browser = await signedIn('lan', 'officer');
    const page = '/incidents/incident-facility-burst-1';
    const { body } = await browser.get(page);
    expect(body).not.toContain('name="by"');
    const version = /name="version" value="(\d+)"/.exec(body)?.[1] ?? '';
    const taken = await browser.post(`${page}/acknowledge`, { version, by: 'Ai đó' }, page);
    expect(taken.statusCode).toBe(303);
    const incident = await fixture.deps.incidents.find('incident-facility-burst-1');
    expect(incident?.acknowledgedBy).toBe('Cán bộ lan');
    const log = await fixture.deps.office.list('audit-entry', { limit: 10 });
    expect(log.map(({ by, what, result }) => `${by} ${what} ${result}`)).toContain(
      'Cán bộ lan POST /incidents/:id/acknowledge done',
    );
    expect(JSON.stringify(log)).not.toContain(PASSWORD);
  });

  it('may do as much as the role says', async () => {
    await fixture.seed();
    const viewer = await signedIn('xem', 'viewer');
    expect((await viewer.get('/articles')).statusCode).toBe(200);
    expect((await viewer.post('/incidents/x/acknowledge', {}, '/account')).statusCode).toBe(403);
    expect((await viewer.get('/welcome')).body).not.toContain('action="/welcome/test"');
    expect((await viewer.post('/welcome/drill', {}, '/account')).statusCode).toBe(403);
    const editor = await signedIn('bien-tap', 'editor');
    const drill = (channels: string) => editor.post('/welcome/drill', { by: '', channels }, '/account');
    expect((await drill('real')).statusCode).toBe(403);
    expect((await drill('log')).statusCode).toBe(303);
    expect((await editor.get('/welcome')).body).not.toContain('value="real"');
    const officer = await signedIn('truc', 'officer');
    expect((await officer.post('/articles/a/corrections', {}, '/account')).statusCode).toBe(403);
    expect((await officer.get('/audit')).statusCode).toBe(403);
    expect((await officer.get('/accounts')).statusCode).toBe(403);
    const admin = await signedIn('quan-tri', 'admin');
    expect((await admin.get('/audit')).body).toContain('POST /login');
    expect((await admin.get('/accounts')).body).toContain('Cán bộ truc');
    expect((await admin.get('/audit.jsonl')).body.split('\n').length).toBeGreaterThan(3);
  });

  it('chooses a password before anything else', async () => {
    const { password } = await accounts.add('moi', { role: 'viewer' });
    const browser = new Browser();
    await browser.post('/login', { login: 'moi', password, back: '/' });
    expect((await browser.get('/articles')).headers.location).toBe('/account');
    const short = await browser.post('/account/password', { password, next: 'ngắn' }, '/account');
    expect(short.statusCode).toBe(400);
    const chosen = await browser.post('/account/password', { password, next: PASSWORD }, '/account');
    expect(chosen.statusCode).toBe(200);
    expect((await browser.get('/articles')).statusCode).toBe(200);
  });

  it('is out after signing out, after half a day of nothing, and when let in no more', async () => {
    const browser = await signedIn('lan', 'viewer');
    clock = new Date(clock.getTime() + 13 * 3_600_000);
    expect((await browser.get('/articles')).statusCode).toBe(303);
    const second = new Browser();
    await second.post('/login', { login: 'lan', password: PASSWORD, back: '/' });
    await second.post('/logout', {}, '/account');
    expect((await second.get('/articles')).statusCode).toBe(303);
    const third = new Browser();
    await third.post('/login', { login: 'LAN ', password: PASSWORD, back: '/' });
    expect((await third.get('/articles')).statusCode).toBe(200);
    await accounts.change('lan', { isDisabled: true });
    expect((await third.get('/articles')).statusCode).toBe(303);
  });

  it('is told on any device what has come since the last visit on another', async () => {
    const desk = await signedIn('lan', 'viewer');
    await desk.get('/');
    const left = clock.toISOString();
    clock = new Date(clock.getTime() + 2 * 3_600_000);
    const telephone = new Browser();
    await telephone.post('/login', { login: 'lan', password: PASSWORD, back: '/' });
    const from = `from=${encodeURIComponent(left)}`;
    expect((await telephone.get('/')).body).toContain(from);
    await telephone.post('/today/seen', {}, '/');
    expect((await desk.get('/')).body).not.toContain(from);
    expect((await (await signedIn('minh', 'viewer')).get('/')).body).toContain('lần đầu bạn vào trang này');
  });

  it('is let in where what is shown is narrowed to its scope, and nowhere else', async () => {
    const browser = await signedIn('tinh', 'editor');
    await accounts.change('tinh', {
      name: 'Tỉnh',
      role: 'editor',
      scope: { provinces: ['79'], facilities: [] },
      isDisabled: false,
    });
    expect((await browser.get('/articles')).statusCode).toBe(200);
    expect((await browser.get('/briefs')).statusCode).toBe(403);
  });
});

describe('a program', () => {
  it('may do with a token as much as its scope says and its owner may, until it is over', async () => {
    await accounts.add('lan', { role: 'officer' });
    const { value } = await accounts.addToken('lan', { name: 'báo cáo', scope: 'admin', days: 1 });
    const { value: reading } = await accounts.addToken('lan', { name: 'đọc', scope: 'read', days: 30 });
    const ask = (method: 'GET' | 'POST', url: string, token: string) =>
      fixture.server.inject({ method, url, headers: bearer(token) });
    await accounts.setPassword('lan', PASSWORD);
    expect((await ask('GET', '/api/v1/articles', reading)).statusCode).toBe(200);
    expect((await ask('POST', '/api/v1/incidents/x/acknowledge', reading)).statusCode).toBe(403);
    expect((await ask('POST', '/api/v1/incidents/x/acknowledge', value)).statusCode).toBe(400);
    expect((await ask('POST', '/api/v1/quarantine/replay', value)).statusCode).toBe(403);
    clock = new Date(clock.getTime() + 25 * 3_600_000);
    expect((await ask('GET', '/api/v1/articles', value)).statusCode).toBe(401);
    expect((await ask('GET', '/api/v1/articles', `${reading}x`)).statusCode).toBe(401);
    expect(JSON.stringify(await accounts.tokensOf('lan'))).not.toContain(reading);
  });

  it('of this machine may do everything', async () => {
    const replay = { method: 'POST', url: '/api/v1/quarantine/replay', headers: bearer(OPERATOR) } as const;
    expect((await fixture.server.inject(replay)).statusCode).toBe(200);
  });
});

describe('accounts', () => {
  it('keep somebody who can let others in', async () => {
    await accounts.add('lan', { role: 'admin' });
    await expect(accounts.change('lan', { role: 'viewer' })).rejects.toThrow('last admin');
    await expect(accounts.change('lan', { isDisabled: true })).rejects.toThrow('last admin');
    await expect(accounts.add('LAN', { role: 'viewer' })).rejects.toThrow('already');
    await expect(accounts.add('<b>', { role: 'viewer' })).rejects.toThrow('no name');
  });

  it('keep what a change does not name, and say when their owner last signed in', async () => {
    const scope = { provinces: ['79'], facilities: [] };
    await accounts.add('tinh', { name: 'Tỉnh', role: 'viewer', scope });
    expect(await accounts.change('tinh', { role: 'editor' })).toMatchObject({
      name: 'Tỉnh',
      role: 'editor',
      scope,
    });
    expect((await accounts.change('tinh', { scope: null, isDisabled: true })).scope).toBeUndefined();
    expect((await accounts.change('tinh', { name: 'Sở' })).disabledAt).toBe(clock.toISOString());
    expect((await accounts.change('tinh', { isDisabled: false })).disabledAt).toBeUndefined();
    await signedIn('lan', 'viewer');
    expect((await accounts.find('lan'))?.lastSignInAt).toBe(clock.toISOString());
  });

  it('of another service are known by what does not change hands', async () => {
    const first = await accounts.ofSubject('https://id.example 1', 'Lan', undefined);
    expect(first.role).toBe('viewer');
    await accounts.change(first.id, { role: 'editor' });
    const again = await accounts.ofSubject('https://id.example 1', 'Lan Anh', undefined);
    expect(again).toMatchObject({ id: first.id, name: 'Lan Anh', role: 'editor' });
    expect((await accounts.ofSubject('https://id.example 2', 'Lan', 'admin')).id).not.toBe(first.id);
  });
});

describe('a console that browsers reach by https', () => {
  it('tells them to come by https for a year, and takes forms of another of its processes', async () => {
    const key = Buffer.from('một khoá chung của mọi tiến trình');
    const shared = { acknowledgement: { key, officers: new Map() } };
    const ways = { accounts, signIn: new SignIn(fixture.deps.office, () => clock, OPERATOR), isLocal: true };
    const [one, other] = await Promise.all(
      [1, 2].map(() =>
        createConsole({ ...fixture.deps, ...shared, signInWays: { ...ways, isSecure: true } }),
      ),
    );
    const page = await one?.inject('/login');
    expect(page?.headers['strict-transport-security']).toBe('max-age=31536000');
    const token = /name="token" value="([^"]+)"/.exec(page?.body ?? '')?.[1] ?? '';
    const cookie = page?.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') ?? '';
    const payload = new URLSearchParams({ token, login: 'khong-ai', password: 'sai', back: '/' }).toString();
    const headers = { ...FORM, cookie };
    const taken = await other?.inject({ method: 'POST', url: '/login', headers, payload });
    expect(taken?.statusCode).toBe(401);
    await Promise.all([one?.close(), other?.close()]);
  });
});

describe('a program that asks too often', () => {
  it('is told to wait, and how long; pages are not counted', async () => {
    await accounts.add('lan', { role: 'viewer' });
    await accounts.setPassword('lan', PASSWORD);
    const { value } = await accounts.addToken('lan', { name: 'vội', scope: 'read', days: 1 });
    const server = await createConsole({ ...fixture.deps, requestsPerMinute: 3 });
    const ask = (url: string) => server.inject({ url, headers: bearer(value) });
    const codes = [];
    for (let time = 0; time < 4; time++) codes.push((await ask('/api/v1/incidents')).statusCode);
    expect(codes).toEqual([200, 200, 200, 429]);
    const refused = await ask('/api/v1/incidents');
    expect([refused.json().error.code, Number(refused.headers['retry-after']) > 0]).toEqual([
      'too-many-requests',
      true,
    ]);
    expect((await ask('/incidents')).statusCode).toBe(200);
    await server.close();
  });
});
