import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guardAccess } from '../../src/console/access-guard.ts';
import type { AccountDesk, AccountEntry } from '../../src/console/account-desk.ts';
import { AccountRefusedError } from '../../src/console/account-desk.ts';
import { serveAssets } from '../../src/console/assets.ts';
import { Pages } from '../../src/console/pages.tsx';
import { FormTokens, guardRequests } from '../../src/console/request-guard.ts';
import { accountsRoutes } from '../../src/console/routes/accounts.tsx';
import { answerErrors } from '../../src/console/routes/errors.tsx';
import type { TestConsole } from './console-fixture.ts';
import { openTestConsole } from './console-fixture.ts';

const PASSWORD = 'mot-hai-ba-bon-nam';

/** Accounts in memory, so that the page is tested apart from how accounts are kept. */
class DeskInMemory implements AccountDesk {
  readonly accounts = new Map<string, AccountEntry>();
  readonly acts: string[] = [];

  async list() {
    return [...this.accounts.values()];
  }

  async add(login: string, change: Parameters<AccountDesk['add']>[1], by: string) {
    if (this.accounts.has(login)) throw new AccountRefusedError('taken');
    this.accounts.set(login, { id: login, login, mustChangePassword: true, via: 'local', ...change });
    this.acts.push(`${by} add ${login}`);
    return PASSWORD;
  }

  async change(id: string, change: Parameters<AccountDesk['change']>[1], by: string) {
    const { scope: _before, ...account } = this.accounts.get(id) ?? {};
    if (!('id' in account)) return undefined;
    if (change.isDisabled || change.role !== 'admin') {
      const others = [...this.accounts.values()].filter((one) => one.id !== id && one.role === 'admin');
      if (account.role === 'admin' && others.length === 0) throw new AccountRefusedError('last-admin');
    }
    const changed = { ...(account as AccountEntry), ...change };
    this.accounts.set(id, changed);
    this.acts.push(`${by} change ${id}`);
    return changed;
  }

  async newPassword(id: string, by: string) {
    this.acts.push(`${by} password ${id}`);
    return this.accounts.has(id) ? PASSWORD : undefined;
  }

  async signOut(id: string, by: string) {
    this.acts.push(`${by} sign-out ${id}`);
    return this.accounts.get(id);
  }
}

let world: TestConsole;
let server: FastifyInstance;
let desk: DeskInMemory;

beforeAll(async () => {
  world = await openTestConsole();
}, 60_000);
afterAll(async () => {
  await server?.close();
  await world?.close();
});

beforeEach(async () => {
  await server?.close();
  desk = new DeskInMemory();
  server = Fastify();
  await server.register(cookie);
  guardRequests(server, [], false);
  guardAccess(server, world.deps, undefined);
  await server.register(formbody);
  const tokens = new FormTokens();
  const pages = new Pages(world.deps, await serveAssets(server), tokens);
  answerErrors(server, pages, world.deps.log);
  accountsRoutes({ server, deps: world.deps, pages, tokens }, { desk, nameOf: () => 'Quản trị viên Mẫu' });
});

/** Opens the page and sends one of its forms, as a browser would. */
async function send(url: string, fields: Record<string, string>) {
  const page = await server.inject({ url: '/accounts' });
  const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  const cookies = Object.fromEntries(page.cookies.map(({ name, value }) => [name, value]));
  return server.inject({
    method: 'POST',
    url,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ token, ...fields }).toString(),
  });
}

const person = { name: 'Trần Thị Mẫu', role: 'officer', scope: '' };

describe('accounts', () => {
  it('says what to do where there are none', async () => {
    const { body, statusCode } = await server.inject({ url: '/accounts' });
    expect(statusCode).toBe(200);
    expect(body).toContain('Chưa có tài khoản nào');
    expect(body).not.toContain('theo tên đăng nhập</caption>');
  });

  it('are added with a password that is shown once, in an answer that nobody keeps', async () => {
    const answer = await send('/accounts', { login: 'tran.mau', ...person });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.body).toContain(PASSWORD);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await server.inject({ url: '/accounts' })).body).not.toContain(PASSWORD);
    expect(desk.acts).toEqual(['Quản trị viên Mẫu add tran.mau']);
  });

  it('have a scope by names or ids, and none where no line says one', async () => {
    const scope = 'Quảng Ninh\nbệnh viện chợ rẫy\n\nprovince:22';
    await send('/accounts', { login: 'tran.mau', ...person, scope });
    const { scope: kept } = desk.accounts.get('tran.mau') ?? {};
    expect(kept?.provinces).toEqual(['22']);
    expect(kept?.facilities).toHaveLength(1);
    const { body } = await server.inject({ url: '/accounts' });
    expect(body).toContain('Quảng Ninh');
    await send('/accounts/tran.mau', person);
    expect(desk.accounts.get('tran.mau')).not.toHaveProperty('scope');
  });

  it.each([
    [{ login: 'Trần' }],
    [{ login: 'ab' }],
    [{ login: 'a/b/c' }],
    [{ name: ' ' }],
    [{ role: 'king' }],
    [{ scope: 'Nơi không có' }],
    [{ scope: 'disease:sot-xuat-huyet' }],
  ])('keep nothing of %j', async (wrong) => {
    const answer = await send('/accounts', { login: 'tran.mau', ...person, ...wrong });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('chưa hợp lệ');
    expect(desk.accounts.size).toBe(0);
  });

  it('cannot share a name, nor lose the last admin', async () => {
    await send('/accounts', { login: 'quan.tri', ...person, role: 'admin' });
    expect((await send('/accounts', { login: 'quan.tri', ...person })).statusCode).toBe(409);
    const lowered = await send('/accounts/quan.tri', { ...person, role: 'editor' });
    expect(lowered.statusCode).toBe(409);
    expect(lowered.body).toContain('người quản trị cuối cùng');
    expect(desk.accounts.get('quan.tri')?.role).toBe('admin');
  });

  it('are disabled, given a new password and signed out', async () => {
    await send('/accounts', { login: 'tran.mau', ...person });
    await send('/accounts/tran.mau', { ...person, disabled: 'on' });
    expect(desk.accounts.get('tran.mau')?.isDisabled).toBe(true);
    expect((await send('/accounts/tran.mau/password', {})).body).toContain(PASSWORD);
    expect((await send('/accounts/tran.mau/sign-out', {})).statusCode).toBe(200);
    expect((await send('/accounts/nobody/password', {})).statusCode).toBe(404);
  });

  it('are changed by forms of this page only', async () => {
    const answer = await send('/accounts', { login: 'tran.mau', ...person, token: 'x' });
    expect(answer.statusCode).toBe(403);
    expect(desk.accounts.size).toBe(0);
  });

  it('belong to admins on every route', async () => {
    const roles: unknown[] = [];
    const probe = Fastify();
    probe.addHook('onRoute', (route) => {
      if (route.method !== 'HEAD') roles.push((route.config as { role?: unknown } | undefined)?.role);
    });
    accountsRoutes({ server: probe, deps: world.deps } as never, { desk, nameOf: () => '' });
    await probe.close();
    expect(roles.length).toBeGreaterThanOrEqual(5);
    expect(new Set(roles)).toEqual(new Set(['admin']));
  });
});
