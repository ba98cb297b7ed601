import ipaddr from 'ipaddr.js';
import { z } from 'zod';

import type { ConfigFault } from './errors.ts';
import { ConfigError } from './errors.ts';

/** One environment variable: all that a reader of `.env.example`, a validator and a log need to know of it. */
interface Variable<T> {
  readonly name: string;
  /** Used where the variable is unset or empty; itself subject to `schema`. */
  readonly default: string;
  readonly schema: z.ZodType<T, string>;
  readonly meaning: string;
  readonly unit?: string;
  /** Shown as `***` wherever the configuration is printed. */
  readonly secret?: true;
}

/** As `src/adapters/notify/sms-gateways.ts` describes them. */
const KNOWN_SMS_GATEWAYS: readonly string[] = ['esms', 'speedsms'];

/** Each is a request per article. */
const MOST_REVISITS = 12;

const text = z.string();

/** Empty means: not configured. */
const optionalText = z.string().transform((value) => (value === '' ? undefined : value));

function wholeNumber(min: number, max: number) {
  return z.string().transform((value, context) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    context.addIssue(`a whole number from ${min} to ${max}`);
    return z.NEVER;
  });
}

function oneOf<const T extends string>(...values: readonly T[]) {
  return z.string().transform((value, context) => {
    const found = values.find((allowed) => allowed === value);
    if (found !== undefined) return found;
    context.addIssue(`one of ${values.join(', ')}`);
    return z.NEVER;
  });
}

