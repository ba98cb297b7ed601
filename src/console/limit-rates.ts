import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';

/** Asked too often; `seconds` until it may be tried again. */
export class TooManyRequestsError extends Error {
  override name = 'TooManyRequestsError';
  readonly statusCode = 429;
}

/**
 * Bounds what one person and their programs may ask of the API; what pages and their parts ask is not counted.
 *
 * Each process counts what it is asked itself. Answers say how much is left.
 *
 * @see draft-ietf-httpapi-ratelimit-headers
 */
export async function limitRates(server: FastifyInstance, perMinute: number): Promise<void> {
  await server.register(rateLimit, {
    max: perMinute,
    timeWindow: '1 minute',
    // When it is known who asks.
    hook: 'preValidation',
    keyGenerator: ({ access, ip }) => access.accountId ?? ip,
    allowList: ({ url, access }) => !url.startsWith('/api/v1/') || access.accountId === undefined,
    enableDraftSpec: true,
    errorResponseBuilder: () => new TooManyRequestsError('Too many requests'),
  });
}
