import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { OidcPerson, OidcSettings } from '../../src/console/oidc.ts';
import { OidcSignIn } from '../../src/console/oidc.ts';
import { Pages } from '../../src/console/pages.tsx';
import { FormTokens, guardRequests } from '../../src/console/request-guard.ts';
import { OIDC_BEGIN, OIDC_CALLBACK, oidcRoutes } from '../../src/console/routes/oidc.tsx';
import type { TestOidcProvider } from '../support/oidc-provider.ts';
import {
  OIDC_CLIENT_ID,
  OIDC_CLIENT_SECRET,
  ReaderAtProvider,
  startOidcProvider,
} from '../support/oidc-provider.ts';
import type { TestConsole } from './console-fixture.ts';
import { openTestConsole } from './console-fixture.ts';

/** Where the provider sends browsers; nothing listens there, what would come is handed to the server as it is. */
const CONSOLE = 'http://127.0.0.1:8190';
const REDIRECT = `${CONSOLE}${OIDC_CALLBACK}`;

const signedIn: OidcPerson[] = [];
let provider: TestOidcProvider;
let world: TestConsole;
let settings: OidcSettings;
const servers: FastifyInstance[] = [];

beforeAll(async () => {
  world = await openTestConsole({ now: () => new Date() });
  provider = await startOidcProvider([REDIRECT]);
  settings = {
    issuer: provider.issuer,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    scopes: 'openid profile',
    roleClaim: 'groups',
    roleMap: {},
    redirectUrl: REDIRECT,
  };
  provider.people.set('p-17', { sub: 'p-17', name: 'Trần Thị Mẫu', groups: ['kham-benh', 'bao-chi'] });
}, 60_000);

afterAll(async () => {
  for (const server of servers) await server.close();
  await provider?.close();
  await world?.close();
});

beforeEach(() => {
  signedIn.length = 0;
});

async function consoleWith(changed: Partial<OidcSettings> = {}, isSecure = false): Promise<FastifyInstance> {
  const server = Fastify();
  servers.push(server);
  await server.register(cookie);
  guardRequests(server, [], false);
  const pages = new Pages(world.deps, { urls: { css: '/c.css', js: '/j.js' } } as never, new FormTokens());
  oidcRoutes(
    { server, deps: world.deps, pages },
    {
      provider: new OidcSignIn({ ...settings, ...changed }),
      isSecure,
      signedIn: async (_request, _reply, person) => void signedIn.push(person),
    },
  );
  return server;
}

/** The cookie that a browser keeps, and the provider's page that it is sent to. */
async function begin(server: FastifyInstance, back = '/incidents') {
  const answer = await server.inject({ url: `${OIDC_BEGIN}?back=${encodeURIComponent(back)}` });
  expect(answer.statusCode, answer.body).toBe(303);
  const [kept] = answer.cookies;
  if (kept === undefined) throw new Error('No cookie was set');
  return { url: String(answer.headers.location), kept, cookies: { [kept.name]: kept.value } };
}

/** All that a person does at the provider; the address that the provider sends them back to. */
const signInAt = (url: string, sub = 'p-17') => new ReaderAtProvider().signIn(url, sub, CONSOLE);

const pathOf = (url: string) => url.slice(CONSOLE.length);

describe('signing in at a provider', () => {
  it('ends where it began, with the person whom the provider vouches for', async () => {
    const server = await consoleWith();
    const { url, cookies } = await begin(server, '/incidents?status=open');
    const answer = await server.inject({ url: pathOf(await signInAt(url)), cookies });
    expect(answer.statusCode, answer.body).toBe(303);
    expect(answer.headers.location).toBe('/incidents?status=open');
    expect(signedIn).toEqual([{ issuer: provider.issuer, subject: 'p-17', name: 'Trần Thị Mẫu' }]);
  }, 60_000);

  it('asks with a challenge, a state and a nonce that no two attempts share, and keeps its secret out of the address', async () => {
    const server = await consoleWith();
    const [one, two] = [await begin(server), await begin(server)];
    const [first, second] = [new URL(one.url).searchParams, new URL(two.url).searchParams];
    expect(first.get('code_challenge_method')).toBe('S256');
    expect(first.get('response_type')).toBe('code');
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(first.get(name)).toMatch(/^[\w-]{43}$/);
      expect(first.get(name)).not.toBe(second.get(name));
    }
    const { verifier } = JSON.parse(Buffer.from(one.kept.value, 'base64url').toString());
    expect(one.url).not.toContain(verifier);
    expect(one.url).not.toContain(OIDC_CLIENT_SECRET);
  });

  it('keeps what it must know in a cookie that scripts and other hosts cannot read', async () => {
    expect((await begin(await consoleWith())).kept).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
    expect((await begin(await consoleWith({}, true))).kept).toMatchObject({
      name: '__Host-nyt_oidc',
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: true,
    });
  });

  it('goes nowhere but to paths of ours', async () => {
    const server = await consoleWith();
    for (const elsewhere of ['//evil.example', 'https://evil.example/', '/\\evil.example']) {
      const { url, cookies } = await begin(server, elsewhere);
      const answer = await server.inject({ url: pathOf(await signInAt(url)), cookies });
      expect(answer.headers.location).toBe('/');
    }
  }, 60_000);

  it.each([
    [{ 'bao-chi': 'editor', 'kham-benh': 'officer' }, 'groups', 'editor'],
    [{ 'quan-tri': 'admin' }, 'groups', 'viewer'],
    [{ 'bao-chi': 'editor' }, 'no.such.claim', 'viewer'],
    [{ 'bao-chi': 'officer' }, 'realm_access.roles', 'officer'],
    // Names that every object has are no groups.
    [{ 'quan-tri': 'admin' }, 'constructor.name', 'viewer'],
  ] as const)(
    'by %j in %s, somebody is %3$s',
    async (roleMap, roleClaim, role) => {
      provider.people.set('p-18', {
        sub: 'p-18',
        groups: ['bao-chi', 'kham-benh'],
        realm_access: { roles: ['bao-chi'] },
      });
      const server = await consoleWith({ roleMap, roleClaim });
      const { url, cookies } = await begin(server);
      await server.inject({ url: pathOf(await signInAt(url, 'p-18')), cookies });
      expect(signedIn).toEqual([{ issuer: provider.issuer, subject: 'p-18', name: 'p-18', role }]);
    },
    60_000,
  );
});

