import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { NtfyChannel } from '../../../src/adapters/notify/ntfy-channel.ts';
import { SlackChannel } from '../../../src/adapters/notify/slack-channel.ts';
import { SmsChannel } from '../../../src/adapters/notify/sms-channel.ts';
import { SMS_GATEWAYS } from '../../../src/adapters/notify/sms-gateways.ts';
import { TeamsChannel } from '../../../src/adapters/notify/teams-channel.ts';
import { TelegramChannel } from '../../../src/adapters/notify/telegram-channel.ts';
import { ZaloChannel } from '../../../src/adapters/notify/zalo-channel.ts';
import type { NotificationMessage } from '../../../src/domain/notification.ts';
import { PermanentError, RetryLaterError } from '../../../src/errors.ts';
import type { Channel } from '../../../src/ports/channel.ts';

const SECRET = 'so-secret-a-token';
const message: NotificationMessage = {
  incidentId: 'incident-x',
  step: 'opened',
  severity: 'critical',
  language: 'vi',
  brief: ['8/8 bài tiêu cực trong 24 giờ', '[Xem](javascript:alert) <b>"trích"</b>'],
  subject: '[Khẩn cấp] <!channel> Bệnh viện *Ví Dụ* & "người nhà"',
  text: 'Tám bài trong hai giờ.\n[Xem](javascript:alert) \\ "trích"',
  short: '[Khan cap] Benh vien "Vi Du" http://127.0.0.1/i/x',
  url: 'http://127.0.0.1/incidents/incident-x',
  acknowledgeUrl: 'http://127.0.0.1/acknowledge/x',
};

