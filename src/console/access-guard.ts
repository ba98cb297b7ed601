import { randomUUID } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Accounts } from '../access/accounts.ts';
import type { SignIn } from '../access/sign-in.ts';
import { type Access, isAtLeast, OPEN_ACCESS, type Role } from '../domain/access.ts';
import type { Account } from '../domain/account.ts';
import type { AuditEntry } from '../domain/audit-entry.ts';
import type { ConsoleDeps } from './console-deps.ts';
import type { OidcSignIn } from './oidc.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks. */
    access: Access;
    /** Of whoever has signed in. */
    account?: Account;
    /** What the log of acts is to say that it was done to, where the address does not. */
    auditOn?: string;
  }
  interface FastifyContextConfig {
    /**
     * The least role that may ask; `open` for everybody. Without it reading is for viewers and changing for editors, so
     * that a route that says nothing is closed rather than open.
     */
    role?: Role | 'open';
    /**
     * That what it gives is narrowed to the scope of whoever asks (`depsFor`). Without it the route is closed to accounts
     * with a scope.
     */
    scoped?: boolean;
  }
}

/** How people sign in. */
export interface SignInWays {
  readonly accounts: Accounts;
  readonly signIn: SignIn;
  readonly isLocal: boolean;
  readonly provider?: OidcSignIn;
  /** Whether browsers reach the console by https. */
  readonly isSecure: boolean;
}

/** Nobody has signed in. */
export class SignInNeededError extends Error {
  override name = 'SignInNeededError';
}

/** Whoever has signed in may not do that. */
export class RoleError extends Error {
  override name = 'RoleError';
  readonly least: Role;

  constructor(least: Role) {
    super(`Needs the role ${least}`);
    this.least = least;
  }
}

/** Whoever has signed in sees only a part, and this is about the whole. */
export class ScopeError extends Error {
  override name = 'ScopeError';
}

/** The code in a link is a permission of its own; the rest everybody may see. */
const OPEN = /^\/(?:login|lang|livez|assets|a)(?:\/|\?|$)/;
/** The same for everybody: who asks is not looked up. */
const NOBODYS = /^\/(?:livez|assets)(?:\/|\?|$)/;
/** Where somebody may go who has yet to choose a password. */
const BEFORE_PASSWORD = /^\/(?:account|logout)(?:\/|\?|$)/;
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Finds out who asks, refuses what they may not do, lets nobody act under another name, and writes down every change.
 *
 * @param ways  absent where nobody has to sign in
 */
export function guardAccess(
  server: FastifyInstance,
  { office, now, log }: Pick<ConsoleDeps, 'office' | 'now' | 'log'>,
  ways: SignInWays | undefined,
): void {
  server.decorateRequest('access', null as unknown as Access);

  server.addHook('onRequest', async (request, reply) => {
    request.access = OPEN_ACCESS;
    if (ways === undefined || NOBODYS.test(request.url)) return;
    const who = await whoAsks(request, ways);
    request.access = who ?? { name: '', role: 'viewer', via: 'open' };
    if (who !== undefined) request.account = who.account;
    const least = leastRole(request);
    if (least === 'open') return;
    if (who === undefined) return askToSignIn(request, reply);
    if (who.account.mustChangePassword && !BEFORE_PASSWORD.test(request.url)) {
      return askForPassword(request, reply, least);
    }
    refuseUnless(who, least, request.routeOptions.config.scoped === true);
  });

  // Before what is sent is read: a name may have to be there.
  server.addHook('preValidation', async ({ access, body }) => {
    if (access.name === '' || typeof body !== 'object' || body === null || Array.isArray(body)) return;
    (body as { by?: string }).by = access.name;
  });

  server.addHook('onResponse', async (request, reply) => {
    if (READING.has(request.method)) return;
    try {
      await office.insert('audit-entry', auditEntry(request, reply.statusCode, now()));
    } catch (error) {
      log.error({ error, what: request.routeOptions.url }, 'could not write down who did what');
    }
  });
}

function leastRole({ routeOptions, method, url }: FastifyRequest): Role | 'open' {
  if (OPEN.test(url)) return 'open';
  return routeOptions.config.role ?? (READING.has(method) ? 'viewer' : 'editor');
}

async function whoAsks(request: FastifyRequest, { signIn, isSecure }: SignInWays) {
  const [, token] = /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '') ?? [];
  if (token !== undefined) return signIn.byToken(token);
  const cookie = request.cookies[sessionCookie(isSecure)];
  return cookie === undefined ? undefined : signIn.bySession(cookie);
}

function askToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!isForPeople(request)) throw new SignInNeededError();
  return reply.redirect(`/login?back=${encodeURIComponent(request.url)}`, 303);
}

function askForPassword(request: FastifyRequest, reply: FastifyReply, least: Role): FastifyReply {
  if (!isForPeople(request)) throw new RoleError(least);
  return reply.redirect('/account', 303);
}

function refuseUnless({ role, scope }: Access, least: Role, isScoped: boolean): void {
  if (!isAtLeast(role, least)) throw new RoleError(least);
  if (scope !== undefined && !isScoped) throw new ScopeError();
}

function isForPeople({ method, url }: FastifyRequest): boolean {
  return READING.has(method) && !url.startsWith('/api/') && !url.startsWith('/events');
}

/** With `__Host-` no other host of the same site can set it. */
export function sessionCookie(isSecure: boolean): string {
  return isSecure ? '__Host-nyt_session' : 'nyt_session';
}

function auditEntry(request: FastifyRequest, status: number, now: Date): AuditEntry {
  const { access, body, method, routeOptions, ip, url } = request;
  const typed = (body as { by?: unknown } | null | undefined)?.by;
  const by = access.name !== '' || typeof typed !== 'string' ? access.name : typed.slice(0, 100);
  return {
    id: randomUUID(),
    at: now.toISOString(),
    ...(access.accountId === undefined ? {} : { owner: access.accountId }),
    by,
    via: access.via,
    address: ip,
    what: `${method} ${routeOptions.url ?? '?'}`,
    on: (request.auditOn ?? url.replace(/^\/a\/[^/?]*/, '/a/***').replace(/\?.*$/, '')).slice(0, 500),
    result: resultOf(status),
  };
}

function resultOf(status: number): AuditEntry['result'] {
  if (status < 400) return 'done';
  return status < 500 ? 'refused' : 'failed';
}
