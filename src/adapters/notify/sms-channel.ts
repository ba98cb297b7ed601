import type { NotificationMessage } from '../../domain/notification.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import type { Answer, HttpOptions } from './message-http.ts';
import { jsonOf, MessageHttp, referenceOf, repeatId, valueAt } from './message-http.ts';
import type { SmsGateway, Template } from './sms-gateways.ts';

export interface SmsOptions extends HttpOptions {
  readonly gateway: SmsGateway;
  /** The number that is told where no officer's own is named; absent: only officers with a number are told. */
  readonly to?: string | undefined;
  readonly key?: string | undefined;
  readonly secret?: string | undefined;
  /** The registered brand name or number that the text comes from. */
  readonly sender?: string | undefined;
}

/** Sends the short form of each message as one text message, by whatever gateway speaks HTTP. */
export class SmsChannel implements Channel {
  readonly name = 'sms';
  readonly #options: SmsOptions;
  readonly #http: MessageHttp;

  constructor(options: SmsOptions) {
    this.#options = options;
    const { gateway, key = '', secret = '' } = options;
    const { search } = new URL(gateway.url);
    const secrets = [
      key,
      secret.length < 4 ? '' : secret,
      basicOf(key, secret),
      search,
      ...Object.values(gateway.headers),
    ];
    this.#http = new MessageHttp(this.name, secrets, options);
  }

  async deliver(
    message: NotificationMessage,
    { notificationId, to }: Delivery,
    signal: AbortSignal,
  ): Promise<Receipt> {
    const number = digitsOf(to ?? this.#options.to ?? '');
    if (number === undefined) {
      throw this.#http.refusal(
        'bad-address',
        `${JSON.stringify((to ?? '').slice(0, 40))} is no telephone number`,
      );
    }
    const { key = '', secret = '', sender = '', gateway } = this.#options;
    const request = requestOf(gateway, {
      to: number,
      toLocal: number.replace(/^84/, '0'),
      text: message.short,
      id: repeatId(notificationId, number),
      key,
      secret,
      sender,
      basic: basicOf(key, secret),
    });
    return this.#read(await this.#http.send(request, signal));
  }

  /** Gateways answer 200 to what they refuse. */
  #read(answer: Answer): Receipt {
    this.#http.refuseUnlessTaken(answer);
    const { taken, retry, reference } = this.#options.gateway;
    const json = jsonOf(answer);
    const receipt = reference === undefined ? {} : referenceOf(valueAt(json, reference));
    if (taken === undefined) return receipt;
    const said = valueAt(json, taken.path);
    if (said === undefined) throw this.#http.failure(`an answer without ${taken.path}: ${answer.text}`);
    if (taken.values.includes(String(said))) return receipt;
    if (retry?.values.includes(String(valueAt(json, retry.path)))) {
      throw this.#http.failure(answer.text);
    }
    throw this.#http.refusal(
      `sms-${String(said)
        .replace(/[^\w-]/g, '')
        .slice(0, 20)}`,
      answer.text,
    );
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

/** With the country's code and without a plus, `84901234567`; `undefined` unless it is a number. */
function digitsOf(number: string): string | undefined {
  const digits = number.replace(/[\s().-]/g, '');
  if (!/^\+?\d{8,15}$/.test(digits)) return undefined;
  return digits.replace(/^\+/, '').replace(/^0/, '84');
}

function basicOf(key: string, secret: string): string {
  return Buffer.from(`${key}:${secret}`).toString('base64');
}

type Values = Readonly<Record<string, string>>;

function requestOf({ url, method, format, fields, headers: given }: SmsGateway, values: Values) {
  const filled = fill(fields, values);
  const headers = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), fillText(value, values)]),
  );
  if (method === 'GET') {
    const target = new URL(url);
    for (const [name, value] of formOf(filled)) target.searchParams.append(name, value);
    return { url: target.href, method, headers };
  }
  const isForm = format === 'form';
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8';
  const body = isForm ? formOf(filled).toString() : JSON.stringify(filled);
  return { url, method, headers: { 'content-type': type, ...headers }, body };
}

function formOf(filled: Template): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(filled as Record<string, Template>))
    form.append(name, String(value));
  return form;
}

function fill(template: Template, values: Values): Template {
  if (typeof template === 'string') return fillText(template, values);
  if (Array.isArray(template)) return template.map((part: Template) => fill(part, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, fill(value as Template, values)]),
  );
}

/** Once over the template: what a headline puts between braces is not filled in again. */
function fillText(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
