import type { NotificationMessage } from '../../domain/notification.ts';

export interface MessageLink {
  readonly label: string;
  readonly url: string;
}

const LABELS = {
  vi: { acknowledge: 'Nhận việc', read: 'Xem chi tiết' },
  en: { acknowledge: 'Take it', read: 'Read on' },
} as const;

/** Where an officer goes from a message: to take the matter first, where it can be taken. */
export function linksOf({ language, url, acknowledgeUrl }: NotificationMessage): readonly MessageLink[] {
  const labels = LABELS[language];
  const read = { label: labels.read, url };
  return acknowledgeUrl === undefined ? [read] : [{ label: labels.acknowledge, url: acknowledgeUrl }, read];
}

/** The links as lines of plain text. */
export function linkLines(message: NotificationMessage): readonly string[] {
  return linksOf(message).map(({ label, url }) => `${label}: ${url}`);
}
