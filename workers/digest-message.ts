import { SEVERITY_NAMES } from '../src/detection/severity-names.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { Notification, NotificationMessage } from '../src/domain/notification.ts';

/** More than these are not read over breakfast; the console has them all. */
const MAX_LISTED = 20;

/**
 * The morning's message: what was not worth waking somebody for, or came when they had been woken often enough.
 *
 * @param incidents  the most severe first, at least one
 * @param consoleUrl  without a slash at the end
 */
export function digestMessage(
  { incidentId, step }: Notification,
  incidents: readonly Incident[],
  consoleUrl: string,
): NotificationMessage {
  const day = step.slice('digest-'.length).split('-').reverse().join('/');
  const count = incidents.length;
  const severity = incidents[0]?.severity ?? 'information';
  const url = `${consoleUrl}/incidents`;
  const listed = incidents.slice(0, MAX_LISTED);
  return {
    incidentId,
    step,
    severity,
    language: 'vi',
    brief: listed.slice(0, 6).map(({ title }) => title),
    subject: `Bản tin sáng ${day}: ${count} sự việc chưa ai nhận`,
    text: [
      `Bản tin sáng ${day}: ${count} sự việc mở từ hôm qua đến sáng nay, chưa ai nhận.`,
      ...listed.map((incident) => line(incident, 'vi', consoleUrl)),
      ...(count > MAX_LISTED ? [`… và ${count - MAX_LISTED} sự việc khác.`] : []),
      `Tất cả: ${url}`,
      '',
      '— English —',
      `Morning digest: ${count} incidents that nobody has taken yet.`,
      ...listed.map((incident) => line(incident, 'en', consoleUrl)),
      `All of them: ${url}`,
    ].join('\n'),
    short: `Ban tin sang ${day}: ${count} su viec chua ai nhan. ${url}`.slice(0, 160),
    url,
  };
}

function line({ id, severity, title }: Incident, language: 'vi' | 'en', consoleUrl: string): string {
  return `• [${SEVERITY_NAMES[severity][language]}] ${title}\n  ${consoleUrl}/incidents/${id}`;
}