type Open = Channel & { close(): unknown };

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let server: Server | undefined;
let channel: Open | undefined;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nhip-yte-channels-'));
});
afterEach(async () => {
  await channel?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
  channel = undefined;
  rmSync(folder, { recursive: true, force: true });
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
  readonly to: string;
  readonly open: (url: string, timeoutMs: number) => Open;
  /** What the far side answers when it has taken a message. */
  readonly taken: string;
  readonly reference?: string;
  /** A refusal that comes with a status of success. */
  readonly refused?: string;
  /** What is said of a message in the body. */
  readonly check: (body: string, request: IncomingMessage) => void;
}

const KINDS: readonly Kind[] = [
  {
    name: 'telegram',
    to: '-1001234',
    open: (apiUrl, timeoutMs) => new TelegramChannel({ apiUrl, token: SECRET, timeoutMs }),
    taken: '{"ok":true,"result":{"message_id":42}}',
    reference: '42',
    refused: '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
    check(body, request) {
      expect(request.url).toBe(`/bot${SECRET}/sendMessage`);
      expect(JSON.parse(body)).toMatchObject({ chat_id: '-1001234' });
      expect(JSON.parse(body).text).toContain('&lt;!channel&gt;');
    },
  },
  {
    name: 'slack',
    to: 'U012AB3CD',
    open: (url, timeoutMs) => new SlackChannel({ webhookUrl: `${url}/${SECRET}`, timeoutMs }),
    taken: 'ok',
    check(body) {
      expect(JSON.parse(body).text).toContain('&lt;!channel&gt;');
      expect(body).not.toContain('mrkdwn');
    },
  },
  {
    name: 'teams',
    to: 'officer@example.vn',
    open: (url, timeoutMs) => new TeamsChannel({ webhookUrl: `${url}/${SECRET}`, timeoutMs }),
    taken: '',
    check(body) {
      expect(body).toContain('application/vnd.microsoft.card.adaptive');
    },
  },
  {
    name: 'ntfy',
    to: 'officer-1',
    open: (url, timeoutMs) => new NtfyChannel({ url, topic: 'all', token: SECRET, timeoutMs }),
    taken: '{"id":"sPs71M8A2T"}',
    reference: 'sPs71M8A2T',
    check(body, request) {
      expect(request.headers.authorization).toBe(`Bearer ${SECRET}`);
      expect(JSON.parse(body)).toMatchObject({ topic: 'officer-1', title: message.subject, priority: 5 });
    },
  },
  {
    name: 'sms',
    to: '0901 234 567',
    open: (url, timeoutMs) =>
      new SmsChannel({
        gateway: { ...SMS_GATEWAYS.esms, url },
        key: SECRET,
        secret: `${SECRET}-2`,
        timeoutMs,
      }),
    taken: '{"CodeResult":"100","SMSID":"9f3"}',
    reference: '9f3',
    refused: '{"CodeResult":"101"}',
    check(body) {
      expect(JSON.parse(body)).toMatchObject({ Phone: '0901234567', Content: message.short, ApiKey: SECRET });
    },
  },
  {
    name: 'zalo',
    to: '186729651760683225',
    open: (url, timeoutMs) =>
      new ZaloChannel({
        apiUrl: url,
        tokens: {
          appId: '1',
          appSecret: SECRET,
          refreshToken: `${SECRET}-refresh`,
          file: join(folder, 'tokens.json'),
          url: `${url}/token`,
        },
        timeoutMs,
      }),
    taken: '{"error":0,"message":"Success","data":{"message_id":"f414c8f76fa586fbdfb4"}}',
    reference: 'f414c8f76fa586fbdfb4',
    refused: '{"error":-213,"message":"User has not followed OA"}',
    check(body, request) {
      expect(request.headers.access_token).toBe(`${SECRET}-access`);
      expect(JSON.parse(body)).toMatchObject({ recipient: { user_id: '186729651760683225' } });
    },
  },
];

/** Zalo's tokens come from where its messages go. */
const withTokens =
  (handler: Handler): Handler =>
  (request, response, body) => {
    if (request.url !== '/token') return handler(request, response, body);
    const tokens = {
      access_token: `${SECRET}-access`,
      refresh_token: `${SECRET}-next`,
      expires_in: '90000',
    };
    response.writeHead(200).end(JSON.stringify(tokens));
  };

describe.each(KINDS)('$name', ({ open, taken, reference, refused, check, to }) => {
  async function deliverTo(handler: Handler, timeoutMs = 3000, address = to) {
    channel = open(await listen(withTokens(handler)), timeoutMs);
    const delivery = { notificationId: 'incident-x-opened', to: address };
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
      check(body, request);
      response.writeHead(200).end(taken);
    });
    expect(receipt).toEqual(reference === undefined ? {} : { reference });
  });

  it('waits where it is asked to, gives up where it is refused, tries again otherwise', async () => {
    expect(await failureOf(answer(429, '', { 'retry-after': '7' }))).toBeInstanceOf(RetryLaterError);
    for (const status of [301, 400, 403, 404]) {
      const failure = await failureOf(
        answer(status, `no ${SECRET} here`, { location: 'http://127.0.0.1:9/' }),
      );
      expect(failure).toBeInstanceOf(PermanentError);
    }
    const passing = await failureOf(answer(500, `broken at ${SECRET}`));
    expect(passing).not.toBeInstanceOf(PermanentError);
    expect(passing).not.toBeInstanceOf(RetryLaterError);
    if (refused !== undefined) expect(await failureOf(answer(200, refused))).toBeInstanceOf(PermanentError);
  });

  it('does not wait for ever, and survives a reset and a flood', async () => {
    await failureOf(() => {}, 200);
    await failureOf((request) => request.socket.destroy());
    await deliverTo((_request, response) => {
      response.writeHead(200).end('x'.repeat(1_000_000));
    }).catch((error: unknown) => expect(String(error).length).toBeLessThan(1000));
  }, 20_000);

  it('refuses an address that is none, before anything is sent', async () => {
    let asked = 0;
    const failure = deliverTo(
      (_request, response) => {
        asked += 1;
        response.writeHead(200).end(taken);
      },
      3000,
      '<!channel>',
    );
    await expect(failure).rejects.toBeInstanceOf(PermanentError);
    expect(asked).toBe(0);
  });
});

it('keeps the successor of a token that is spent by its use, for nobody else to read', async () => {
  const zalo = KINDS.find(({ name }) => name === 'zalo') as Kind;
  const url = await listen(withTokens((_request, response) => response.writeHead(200).end(zalo.taken)));
  channel = zalo.open(url, 3000);
  await channel.deliver(message, { notificationId: 'x', to: zalo.to }, new AbortController().signal);
  const stored = JSON.parse(readFileSync(join(folder, 'tokens.json'), 'utf8')) as { refreshToken: string };
  expect(stored.refreshToken).toBe(`${SECRET}-next`);
});
