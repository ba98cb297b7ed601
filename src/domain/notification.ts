/** What an officer is sent: the same facts for every channel; each channel takes the form that fits it. */
export interface NotificationMessage {
  readonly incidentId: string;
  /** What it tells: see `Notification.step`. */
  readonly step: string;
  readonly severity: string;
  readonly subject: string;
  /** Whole message, Vietnamese first. */
  readonly text: string;
  /** The same in one line without diacritics, for a text message: at most 160 characters of GSM 03.38, link included. */
  readonly short: string;
  /** Where to read on. */
  readonly url: string;
  /** Signed link by which this officer takes the incident over; absent where there is nothing to take over. */
  readonly acknowledgeUrl?: string;
}

export type DeliveryStatus = 'due' | 'delivered' | 'failed';

/** One delivery of one step of an incident to one officer over one channel. */
export interface Notification {
  /** `<incident id>-<step>-<officer>-<channel>`: the same step never goes out twice on one channel. */
  readonly id: string;
  readonly incidentId: string;
  /** What it tells: `opened`, `worse-<severity>`, `grown-<n>`, `reminder-<n>`, `escalation-<n>`, `digest-<day>`. */
  readonly step: string;
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
