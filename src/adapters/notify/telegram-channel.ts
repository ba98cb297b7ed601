import type { NotificationMessage } from '../../domain/notification.ts';
import { PermanentError } from '../../errors.ts';
import type { Channel, Delivery, Receipt } from '../../ports/channel.ts';
import type { Answer, HttpOptions } from './message-http.ts';
import { jsonOf, MessageHttp, referenceOf, valueAt } from './message-http.ts';
import { linkLines, linksOf } from './message-links.ts';

export interface TelegramOptions extends HttpOptions {
  readonly token: string;
  /** The chat or group that is told where no officer's own is named; absent: only officers with a chat are told. */
  readonly chatId?: string | undefined;
  /** `https://api.telegram.org`, or a Bot API server of one's own. */
  readonly apiUrl: string;
}

/** Longest text after its markup is read. @see https://core.telegram.org/bots/api#sendmessage */
const MAX_TEXT = 4096;

/**
 * Sends each message by a Telegram bot, to the officer's chat id or the configured one.
 *
 * The bot's token is part of the address, so no error of this channel holds an address.
 *
 * @see https://core.telegram.org/bots/api#making-requests
 */
export class TelegramChannel implements Channel {
  readonly name = 'telegram';
  readonly #options: TelegramOptions;
  readonly #http: MessageHttp;

  constructor(options: TelegramOptions) {
    this.#options = options;
    this.#http = new MessageHttp(this.name, [options.token], options);
  }

  async deliver(message: NotificationMessage, { to }: Delivery, signal: AbortSignal): Promise<Receipt> {
    const { token, chatId, apiUrl } = this.#options;
    const url = `${apiUrl}/bot${token}/sendMessage`;
    return this.#read(await this.#http.sendJson(url, telegramMessage(message, to ?? chatId ?? ''), signal));
  }

  /** Every answer is an object with `ok`, whatever its HTTP status. */
  #read(answer: Answer): Receipt {
    const json = jsonOf(answer);
    const ok = valueAt(json, 'ok');
    if (ok === true) return referenceOf(valueAt(json, 'result.message_id'));
    if (ok !== false) {
      this.#http.refuseUnlessTaken(answer);
      throw this.#http.failure('an answer that is none of its own');
    }
    const said = String(valueAt(json, 'description') ?? '');
    const code = Number(valueAt(json, 'error_code') ?? answer.status);
    const seconds = Number(valueAt(json, 'parameters.retry_after'));
    if (code === 429) throw this.#http.wait(Number.isFinite(seconds) ? seconds * 1000 : 5000, said);
    const movedTo = valueAt(json, 'parameters.migrate_to_chat_id');
    if (movedTo !== undefined) {
      throw this.#http.refusal(
        'telegram-moved',
        `the group has become ${String(movedTo)}: put that into the configuration`,
      );
    }
    if (code >= 400 && code < 500) throw this.#http.refusal(`telegram-${code}`, said);
    throw this.#http.failure(`${code} ${said}`);
  }

  close(): Promise<void> {
    return this.#http.close();
  }
}

/** @throws {PermanentError} if the chat id is none */
function telegramMessage(message: NotificationMessage, chatId: string): object {
  if (!/^(?:-?\d{1,20}|@\w{3,64})$/.test(chatId)) {
    throw new PermanentError('bad-address', `telegram: ${JSON.stringify(chatId.slice(0, 40))} is no chat id`);
  }
  const links = linksOf(message);
  // Telegram refuses the whole message for a button that leads to a host it cannot see.
  const hasButtons = links.every(({ url }) => isPublicUrl(url));
  const lines = [`<b>${escapeHtml(message.subject)}</b>`, ...message.brief.map(escapeHtml)];
  const ending = hasButtons ? [] : ['', ...linkLines(message).map(escapeHtml)];
  return {
    chat_id: chatId,
    text: fitting(lines, ending),
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    disable_notification: message.severity === 'information',
    ...(hasButtons
      ? { reply_markup: { inline_keyboard: links.map(({ label, url }) => [{ text: label, url }]) } }
      : {}),
  };
}

/** Whole lines only, so that no tag and no entity is cut; the links stay. */
function fitting(lines: string[], ending: readonly string[]): string {
  while (lines.length > 1 && [...lines, ...ending].join('\n').length > MAX_TEXT) lines.pop();
  return [...lines, ...ending].join('\n').slice(0, MAX_TEXT);
}

function isPublicUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return /\.[a-z]{2,}$/i.test(hostname);
}

/** @see https://core.telegram.org/bots/api#html-style */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