describe('what is refused', () => {
  const refused = async (server: FastifyInstance, url: string, cookies: Record<string, string>) => {
    const answer = await server.inject({ url, cookies });
    expect(signedIn).toEqual([]);
    return answer;
  };

  it('an answer in a browser that did not ask', async () => {
    const server = await consoleWith();
    const { url } = await begin(server);
    const cameTo = pathOf(await signInAt(url));
    expect((await refused(server, cameTo, {})).statusCode).toBe(400);
    const other = await begin(server);
    expect((await refused(server, cameTo, other.cookies)).statusCode).toBe(400);
  }, 60_000);

  it('an answer to another question: its nonce, its challenge, its issuer', async () => {
    const server = await consoleWith();
    for (const field of ['nonce', 'verifier']) {
      const { url, cookies, kept } = await begin(server);
      const attempt = JSON.parse(Buffer.from(kept.value, 'base64url').toString());
      const changed = Buffer.from(JSON.stringify({ ...attempt, [field]: 'a'.repeat(43) })).toString(
        'base64url',
      );
      const cameTo = pathOf(await signInAt(url));
      expect((await refused(server, cameTo, { ...cookies, [kept.name]: changed })).statusCode, field).toBe(
        400,
      );
    }
    const { url, cookies } = await begin(server);
    const cameTo = new URL(await signInAt(url));
    cameTo.searchParams.set('iss', 'https://elsewhere.example');
    expect((await refused(server, pathOf(cameTo.href), cookies)).statusCode).toBe(400);
  }, 60_000);

  it('an answer that has been redeemed, also with its cookie kept', async () => {
    const server = await consoleWith();
    const { url, cookies } = await begin(server);
    const cameTo = pathOf(await signInAt(url));
    const first = await server.inject({ url: cameTo, cookies });
    expect(first.cookies).toContainEqual(expect.objectContaining({ name: 'nyt_oidc', value: '' }));
    signedIn.length = 0;
    expect((await refused(server, cameTo, cookies)).statusCode).toBe(400);
  }, 60_000);

  it('somebody who went back midway, in words', async () => {
    const server = await consoleWith();
    const { url, cookies } = await begin(server);
    const state = new URL(url).searchParams.get('state') ?? '';
    const query = new URLSearchParams({ error: 'access_denied', state, iss: provider.issuer });
    const answer = await refused(server, `${OIDC_CALLBACK}?${query}`, { ...cookies, nyt_lang: 'en' });
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('went back midway');
  });

  it('a client that the provider does not know', async () => {
    const server = await consoleWith({ clientSecret: `${OIDC_CLIENT_SECRET}-not` });
    const { url, cookies } = await begin(server);
    const answer = await refused(server, pathOf(await signInAt(url)), cookies);
    expect(answer.statusCode).toBe(400);
  }, 60_000);

  it('a provider that cannot be asked, or names another issuer; and asks again the next time', async () => {
    const silent = await consoleWith({ issuer: 'http://127.0.0.1:9/' });
    const away = await refused(silent, OIDC_BEGIN, {});
    expect(away.statusCode).toBe(503);
    expect(away.body).toContain('Không hỏi được');
    const renamed = await consoleWith({ issuer: provider.issuer.replace('127.0.0.1', 'localhost') });
    expect((await refused(renamed, OIDC_BEGIN, {})).statusCode).toBe(503);
  }, 60_000);
});
