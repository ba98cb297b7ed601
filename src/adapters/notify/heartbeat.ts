import { request } from 'undici';

/** Services keep the beginning of what they are sent: healthchecks.io 100 kB, Uptime Kuma a line. */
const LONGEST_REPORT = 10_000;
const LONGEST_MESSAGE = 250;

const MAX_ANSWER_BYTES = 16 * 1024;

/** Push monitors of Uptime Kuma are told in the query how things stand. */
const KUMA_PATH = /\/api\/push\/[^/]+$/;

/**
 * Makes a heartbeat: a service outside that raises the alarm when nothing has come for a while.
 *
 * As healthchecks.io has it, and most that follow it, a POST to `url` says that all is well, and one to `url/fail` that
 * it is not, with the reasons as plain text. An address that ends in `/api/push/<token>` is Uptime Kuma's, and is asked
 * for with `status=up` or `status=down` and the first reason as `msg`. Redirects are not followed.
 *
 * @returns what beats once: without trouble, or with the reasons, one a line; it throws where the answer is no success
 * @see https://healthchecks.io/docs/http_api/
 */
export function createHeartbeat(url: string) {
  return async (trouble: string | undefined, signal: AbortSignal): Promise<void> => {
    const { address, body } = KUMA_PATH.test(new URL(url).pathname)
      ? kumaBeat(url, trouble)
      : plainBeat(url, trouble);
    const response = await request(address, {
      method: body === undefined ? 'GET' : 'POST',
      signal,
      headers: { 'user-agent': 'nhip-yte', 'content-type': 'text/plain; charset=utf-8' },
      ...(body === undefined ? {} : { body }),
    });
    await response.body.dump({ limit: MAX_ANSWER_BYTES }).catch(() => {});
    if (response.statusCode < 200 || response.statusCode >= 300) {
      // The address is a secret: it is not told.
      throw new Error(`The heartbeat's service answered ${response.statusCode}`);
    }
  };
}

interface Beat {
  readonly address: URL;
  /** Absent for a GET. */
  readonly body?: string;
}

function plainBeat(url: string, trouble: string | undefined): Beat {
  const address = new URL(url);
  if (trouble === undefined) return { address, body: '' };
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/fail`;
  return { address, body: trouble.slice(0, LONGEST_REPORT) };
}

function kumaBeat(url: string, trouble: string | undefined): Beat {
  const address = new URL(url);
  address.searchParams.set('status', trouble === undefined ? 'up' : 'down');
  address.searchParams.set('msg', (trouble ?? 'OK').split('\n')[0]?.slice(0, LONGEST_MESSAGE) ?? '');
  address.searchParams.delete('ping');
  return { address };
}
