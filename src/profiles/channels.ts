/** The channels that the configuration names. */
import { join } from 'node:path';

import type { Logger } from 'pino';

import { EmailChannel } from '../adapters/notify/email-channel.ts';
import { LogChannel } from '../adapters/notify/log-channel.ts';
import { NtfyChannel } from '../adapters/notify/ntfy-channel.ts';
import { SlackChannel } from '../adapters/notify/slack-channel.ts';
import { SmsChannel } from '../adapters/notify/sms-channel.ts';
import { SMS_GATEWAYS, type SmsGateway } from '../adapters/notify/sms-gateways.ts';
import { TeamsChannel } from '../adapters/notify/teams-channel.ts';
import { TelegramChannel } from '../adapters/notify/telegram-channel.ts';
import { WebhookChannel } from '../adapters/notify/webhook-channel.ts';
import { ZaloChannel } from '../adapters/notify/zalo-channel.ts';
import type { Config } from '../config.ts';
import type { Channel } from '../ports/channel.ts';

/** The most dependable first; the log, which takes everything and which nobody reads at night, last. */
export function openChannels(config: Config, log: Logger): readonly Channel[] {
  const channels = [email, sms, zalo, telegram, teams, slack, ntfy, webhook].map((open) => open(config));
  return [...channels.filter((channel) => channel !== undefined), new LogChannel(log)];
}

function email({ smtpUrl, mailFrom, mailTo }: Config): Channel | undefined {
  if (smtpUrl === undefined || mailFrom === undefined) return undefined;
  return new EmailChannel({ smtpUrl, from: mailFrom, to: mailTo });
}

function sms(config: Config): Channel | undefined {
  const gateway = gatewayOf(config);
  if (gateway === undefined) return undefined;
  const { smsTo: to, smsKey: key, smsSecret: secret, smsSender: sender } = config;
  return new SmsChannel({ gateway, to, key, secret, sender });
}

function gatewayOf(config: Config): SmsGateway | undefined {
  const known = Object.entries(SMS_GATEWAYS).find(([name]) => name === config.smsGateway)?.[1];
  if (known !== undefined || config.smsUrl === undefined) return known;
  const { smsUrl: url, smsMethod: method, smsFormat: format, smsFields: fields, smsHeader } = config;
  const [name, value] = smsHeader?.split(/: ?(.*)/s, 2) ?? [];
  const headers = name === undefined || value === undefined ? {} : { [name]: value };
  const { smsOk: taken, smsRetry: retry, smsReference: reference } = config;
  return { url, method, format, fields, headers, taken, retry, reference };
}

function zalo(config: Config): Channel | undefined {
  const { zaloAppId: appId, zaloAppSecret: appSecret, zaloRefreshToken: refreshToken } = config;
  if (appId === undefined || appSecret === undefined || refreshToken === undefined) return undefined;
  const tokens = { appId, appSecret, refreshToken, file: join(config.dataDir, 'zalo-tokens.json') };
  return new ZaloChannel({ tokens, to: config.zaloTo, templateId: config.zaloTemplate });
}

function telegram({
  telegramToken: token,
  telegramChat: chatId,
  telegramApiUrl,
}: Config): Channel | undefined {
  if (token === undefined) return undefined;
  return new TelegramChannel({ token, chatId, apiUrl: telegramApiUrl.replace(/\/+$/, '') });
}

function teams({ teamsUrl: webhookUrl }: Config): Channel | undefined {
  return webhookUrl === undefined ? undefined : new TeamsChannel({ webhookUrl });
}

function slack({ slackUrl: webhookUrl }: Config): Channel | undefined {
  return webhookUrl === undefined ? undefined : new SlackChannel({ webhookUrl });
}

function ntfy({ ntfyUrl: url, ntfyTopic: topic, ntfyToken: token }: Config): Channel | undefined {
  return url === undefined || topic === undefined ? undefined : new NtfyChannel({ url, topic, token });
}

function webhook({
  webhookUrl: url,
  webhookSecret: secret,
  webhookOldSecret: oldSecret,
}: Config): Channel | undefined {
  if (url === undefined || secret === undefined) return undefined;
  return new WebhookChannel({ url, secret, oldSecret });
}
