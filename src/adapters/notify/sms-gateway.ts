import { PermanentError } from '../../errors.ts';
import { objectOf } from './deliver-over-http.ts';
import type { HttpChannelForm } from './http-channel.ts';

export interface SmsGatewayOptions {
  readonly url: string;
  /** Whole value of the authorisation header, where the gateway asks for one. */
  readonly authorization?: string | undefined;
  /** JSON with `{to}`, `{text}` inside its strings: gateways differ in little else. */
  readonly body: string;
  /** Field of the answer that must hold `okValue`, where a refusal comes with a status of success. */
  readonly okField?: string | undefined;
  readonly okValue?: string | undefined;
}

/** Text messages, unaccented and in one part, by a gateway that takes JSON over HTTP. */
export function smsGateway({
  url,
  authorization,
  body,
  okField,
  okValue,
}: SmsGatewayOptions): HttpChannelForm {
  return {
    name: 'sms',
    post: ({ short }, to) => ({
      url,
      ...(authorization === undefined ? {} : { headers: { authorization } }),
      body: body.replace(/\{(to|text)\}/g, (_all, name: string) =>
        insideString(name === 'to' ? (to ?? '') : short),
      ),
    }),
    receipt(answer) {
      const said = objectOf(answer);
      if (okField !== undefined && String(said[okField]) !== okValue) {
        throw new PermanentError(
          'sms-refused',
          `the SMS gateway refused: ${okField} is ${String(said[okField])}`,
        );
      }
      const id = said.id ?? said.SMSID ?? said.messageId ?? said.message_id;
      return typeof id === 'string' || typeof id === 'number' ? { reference: String(id) } : {};
    },
  };
}

/** As it stands between the quotes of a JSON string. */
function insideString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
