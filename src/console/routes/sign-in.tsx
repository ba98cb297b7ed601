import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { AccountError } from '../../access/accounts.ts';
import { isPassword } from '../../access/passwords.ts';
import type { Account } from '../../domain/account.ts';
import { TOKEN_SCOPES } from '../../domain/api-token.ts';
import { type SignInWays, sessionCookie } from '../access-guard.ts';
import { officeDesk } from '../office-desk.ts';
import { RequestBound } from '../request-bound.ts';
import { idParams, ownPath, typedText } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { type AccountNotice, AccountPage } from '../views/account-page.tsx';
import { AuditPage } from '../views/audit-page.tsx';
import { SignInPage } from '../views/sign-in-page.tsx';
import { accountsRoutes } from './accounts.tsx';
import { NotFoundError } from './errors.tsx';
import { oidcRoutes } from './oidc.tsx';

const AUDIT_PAGE = 100;
const AUDIT_BATCH = 1000;

const secret = z.string().max(400);
const signInForm = z.object({
  login: z.string().max(200),
  password: secret,
  back: ownPath,
});
const passwordForm = z.object({ password: secret, next: secret });
const tokenForm = z.object({
  name: typedText(80).refine((name) => name !== ''),
  scope: z.enum(TOKEN_SCOPES),
  days: z.coerce.number().int().min(1).max(366),
});
const auditQuery = z.object({ at: z.iso.datetime().optional(), id: z.string().max(100).optional() });
const viewer = { config: { role: 'viewer' as const, scoped: true } };
const admin = { config: { role: 'admin' as const } };

