import type { NotificationMessage } from '../domain/notification.ts';
import { incidentTitle } from './incident-title.ts';
import type { EvidenceInput } from './message/evidence-lines.ts';
import * as line from './message/evidence-lines.ts';
import { shortForm } from './message/short-form.ts';
import { type Language, plainLine, shortClock, type Wording } from './message/wording.ts';
import { SEVERITY_NAMES } from './severity-names.ts';

/** As many lines as a chat shows without being opened. */
const MAX_BRIEF = 9;

const STEPS: readonly (readonly [prefix: string, words: Wording])[] = [
  ['reminder-', { vi: 'Chưa ai nhận: ', en: 'Nobody took it: ' }],
  ['escalation-', { vi: 'Chưa ai nhận, chuyển lên: ', en: 'Nobody took it, passed on: ' }],
  ['worse-', { vi: 'Nặng hơn: ', en: 'Worse: ' }],
  ['grown-', { vi: 'Lan rộng: ', en: 'Growing: ' }],
  ['reopened-', { vi: 'Tăng trở lại: ', en: 'Back again: ' }],
  ['woken-', { vi: 'Hết giờ hoãn, chưa xong: ', en: 'Snooze over, not settled: ' }],
];

const MARKS: Readonly<Record<'drill' | 'planned', Wording>> = {
  drill: { vi: 'DIỄN TẬP', en: 'DRILL' },
  planned: { vi: 'Đã báo trước', en: 'Planned' },
};

/**
 * The message that an officer gets: what, where, how fast, on whose word, how sure.
 *
 * Each form says the same: the subject for a lock screen, the brief for chats, the text for a mail, the short form for a
 * text message. Every number comes from the alert and its articles, so that it can be counted again from the archive.
 */
export function evidenceCard(input: EvidenceInput): NotificationMessage {
  const { incident, step, languages = ['vi', 'en'], url, acknowledgeUrl } = input;
  const [language = 'vi'] = languages;
  return {
    incidentId: incident.id,
    step,
    severity: incident.severity,
    language,
    subject: subjectOf(input, language),
    brief: briefOf(input, language),
    text: languages
      .map((each, at) => textOf(input, each, at === 0))
      .join(`\n\n${languages[1] === 'en' ? '— English —' : '———'}\n`),
    short: shortOf(input, language),
    url,
    ...(acknowledgeUrl === undefined ? {} : { acknowledgeUrl }),
  };
}

function subjectOf(input: EvidenceInput, language: Language): string {
  const { incident } = input;
  const severity = SEVERITY_NAMES[incident.severity][language];
  const mark = incident.mark === undefined ? '' : `[${MARKS[incident.mark][language]}] `;
  return `${mark}[${severity}] ${stepOf(input, language)}${titleOf(input, language)}`;
}

function stepOf({ step }: EvidenceInput, language: Language): string {
  return STEPS.find(([prefix]) => step.startsWith(prefix))?.[1][language] ?? '';
}

/** The incident's line; it is kept in Vietnamese, and made anew in English where the alert is about what opened it. */
function titleOf({ incident, alert, articles }: EvidenceInput, language: Language): string {
  const isItsOwn = language === 'en' && alert.series === incident.series[0];
  return plainLine(isItsOwn ? incidentTitle(alert, articles).en : incident.title);
}

/** What decides whether to get up: the headline, how much, on whose word, since when, how sure. */
function briefOf(input: EvidenceInput, language: Language): readonly string[] {
  const { articles, forecast, alert } = input;
  const lines = [
    line.briefCountLine(input, language),
    line.briefFirstLine(input, language),
    line.reachLine(input, language),
    ...line.headlines(articles, 2).map((headline) => `• ${headline}`),
    line.briefSignLine(input, language),
    line.briefCertaintyLine(input, language),
    alert.changed === undefined ? '' : line.changedLine(input, language),
    forecast?.[language] ?? '',
    line.earlierLine(input, language),
    line.briefFreshnessLine(input, language),
  ];
  return lines.filter((each) => each !== '').slice(0, MAX_BRIEF);
}

/** @param isFirst  headlines are in one language, and are told once */
function textOf(input: EvidenceInput, language: Language, isFirst: boolean): string {
  const { incident, articles, url, forecast } = input;
  const since = shortClock(incident.openedAt, input.now);
  return [
    titleOf(input, language),
    line.severityLine(input, language),
    language === 'vi'
      ? `${stepOf(input, 'vi')}mở từ ${since}.`
      : `${stepOf(input, 'en')}open since ${since}.`,
    line.countLine(input, language),
    line.newsroomLine(input, language),
    line.firstLine(input, language),
    isFirst ? (articles[0]?.url ?? '') : '',
    line.reachLine(input, language),
    line.signLine(input, language),
    line.certaintyLine(input, language),
    line.changedLine(input, language),
    forecast?.[language] ?? '',
    line.earlierLine(input, language),
    ...(isFirst ? line.headlines(articles) : []).map((headline) => `• ${headline}`),
    line.cancelLine(input, language),
    line.freshnessLine(input, language),
    language === 'vi' ? `Xem: ${url}` : `Read on: ${url}`,
  ]
    .filter((each) => each !== '')
    .join('\n');
}

/** Square brackets cost two characters each in a text message: a colon does. */
function shortOf(input: EvidenceInput, language: Language): string {
  const { incident, alert, url, acknowledgeUrl } = input;
  const mark = incident.mark === undefined ? '' : `${MARKS[incident.mark][language]} `;
  const severity = SEVERITY_NAMES[incident.severity][language].toLocaleUpperCase('vi');
  const title = titleOf(input, language);
  // The title ends with how much; cut, it would lose that first.
  const [figures = '', ...before] = title.split(' · ').reverse();
  const what = before.length === 0 ? title : before.reverse().join(' - ');
  const newsrooms = alert.independentNewsrooms.length;
  const counted = language === 'vi' ? `${newsrooms} toà soạn` : `${newsrooms} newsrooms`;
  const ending = before.length === 0 ? counted : `${figures}, ${counted}`;
  const links = [acknowledgeUrl, url].filter((link) => link !== undefined);
  return shortForm(`${mark}${severity}: ${stepOf(input, language)}${what}`, ending, links);
}