function optionalUrl(...protocols: readonly string[]) {
  return optionalText.refine(
    (value) => value === undefined || protocols.includes(protocolOf(value)),
    `an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );
}

function listOf(isValid: (item: string) => boolean, expected: string) {
  return z.string().transform((value, context) => {
    const items = value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (items.every(isValid)) return Object.freeze(items) as readonly string[];
    context.addIssue(`a comma-separated list of ${expected}`);
    return z.NEVER;
  });
}

/** Hours after some moment, fractions allowed; `off` is an empty list. */
const hoursAscending = z.string().transform((value, context) => {
  if (value === 'off') return Object.freeze([]) as readonly number[];
  const items = value.split(',').map((item) => item.trim());
  const hours = items.map((item) => (/^\d{1,6}(?:\.\d{1,6})?$/.test(item) ? Number(item) : Number.NaN));
  const isAscending = hours.every((hour, at) => hour > (hours[at - 1] ?? 0));
  if (isAscending && hours.length <= MOST_REVISITS) return Object.freeze(hours) as readonly number[];
  context.addIssue(`off, or at most ${MOST_REVISITS} hours, ascending and comma-separated, as in 1,6,24,168`);
  return z.NEVER;
});

/** How long each part of the pipeline may stand still, in minutes; names as in `HealthBounds`. */
const BOUND_MINUTES = { stores: 3, polls: 30, press: 45, news: 360, crawl: 180, judging: 10, delivery: 10 };
type BoundName = keyof typeof BOUND_MINUTES;

/** `polls=30,news=360`; what is not named keeps its default. In milliseconds. */
const watchBounds = z.string().transform((value, context) => {
  const bounds: Record<string, number> = { ...BOUND_MINUTES };
  for (const item of value.split(',').map((one) => one.trim())) {
    const [, name = '', minutes = ''] = /^([a-z]+)=(\d{1,6})$/.exec(item) ?? [];
    if (!(name in BOUND_MINUTES) || Number(minutes) < 1) {
      const names = Object.keys(BOUND_MINUTES).join(', ');
      context.addIssue(`name=minutes, comma-separated, with names among ${names}`);
      return z.NEVER;
    }
    bounds[name] = Number(minutes);
  }
  const ms = Object.entries(bounds).map(([name, minutes]) => [name, minutes * 60_000]);
  return Object.freeze(Object.fromEntries(ms)) as Readonly<Record<BoundName, number>>;
});

/** `field=value|value`: where an answer says something, and which values say it. */
const fieldIsOneOf = z.string().transform((value, context) => {
  if (value === '') return undefined;
  const [, path, values] = /^([\w.]{1,80})=([^=]{1,200})$/.exec(value) ?? [];
  if (path !== undefined && values !== undefined) return Object.freeze({ path, values: values.split('|') });
  context.addIssue('field=value or field=value|value');
  return z.NEVER;
});

const jsonObject = z.string().transform((value, context) => {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return parsed as Readonly<Record<string, z.core.util.JSONType>>;
    }
  } catch {}
  context.addIssue('a JSON object');
  return z.NEVER;
});

/** As in `src/domain/access.ts`. */
const KNOWN_ROLES = ['viewer', 'officer', 'editor', 'admin'] as const;

/** `{"press-office":"editor"}`: names of groups may hold any character that a list could be separated by. */
const roleMap = z.string().transform((value, context) => {
  const roles = z.record(z.string().min(1).max(1000), z.enum(KNOWN_ROLES));
  const object = jsonObject.safeParse(value);
  const result = roles.safeParse(object.data);
  if (result.success) return Object.freeze(result.data);
  context.addIssue(`a JSON object of group and role, with roles among ${KNOWN_ROLES.join(', ')}`);
  return z.NEVER;
});

/** `HH:MM`. */
const clockTime = z
  .string()
  .refine((value) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value), 'a time of day such as 07:00');

const mailbox = (value: string) => /^[^\s@]{1,64}@[^\s@]{1,190}$/.test(value);

const headerText = z
  .string()
  .refine((value) => /^[\x20-\x7e]*$/.test(value), 'printable ASCII, since it is sent as an HTTP header');

/** Keeps name and type of each row of the table. */
const variable = <T>(row: Variable<T>): Variable<T> => row;

/** Every variable the program reads, in the order in which `.env.example` lists them. */
const VARIABLES = {
  dataDir: variable({
    name: 'DATA_DIR',
    default: 'data',
    schema: text,
    meaning: 'Folder for everything the program stores; one running process owns it',
  }),
  configDir: variable({
    name: 'CONFIG_DIR',
    default: 'config',
    schema: text,
    meaning: 'Folder with outlets.yaml and the other files that an operator edits',
  }),
  logLevel: variable({
    name: 'LOG_LEVEL',
    default: 'info',
    schema: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    meaning: 'Least severity that is logged: trace, debug, info, warn, error, fatal or silent',
  }),
  profile: variable({
    name: 'PROFILE',
    default: 'embedded',
    schema: oneOf('embedded', 'production'),
    meaning:
      'embedded keeps everything in DATA_DIR and needs no server; production uses Redis and Elasticsearch: embedded or production',
  }),
  redisUrl: variable({
    name: 'REDIS_URL',
    default: '',
    schema: optionalUrl('redis:', 'rediss:'),
    secret: true,
    meaning:
      'Redis for the queues, as redis://user:password@host:6379/0, rediss:// for TLS; with REDIS_SENTINELS or REDIS_CLUSTER only its user, password, database and scheme count',
  }),
  redisCa: variable({
    name: 'REDIS_CA',
    default: '',
    schema: optionalText,
    meaning:
      'File with the certificate authority (PEM) that signed the certificate of Redis, if no public one did',
  }),
  redisSentinels: variable({
    name: 'REDIS_SENTINELS',
    default: '',
    schema: listOf(isHostAndPort, 'host:port'),
    meaning: 'Sentinels that know which Redis is the master, as host:port, comma-separated',
  }),
  redisSentinelMaster: variable({
    name: 'REDIS_SENTINEL_MASTER',
    default: 'mymaster',
    schema: text,
    meaning: 'Name under which the sentinels know the master',
  }),
  redisSentinelPassword: variable({
    name: 'REDIS_SENTINEL_PASSWORD',
    default: '',
    schema: optionalText,
    secret: true,
    meaning: 'Password of the sentinels themselves, where they ask for one',
  }),
  redisCluster: variable({
    name: 'REDIS_CLUSTER',
    default: '',
    schema: listOf(isHostAndPort, 'host:port'),
    meaning: 'Some nodes of a Redis Cluster, as host:port, comma-separated',
  }),
  redisPrefix: variable({
    name: 'REDIS_PREFIX',
    default: 'nhip-yte',
    schema: z
      .string()
      .refine((value) => /^[a-z0-9-]{1,64}$/.test(value), 'lower-case letters, digits and hyphens'),
    meaning: 'Begins the name of every key in Redis; two installations on one Redis need two',
  }),
  elasticsearchUrls: variable({
    name: 'ELASTICSEARCH_URL',
    default: '',
    schema: listOf(
      (item) => ['http:', 'https:'].includes(protocolOf(item)),
      'addresses that begin with http:// or https://',
    ),
    meaning: 'Elasticsearch nodes, comma-separated, without user or password',
  }),
  elasticsearchApiKey: variable({
    name: 'ELASTICSEARCH_API_KEY',
    default: '',
    schema: optionalText,
    secret: true,
    meaning: 'API key for Elasticsearch and Kibana, in its encoded form; wins over user and password',
  }),
  elasticsearchUsername: variable({
    name: 'ELASTICSEARCH_USERNAME',
    default: '',
    schema: optionalText,
    meaning: 'User for Elasticsearch and Kibana, where no API key is given',
  }),
  elasticsearchPassword: variable({
    name: 'ELASTICSEARCH_PASSWORD',
    default: '',
    schema: optionalText,
    secret: true,
    meaning: 'Password of that user',
  }),
  elasticsearchCa: variable({
    name: 'ELASTICSEARCH_CA',
    default: '',
    schema: optionalText,
    meaning:
      'File with the certificate authority (PEM) that signed the certificates of Elasticsearch and Kibana, if no public one did',
  }),
  elasticsearchPrefix: variable({
    name: 'ELASTICSEARCH_PREFIX',
    default: 'nhip-yte',
    schema: z
      .string()
      .refine((value) => /^[a-z0-9][a-z0-9-]{0,63}$/.test(value), 'lower-case letters, digits and hyphens'),
    meaning: 'Begins the name of every index and alias; two installations on one Elasticsearch need two',
  }),
  kibanaUrl: variable({
    name: 'KIBANA_URL',
    default: '',
    schema: optionalUrl('http:', 'https:'),
    meaning: 'Kibana that `nhip-yte dashboards import` brings the dashboards to',
  }),

  languageDefault: variable({
    name: 'LANGUAGE_DEFAULT',
    default: 'vi',
    schema: oneOf('vi', 'en'),
    meaning: 'Language of the console and of notifications where nobody chose one: vi or en',
  }),

  consoleHost: variable({
    name: 'CONSOLE_HOST',
    default: '127.0.0.1',
    schema: text,
    meaning: 'Address the console listens on; anything but loopback needs a proxy that asks who is there',
  }),
  consolePort: variable({
    name: 'CONSOLE_PORT',
    default: '8190',
    schema: wholeNumber(0, 65_535),
    meaning: 'Port the console listens on; 0 takes any free one',
  }),
  consoleUrl: variable({
    name: 'CONSOLE_URL',
    default: '',
    schema: optionalUrl('http:', 'https:'),
    meaning:
      'Address under which officers reach the console, for links in alerts; made from host and port if empty',
  }),

  requestsPerMinute: variable({
    name: 'API_REQUESTS_PER_MINUTE',
    default: '600',
    schema: wholeNumber(1, 100_000),
    meaning: 'Questions of the API that one person and their programs may ask, where people sign in',
  }),

  auth: variable({
    name: 'AUTH',
    default: 'auto',
    schema: oneOf('auto', 'off', 'local', 'oidc', 'local+oidc'),
    meaning:
      'How people sign in to the console: auto asks nobody on a loopback CONSOLE_HOST and for local accounts elsewhere; off only on loopback; local accounts (nhip-yte accounts), the provider of OIDC_ISSUER, or both',
  }),

  oidcIssuer: variable({
    name: 'OIDC_ISSUER',
    default: '',
    schema: optionalUrl('http:', 'https:').refine(
      (value) => value === undefined || protocolOf(value) === 'https:' || isLoopback(new URL(value).hostname),
      'an address that begins with https://, since http:// is for loopback alone',
    ),
    meaning:
      'Identity provider (OpenID Connect) that people may sign in at, as it names itself; the console is registered there with CONSOLE_URL and /login/oidc/callback',
  }),
  oidcClientId: variable({
    name: 'OIDC_CLIENT_ID',
    default: '',
    schema: optionalText,
    meaning: 'Under which the console is registered there',
  }),
  oidcClientSecret: variable({
    name: 'OIDC_CLIENT_SECRET',
    default: '',
    schema: optionalText,
    secret: true,
    meaning: 'What was agreed with it there; empty for a public client',
  }),
  oidcScopes: variable({
    name: 'OIDC_SCOPES',
    default: 'openid profile email',
    schema: z
      .string()
      .refine((value) => value.split(/\s+/).includes('openid'), 'space-separated, with openid among them'),
    meaning: 'What is asked for of each person, space-separated',
  }),
  oidcRoleClaim: variable({
    name: 'OIDC_ROLE_CLAIM',
    default: 'groups',
    schema: text,
    meaning: "What names a person's groups there, such as groups or realm_access.roles",
  }),
  oidcRoleMap: variable({
    name: 'OIDC_ROLE_MAP',
    default: '{}',
    schema: roleMap,
    meaning:
      'Group there to role here, as in {"press-office":"editor","it":"admin"}; the highest counts at each signing in, and who is in none may look. {}: everybody begins as viewer and is given a role here',
  }),

  operationsHost: variable({
    name: 'OPERATIONS_HOST',
    default: '127.0.0.1',
    schema: text,
    meaning: 'Address that health, metrics and the queue board listen on; they ask nobody who is there',
  }),
  operationsPort: variable({
    name: 'OPERATIONS_PORT',
    default: '8191',
    schema: wholeNumber(0, 65_535),
    meaning: 'Port of health, metrics and the queue board; 0 takes any free one',
  }),

  webSubCallbackUrl: variable({
    name: 'WEBSUB_CALLBACK_URL',
    default: '',
    schema: optionalUrl('http:', 'https:'),
    meaning:
      'Public address, such as https://nhip.example.vn/websub, under which hubs reach the WebSub port; empty: feeds are polled only',
  }),
  webSubHost: variable({
    name: 'WEBSUB_HOST',
    default: '127.0.0.1',
    schema: text,
    meaning: 'Address that the WebSub port listens on, for the proxy that the public address leads to',
  }),
  webSubPort: variable({
    name: 'WEBSUB_PORT',
    default: '8192',
    schema: wholeNumber(0, 65_535),
    meaning: 'Port on which hubs are answered where WEBSUB_CALLBACK_URL is set; 0 takes any free one',
  }),

  contact: variable({
    name: 'CONTACT',
    default: '',
    schema: headerText,
    meaning: 'E-mail or page where an outlet can reach you; sent with every request, so please fill it in',
  }),
  userAgent: variable({
    name: 'USER_AGENT',
    default: 'nhip-yte/0.1',
    schema: headerText.refine(
      (value) => /^[A-Za-z][A-Za-z_-]*(\/|$|\s)/.test(value),
      'a product name, as in nhip-yte/0.1: robots.txt rules are matched against it',
    ),
    meaning: 'Product name sent with every request; CONTACT is added to it',
  }),
  allowPrivateHosts: variable({
    name: 'ALLOW_PRIVATE_HOSTS',
    default: '',
    schema: listOf(isPrivateHostRule, 'host, host:port, [IPv6]:port, IP address or CIDR range'),
    meaning:
      'Hosts that may be fetched though their address is not public, as host, host:port or CIDR, comma-separated',
  }),
  fetchTimeoutMs: variable({
    name: 'FETCH_TIMEOUT_MS',
    default: '30000',
    schema: wholeNumber(100, 600_000),
    unit: 'ms',
    meaning: 'Longest time for one page or feed, redirects included',
  }),
  fetchConnectTimeoutMs: variable({
    name: 'FETCH_CONNECT_TIMEOUT_MS',
    default: '10000',
    schema: wholeNumber(100, 600_000),
    unit: 'ms',
    meaning: 'Longest time to look up and connect to a host',
  }),
  fetchMaxBytes: variable({
    name: 'FETCH_MAX_BYTES',
    default: '5000000',
    schema: wholeNumber(1_000, 100_000_000),
    unit: 'bytes',
    meaning: 'Largest page or feed that is read, counted after decompression',
  }),
  fetchMaxRedirects: variable({
    name: 'FETCH_MAX_REDIRECTS',
    default: '5',
    schema: wholeNumber(0, 20),
    meaning: 'Most redirects that are followed for one request',
  }),
  maxConcurrentFetches: variable({
    name: 'MAX_CONCURRENT_FETCHES',
    default: '24',
    schema: wholeNumber(1, 200),
    meaning: 'Most requests under way at once, over all hosts',
  }),

  pageRetentionDays: variable({
    name: 'PAGE_RETENTION_DAYS',
    default: '30',
    schema: wholeNumber(1, 36_500),
    unit: 'days',
    meaning: 'How long raw pages are kept, so that everything can be derived again',
  }),

  articleRetentionMonths: variable({
    name: 'ARTICLE_RETENTION_MONTHS',
    default: '0',
    schema: wholeNumber(0, 1_200),
    unit: 'months',
    meaning: 'How many whole months of articles are kept beside the current one; 0 keeps all',
  }),

  revisitAfterHours: variable({
    name: 'REVISIT_AFTER_HOURS',
    default: '1,6,24,168',
    schema: hoursAscending,
    unit: 'hours',
    meaning:
      'When the page of an article is looked at again, in hours after it was first seen, ascending and comma-separated; off for never',
  }),

  detectEveryMs: variable({
    name: 'DETECT_EVERY_MS',
    default: '60000',
    schema: wholeNumber(100, 86_400_000),
    unit: 'ms',
    meaning:
      'How often every series with recent news is judged again, beside the judgement on each new article',
  }),
  heartbeatUrl: variable({
    name: 'HEARTBEAT_URL',
    default: '',
    schema: optionalUrl('http:', 'https:'),
    secret: true,
    meaning:
      'Heartbeat service outside (healthchecks.io, Uptime Kuma push or alike) that raises the alarm when we fall silent; /fail is added where something is wrong',
  }),
  operatorChannels: variable({
    name: 'OPERATOR_CHANNELS',
    default: '',
    schema: listOf((item) => /^[a-z0-9-]{1,40}(?::\S{1,300})?$/.test(item), 'channel or channel:address'),
    meaning:
      'Who is told when crawling, indexing, judging or delivery stops, as channel or channel:address, comma-separated, such as email:it@soyte.example,sms; empty: every channel',
  }),
  watchEveryMs: variable({
    name: 'WATCH_EVERY_MS',
    default: '60000',
    schema: wholeNumber(100, 3_600_000),
    unit: 'ms',
    meaning: 'How often the watchdog looks at the pipeline and sends a heartbeat while all is well',
  }),
  watchBounds: variable({
    name: 'WATCH_BOUNDS',
    default: Object.entries(BOUND_MINUTES)
      .map(([name, minutes]) => `${name}=${minutes}`)
      .join(','),
    schema: watchBounds,
    unit: 'minutes',
    meaning: 'How long each part may stand still before the operators are told',
  }),
  smtpUrl: variable({
    name: 'SMTP_URL',
    default: '',
    schema: optionalUrl('smtp:', 'smtps:'),
    secret: true,
    meaning: 'Mail server for alerts, as smtps://user:password@host:465; empty sends no mail',
  }),
  mailFrom: variable({
    name: 'MAIL_FROM',
    default: '',
    schema: optionalText.refine(
      (value) => value === undefined || mailbox(value),
      'an e-mail address such as nhip-yte@example.vn',
    ),
    meaning: 'Sender of alert mails',
  }),
  mailTo: variable({
    name: 'MAIL_TO',
    default: '',
    schema: listOf(mailbox, 'e-mail addresses'),
    meaning: 'Recipients of alert mails, comma-separated',
  }),
  briefAt: variable({
    name: 'BRIEF_AT',
    default: '07:00',
    schema: clockTime,
    meaning:
      'When the press brief of a working day is made and sent, HH:MM in Vietnam; nothing is sent without SMTP_URL and recipients in config/office.yaml',
  }),
  chromiumPath: variable({
    name: 'CHROMIUM_PATH',
    default: '',
    schema: optionalText,
    meaning: 'Chromium or a browser of its kin, which prints PDF; empty: looked for on PATH',
  }),
  webhookUrl: variable({
    name: 'WEBHOOK_URL',
    default: '',
    schema: optionalUrl('http:', 'https:'),
    meaning: 'Address that is sent a signed POST for each notification; empty sends none',
  }),
  webhookSecret: variable({
    name: 'WEBHOOK_SECRET',
    default: '',
    schema: optionalText.refine(
      isWebhookSecret,
      'at least 16 characters, or whsec_ and the base64 of 24 to 64 bytes',
    ),
    secret: true,
    meaning: 'Key of the signature on those POSTs (Standard Webhooks): whsec_ and base64, or a phrase',
  }),
  webhookOldSecret: variable({
    name: 'WEBHOOK_OLD_SECRET',
    default: '',
    schema: optionalText.refine(
      isWebhookSecret,
      'at least 16 characters, or whsec_ and the base64 of 24 to 64 bytes',
    ),
    secret: true,
    meaning: 'The key before it, while receivers change over: POSTs are signed with both',
  }),
  smsGateway: variable({
    name: 'SMS_GATEWAY',
    default: '',
    schema: optionalText.refine(
      (value) => value === undefined || KNOWN_SMS_GATEWAYS.includes(value),
      `one of ${KNOWN_SMS_GATEWAYS.join(', ')}`,
    ),
    meaning: `SMS gateway that we know how to ask (${KNOWN_SMS_GATEWAYS.join(', ')}); with it SMS_KEY, SMS_SECRET and SMS_SENDER are all that is needed`,
  }),
  smsKey: variable({
    name: 'SMS_KEY',
    default: '',
    schema: optionalText,
    secret: true,
    meaning: 'Key or user name at the SMS gateway; {key} in the fields and the header',
  }),
  smsSecret: variable({
    name: 'SMS_SECRET',
    default: '',
    schema: optionalText,
    secret: true,
    meaning: 'Secret or password at the SMS gateway; {secret}, and {basic} for base64 of key:secret',
  }),
  smsSender: variable({
    name: 'SMS_SENDER',
    default: '',
    schema: optionalText,
    meaning: 'Registered brand name or number that text messages come from; {sender}',
  }),
  smsTo: variable({
    name: 'SMS_TO',
    default: '',
    schema: optionalText.refine(
      (value) => value === undefined || /^\+?[\d\s().-]{8,24}$/.test(value),
      'a number',
    ),
    meaning: 'Telephone number that is told where config/on-call.yaml names none for an officer',
  }),
  smsUrl: variable({
    name: 'SMS_URL',
    default: '',
    schema: optionalUrl('http:', 'https:'),
    secret: true,
    meaning:
      'Address of an SMS gateway that SMS_GATEWAY does not name; empty and no SMS_GATEWAY: no text messages',
  }),
  smsMethod: variable({
    name: 'SMS_METHOD',
    default: 'POST',
    schema: oneOf('POST', 'PUT', 'GET'),
    meaning: 'How it is asked: POST or PUT with a body, GET with the fields in the address',
  }),
  smsFormat: variable({
    name: 'SMS_FORMAT',
    default: 'json',
    schema: oneOf('json', 'form'),
    meaning: 'What the body is: json or form',
  }),
  smsFields: variable({
    name: 'SMS_FIELDS',
    default: '{"to":"{to}","text":"{text}"}',
    schema: jsonObject,
    secret: true,
    meaning:
      'What is sent, as a JSON object with {to} (84901...), {toLocal} (0901...), {text}, {id} (equal for a repeat), {key}, {secret}, {sender} inside its strings',
  }),
  smsHeader: variable({
    name: 'SMS_HEADER',
    default: '',
    schema: optionalText.refine(
      (value) => value === undefined || /^[A-Za-z][\w-]{0,60}: ?[\x20-\x7e]+$/.test(value),
      'a header such as Authorization: Bearer {key}',
    ),
    secret: true,
    meaning: 'Header that the gateway wants, such as Authorization: Bearer {key}',
  }),
  smsOk: variable({
    name: 'SMS_OK',
    default: '',
    schema: fieldIsOneOf,
    meaning:
      'Where an answer says that the message was taken, as field=value or field=value|value, such as CodeResult=100|124 or data.status=ok; empty: any 2xx does',
  }),
  smsRetry: variable({
    name: 'SMS_RETRY',
    default: '',
    schema: fieldIsOneOf,
    meaning: 'The same for answers after which another try makes sense; any other is a refusal for good',
  }),
  smsReference: variable({
    name: 'SMS_REFERENCE',
    default: '',
    schema: optionalText,
    meaning: 'Field of the answer that names the message, such as SMSID or data.tranId',
  }),
  telegramToken: variable({
    name: 'TELEGRAM_TOKEN',
    default: '',
    schema: optionalText.refine(
      (value) => value === undefined || /^\d{1,20}:[\w-]{20,80}$/.test(value),
      'the token that @BotFather gave, such as 123456:ABC...',
    ),
    secret: true,
    meaning: 'Token of the Telegram bot that sends notifications; empty sends none',
  }),
  telegramChat: variable({
    name: 'TELEGRAM_CHAT',
    default: '',
    schema: optionalText.refine(
      (value) => value === undefined || /^(?:-?\d{1,20}|@\w{3,64})$/.test(value),
      'a chat id such as -1001234567890, or @channelname',
    ),
    meaning: 'Chat that the bot writes to where config/on-call.yaml names none for an officer',
  }),
  telegramApiUrl: variable({
    name: 'TELEGRAM_API_URL',
    default: 'https://api.telegram.org',
    schema: optionalUrl('http:', 'https:').transform((value) => value ?? ''),
    meaning: 'Bot API server',
  }),
  zaloAppId: variable({
    name: 'ZALO_APP_ID',
    default: '',
    schema: optionalText,
    meaning: 'Application that is linked to the Zalo Official Account; empty sends nothing by Zalo',
  }),
  zaloAppSecret: variable({
    name: 'ZALO_APP_SECRET',
    default: '',
    schema: optionalText,
    secret: true,
    meaning: 'Secret key of that application',
  }),
  zaloRefreshToken: variable({
    name: 'ZALO_REFRESH_TOKEN',
    default: '',
    schema: optionalText,
    secret: true,
    meaning:
      'Refresh token that allowing the application gave; spent by its first use, its successors are kept in DATA_DIR/zalo-tokens.json, which all processes that run notify must share',
  }),
  zaloTo: variable({
    name: 'ZALO_TO',
    default: '',
    schema: optionalText.refine((value) => value === undefined || /^\+?\d{8,24}$/.test(value), 'digits'),
    meaning:
      'User id, or with ZALO_TEMPLATE telephone number, that is told where config/on-call.yaml names none for an officer',
  }),
  zaloTemplate: variable({
    name: 'ZALO_TEMPLATE',
    default: '',
    schema: optionalText,
    meaning:
      'Registered ZNS template with the parameters severity, subject, figures and link; empty: consultation messages, which only reach users who have lately written to the account',
  }),
  teamsUrl: variable({
    name: 'TEAMS_WEBHOOK_URL',
    default: '',
    schema: optionalUrl('http:', 'https:'),
    secret: true,
    meaning: 'Webhook of a Microsoft Teams workflow; empty sends none',
  }),
  slackUrl: variable({
    name: 'SLACK_WEBHOOK_URL',
    default: '',
    schema: optionalUrl('http:', 'https:'),
    secret: true,
    meaning: 'Incoming webhook of a Slack channel; empty sends none',
  }),
  ntfyUrl: variable({
    name: 'NTFY_URL',
    default: '',
    schema: optionalUrl('http:', 'https:'),
    meaning: 'ntfy server, such as https://ntfy.sh; empty sends none',
  }),
  ntfyTopic: variable({
    name: 'NTFY_TOPIC',
    default: '',
    schema: optionalText.refine(
      (value) => value === undefined || /^[\w-]{1,64}$/.test(value),
      'letters, digits, - and _',
    ),
    meaning: 'Topic there where config/on-call.yaml names none for an officer',
  }),
  ntfyToken: variable({
    name: 'NTFY_TOKEN',
    default: '',
    schema: optionalText,
    secret: true,
    meaning: 'Access token of that server, where it asks for one',
  }),
  acknowledgeSecret: variable({
    name: 'ACKNOWLEDGE_SECRET',
    default: '',
    schema: optionalText.refine(
      (value) => value === undefined || value.length >= 32,
      'at least 32 characters',
    ),
    secret: true,
    meaning:
      'Signs the links by which officers take an incident over from a message; empty: embedded makes one and keeps it in DATA_DIR/acknowledge-secret, production sends no such links. Every process needs the same',
  }),
} as const;

type Parsed = {
  readonly [Field in keyof typeof VARIABLES]: (typeof VARIABLES)[Field] extends Variable<infer T> ? T : never;
};

/** The configuration as the program uses it: parsed once, complete, frozen. */
export type Config = Omit<Parsed, 'consoleUrl'> & {
  /** Without a trailing slash. */
  readonly consoleUrl: string;
};

/**
 * Reads the configuration from environment variables.
 *
 * A variable that is set to nothing counts as unset, as compose files and shells leave it. Variables that the table
 * does not know are not ours and are left alone.
 *
 * @param env  as `process.env` has it
 * @throws {ConfigError} with every fault at once; no secret's value is repeated in it
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: ConfigFault[] = [];
  const values: Record<string, unknown> = {};
  for (const [field, row] of Object.entries<Variable<unknown>>(VARIABLES)) {
    const given = env[row.name]?.trim() ?? '';
    const result = row.schema.safeParse(given === '' ? row.default : given);
    if (result.success) {
      values[field] = result.data;
    } else {
      const got = row.secret ? 'what it holds' : JSON.stringify(withoutPassword(given));
      const expected = result.error.issues.map(({ message }) => message).join('; ');
      faults.push(fault(`${row.name} must be ${expected}, not ${got}`));
    }
  }
  // Rules across fields need fields that are sound by themselves; a faulty one is already named.
  const parsed = values as Partial<Parsed>;
  faults.push(...crossFaults(parsed).map(fault));
  if (faults.length > 0) throw new ConfigError(faults);

  const complete = parsed as Parsed;
  return Object.freeze({
    ...complete,
    consoleUrl: (complete.consoleUrl ?? derivedConsoleUrl(complete)).replace(/\/+$/, ''),
    userAgent: complete.contact === '' ? complete.userAgent : `${complete.userAgent} (+${complete.contact})`,
  });
}

/** The configuration for a log: secrets that are set become `***`, and so does a password inside any address. */
export function redacted(config: Config): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries<Variable<unknown>>(VARIABLES).map(([field, row]) => {
      const value = config[field as keyof Config];
      if (row.secret) return [field, value === undefined ? undefined : '***'];
      return [field, typeof value === 'string' ? withoutPassword(value) : value];
    }),
  );
}

/** `config/.env.example`: every variable with its default, commented out, since the default applies anyway. */
export function envExample(): string {
  const rows = Object.values<Variable<unknown>>(VARIABLES).map((row) => {
    const marks = [row.unit, row.secret ? 'secret' : undefined].filter((mark) => mark !== undefined);
    const meaning = marks.length === 0 ? row.meaning : `${row.meaning} (${marks.join(', ')})`;
    return `# ${meaning}.\n#${row.name}=${row.default}\n`;
  });
  return [
    '# Every environment variable that Nhịp Y tế reads, with its default. Written from src/config.ts; a test checks\n' +
      '# that it is up to date. An empty variable counts as unset. For the shell, docker compose (env_file) or systemd\n' +
      '# (EnvironmentFile): the program reads its environment and no such file itself.\n',
    ...rows,
  ].join('\n');
}

