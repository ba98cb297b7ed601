import type { NotificationMessage } from '../domain/notification.ts';

/** A way to reach an officer. */
export interface Channel {
  readonly name: string;
  /**
   * Hands the message to the far side and resolves once that side has taken it.
   *
   * @param notificationId stable across retries, so that the far side can tell a repeat from a new message
   * @throws {RetryLaterError} if the far side asked us to wait
   * @throws {PermanentError} if it refused the message for good
   * @throws on anything else that may pass
   */
  deliver(message: NotificationMessage, notificationId: string, signal: AbortSignal): Promise<void>;
}
