import { isIP } from 'node:net';

import type { FastifyInstance, FastifyRequest } from 'fastify';

const READING_METHODS: readonly string[] = ['GET', 'HEAD'];

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/**
 * Sets the security headers on every answer, answers reading requests only, and those only that name a host which
 * nobody else can have made point here.
 *
 * A page from elsewhere can have its own name resolved to this address and so read what its visitor's browser may
 * reach (DNS rebinding). It cannot do so with an address, nor with a name without a dot such as `localhost` or a
 * container's: no public name lacks one. Probes and scrapes by address or service name get through, therefore.
 */
export function guardRequests(server: FastifyInstance, allowedHosts: readonly string[]): void {
  const hosts = new Set(allowedHosts.map(bareHost));
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    const host = hostOf(request.headers.host);
    if (host === '' || !(isIP(host) !== 0 || !host.includes('.') || hosts.has(host))) {
      return reply.code(421).send({ error: `This server does not answer for host ${JSON.stringify(host)}` });
    }
    if (isDrawnIn(request)) return reply.code(403).send({ error: 'Refused: asked for by another site' });
    if (!READING_METHODS.includes(request.method)) {
      return reply.code(405).header('allow', READING_METHODS.join(', ')).send({
        error: 'Only for reading. Jobs in quarantine are put back with: nhip-yte quarantine replay',
      });
    }
  });
}

/** True where another site's page asks in its visitor's name; a link that the visitor follows is another matter. */
function isDrawnIn({ headers }: FastifyRequest): boolean {
  return headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate';
}

/** The name or address in a Host header, without port or brackets; empty where there is none. */
function hostOf(header = ''): string {
  try {
    return bareHost(new URL(`http://${header}`).hostname);
  } catch {
    return '';
  }
}

function bareHost(host: string): string {
  return host
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}
