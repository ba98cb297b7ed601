import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';

import { HttpChannel, type HttpChannelForm } from '../../../src/adapters/notify/http-channel.ts';
import { ntfy } from '../../../src/adapters/notify/ntfy.ts';
import { slack } from '../../../src/adapters/notify/slack.ts';
import { smsGateway } from '../../../src/adapters/notify/sms-gateway.ts';
import { teams } from '../../../src/adapters/notify/teams.ts';
import { telegram } from '../../../src/adapters/notify/telegram.ts';
import type { NotificationMessage } from '../../../src/domain/notification.ts';
import { PermanentError, RetryLaterError } from '../../../src/errors.ts';

const SECRET = 'so-secret-a-token';
const message: NotificationMessage = {
  incidentId: 'incident-x',
  step: 'opened',
  severity: 'critical',
  subject: '[Khẩn cấp] <!channel> Bệnh viện *Ví Dụ* & "người nhà"',
  text: 'Tám bài trong hai giờ.\n[Xem](javascript:alert) \\ "trích"',
  short: '[Khan cap] Benh vien "Vi Du" http://127.0.0.1/i/x',
  url: 'http://127.0.0.1/incidents/incident-x',
  acknowledgeUrl: 'http://127.0.0.1/acknowledge/x',
};

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let server: Server | undefined;
let channel: HttpChannel | undefined;
afterEach(async () => {
  await channel?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
  channel = undefined;
});

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
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Kind {
  readonly name: string;
  readonly open: (url: string) => HttpChannelForm;
  /** What the far side answers when it has taken a message. */
  readonly taken: string;
  readonly reference?: string;
  /** What is said of a message in the body. */
  readonly check: (body: Record<string, unknown>, request: IncomingMessage) => void;
}

const KINDS: readonly Kind[] = [
  {
    name: 'telegram',
    open: (url) => telegram({ apiUrl: url, token: SECRET }),
    taken: '{"ok":true,"result":{"message_id":42}}',
    reference: '42',
    check(body, request) {
      expect(request.url).toBe(`/bot${SECRET}/sendMessage`);
      expect(body).toMatchObject({ chat_id: 'officer-1' });
      expect(body.parse_mode).toBeUndefined();
      expect(body.text).toContain(message.subject);
      expect(JSON.stringify(body.reply_markup)).toContain(message.acknowledgeUrl);
    },
  },
  {
    name: 'slack',
    open: (url) => slack({ url: `${url}/${SECRET}` }),
    taken: 'ok',
    check(body) {
      expect(body.text).toContain('&lt;!channel&gt;');
      expect(JSON.stringify(body.blocks)).not.toContain('mrkdwn');
    },
  },
  {
    name: 'teams',
    open: (url) => teams({ url: `${url}/${SECRET}` }),
    taken: '',
    check(body) {
      const said = JSON.stringify(body);
      expect(said).toContain('application/vnd.microsoft.card.adaptive');
      expect(said).not.toContain('[Xem](');
    },
  },
  {
    name: 'ntfy',
    open: (url) => ntfy({ url, token: SECRET }),
    taken: '{"id":"sPs71M8A2T"}',
    reference: 'sPs71M8A2T',
    check(body, request) {
      expect(request.headers.authorization).toBe(`Bearer ${SECRET}`);
      expect(body).toMatchObject({
        topic: 'officer-1',
        title: message.subject,
        priority: 5,
        click: message.url,
      });
    },
  },
  {
    name: 'sms',
    open: (url) =>
      smsGateway({
        url,
        authorization: SECRET,
        body: '{"Phone":"{to}","Content":"{text}","Brandname":"NHIPYTE"}',
        okField: 'CodeResult',
        okValue: '100',
      }),
    taken: '{"CodeResult":"100","SMSID":"9f3"}',
    reference: '9f3',
    check(body, request) {
      expect(request.headers.authorization).toBe(SECRET);
      expect(body).toEqual({ Phone: 'officer-1', Content: message.short, Brandname: 'NHIPYTE' });
    },
  },
];

describe.each(KINDS)('$name', ({ open, taken, reference, check }) => {
  async function deliverTo(handler: Handler, timeoutMs = 3000) {
    channel = new HttpChannel(open(await listen(handler)), { to: 'nobody-in-particular', timeoutMs });
    const delivery = { notificationId: 'incident-x-opened', to: 'officer-1' };
    return channel.deliver(message, delivery, new AbortController().signal);
  }

  const answer =
    (status: number, body = '', headers: Record<string, string> = {}): Handler =>
    (_request, response) => {
      response.writeHead(status, headers).end(body);
    };

  /** The error, in which no secret may stand. */
  async function failureOf(handler: Handler, timeoutMs?: number): Promise<unknown> {
    const failure = await deliverTo(handler, timeoutMs).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeDefined();
    expect(`${String(failure)} ${(failure as Error).stack}`).not.toContain(SECRET);
    return failure;
  }

  it('hands the message over and gives the receipt', async () => {
    const receipt = await deliverTo((request, response, body) => {
      check(JSON.parse(body) as Record<string, unknown>, request);
      response.writeHead(200).end(taken);
    });
    expect(receipt).toEqual(reference === undefined ? {} : { reference });
  });

  it('waits where it is asked to, gives up where it is refused, tries again otherwise', async () => {
    expect(await failureOf(answer(429, '', { 'retry-after': '7' }))).toBeInstanceOf(RetryLaterError);
    for (const status of [301, 400, 403, 404]) {
      expect(await failureOf(answer(status, '', { location: 'http://127.0.0.1:9/' }))).toBeInstanceOf(
        PermanentError,
      );
    }
    const passing = await failureOf(answer(500));
    expect(passing).not.toBeInstanceOf(PermanentError);
    expect(passing).not.toBeInstanceOf(RetryLaterError);
  });

  it('does not wait for ever, and survives a reset and a flood', async () => {
    await failureOf(() => {}, 200);
    await failureOf((request) => request.socket.destroy());
    const flood = deliverTo((_request, response) => {
      response.writeHead(200).end('x'.repeat(1_000_000));
    });
    // What says nothing sensible has been taken, unless the far side always says so.
    if (reference === undefined || taken.startsWith('{"id"')) expect(await flood).toEqual({});
    else await expect(flood).rejects.toBeInstanceOf(PermanentError);
  }, 20_000);
});

describe('refusals with a status of success', () => {
  it('are refusals', async () => {
    const form = telegram({ apiUrl: 'http://127.0.0.1', token: SECRET });
    expect(() => form.receipt('{"ok":false,"error_code":403}')).toThrow(PermanentError);
    expect(() => form.receipt('{"ok":false,"parameters":{"retry_after":5}}')).toThrow(RetryLaterError);
    const sms = smsGateway({ url: 'http://127.0.0.1', body: '{}', okField: 'CodeResult', okValue: '100' });
    expect(() => sms.receipt('{"CodeResult":"99"}')).toThrow(PermanentError);
  });
});
