import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { NtfyChannel } from '../../../src/adapters/notify/ntfy-channel.ts';
import { SlackChannel } from '../../../src/adapters/notify/slack-channel.ts';
import { SmsChannel, type SmsOptions } from '../../../src/adapters/notify/sms-channel.ts';
import { SMS_GATEWAYS, type SmsGateway } from '../../../src/adapters/notify/sms-gateways.ts';
import { TeamsChannel } from '../../../src/adapters/notify/teams-channel.ts';
import { TelegramChannel } from '../../../src/adapters/notify/telegram-channel.ts';
import { ZaloChannel, type ZaloOptions } from '../../../src/adapters/notify/zalo-channel.ts';
import type { NotificationMessage } from '../../../src/domain/notification.ts';
import { PermanentError } from '../../../src/errors.ts';
import type { Channel, Receipt } from '../../../src/ports/channel.ts';
import { MESSAGE } from '../../contract/channel.contract.ts';
import { type HttpFarSide, openHttpFarSide } from './http-far-side.ts';

let far: HttpFarSide;
const open: Channel[] = [];
afterEach(async () => {
  for (const channel of open.splice(0)) await channel.close?.();
  await far.close();
});

async function tell(
  channel: Channel,
  message: NotificationMessage = MESSAGE,
  to?: string,
  notificationId = 'incident-x-opened',
): Promise<Receipt> {
  if (!open.includes(channel)) open.push(channel);
  const delivery = { notificationId, ...(to === undefined ? {} : { to }) };
  return channel.deliver(message, delivery, new AbortController().signal);
}

/** The body of the last request, as JSON. */
const sent = () => JSON.parse(far.requests.at(-1)?.body ?? 'null');

describe('Telegram', () => {
  beforeEach(async () => {
    far = await openHttpFarSide({ taken: '{"ok":true,"result":{"message_id":42}}' });
  });
  const telegram = () => new TelegramChannel({ apiUrl: far.url, token: '1:abc', chatId: '7' });

  it('says it as HTML in which no headline is markup, with buttons', async () => {
    await tell(telegram());
    const { text, parse_mode, reply_markup, chat_id, disable_notification } = sent();
    expect([chat_id, parse_mode, disable_notification]).toEqual(['7', 'HTML', false]);
    expect(text.split('\n')).toEqual([
      '<b>[Khẩn cấp] &lt;!channel&gt; &lt;b&gt;Bệnh viện&lt;/b&gt; *Ví Dụ* &amp; "người nhà" {text}</b>',
      '8/8 bài tiêu cực trong 24 giờ',
      '[Xem](javascript:alert) &lt;@U012AB3CD&gt; &lt;at&gt;x&lt;/at&gt; _nghiêng_ `mã`',
    ]);
    expect(reply_markup.inline_keyboard).toEqual([
      [{ text: 'Nhận việc', url: MESSAGE.acknowledgeUrl }],
      [{ text: 'Xem chi tiết', url: MESSAGE.url }],
    ]);
  });

  it('writes links out where Telegram would refuse a button for them', async () => {
    const { acknowledgeUrl: _none, ...rest } = MESSAGE;
    await tell(telegram(), { ...rest, url: 'http://127.0.0.1:8190/incidents/x', language: 'en' });
    const { text, reply_markup } = sent();
    expect(text).toContain('\nRead on: http://127.0.0.1:8190/incidents/x');
    expect(reply_markup).toBeUndefined();
  });

  it('leaves out whole lines of what is too long, and no link', async () => {
    const brief = Array.from({ length: 100 }, (_, i) => `${i} ${'<dòng> '.repeat(20)}`);
    await tell(telegram(), { ...MESSAGE, brief, url: 'http://127.0.0.1/x' });
    const { text } = sent();
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text).not.toMatch(/&(?!lt;|gt;|amp;)/);
    expect(text.endsWith('Xem chi tiết: http://127.0.0.1/x')).toBe(true);
  });
});

