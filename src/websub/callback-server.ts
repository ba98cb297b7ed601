/**
 * The one address of ours that is meant for the open internet: where WebSub hubs verify subscriptions and push what is
 * new. It runs on a port of its own, so that nothing else comes within reach with it.
 *
 * Everybody but a hub that knows a feed's token gets a 404 before a byte of what they send is read. What a hub sends is
 * checked against its signature, kept as it came, and read later by the stage that reads polls, under the same bounds.
 *
 * @see https://www.w3.org/TR/websub/
 */
import { createHash } from 'node:crypto';

import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import Fastify, { LogController } from 'fastify';

import { withSubscription } from '../domain/feed-polls.ts';
import type { FeedState } from '../domain/feed-state.ts';
import { answerHub, isSameText, isSignedBy, isWanted, type Subscription } from '../domain/subscription.ts';
import { StoreUnavailableError } from '../errors.ts';
import type { FeedStateStore } from '../ports/feed-state-store.ts';
import type { PageStore } from '../ports/page-store.ts';

/** A feed of fifty entries has a tenth of this. */
const MAX_PUSH_BYTES = 2_000_000;
const REQUEST_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 100;

/** So many calls to one feed's address are served at once, and then so many a minute. */
const BURST = 30;
const PER_MINUTE = 30;

const FEED_ID = /^[a-z0-9-]{1,120}$/;
const TOKEN = /^[\w-]{32}$/;
/** What hubs make challenges of; anything else could be meant for somebody else's eyes. */
const CHALLENGE = /^[\x21-\x7e]{1,512}$/;

export interface CallbackDeps {
  readonly now: () => Date;
  /** Whether a feed is still configured. */
  readonly isKnown: (feedId: string) => boolean;
  readonly feedStates: FeedStateStore;
  readonly pages: PageStore;
  /** Hands on a push that is kept under `pushId`. */
  readonly pushed: (push: { feedId: string; pushId: string }) => Promise<void>;
  /** Where hubs reach this server, without a slash at the end. */
  readonly callbackUrl: string;
  readonly log: unknown;
}

interface Call {
  readonly feedId: string;
  readonly state: FeedState;
  readonly subscription: Subscription;
}

/** Listens nowhere by itself; call `listen` on what it gives, and `close` when done. */
export function createCallbackServer(deps: CallbackDeps): FastifyInstance {
  const { pathname, protocol } = new URL(deps.callbackUrl);
  const isSecure = protocol === 'https:';
  const buckets = new Map<string, Bucket>();
  const calls = new WeakMap<FastifyRequest, Call>();
  const log = deps.log as FastifyBaseLogger;
  const server = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_PUSH_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 200 },
  });
  server.server.maxConnections = MAX_CONNECTIONS;
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setNotFoundHandler((_request, reply) => void reply.code(404).send());
  server.setErrorHandler((error, _request, reply) => {
    const { statusCode = 500 } = error as { statusCode?: number };
    const isAway = error instanceof StoreUnavailableError;
    if (statusCode >= 500 && !isAway) log.error({ err: error }, 'push');
    // A hub tries again what was answered with an error; what it hears says nothing about us.
    void reply.code(isAway ? 503 : statusCode).send();
  });

  // Before any body is read: who does not know the token is nobody.
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    const call = await callOf(request, deps);
    if (call === undefined) return reply.code(404).send();
    if (!mayCall(buckets, call.feedId, deps.now().getTime())) {
      return reply.code(429).header('retry-after', '60').send();
    }
    calls.set(request, call);
  });

  const path = `${pathname.replace(/\/$/, '')}/:feedId/:token`;
  server.get(path, async (request, reply) => {
    const call = calls.get(request);
    const query = request.query as Readonly<Record<string, unknown>>;
    const text = (name: string) => (typeof query[name] === 'string' ? (query[name] as string) : undefined);
    const challenge = text('hub.challenge');
    const mode = text('hub.mode') ?? '';
    if (call === undefined || (mode !== 'denied' && !CHALLENGE.test(challenge ?? ''))) {
      return reply.code(404).send();
    }
    const lease = text('hub.lease_seconds');
    const question = {
      mode,
      topic: text('hub.topic') ?? '',
      leaseSeconds: lease !== undefined && /^\d{1,12}$/.test(lease) ? Number(lease) : undefined,
      reason: text('hub.reason'),
    };
    let isOurs = false;
    await deps.feedStates.update(call.feedId, (current = call.state) => {
      const answered = current.subscription && answerHub(current.subscription, question, deps.now());
      isOurs = answered !== undefined;
      return answered === undefined ? current : withSubscription(current, answered, deps.now());
    });
    if (!isOurs) return reply.code(404).send();
    log.info({ feedId: call.feedId, mode }, 'hub verified');
    return reply
      .code(200)
      .type('application/octet-stream')
      .send(challenge ?? '');
  });

  server.post(path, async (request, reply) => {
    const call = calls.get(request);
    if (call === undefined) return reply.code(404).send();
    const { feedId, subscription } = call;
    // The standard's word for: that subscription is no more.
    if (!isWanted(subscription) || !deps.isKnown(feedId)) return reply.code(410).send();
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const signature = request.headers['x-hub-signature'];
    if (!isSignedBy(subscription.secret, [signature].flat()[0], body, isSecure)) {
      // Said to nobody but the log, so that nobody can try out signatures.
      log.warn({ feedId, hub: subscription.hub }, 'push without a good signature ignored');
      return reply.code(202).send();
    }
    const at = deps.now().toISOString();
    const pushId = `push-${createHash('sha256').update(feedId).update(body).digest('hex').slice(0, 24)}`;
    await deps.pages.save(pushId, {
      requestedUrl: subscription.topic,
      url: subscription.topic,
      status: 200,
      headers: { 'content-type': request.headers['content-type'] ?? '' },
      bytes: body,
      fetchedAt: at,
    });
    await deps.pushed({ feedId, pushId });
    return reply.code(202).send();
  });
  return server;
}

async function callOf(request: FastifyRequest, deps: CallbackDeps): Promise<Call | undefined> {
  const { feedId, token } = request.params as { feedId?: string; token?: string };
  if (feedId === undefined || token === undefined || !FEED_ID.test(feedId) || !TOKEN.test(token))
    return undefined;
  const state = await deps.feedStates.find(feedId);
  if (state?.subscription === undefined || !isSameText(token, state.subscription.token)) return undefined;
  return { feedId, state, subscription: state.subscription };
}

interface Bucket {
  left: number;
  readAt: number;
}

/** Only who knows a token has a bucket, so there are never more of them than feeds. */
function mayCall(buckets: Map<string, Bucket>, feedId: string, now: number): boolean {
  const bucket = buckets.get(feedId) ?? { left: BURST, readAt: now };
  bucket.left = Math.min(BURST, bucket.left + ((now - bucket.readAt) / 60_000) * PER_MINUTE);
  bucket.readAt = now;
  buckets.set(feedId, bucket);
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}
