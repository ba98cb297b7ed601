import type { NotificationMessage } from '../../domain/notification.ts';
import { PermanentError } from '../../errors.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import type { Answer, HttpOptions } from './message-http.ts';
import { jsonOf, MessageHttp, referenceOf, repeatId, valueAt } from './message-http.ts';
import { linkLines } from './message-links.ts';
import { type ZaloTokenOptions, ZaloTokens } from './zalo-tokens.ts';

export interface ZaloOptions extends HttpOptions {
  readonly tokens: Omit<ZaloTokenOptions, 'url'> & { readonly url?: string };
  /** The Zalo user, or with a template the telephone number, where no officer's own is named. */
  readonly to?: string | undefined;
  /** A registered ZNS template: goes to telephone numbers, at any time, for a fee. */
  readonly templateId?: string | undefined;
  /** `https://openapi.zalo.me`; with a template `https://business.openapi.zalo.me`. */
  readonly apiUrl?: string;
}

const TOKEN_URL = 'https://oauth.zaloapp.com/v4/oa/access_token';
const OA_URL = 'https://openapi.zalo.me';
const ZNS_URL = 'https://business.openapi.zalo.me';

/** @see https://developers.zalo.me/docs/official-account/tin-nhan/tin-tu-van/gui-tin-tu-van-dang-van-ban */
const MAX_TEXT = 2000;
/** Most that a template's parameter takes. */
const MAX_PARAMETER = 90;

/** The access token is no longer good: OA, ZNS. */
const TOKEN_CODES = new Set([-216, -124]);
/** Too many a minute. */
const WAIT_CODES = new Set([-32]);
/** "Sending failed", "unknown error": may be tried again. */
const PASSING_CODES = new Set([-200, -100]);
const WAIT_MS = 60_000;

/**
 * Sends each message from a Zalo Official Account: as a consultation message, which only reaches users who have lately
 * written to the account, or by a registered ZNS template, which reaches any number.
 *
 * The template is given `severity`, `subject`, `figures` and `link`.
 *
 * @see https://developers.zalo.me/docs/official-account/tin-nhan
 * @see https://zalo.cloud/zns/guidelines/handle-error-code
 */
export class ZaloChannel implements Channel {
  readonly name = 'zalo';
  readonly #options: ZaloOptions;
  readonly #http: MessageHttp;
  readonly #tokens: ZaloTokens;

  constructor(options: ZaloOptions) {
    this.#options = options;
    const { appSecret, refreshToken } = options.tokens;
    this.#http = new MessageHttp(this.name, [appSecret, refreshToken], options);
    this.#tokens = new ZaloTokens({ url: TOKEN_URL, ...options.tokens }, this.#http, options.now);
  }

  async deliver(message: NotificationMessage, delivery: Delivery, signal: AbortSignal): Promise<Receipt> {
    const { url, body } = this.#request(message, delivery);
    const token = await this.#tokens.access(signal);
    const send = (accessToken: string) =>
      this.#http.sendJson(url, body, signal, { access_token: accessToken });
    let answer = await send(token);
    if (TOKEN_CODES.has(Number(valueAt(jsonOf(answer), 'error')))) {
      answer = await send(await this.#tokens.access(signal, token));
    }
    return this.#read(answer);
  }

  #request(message: NotificationMessage, delivery: Delivery): { url: string; body: object } {
    const { templateId, apiUrl, to: usual } = this.#options;
    const to = delivery.to ?? usual ?? '';
    if (!/^\+?\d{8,24}$/.test(to)) {
      throw new PermanentError(
        'bad-address',
        `zalo: ${JSON.stringify(to.slice(0, 40))} is no number of a user`,
      );
    }
    if (templateId === undefined) {
      const text = [message.subject, ...message.brief, ...linkLines(message)].join('\n').slice(0, MAX_TEXT);
      return {
        url: `${apiUrl ?? OA_URL}/v3.0/oa/message/cs`,
        body: { recipient: { user_id: to }, message: { text } },
      };
    }
    const body = {
      phone: to.replace(/^\+/, '').replace(/^0/, '84'),
      template_id: templateId,
      template_data: templateData(message),
      tracking_id: repeatId(delivery.notificationId, to),
    };
    return { url: `${apiUrl ?? ZNS_URL}/message/template`, body };
  }

  /** Refusals come with HTTP 200 and an `error` other than 0. */
  #read(answer: Answer): Receipt {
    const json = jsonOf(answer);
    const code = valueAt(json, 'error');
    if (code === 0) {
      return referenceOf(valueAt(json, 'data.message_id') ?? valueAt(json, 'data.msg_id'));
    }
    if (typeof code !== 'number') {
      this.#http.refuseUnlessTaken(answer);
      throw this.#http.failure('an answer that is none of its own');
    }
    const said = `${code} ${String(valueAt(json, 'message') ?? '')}`;
    if (WAIT_CODES.has(code)) throw this.#http.wait(WAIT_MS, said);
    if (PASSING_CODES.has(code)) throw this.#http.failure(said);
    throw this.#http.refusal(`zalo${code}`, said);
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

function templateData({ severity, subject, brief, acknowledgeUrl, url }: NotificationMessage) {
  const links = [acknowledgeUrl, url].filter((link) => link !== undefined && link.length <= MAX_PARAMETER);
  const data = { severity, subject, figures: brief[0] ?? '', link: links[0] ?? '' };
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, value.slice(0, MAX_PARAMETER)]));
}
