import { mkdtempSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

import { EmailChannel } from '../../../src/adapters/notify/email-channel.ts';
import { NtfyChannel } from '../../../src/adapters/notify/ntfy-channel.ts';
import { SlackChannel } from '../../../src/adapters/notify/slack-channel.ts';
import { SmsChannel } from '../../../src/adapters/notify/sms-channel.ts';
import { SMS_GATEWAYS } from '../../../src/adapters/notify/sms-gateways.ts';
import { TeamsChannel } from '../../../src/adapters/notify/teams-channel.ts';
import { TelegramChannel } from '../../../src/adapters/notify/telegram-channel.ts';
import { WebhookChannel } from '../../../src/adapters/notify/webhook-channel.ts';
import { ZaloChannel } from '../../../src/adapters/notify/zalo-channel.ts';
import type { Channel } from '../../../src/ports/channel.ts';
import {
  type Behaviour,
  type ChannelTraits,
  channelContract,
  type FarSide,
  SECRET,
} from '../../contract/channel.contract.ts';
import { type HttpAnswers, openHttpFarSide } from './http-far-side.ts';

function overHttp(
  name: string,
  answers: HttpAnswers,
  traits: Pick<ChannelTraits, 'to' | 'notAnAddress' | 'seenAs' | 'reference'> & {
    readonly readsNoBody?: boolean;
  },
  open: (url: string, timeoutMs: number) => Channel,
): void {
  const never: Behaviour[] = answers.refused === undefined ? ['refuse-politely'] : [];
  channelContract(name, { readsNoBody: false, ...traits, never }, async (timeoutMs) => {
    const far = await openHttpFarSide(answers);
    far.on('/token', () => ({
      status: 200,
      body: JSON.stringify({
        access_token: `${SECRET}-access`,
        refresh_token: `${SECRET}-next`,
        expires_in: '90000',
      }),
    }));
    return { channel: open(far.url, timeoutMs), far };
  });
}

overHttp(
  'telegram',
  {
    taken: '{"ok":true,"result":{"message_id":42}}',
    refused: '{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}',
    wait: { status: 429, body: '{"ok":false,"error_code":429,"parameters":{"retry_after":35}}' },
  },
  { to: '-1001234', notAnAddress: 'An; drop', reference: '42' },
  (apiUrl, timeoutMs) => new TelegramChannel({ apiUrl, token: SECRET, timeoutMs }),
);

overHttp(
  'slack',
  { taken: 'ok' },
  { to: 'U012AB3CD', notAnAddress: '<!channel>', readsNoBody: true },
  (url, timeoutMs) => new SlackChannel({ webhookUrl: `${url}/services/${SECRET}`, timeoutMs }),
);

overHttp(
  'teams',
  { taken: '' },
  { to: 'officer@example.vn', notAnAddress: '<at>everyone</at>', readsNoBody: true },
  (url, timeoutMs) => new TeamsChannel({ webhookUrl: `${url}/workflows/1?sig=${SECRET}`, timeoutMs }),
);

overHttp(
  'ntfy',
  { taken: '{"id":"sPs71M8A2T"}' },
  { to: 'officer-1', notAnAddress: 'officer/../admin', reference: 'sPs71M8A2T', readsNoBody: true },
  (url, timeoutMs) => new NtfyChannel({ url, topic: 'all', token: SECRET, timeoutMs }),
);

overHttp(
  'sms',
  { taken: '{"CodeResult":"100","SMSID":"9f3"}', refused: `{"CodeResult":"101","ErrorMessage":"${SECRET}"}` },
  { to: '+84 901 234 567', notAnAddress: '113', seenAs: '0901234567', reference: '9f3' },
  (url, timeoutMs) =>
    new SmsChannel({ gateway: { ...SMS_GATEWAYS.esms, url }, key: SECRET, secret: `${SECRET}-2`, timeoutMs }),
);

overHttp(
  'zalo',
  {
    taken: '{"error":0,"message":"Success","data":{"message_id":"f414c8f76fa586fbdfb4"}}',
    refused: '{"error":-213,"message":"User has not followed OA"}',
    wait: { status: 200, body: '{"error":-32,"message":"Exceeded the limit"}' },
  },
  { to: '186729651760683225', notAnAddress: 'an', reference: 'f414c8f76fa586fbdfb4' },
  (url, timeoutMs) =>
    new ZaloChannel({
      apiUrl: url,
      tokens: {
        appId: '1',
        appSecret: SECRET,
        refreshToken: `${SECRET}-refresh`,
        file: join(mkdtempSync(join(tmpdir(), 'nhip-yte-zalo-')), 'tokens.json'),
        url: `${url}/token`,
      },
      timeoutMs,
    }),
);

overHttp(
  'webhook',
  { taken: '' },
  { to: 'an', seenAs: '"to":"an"', readsNoBody: true },
  (url, timeoutMs) =>
    new WebhookChannel({ url: `${url}/hook?key=${SECRET}`, secret: `${SECRET} and more`, timeoutMs }),
);

/** A real SMTP server that misbehaves as it is told. */
async function openMailFarSide(): Promise<FarSide & { readonly port: number }> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  let behaviour: Behaviour = 'take';
  const refusals: Partial<Record<Behaviour, number>> = { refuse: 550, 'ask-to-wait': 451, fail: 499 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, callback) => callback(null, { user: 'nhip' }),
    onConnect: (_session, callback) => {
      if (behaviour === 'cut') for (const socket of sockets) socket.destroy();
      else if (behaviour !== 'say-nothing') callback();
    },
    onData: (stream, session, callback) => {
      let raw = '';
      stream.setEncoding('utf8').on('data', (part: string) => {
        raw += part;
      });
      stream.on('end', () => {
        received.push(`${session.envelope.rcptTo.map(({ address }) => address).join()} ${raw}`);
        const responseCode = refusals[behaviour];
        callback(responseCode === undefined ? null : Object.assign(new Error('no'), { responseCode }));
      });
    },
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    behave: (as) => {
      behaviour = as;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

channelContract(
  'email',
  {
    to: 'an@example.vn',
    reference: '<incident-x-opened-an@nhip-yte>',
    never: ['refuse-politely', 'redirect', 'drip', 'flood', 'talk-nonsense'],
    readsNoBody: true,
  },
  async (timeoutMs) => {
    const far = await openMailFarSide();
    const smtpUrl = `smtp://nhip:${SECRET}@127.0.0.1:${far.port}?ignoreTLS=true`;
    const channel = new EmailChannel({
      smtpUrl,
      from: 'nhip@example.vn',
      to: ['truc@example.vn'],
      timeoutMs,
    });
    return { channel, far };
  },
);
