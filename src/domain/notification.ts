import type { Severity } from './alert.ts';

/** What an officer is sent: the same facts for every channel; each channel takes the form that fits it. */
export interface NotificationMessage {
  readonly incidentId: string;
  /** What it tells: see `Notification.step`. */
  readonly step: string;
  readonly severity: string;
  /** What the officer reads first. */
  readonly language: 'vi' | 'en';
  /** One line that says what, where and how much in its first 60 characters: what a lock screen shows. */
  readonly subject: string;
  /** What to know at night, in a few lines for chats and phones: plain text, without links. */
  readonly brief: readonly string[];
  /** The whole message, in every language that the officer reads; without the link that acknowledges. */
  readonly text: string;
  /** The same in one line without diacritics, for a text message: at most 160 characters of GSM 03.38, link included. */
  readonly short: string;
  /** Where to read on. */
  readonly url: string;
  /** Signed link by which this officer takes the incident over; absent where there is nothing to take over. */
  readonly acknowledgeUrl?: string;
}

/** What is `held` goes nowhere by itself: the officer's next digest tells of it. */
export type DeliveryStatus = 'due' | 'delivered' | 'failed' | 'held';

/** One delivery of one step of an incident to one officer over one channel. */
export interface Notification {
  /** `<incident id>-<step>-<officer>-<channel>`: the same step never goes out twice on one channel. */
  readonly id: string;
  readonly incidentId: string;
  /**
   * What it tells: `opened`, `worse-<severity>`, `grown-<n>`, `reminder-<n>`, `escalation-<n>`, `digest-<day>`; after an
   * incident was reopened by its k-th change `reopened-<k>`, `worse-<severity>-<k>`, `grown-<n>-<k>`; `woken-<k>` where
   * that was the end of a snooze.
   */
  readonly step: string;
  /** How severe the incident was when this was planned. */
  readonly severity?: Severity;
  /** The channel's name; `digest` for what is held. */
  readonly channel: string;
  /** Who it is for; absent where it goes to the channel's own address. */
  readonly officerId?: string;
  /** Their address on that channel. */
  readonly to?: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly createdAt: string;
  readonly deliveredAt?: string;
  /** What the far side calls it, where it said. */
  readonly reference?: string;
  readonly error?: string;
}