describe('Slack', () => {
  it('says it in blocks where text is text, and escapes what a phone shows', async () => {
    far = await openHttpFarSide({ taken: 'ok' });
    await tell(new SlackChannel({ webhookUrl: `${far.url}/services/secret` }), MESSAGE, 'U012AB3CD');
    const { text, blocks } = sent();
    expect(text).toMatch(/^<@U012AB3CD> \[Khẩn cấp\] &lt;!channel&gt; &lt;b&gt;/);
    expect(text).not.toMatch(/(?<!\u2060)[*_~`]/);
    expect(blocks).toHaveLength(1);
    const [{ type, elements }] = blocks;
    expect(type).toBe('rich_text');
    expect(elements[0].elements).toEqual([
      { type: 'user', user_id: 'U012AB3CD' },
      { type: 'text', text: ' ' },
      { type: 'text', text: MESSAGE.subject, style: { bold: true } },
    ]);
    expect(elements[1].elements).toEqual([{ type: 'text', text: MESSAGE.brief.join('\n') }]);
    expect(elements[2].elements.map(({ url }: { url?: string }) => url)).toEqual([
      MESSAGE.acknowledgeUrl,
      undefined,
      MESSAGE.url,
    ]);
    expect(JSON.stringify(blocks)).not.toContain('mrkdwn');
  });
});

describe('Teams', () => {
  it('says it in a card whose text reads no Markdown', async () => {
    far = await openHttpFarSide({ taken: '' });
    await tell(
      new TeamsChannel({ webhookUrl: `${far.url}/workflows/1?sig=secret` }),
      MESSAGE,
      'an@example.vn',
    );
    const [{ contentType, content }] = sent().attachments;
    expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
    const blocks: { type: string; text?: string; inlines?: { text: string }[] }[] = content.body;
    expect(blocks.filter(({ type }) => type === 'TextBlock').map(({ text }) => text)).toEqual([
      '<at>an@example.vn</at>',
    ]);
    expect(blocks.flatMap(({ inlines = [] }) => inlines.map(({ text }) => text))).toEqual([
      MESSAGE.subject,
      ...MESSAGE.brief,
    ]);
    expect(content.msteams.entities[0].mentioned).toEqual({ id: 'an@example.vn', name: 'an@example.vn' });
    expect(content.actions.map(({ url }: { url: string }) => url)).toEqual([
      MESSAGE.acknowledgeUrl,
      MESSAGE.url,
    ]);
  });
});

describe('ntfy', () => {
  it('rings through for what is critical, takes a tap to the link, and stays a message', async () => {
    far = await openHttpFarSide({ taken: '{"id":"x"}' });
    const ntfy = new NtfyChannel({ url: far.url, topic: 'all' });
    await tell(ntfy, { ...MESSAGE, brief: ['ộ'.repeat(4000)] });
    const { topic, priority, tags, click, actions, message } = sent();
    expect([topic, priority, tags, click]).toEqual(['all', 5, ['rotating_light'], MESSAGE.acknowledgeUrl]);
    expect(actions).toHaveLength(2);
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(4096);
    expect(message).toMatch(/^ộ+$/);
    await tell(ntfy, { ...MESSAGE, severity: 'information' });
    expect(sent().priority).toBe(2);
  });
});

describe('an SMS gateway', () => {
  const smsBy = (gateway: Partial<SmsGateway>, options: Partial<SmsOptions> = {}) =>
    new SmsChannel({
      gateway: { ...SMS_GATEWAYS.esms, url: `${far.url}/send`, ...gateway },
      key: 'the-key',
      secret: 'the-secret',
      sender: 'SOYTE',
      to: '0901234567',
      ...options,
    });

  it('eSMS: gets the form it documents, the same id for a repeat, and may say that it had it before', async () => {
    far = await openHttpFarSide({ taken: '{"CodeResult":"124","ErrorMessage":"Duplicate RequestId"}' });
    await tell(smsBy({}));
    const { RequestId, ...rest } = sent();
    expect(rest).toEqual({
      ApiKey: 'the-key',
      SecretKey: 'the-secret',
      Brandname: 'SOYTE',
      Phone: '0901234567',
      // What stands between braces in a headline is not filled in.
      Content: MESSAGE.short,
      SmsType: '2',
      IsUnicode: '0',
    });
    await tell(smsBy({}));
    expect(sent().RequestId).toBe(RequestId);
    expect(RequestId).toMatch(/^[0-9a-f]{32}$/);
    await tell(smsBy({}), MESSAGE, undefined, 'another');
    expect(sent().RequestId).not.toBe(RequestId);
  });

  it('SpeedSMS: gets a list of numbers and the key as user, and says what is worth another try', async () => {
    far = await openHttpFarSide({ taken: '{"status":"success","code":"00","data":{"tranId":123456}}' });
    const speedSms = () => smsBy({ ...SMS_GATEWAYS.speedsms, url: `${far.url}/sms` }, { secret: 'x' });
    expect(await tell(speedSms())).toEqual({ reference: '123456' });
    expect(sent()).toEqual({ to: ['84901234567'], content: MESSAGE.short, sms_type: 3, sender: 'SOYTE' });
    expect(far.requests[0]?.request.headers.authorization).toBe(
      `Basic ${Buffer.from('the-key:x').toString('base64')}`,
    );
    far.on('/sms', () => ({ status: 200, body: '{"status":"error","code":"500"}' }));
    await expect(tell(speedSms())).rejects.not.toBeInstanceOf(PermanentError);
    far.on('/sms', () => ({ status: 200, body: '{"status":"error","code":"300"}' }));
    await expect(tell(speedSms())).rejects.toMatchObject({ reason: 'sms-300' });
    far.on('/sms', () => ({ status: 200, body: '{"status":"error"}' }));
    await expect(tell(speedSms())).rejects.not.toBeInstanceOf(PermanentError);
  });

  it('any other: takes a form, or a query, and a header', async () => {
    far = await openHttpFarSide({ taken: 'OK' });
    const plain = {
      taken: undefined,
      reference: undefined,
      fields: { phone: '{to}', sms: '{text}', u: '{key}' },
    };
    await tell(smsBy({ ...plain, format: 'form', headers: { 'X-Api-Key': '{secret}' } }));
    const [form] = far.requests;
    expect(form?.request.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded',
      'x-api-key': 'the-secret',
    });
    expect(Object.fromEntries(new URLSearchParams(form?.body))).toEqual({
      phone: '84901234567',
      sms: MESSAGE.short,
      u: 'the-key',
    });
    await tell(smsBy({ ...plain, method: 'GET', url: `${far.url}/send?brand=A` }));
    const [, query] = far.requests;
    expect([query?.request.method, query?.body]).toEqual(['GET', '']);
    const asked = new URL(query?.request.url ?? '', far.url).searchParams;
    expect([asked.get('brand'), asked.get('sms')]).toEqual(['A', MESSAGE.short]);
  });
});

describe('Zalo', () => {
  let folder: string;
  let renewals: URLSearchParams[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nhip-yte-zalo-'));
    renewals = [];
    far = await openHttpFarSide({ taken: '{"error":0,"data":{"message_id":"m1"}}' });
    far.on('/token', (body) => {
      renewals.push(new URLSearchParams(body));
      const n = renewals.length;
      return {
        status: 200,
        body: JSON.stringify({
          access_token: `access-${n}`,
          refresh_token: `refresh-${n}`,
          expires_in: '90000',
        }),
      };
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = () => join(folder, 'tokens.json');
  const zalo = (options: Partial<ZaloOptions> = {}, refreshToken = 'refresh-0') =>
    new ZaloChannel({
      apiUrl: far.url,
      tokens: { appId: '1', appSecret: 'app-secret', refreshToken, file: file(), url: `${far.url}/token` },
      to: '186729651760683225',
      ...options,
    });
  const tokens = () => far.requests.map(({ request }) => request.headers.access_token);

  it('renews its token once for many at a time, and keeps the successor for nobody else to read', async () => {
    const channel = zalo();
    await Promise.all([tell(channel), tell(channel), tell(channel)]);
    expect(renewals).toHaveLength(1);
    expect(Object.fromEntries(renewals[0] ?? [])).toEqual({
      app_id: '1',
      grant_type: 'refresh_token',
      refresh_token: 'refresh-0',
    });
    expect(tokens()).toEqual(['access-1', 'access-1', 'access-1']);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ refreshToken: 'refresh-1' });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('goes on with what it kept after a restart, and begins anew with another first token', async () => {
    await tell(zalo());
    await tell(zalo());
    expect(renewals).toHaveLength(1);
    const later = Date.now() + 25 * 3_600_000;
    await tell(zalo({ now: () => later }));
    expect(renewals.map((renewal) => renewal.get('refresh_token'))).toEqual(['refresh-0', 'refresh-1']);
    await tell(zalo({}, 'given-anew'));
    expect(renewals.at(-1)?.get('refresh_token')).toBe('given-anew');
  });

  it('renews a token that the far side no longer takes, once', async () => {
    far.on('/v3.0/oa/message/cs', () => ({
      status: 200,
      body: '{"error":-216,"message":"Access token is invalid"}',
    }));
    await expect(tell(zalo())).rejects.toMatchObject({ reason: 'zalo-216' });
    expect(renewals).toHaveLength(2);
  });

  it('spends no token whose successor it could not keep', async () => {
    const tokens = {
      appId: '1',
      appSecret: 's',
      refreshToken: 'r',
      file: join(folder, 'none', 't'),
      url: `${far.url}/token`,
    };
    await expect(tell(zalo({ tokens }))).rejects.toMatchObject({ reason: 'zalo-token-file' });
    expect(renewals).toHaveLength(0);
  });

  it('says what to do where the token cannot be renewed', async () => {
    far.on('/token', () => ({ status: 200, body: '{"error_name":"Invalid refresh token","error":-14014}' }));
    await expect(tell(zalo())).rejects.toMatchObject({
      reason: 'zalo-token',
      message: expect.stringContaining('ZALO_REFRESH_TOKEN'),
    });
  });

  it('sends text to those who wrote to the account, or a registered template to a number', async () => {
    expect(await tell(zalo())).toEqual({ reference: 'm1' });
    expect(sent()).toEqual({
      recipient: { user_id: '186729651760683225' },
      message: {
        text: [
          MESSAGE.subject,
          ...MESSAGE.brief,
          `Nhận việc: ${MESSAGE.acknowledgeUrl}`,
          `Xem chi tiết: ${MESSAGE.url}`,
        ].join('\n'),
      },
    });
    await tell(zalo({ templateId: '7895417' }), MESSAGE, '0901234567');
    expect(far.requests.at(-1)?.request.url).toBe('/message/template');
    expect(sent()).toMatchObject({
      phone: '84901234567',
      template_id: '7895417',
      template_data: { severity: 'critical', figures: MESSAGE.brief[0], link: MESSAGE.acknowledgeUrl },
    });
    expect(sent().template_data.subject.length).toBeLessThanOrEqual(90);
  });
});
