import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { ZodError } from 'zod';

import { StoreUnavailableError } from '../../errors.ts';
import { RoleError, ScopeError, SignInNeededError } from '../access-guard.ts';
import { TooManyRequestsError } from '../limit-rates.ts';
import { MESSAGES } from '../messages.ts';
import type { Pages } from '../pages.tsx';
import { ForbiddenRequestError, UnknownHostError } from '../request-guard.ts';
import { MessagePage } from '../views/message-page.tsx';

/** What a page or an article that is not there is answered with. */
export class NotFoundError extends Error {
  override name = 'NotFoundError';
}

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly list?: readonly string[];
}

/** Errors as friendly pages, or as JSON under `/api/`; never a stack trace. */
export function answerErrors(server: FastifyInstance, pages: Pages, log: Logger): void {
  const send = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
    const answer = answerFor(error, request, pages);
    if (answer.status >= 500)
      log.error({ error, requestId: request.id, url: withoutCode(request.url) }, 'request failed');
    if (request.url.startsWith('/api/')) {
      const { status, code, title, text, list } = answer;
      return reply.code(status).send({ error: { code, message: `${title}. ${text}`, details: list ?? [] } });
    }
    return pages.sendPlain(request, reply, <MessagePage {...answer} />, answer.status);
  };
  server.setErrorHandler((error, request, reply) => send(request, reply, error));
  server.setNotFoundHandler((request, reply) => send(request, reply, new NotFoundError()));
}

/** Who holds the code of an acknowledgement link may act as its officer. */
function withoutCode(url: string): string {
  return url.replace(/^\/a\/[^/?]*/, '/a/***');
}

function answerFor(error: unknown, request: FastifyRequest, pages: Pages): Answer {
  const m = MESSAGES[pages.languageOf(request)].error;
  if (error instanceof NotFoundError) {
    return { status: 404, code: 'not-found', title: m.notFound, text: m.notFoundWhy };
  }
  const fields = badFields(error);
  if (fields !== undefined) {
    return {
      status: 400,
      code: 'bad-query',
      title: m.badQuery,
      text: m.badQueryWhy,
      list: fields.map((field) => m.badField(field)),
    };
  }
  if (error instanceof ForbiddenRequestError) {
    const text = error.reason === 'token' ? m.token : m.crossSite;
    return { status: 403, code: error.reason, title: m.forbidden, text };
  }
  if (error instanceof SignInNeededError) {
    const { needed, neededWhy } = MESSAGES[pages.languageOf(request)].signIn;
    return { status: 401, code: 'sign-in-needed', title: needed, text: neededWhy };
  }
  if (error instanceof RoleError) {
    const { forbidden, forbiddenWhy, role } = MESSAGES[pages.languageOf(request)].signIn;
    return { status: 403, code: 'role', title: forbidden, text: forbiddenWhy(role[error.least]) };
  }
  if (error instanceof TooManyRequestsError) {
    return { status: 429, code: 'too-many-requests', title: m.tooMany, text: m.tooManyWhy };
  }
  if (error instanceof ScopeError) {
    const { forbidden, outOfScope } = MESSAGES[pages.languageOf(request)].signIn;
    return { status: 403, code: 'scope', title: forbidden, text: outOfScope };
  }
  if (error instanceof UnknownHostError) {
    return { status: 421, code: 'unknown-host', title: m.host, text: m.hostWhy };
  }
  if (error instanceof StoreUnavailableError) {
    return {
      status: 503,
      code: 'store-unavailable',
      title: m.storeAway,
      text: m.storeAwayWhy,
      list: [error.reason],
    };
  }
  const status = (error as { statusCode?: unknown }).statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, code: 'bad-request', title: m.badQuery, text: '' };
  }
  return { status: 500, code: 'internal', title: m.failed, text: m.failedWhy(request.id) };
}

/** Which fields could not be read; `undefined` where that is not what went wrong. */
function badFields(error: unknown): readonly string[] | undefined {
  if (error instanceof ZodError) return [...new Set(error.issues.map(({ path }) => path.join('.')))];
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined;
  return [...new Set(error.validation.map(({ instancePath }) => instancePath.slice(1).replaceAll('/', '.')))];
}