/** Rules that concern two variables; each message names both. */
function crossFaults(config: Partial<Parsed>): string[] {
  const faults: string[] = [];
  const mailTo = config.mailTo ?? [];
  if (config.smtpUrl !== undefined && 'mailTo' in config && mailTo.length === 0) {
    faults.push('MAIL_TO must name someone where SMTP_URL is set');
  }
  if (config.smtpUrl !== undefined && 'mailFrom' in config && config.mailFrom === undefined) {
    faults.push('MAIL_FROM must be set where SMTP_URL is set');
  }
  if (mailTo.length > 0 && 'smtpUrl' in config && config.smtpUrl === undefined) {
    faults.push('SMTP_URL must be set where MAIL_TO is set');
  }
  if (config.webhookUrl !== undefined && 'webhookSecret' in config && config.webhookSecret === undefined) {
    faults.push('WEBHOOK_SECRET must be set where WEBHOOK_URL is set: an unsigned alert cannot be trusted');
  }
  faults.push(...signInFaults(config));
  faults.push(...unfinishedFaults(config));
  if ((config.fetchConnectTimeoutMs ?? 0) > (config.fetchTimeoutMs ?? Infinity)) {
    faults.push('FETCH_CONNECT_TIMEOUT_MS must not be longer than FETCH_TIMEOUT_MS');
  }
  faults.push(...profileFaults(config));
  return faults;
}

