import { PermanentError } from '../../errors.ts';
import { askedToWait, objectOf } from './deliver-over-http.ts';
import type { HttpChannelForm } from './http-channel.ts';

/** Telegram takes no more characters in one message. */
const MAX_TEXT = 4096;

/**
 * Messages of a Telegram bot, as plain text: a headline is no markup.
 *
 * @param token  of the bot; part of the address, which therefore stands in no error
 * @see https://core.telegram.org/bots/api#sendmessage
 */
export function telegram({ apiUrl, token }: { apiUrl: string; token: string }): HttpChannelForm {
  return {
    name: 'telegram',
    post: ({ subject, text, acknowledgeUrl }, to) => ({
      url: `${apiUrl.replace(/\/+$/, '')}/bot${token}/sendMessage`,
      body: JSON.stringify({
        chat_id: to,
        text: `${subject}\n\n${text}`.slice(0, MAX_TEXT),
        link_preview_options: { is_disabled: true },
        ...(acknowledgeUrl === undefined
          ? {}
          : { reply_markup: { inline_keyboard: [[{ text: 'Nhận việc', url: acknowledgeUrl }]] } }),
      }),
    }),
    receipt(answer) {
      const { ok, result, error_code, parameters } = objectOf(answer) as {
        ok?: boolean;
        result?: { message_id?: number };
        error_code?: number;
        parameters?: { retry_after?: number };
      };
      if (parameters?.retry_after !== undefined) throw askedToWait('telegram', parameters.retry_after * 1000);
      if (ok !== true)
        throw new PermanentError('telegram-refused', `telegram refused with ${error_code ?? 'no reason'}`);
      return result?.message_id === undefined ? {} : { reference: String(result.message_id) };
    },
  };
}
