import type { Incident } from '../../domain/incident.ts';
import type { Notification, NotificationMessage } from '../../domain/notification.ts';
import { SEVERITY_NAMES } from '../severity-names.ts';
import { shortForm } from './short-form.ts';
import type { Language } from './wording.ts';
import { cutLine, plainLine, shortClock } from './wording.ts';

export interface DigestInput {
  readonly notification: Pick<Notification, 'incidentId' | 'step'>;
  /** The most severe first, at least one. */
  readonly incidents: readonly Incident[];
  readonly languages?: readonly Language[];
  /** Without a slash at the end. */
  readonly consoleUrl: string;
  readonly now: Date;
}

/** More than these are not read over breakfast; the console has them all. */
const MAX_LISTED = 20;
const MAX_BRIEF = 6;
const MAX_BRIEF_TITLE = 100;

/**
 * The morning's message: several incidents in one, which were not worth waking somebody for, or came when they had been
 * woken often enough.
 */
export function digestMessage(input: DigestInput): NotificationMessage {
  const { notification, incidents, languages = ['vi', 'en'], consoleUrl } = input;
  const [language = 'vi'] = languages;
  const url = `${consoleUrl}/incidents`;
  const subject = subjectOf(input, language);
  const briefly = incidents
    .slice(0, MAX_BRIEF)
    .map(
      ({ severity, title }) =>
        `• ${SEVERITY_NAMES[severity][language]}: ${cutLine(plainLine(title), MAX_BRIEF_TITLE)}`,
    );
  return {
    incidentId: notification.incidentId,
    step: notification.step,
    severity: incidents[0]?.severity ?? 'information',
    language,
    subject,
    brief: [...briefly, ...more(incidents.length - MAX_BRIEF, language)],
    text: languages
      .map((each) => whole(input, each))
      .join(`\n\n${languages[1] === 'en' ? '— English —' : '———'}\n`),
    short: shortForm(`${subject}: ${incidents.map(({ title }) => title).join('; ')}`, '', [url]),
    url,
  };
}

function subjectOf({ notification, incidents }: DigestInput, language: Language): string {
  const day = notification.step.slice('digest-'.length).split('-').reverse().slice(0, 2).join('/');
  const count = incidents.length;
  return language === 'vi'
    ? `Bản tin sáng ${day}: ${count} sự việc chưa ai nhận`
    : `Morning digest ${day}: ${count} incidents that nobody has taken`;
}

function whole(input: DigestInput, language: Language): string {
  const { incidents, consoleUrl, now } = input;
  const listed = incidents.slice(0, MAX_LISTED).map(({ id, severity, title, openedAt }) => {
    const since = language === 'vi' ? 'từ' : 'since';
    const line = `• [${SEVERITY_NAMES[severity][language]}] ${plainLine(title)}, ${since} ${shortClock(openedAt, now)}`;
    return `${line}\n  ${consoleUrl}/incidents/${id}`;
  });
  return [`${subjectOf(input, language)}.`, ...listed, ...more(incidents.length - MAX_LISTED, language)].join(
    '\n',
  );
}

function more(count: number, language: Language): readonly string[] {
  if (count <= 0) return [];
  return [language === 'vi' ? `… và ${count} sự việc khác` : `… and ${count} more`];
}
