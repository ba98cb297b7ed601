import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { LoopbackServers } from '../../src/newsroom/loopback-servers.ts';

interface Subscriber {
  readonly topic: string;
  readonly callback: string;
  readonly secret: string;
}

/** The hub's side of WebSub over real HTTP, and beside it the topic that it is the hub of. */
export interface Hub {
  readonly hubUrl: string;
  readonly topicUrl: string;
  /** What the topic serves from now on. */
  serve(feed: string): void;
  /** How often the topic has been fetched. */
  fetches(): number;
  readonly subscribers: ReadonlyMap<string, Subscriber>;
  /** Requests as they came in: `subscribe`, `unsubscribe`. */
  readonly asked: readonly string[];
  /** Pushes a body to every subscriber. @returns the statuses that they answered */
  push(body: string, options?: PushOptions): Promise<number[]>;
  close(): Promise<void>;
}

interface PushOptions {
  readonly algorithm?: 'sha1' | 'sha256' | 'sha512';
  /** Instead of the key that the subscriber gave. */
  readonly key?: string;
}

/** @param leaseSeconds  what it grants, whatever is asked for */
export async function openHub(leaseSeconds = 3600): Promise<Hub> {
  const servers = new LoopbackServers(0);
  const subscribers = new Map<string, Subscriber>();
  const asked: string[] = [];
  let feed = '';
  let fetches = 0;
  let topicUrl = '';

  /** Asks at the callback, as section 5.3 has it, and acts on the answer. */
  async function verify(mode: string, { topic, callback, secret }: Subscriber): Promise<void> {
    const url = new URL(callback);
    const challenge = randomBytes(16).toString('hex');
    url.searchParams.set('hub.mode', mode);
    url.searchParams.set('hub.topic', topic);
    url.searchParams.set('hub.challenge', challenge);
    if (mode === 'subscribe') url.searchParams.set('hub.lease_seconds', String(leaseSeconds));
    const answer = await fetch(url);
    if (!answer.ok || (await answer.text()) !== challenge) return;
    if (mode === 'subscribe') subscribers.set(callback, { topic, callback, secret });
    else subscribers.delete(callback);
  }

  const hubUrl = `${await servers.listen((request, response) => {
    bodyOf(request).then(
      (body) => {
        const form = new URLSearchParams(body);
        const text = (name: string) => form.get(name) ?? '';
        const mode = text('hub.mode');
        const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
        if (request.method !== 'POST' || !isForm || text('hub.topic') !== topicUrl) {
          response.writeHead(400).end();
          return;
        }
        asked.push(mode);
        response.writeHead(202).end();
        const subscriber = {
          topic: text('hub.topic'),
          callback: text('hub.callback'),
          secret: text('hub.secret'),
        };
        void verify(mode, subscriber);
      },
      () => response.destroy(),
    );
  })}/hub`;
  const origin = await servers.listen((request, response) => {
    if (request.url !== '/rss') {
      response.writeHead(404).end();
      return;
    }
    fetches += 1;
    response.writeHead(200, {
      'content-type': 'application/rss+xml; charset=utf-8',
      link: `<${hubUrl}>; rel="hub", <${topicUrl}>; rel="self"`,
    });
    response.end(feed);
  });
  topicUrl = `${origin}/rss`;

  return {
    hubUrl,
    topicUrl,
    subscribers,
    asked,
    fetches: () => fetches,
    serve(text) {
      feed = text;
    },
    push: (body, { algorithm = 'sha256', key } = {}) =>
      Promise.all(
        [...subscribers.values()].map(async ({ callback, secret }) => {
          const digest = createHmac(algorithm, key ?? secret)
            .update(body)
            .digest('hex');
          const answer = await fetch(callback, {
            method: 'POST',
            headers: {
              'content-type': 'application/rss+xml; charset=utf-8',
              'x-hub-signature': `${algorithm}=${digest}`,
              link: `<${hubUrl}>; rel="hub", <${topicUrl}>; rel="self"`,
            },
            body,
          });
          return answer.status;
        }),
      ),
    close: () => servers.close(),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
