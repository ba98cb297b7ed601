import type { NotificationMessage } from './notification.ts';

const SUBJECT = '[DIỄN TẬP / DRILL]';
const LINE = 'DIỄN TẬP, không phải sự cố thật. / DRILL, not a real incident.';
/** Text messages carry no diacritics. */
const SHORT = '[DIEN TAP]';

const LONGEST_SHORT = 160;

/** The same message, marked in every form that a channel may take of it, so that nobody takes a drill for the real thing. */
export function markedAsDrill(message: NotificationMessage): NotificationMessage {
  return {
    ...message,
    subject: isMarked(message.subject) ? message.subject : `${SUBJECT} ${message.subject}`,
    brief: [LINE, ...message.brief],
    text: `${LINE}\n\n${message.text}`,
    short: isMarked(message.short) ? message.short : markedShort(message.short),
  };
}

/** Messages about an incident of a drill say so in their first words. */
function isMarked(line: string): boolean {
  return /^\[[^\]]*(?:DIỄN TẬP|DIEN TAP|DRILL)/.test(line);
}

/** What is too long then is cut before the link, which ends it. */
function markedShort(short: string): string {
  const marked = `${SHORT} ${short}`;
  const excess = marked.length - LONGEST_SHORT;
  const link = / https?:\/\/\S+$/.exec(marked);
  if (excess <= 0 || link === null) return marked.slice(0, LONGEST_SHORT);
  return `${marked.slice(0, Math.max(SHORT.length, link.index - excess))}${link[0]}`;
}