/** Signing in and out, one's own account, everybody's accounts, and the log of who did what. */
export function signInRoutes(context: RouteContext, ways: SignInWays): void {
  const { server, deps, pages, tokens } = context;
  const { accounts, signIn, isLocal, provider, isSecure } = ways;
  const bound = new RequestBound();
  const cookieName = sessionCookie(isSecure);
  // Lax: a provider sends the browser back from another site. Changes are guarded by form tokens and their origin.
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const;

  server.get('/login', (request, reply) => {
    const back = ownPath.parse((request.query as { back?: unknown }).back);
    return showSignIn(request, reply, back);
  });

  if (isLocal) server.post('/login', login);

  async function login(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    tokens.check(request);
    const { login: name, password, back } = signInForm.parse(request.body ?? {});
    request.auditOn = name;
    if (!bound.allows(request.ip, deps.now()))
      return showSignIn(request, reply, back, name, { waitMs: 60_000 });
    const done = await signIn.withPassword(name, password, request.headers['user-agent'] ?? '');
    if (done.kind === 'wait') return showSignIn(request, reply, back, name, { waitMs: done.ms });
    if (done.kind === 'refused') return showSignIn(request, reply, back, name, 'refused');
    return reply.setCookie(cookieName, done.cookie, cookie).redirect(back, 303);
  }

  function showSignIn(
    request: FastifyRequest,
    reply: FastifyReply,
    back: string,
    name = '',
    fault?: 'refused' | { readonly waitMs: number },
  ): FastifyReply {
    const status = fault === undefined ? 200 : fault === 'refused' ? 401 : 429;
    const view = (
      <SignInPage
        back={back}
        isLocal={isLocal}
        isElsewhere={provider !== undefined}
        login={name}
        {...(fault === undefined ? {} : { fault })}
      />
    );
    return pages.sendPlain(request, reply, view, status);
  }

  server.post('/logout', viewer, async (request, reply) => {
    tokens.check(request);
    const held = request.cookies[cookieName];
    if (held !== undefined) await signIn.end(held);
    return reply.clearCookie(cookieName, cookie).redirect('/login', 303);
  });

  server.get('/account', viewer, (request, reply) => showAccount(request, reply));

  server.post('/account/password', viewer, async (request, reply) => {
    tokens.check(request);
    const own = await ownAccount(request);
    const { password, next } = passwordForm.parse(request.body ?? {});
    try {
      if (!(await isPassword(password, own.passwordHash))) return badPassword(request, reply);
      const changed = await accounts.setPassword(own.id, next);
      const fresh = await signIn.begin(changed, request.headers['user-agent'] ?? '');
      return showAccount(request, reply.setCookie(cookieName, fresh, cookie), { kind: 'changed' });
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      return badPassword(request, reply);
    }
  });

  function badPassword(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    return showAccount(request, reply, { kind: 'bad-password' }, 400);
  }

  server.post('/account/tokens', viewer, async (request, reply) => {
    tokens.check(request);
    const own = await ownAccount(request);
    const form = tokenForm.safeParse(request.body ?? {});
    if (!form.success) return showAccount(request, reply, { kind: 'bad-token' }, 400);
    const { value } = await accounts.addToken(own.id, form.data);
    return showAccount(request, reply, { kind: 'token', value });
  });

  server.post('/account/tokens/:id/remove', viewer, async (request, reply) => {
    tokens.check(request);
    const own = await ownAccount(request);
    if (!(await accounts.removeToken(own.id, idParams.parse(request.params).id))) throw new NotFoundError();
    return reply.redirect('/account', 303);
  });

  server.post('/account/sign-out', viewer, async (request, reply) => {
    tokens.check(request);
    await accounts.signOutEverywhere((await ownAccount(request)).id);
    return reply.clearCookie(cookieName, cookie).redirect('/login', 303);
  });

  /** As it stands now. A program's token makes no others. */
  async function ownAccount({ account, access }: FastifyRequest): Promise<Account> {
    const own = access.via === 'session' && account !== undefined && (await accounts.find(account.id));
    if (!own) throw new NotFoundError();
    return own;
  }

  async function showAccount(
    request: FastifyRequest,
    reply: FastifyReply,
    notice?: AccountNotice,
    status = 200,
  ): Promise<FastifyReply> {
    const account = await ownAccount(request);
    const own = await accounts.tokensOf(account.id);
    const view = <AccountPage account={account} tokens={own} notice={notice} />;
    return pages.send(request, reply, view, status);
  }

  server.get('/audit', admin, async (request, reply) => {
    const { at, id } = auditQuery.parse(request.query);
    const entries = await deps.office.list('audit-entry', {
      limit: AUDIT_PAGE,
      ...(at === undefined || id === undefined ? {} : { after: { at, id } }),
    });
    const last = entries.length < AUDIT_PAGE ? undefined : entries.at(-1);
    const older = last && new URLSearchParams({ at: last.at, id: last.id }).toString();
    return pages.send(request, reply, <AuditPage entries={entries} older={older} />);
  });

  server.get('/audit.jsonl', admin, async (_request, reply) => {
    const { Readable } = await import('node:stream');
    return reply
      .type('application/x-ndjson; charset=utf-8')
      .header('content-disposition', 'attachment; filename="audit.jsonl"')
      .send(Readable.from(auditLines()));
  });

  async function* auditLines(): AsyncGenerator<string> {
    for (let after: { at: string; id: string } | undefined; ; ) {
      const entries = await deps.office.list('audit-entry', {
        limit: AUDIT_BATCH,
        ...(after === undefined ? {} : { after }),
      });
      for (const entry of entries) yield `${JSON.stringify(entry)}\n`;
      const last = entries.at(-1);
      if (last === undefined || entries.length < AUDIT_BATCH) return;
      after = { at: last.at, id: last.id };
    }
  }

  accountsRoutes(context, { desk: officeDesk(accounts), nameOf: ({ access }) => access.name });
  if (provider === undefined) return;
  oidcRoutes(context, {
    provider,
    isSecure,
    async signedIn(request, reply, { issuer, subject, name, role }) {
      const account = await accounts.ofSubject(`${issuer} ${subject}`, name, role);
      if (account.disabledAt !== undefined) throw new NotFoundError();
      const fresh = await signIn.begin(account, request.headers['user-agent'] ?? '');
      reply.setCookie(cookieName, fresh, cookie);
    },
  });
}