/** Ways to sign in that nobody could use, or that let everybody in. */
function signInFaults(config: Partial<Parsed>): string[] {
  const faults: string[] = [];
  if ((config.auth ?? '').includes('oidc') && 'oidcIssuer' in config && config.oidcIssuer === undefined) {
    faults.push('OIDC_ISSUER must be set where AUTH names oidc');
  }
  if (config.auth === 'off' && config.consoleHost !== undefined && !isLoopback(config.consoleHost)) {
    faults.push(
      'AUTH must not be off where CONSOLE_HOST is no loopback address: anybody could read and change everything',
    );
  }
  return faults;
}

/** Variables without which what was begun cannot work. */
function unfinishedFaults(config: Partial<Parsed>): string[] {
  const pairs = [
    ['smsGateway', 'smsKey', 'SMS_KEY', 'SMS_GATEWAY'],
    ['zaloAppId', 'zaloAppSecret', 'ZALO_APP_SECRET', 'ZALO_APP_ID'],
    ['zaloAppId', 'zaloRefreshToken', 'ZALO_REFRESH_TOKEN', 'ZALO_APP_ID'],
    ['ntfyUrl', 'ntfyTopic', 'NTFY_TOPIC', 'NTFY_URL'],
    ['oidcIssuer', 'oidcClientId', 'OIDC_CLIENT_ID', 'OIDC_ISSUER'],
    ['webhookOldSecret', 'webhookSecret', 'WEBHOOK_SECRET', 'WEBHOOK_OLD_SECRET'],
  ] as const;
  const faults: string[] = pairs
    .filter(
      ([begun, needed]) => config[begun] !== undefined && needed in config && config[needed] === undefined,
    )
    .map(([_begun, _needed, needed, begun]) => `${needed} must be set where ${begun} is set`);
  if (config.smsGateway !== undefined && config.smsUrl !== undefined) {
    faults.push('SMS_GATEWAY and SMS_URL exclude each other');
  }
  return faults;
}

