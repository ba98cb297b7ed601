import type { FastifyReply, FastifyRequest } from 'fastify';

import { MESSAGES } from '../messages.ts';
import type { OidcAttempt, OidcPerson } from '../oidc.ts';
import { OidcError, type OidcSignIn, oidcAttempt } from '../oidc.ts';
import { RequestBound } from '../request-bound.ts';
import { ownPath } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { MessagePage } from '../views/message-page.tsx';

export const OIDC_BEGIN = '/login/oidc';
export const OIDC_CALLBACK = '/login/oidc/callback';

/** Typing a password and a second factor takes no longer. */
const ATTEMPT_S = 900;

const STATUS = { declined: 403, unsound: 400, away: 503 } as const satisfies Record<
  OidcError['reason'],
  number
>;

interface OidcRoutesOptions {
  readonly provider: OidcSignIn;
  /** Whether browsers reach the console by https. */
  readonly isSecure: boolean;
  /** Begins the session of somebody whom the provider vouches for; what it throws is answered as anywhere. */
  readonly signedIn: (request: FastifyRequest, reply: FastifyReply, person: OidcPerson) => Promise<void>;
}

/**
 * To the provider and back.
 *
 * What the answer must match lies in a cookie of the browser that asked, so that any process of the console may take
 * the answer, and nobody else's browser can. A link leads there, not a form: browsers hold `form-action` of the page
 * against where a form is sent on to.
 */
export function oidcRoutes(
  { server, deps, pages }: Pick<RouteContext, 'server' | 'deps' | 'pages'>,
  { provider, isSecure, signedIn }: OidcRoutesOptions,
): void {
  const cookieName = isSecure ? '__Host-nyt_oidc' : 'nyt_oidc';
  // Lax: the provider sends the browser back from another site.
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const;
  const bound = new RequestBound();
  const open = { config: { role: 'open' as const } };

  server.get(OIDC_BEGIN, open, async (request, reply) => {
    const { back } = request.query as { back?: unknown };
    try {
      if (!bound.allows(request.ip, deps.now())) throw new OidcError('away');
      const { url, attempt } = await provider.begin(ownPath.parse(back), deps.now());
      const value = Buffer.from(JSON.stringify(attempt)).toString('base64url');
      return reply.setCookie(cookieName, value, { ...cookie, maxAge: ATTEMPT_S }).redirect(url.href, 303);
    } catch (error) {
      return refuse(request, reply, error);
    }
  });

  server.get(OIDC_CALLBACK, open, async (request, reply) => {
    const attempt = attemptIn(request.cookies[cookieName]);
    // Spent by its first use, whatever comes of it.
    reply.clearCookie(cookieName, cookie).header('cache-control', 'no-store');
    try {
      if (attempt === undefined) throw new OidcError('unsound');
      const query = new URL(request.url, 'http://localhost').search;
      const person = await provider.finish(query, attempt, deps.now());
      await signedIn(request, reply, person);
      return reply.redirect(attempt.back, 303);
    } catch (error) {
      return refuse(request, reply, error);
    }
  });

  function refuse(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
    if (!(error instanceof OidcError)) throw error;
    deps.log.warn({ reason: error.reason, why: causeOf(error) }, 'signing in at the provider failed');
    const m = MESSAGES[pages.languageOf(request)].oidc;
    const view = <MessagePage title={m.failed} text={m.why[error.reason]} />;
    return pages.sendPlain(request, reply, view, STATUS[error.reason]);
  }
}

/** Name and code only: answers of a provider may hold tokens. */
function causeOf({ cause }: OidcError): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const { code, error } = cause as { code?: unknown; error?: unknown };
  return [cause.name, code, error].filter((part) => typeof part === 'string').join(' ');
}

function attemptIn(value: string | undefined): OidcAttempt | undefined {
  try {
    const attempt = oidcAttempt.parse(JSON.parse(Buffer.from(value ?? '', 'base64url').toString('utf8')));
    return { ...attempt, back: ownPath.parse(attempt.back) };
  } catch {
    return undefined;
  }
}
