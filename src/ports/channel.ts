import type { NotificationMessage } from '../domain/notification.ts';

/** Which delivery, and to whom. */
export interface Delivery {
  /** Stable across retries, so that the far side can tell a repeat from a new message. */
  readonly notificationId: string;
  /** The officer's address on this channel (mailbox, telephone number, chat id); absent: the channel's own. */
  readonly to?: string;
}

/** What the far side said when it took a message. */
export interface Receipt {
  /** Its own name for the message, by which a later question can be asked there. */
  readonly reference?: string;
}

/** A way to reach an officer. */
export interface Channel {
  readonly name: string;
  /**
   * Hands the message to the far side and resolves once that side has taken it.
   *
   * No error repeats a secret of the channel's configuration.
   *
   * @throws {RetryLaterError} if the far side asked us to wait
   * @throws {PermanentError} if it refused the message for good
   * @throws on anything else that may pass
   */
  deliver(message: NotificationMessage, delivery: Delivery, signal: AbortSignal): Promise<Receipt>;
  /** Lets go of its connections. */
  close?(): Promise<void>;
}
