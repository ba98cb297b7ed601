import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';

import { WebhookChannel } from '../../../src/adapters/notify/webhook-channel.ts';
import { isSignedWebhook, signWebhook, webhookKey } from '../../../src/adapters/notify/webhook-signature.ts';
import { PermanentError, RetryLaterError } from '../../../src/errors.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const NOW = Date.parse('2026-03-02T02:00:00.000Z');
const message = {
  incidentId: 'incident-x',
  step: 'opened',
  short: '[Nghiem trong] Benh vien Mau http://127.0.0.1/incidents/incident-x',
  severity: 'serious',
  language: 'vi' as const,
  brief: ['Tám bài trong hai giờ'],
  subject: '[Nghiêm trọng] Bệnh viện Mẫu',
  text: 'Tám bài trong hai giờ',
  url: 'http://127.0.0.1/incidents/incident-x',
};

let server: Server | undefined;
let channel: WebhookChannel | undefined;
afterEach(async () => {
  await channel?.close();
  channel = undefined;
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

async function listen(handler: Handler): Promise<string> {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => handler(request, response, body));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

async function deliverTo(handler: Handler, timeoutMs = 2000): Promise<void> {
  channel = new WebhookChannel({ url: await listen(handler), secret: SECRET, timeoutMs, now: () => NOW });
  await channel.deliver(
    message,
    { notificationId: 'incident-x-opened-webhook' },
    new AbortController().signal,
  );
}

const answer =
  (status: number, headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, headers).end('so');
  };

describe('WebhookChannel', () => {
  it('posts the message signed, with the notification id as the id of the webhook', async () => {
    let seen: { headers: IncomingMessage['headers']; body: string } | undefined;
    await deliverTo((request, response, body) => {
      seen = { headers: request.headers, body };
      response.writeHead(204).end();
    });
    expect(seen?.headers['webhook-id']).toBe('incident-x-opened-webhook');
    expect(seen?.headers['webhook-timestamp']).toBe(String(NOW / 1000));
    const signed = {
      id: 'incident-x-opened-webhook',
      timestamp: NOW / 1000,
      body: seen?.body ?? '',
      header: String(seen?.headers['webhook-signature']),
    };
    expect(isSignedWebhook(webhookKey(SECRET), signed)).toBe(true);
    expect(isSignedWebhook(webhookKey(SECRET), { ...signed, body: `${signed.body} ` })).toBe(false);
    expect(JSON.parse(seen?.body ?? '')).toMatchObject({
      type: 'incident.notified',
      data: { subject: message.subject, notificationId: 'incident-x-opened-webhook' },
    });
  });

  it.each([400, 401, 404, 410, 422, 301, 307])('takes %i as a refusal for good', async (status) => {
    const refusal = await deliverTo(answer(status, { location: 'http://127.0.0.1:1/' })).catch(
      (error) => error,
    );
    expect(refusal).toBeInstanceOf(PermanentError);
    expect(refusal.reason).toBe(`http-${status}`);
  });

  it.each([
    [429, '7', 7000],
    [503, 'Mon, 02 Mar 2026 02:00:30 GMT', 30_000],
    [429, '86400', 600_000],
  ])('waits where %i asks for %s', async (status, retryAfter, delayMs) => {
    const wait = await deliverTo(answer(status, { 'retry-after': retryAfter })).catch((error) => error);
    expect(wait).toBeInstanceOf(RetryLaterError);
    expect(wait.delayMs).toBe(delayMs);
  });

  it.each([408, 425, 429, 500, 502, 503])('may try again after %i without a time to wait', async (status) => {
    const failure = await deliverTo(answer(status)).catch((error) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(PermanentError);
    expect(failure).not.toBeInstanceOf(RetryLaterError);
  });

  it('does not wait for a server that never answers, nor for one that drips its headers', async () => {
    await expect(deliverTo(() => {}, 200)).rejects.toThrow();
    await channel?.close();
    server?.closeAllConnections();
    const started = Date.now();
    const drip: Handler = (_request, response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => response.socket?.write('x-a: b\r\n'), 50);
      response.socket?.on('close', () => clearInterval(timer));
    };
    await expect(deliverTo(drip, 200)).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(30_000);
  });

  it('takes the status for the answer, however long the body goes on', async () => {
    await deliverTo((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(Buffer.alloc(32 * 1024)), 5);
      response.on('close', () => clearInterval(timer));
    }, 500);
  });

  it('fails where the connection is cut, so that it is tried again', async () => {
    const failure = await deliverTo((request) => request.socket.destroy()).catch((error) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(PermanentError);
  });

  it('stops at once when told to', async () => {
    channel = new WebhookChannel({ url: await listen(() => {}), secret: SECRET, timeoutMs: 60_000 });
    const controller = new AbortController();
    const delivery = channel.deliver(message, { notificationId: 'id' }, controller.signal);
    setTimeout(() => controller.abort(new Error('closing down')), 50);
    await expect(delivery).rejects.toThrow('closing down');
  });
});

describe('the webhook signature', () => {
  it('is the base64 HMAC-SHA256 of id, timestamp and body', () => {
    // Computed with: printf 'msg_1.1614265330.{"test": 2432232314}' | openssl dgst -sha256 -mac HMAC \
    //   -macopt hexkey:0707…07 (32 bytes) -binary | base64
    expect(signWebhook(webhookKey(SECRET), 'msg_1', 1614265330, '{"test": 2432232314}')).toBe(
      'v1,4tb+MnkCTqymlrGQQ6f66PPeMjMas7AHx6XI40qL5MA=',
    );
  });

  it('refuses secrets that protect nothing', () => {
    expect(() => webhookKey('whsec_AAAA')).toThrow(RangeError);
    expect(() => webhookKey('whsec_!!!')).toThrow(RangeError);
    expect(() => webhookKey('short')).toThrow(RangeError);
    expect(webhookKey('a phrase of more than sixteen bytes')).toHaveLength(35);
  });
});