function profileFaults({
  profile,
  redisUrl,
  redisSentinels = [],
  redisCluster = [],
  elasticsearchUrls = [],
}: Partial<Parsed>): string[] {
  const faults: string[] = [];
  if (redisSentinels.length > 0 && redisCluster.length > 0) {
    faults.push('REDIS_SENTINELS and REDIS_CLUSTER exclude each other');
  }
  if (profile !== 'production') return faults;
  if (redisUrl === undefined && redisSentinels.length + redisCluster.length === 0) {
    faults.push('REDIS_URL (or REDIS_SENTINELS or REDIS_CLUSTER) must be set where PROFILE is production');
  }
  if (elasticsearchUrls.length === 0) {
    faults.push('ELASTICSEARCH_URL must be set where PROFILE is production');
  }
  return faults;
}

function derivedConsoleUrl({ consoleHost, consolePort }: Parsed): string {
  // What listens on every address is reached, from here, on loopback.
  const anywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  const host = anywhere[consoleHost] ?? consoleHost;
  return `http://${host.includes(':') ? `[${host}]` : host}:${consolePort}`;
}

function fault(expected: string): ConfigFault {
  return { file: 'environment', expected };
}

function withoutPassword(address: string): string {
  return address.replace(/\/\/[^/@\s]*@/, '//***@');
}

function isHostAndPort(value: string): boolean {
  const port = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\]):(\d{1,5})$/i.exec(value)?.[1];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}

export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return bare === 'localhost' || (ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback');
}

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : '';
}

function isWebhookSecret(value: string | undefined): boolean {
  if (value === undefined || !value.startsWith('whsec_')) return value === undefined || value.length >= 16;
  const encoded = value.slice('whsec_'.length);
  const bytes = Buffer.from(encoded, 'base64').length;
  return /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) && bytes >= 24 && bytes <= 64;
}

function isPrivateHostRule(rule: string): boolean {
  if (ipaddr.isValidCIDR(rule) || ipaddr.isValid(rule)) return true;
  const port = /^(.+):(\d{1,5})$/.exec(rule);
  const host = port?.[1] ?? rule;
  if (port !== null && Number(port[2]) > 65_535) return false;
  return /^\[[0-9a-f:.]+\]$/i.test(host) || /^[a-z0-9._-]+$/i.test(host);
}
