/** What an officer is sent: the same facts for every channel, in both languages. */
export interface NotificationMessage {
  readonly incidentId: string;
  readonly severity: string;
  readonly subject: string;
  readonly text: string;
  /** Where to read on and acknowledge. */
  readonly url: string;
}

export type DeliveryStatus = 'due' | 'delivered' | 'failed';

/** One delivery of one step of an incident over one channel. */
export interface Notification {
  /** `<incident id>-<step>-<channel>`: the same step never goes out twice on one channel. */
  readonly id: string;
  readonly incidentId: string;
  /** What it tells: `opened`, `worse-<severity>`, `reminder-<n>`. */
  readonly step: string;
  readonly channel: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly createdAt: string;
  readonly deliveredAt?: string;
  readonly error?: string;
}
