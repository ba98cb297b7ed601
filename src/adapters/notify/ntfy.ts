import { objectOf } from './deliver-over-http.ts';
import type { HttpChannelForm } from './http-channel.ts';

const PRIORITIES: Readonly<Record<string, number>> = { information: 2, watch: 3, serious: 4, critical: 5 };

/** ntfy keeps longer messages as files. */
const MAX_BYTES = 4096;

/**
 * Messages to phones by an ntfy server.
 *
 * @param token  of the server, where it asks for one
 * @see https://docs.ntfy.sh/publish/#publish-as-json
 */
export function ntfy({ url, token }: { url: string; token?: string | undefined }): HttpChannelForm {
  return {
    name: 'ntfy',
    post: ({ subject, text, severity, url: click, acknowledgeUrl }, to) => ({
      url,
      ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
      body: JSON.stringify({
        topic: to,
        title: subject,
        message: firstBytes(text, MAX_BYTES),
        priority: PRIORITIES[severity] ?? 3,
        click,
        ...(acknowledgeUrl === undefined
          ? {}
          : { actions: [{ action: 'view', label: 'Nhận việc', url: acknowledgeUrl }] }),
      }),
    }),
    receipt(answer) {
      const { id } = objectOf(answer);
      return typeof id === 'string' ? { reference: id } : {};
    },
  };
}

/** As many whole characters as fit. */
function firstBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  return Buffer.from(text)
    .subarray(0, most)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}
