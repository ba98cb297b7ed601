import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '::1'] as const;

/** No inline script, no inline style, nothing from elsewhere: a hostile headline has nothing to work with. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not `no-referrer`: with it browsers send `Origin: null` on our own forms, and the same-origin check would fail.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Where browsers come by https they are to do so for a year, RFC 6797. */
const SECURE_HEADERS = { 'strict-transport-security': 'max-age=31536000' };

/** Somebody else's page, or a page too old, asked for a change. */
export class ForbiddenRequestError extends Error {
  override name = 'ForbiddenRequestError';
  readonly reason: 'cross-site' | 'token';

  constructor(reason: 'cross-site' | 'token') {
    super(`Refused: ${reason}`);
    this.reason = reason;
  }
}

/** The Host header names a host that this console does not answer for. */
export class UnknownHostError extends Error {
  override name = 'UnknownHostError';
}

/** Sets the security headers on every answer and refuses requests for other hosts and changes from other sites. */
export function guardRequests(
  server: FastifyInstance,
  allowedHosts: readonly string[],
  isSecure: boolean,
): void {
  const headers = isSecure ? { ...HEADERS, ...SECURE_HEADERS } : HEADERS;
  const hosts = new Set([...LOOPBACK_HOSTS, ...allowedHosts].map(bareHost));
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    if (!hosts.has(bareHost(hostName(request.headers.host ?? '')))) throw new UnknownHostError();
    if (request.method !== 'GET' && request.method !== 'HEAD' && isCrossSite(request)) {
      throw new ForbiddenRequestError('cross-site');
    }
  });
}

/**
 * Browsers name the site that a request comes from; programs such as our own command line name none.
 *
 * `Sec-Fetch-Site` is left out by browsers on plain HTTP beyond loopback, `Origin` never is on a POST.
 */
function isCrossSite({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  if (headers.origin === undefined) return false;
  try {
    return new URL(headers.origin).host !== headers.host;
  } catch {
    return true;
  }
}

function hostName(host: string): string {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return '';
  }
}

function bareHost(host: string): string {
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}

/** The hidden field that every form of ours has. */
const formToken = z.object({ token: z.string().max(100).catch('') });

const SESSION_COOKIE = 'nyt_form';
const SESSION_ID = /^[\w-]{22}$/;

/** Ties forms to the browser that was given them: a keyed hash of a cookie that scripts and other sites cannot read. */
export class FormTokens {
  readonly #secret: Buffer;

  /** @param secret  shared by processes that answer each other's forms; without it forms last as long as the process */
  constructor(secret: Buffer = randomBytes(32)) {
    this.#secret = createHmac('sha256', secret).update('forms').digest();
  }

  /** The token for this browser's forms; sets its cookie where it has none. */
  issue(request: FastifyRequest, reply: FastifyReply): string {
    let session = sessionOf(request);
    if (session === undefined) {
      session = randomBytes(16).toString('base64url');
      reply.setCookie(SESSION_COOKIE, session, { httpOnly: true, sameSite: 'strict', path: '/' });
    }
    return masked(this.#sign(session));
  }

  /** @throws {ForbiddenRequestError} unless the form carries a token that was issued to this browser by this process */
  check(request: FastifyRequest): void {
    const { token } = formToken.parse(request.body ?? {});
    const session = sessionOf(request);
    const expected = session === undefined ? Buffer.alloc(0) : this.#sign(session);
    const actual = unmasked(token);
    if (session === undefined || expected.length !== actual.length || !timingSafeEqual(expected, actual)) {
      throw new ForbiddenRequestError('token');
    }
  }

  #sign(session: string): Buffer {
    return createHmac('sha256', this.#secret).update(session).digest();
  }
}

/**
 * The token under a mask of its own in each answer: answers are compressed, and what is the same in all of them could be
 * guessed from their lengths (BREACH).
 */
function masked(token: Buffer): string {
  const mask = randomBytes(token.length);
  return Buffer.concat([mask, token.map((byte, at) => byte ^ (mask[at] as number))]).toString('base64url');
}

function unmasked(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  const mask = bytes.subarray(0, bytes.length / 2);
  return Buffer.from(bytes.subarray(mask.length).map((byte, at) => byte ^ (mask[at] ?? 0)));
}

function sessionOf(request: FastifyRequest): string | undefined {
  const value = request.cookies?.[SESSION_COOKIE];
  return value !== undefined && SESSION_ID.test(value) ? value : undefined;
}
