import { testMessage } from '../src/detection/message/test-message.ts';
import { PermanentError, RetryLaterError } from '../src/errors.ts';
import type { Channel } from '../src/ports/channel.ts';

/** Longer than any channel waits by itself. */
const TIMEOUT_MS = 60_000;

/** How the trial of a channel ended; `why` is in English, for whoever mends it. */
export type ChannelTrial =
  | { readonly isTaken: true; readonly reference?: string; readonly ms: number }
  | { readonly isTaken: false; readonly why: string; readonly ms: number };

/**
 * Sends one message, marked as a trial, over a channel.
 *
 * @param to          mailbox, number, chat or user there; the channel's own unless named
 * @param consoleUrl  without a slash at the end
 */
export async function testChannel(
  channel: Channel,
  { to, language, consoleUrl }: { to?: string | undefined; language: 'vi' | 'en'; consoleUrl: string },
  now: () => Date,
): Promise<ChannelTrial> {
  const startedAt = now();
  const elapsed = () => now().getTime() - startedAt.getTime();
  const message = testMessage(language, consoleUrl, startedAt);
  const delivery = {
    notificationId: `notify-test-${startedAt.getTime()}`,
    ...(to === undefined ? {} : { to }),
  };
  try {
    const { reference } = await channel.deliver(message, delivery, AbortSignal.timeout(TIMEOUT_MS));
    return { isTaken: true, ...(reference === undefined ? {} : { reference }), ms: elapsed() };
  } catch (error) {
    return { isTaken: false, why: whyNot(error), ms: elapsed() };
  }
}

function whyNot(error: unknown): string {
  const { message } = error as Error;
  if (error instanceof PermanentError) return `refused for good (${error.reason}): ${message}`;
  if (error instanceof RetryLaterError) return `asked to wait ${error.delayMs} ms: ${message}`;
  return `failed, might pass: ${message}`;
}
