import type { Alert, AlertSign, Signal } from '../domain/alert.ts';
import type { Article } from '../domain/article.ts';
import type { Incident } from '../domain/incident.ts';
import type { NotificationMessage } from '../domain/notification.ts';
import { HOUR_MS, VIETNAM_OFFSET_MS } from '../domain/time.ts';
import { SEVERITY_NAMES } from './severity-names.ts';
import type { SignalKind } from './signals.ts';
import { isNegative } from './signals.ts';

export interface EvidenceInput {
  readonly incident: Incident;
  /** The alert to explain; its numbers are what the card prints. */
  readonly alert: Alert;
  /** The alert's articles, oldest first. */
  readonly articles: readonly Article[];
  /** `opened`, `worse-<severity>`, `grown-<n>`, `reminder-<n>`. */
  readonly step: string;
  /** Display name of an outlet by id. */
  readonly outletName: (outletId: string) => string;
  readonly newsroomName: (id: string) => string;
  /** Where the incident can be read and acknowledged. */
  readonly url: string;
  readonly now: Date;
  /** How much of the press was heard lately, in words. */
  readonly freshness?: { readonly vi: string; readonly en: string };
}

/** More headlines than this are not read at night. */
const MAX_HEADLINES = 5;
const MAX_NEWSROOMS = 6;

/** Nobody has waited longer: two years. */
const MOST_WEEKS = 104;

/** Data older than this deserve a word of warning. */
const STALE_MS = HOUR_MS;

type Language = 'vi' | 'en';

const SIGNAL_NAMES: Readonly<Record<SignalKind, Record<Language, string>>> = {
  acceleration: { vi: 'số bài tăng nhanh', en: 'more articles than usual' },
  'negative-share': { vi: 'tỷ lệ tiêu cực cao bất thường', en: 'unusually high negative share' },
  newsrooms: { vi: 'nhiều toà soạn độc lập', en: 'many independent newsrooms' },
  'tier-jump': { vi: 'báo lớn hơn đã vào cuộc', en: 'picked up by wider-reaching outlets' },
  harm: { vi: 'từ ngữ về thiệt hại, sai phạm', en: 'words of harm or misconduct' },
  spread: { vi: 'lan sang tỉnh khác', en: 'spreading to other provinces' },
  denial: { vi: 'đã có phủ nhận hoặc đính chính', en: 'a denial or correction was reported' },
  recurrence: { vi: 'cơ sở từng có sự cố trong 8 tuần qua', en: 'earlier incident here in the last 8 weeks' },
  persistence: { vi: 'kéo dài nhiều ngày', en: 'lasting for days' },
};

const SIGN_NAMES: Readonly<Record<AlertSign, Record<Language, string>>> = {
  burst: { vi: 'nhiều bài cùng lúc', en: 'many articles at once' },
  'slow-rise': { vi: 'mỗi ngày một nhiều hơn', en: 'more every day' },
  'tone-shift': { vi: 'không nhiều hơn nhưng xấu hơn', en: 'no more than usual, but worse' },
  'many-places': { vi: 'mỗi nơi một ít, ở nhiều tỉnh', en: 'a little in many provinces' },
  reach: { vi: 'một việc, nhiều toà soạn', en: 'one event in many newsrooms' },
};

/**
 * The message that an officer gets: what, where, how fast, on whose word, how sure; Vietnamese, then English.
 *
 * Every number comes from the alert and its articles, so that it can be counted again from the archive.
 */
export function evidenceCard(input: EvidenceInput): NotificationMessage {
  const { incident, url } = input;
  return {
    incidentId: incident.id,
    step: input.step,
    severity: incident.severity,
    language: 'vi',
    brief: briefOf(input),
    subject: `[${SEVERITY_NAMES[incident.severity].vi}] ${stepPrefix(input.step)}${incident.title}`,
    text: `${vietnamese(input)}\n\n— English —\n${english(input)}`,
    short: shortOf(incident, url),
    url,
  };
}

/** Without diacritics, so that it fits one text message. */
function shortOf(incident: Incident, url: string): string {
  const plain = `[${SEVERITY_NAMES[incident.severity].vi}] ${incident.title}`
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^\x20-\x7e]/g, ' ');
  return `${plain.slice(0, Math.max(0, 159 - url.length))} ${url}`;
}

function stepPrefix(step: string): string {
  if (step.startsWith('reminder-')) return 'Nhắc lại, chưa ai nhận: ';
  if (step.startsWith('worse-')) return 'Nặng hơn: ';
  if (step.startsWith('grown-')) return 'Lan rộng: ';
  if (step.startsWith('reopened-')) return 'Tăng trở lại: ';
  if (step.startsWith('escalation-')) return 'Chưa ai nhận, chuyển lên: ';
  return '';
}

/** What decides on a phone: how much, on whose word, since when, what. */
function briefOf({ alert, articles, outletName, now }: EvidenceInput): string[] {
  const headline = (articles.find(isNegative) ?? articles[0])?.title;
  return [
    `${alert.negative}/${alert.observed} bài tiêu cực trong ${alert.windowHours} giờ (bình thường ${number(alert.expected, 'vi')} bài)`,
    `${alert.independentNewsrooms.length} toà soạn độc lập; đầu tiên ${outletName(alert.firstOutletId)}, cách đây ${hours(alert.firstArticleAt, now, 'vi')}`,
    ...(headline === undefined ? [] : [headline]),
  ];
}

/** How long an office waits for such an alert without a cause. */
function rarity({ falsePagesPerWeek }: Alert, language: Language): string {
  const weeks = 1 / Math.max(falsePagesPerWeek, 1 / MOST_WEEKS);
  const more = weeks >= MOST_WEEKS;
  if (language === 'vi')
    return `không có lý do thì ${more ? 'hơn' : 'khoảng'} ${number(weeks, 'vi')} tuần mới thấy một lần`;
  return `without a cause seen once in ${more ? 'more than' : 'about'} ${number(weeks, 'en')} weeks`;
}

function vietnamese(input: EvidenceInput): string {
  const { incident, alert, articles } = input;
  const first = articles[0];
  return lines([
    incident.title,
    `Mức độ: ${SEVERITY_NAMES[incident.severity].vi}. Theo dõi: ${alert.seriesName}.`,
    stepPrefix(input.step) === '' ? '' : `${stepPrefix(input.step)}mở từ ${clock(incident.openedAt)}.`,
    `${alert.observed} bài trong ${alert.windowHours} giờ, bình thường khoảng ${number(alert.expected, 'vi')} (± ${number(alert.spread, 'vi')}); ${articles.filter(isNegative).length} bài tiêu cực.`,
    `Toà soạn độc lập: ${alert.independentNewsrooms.length} (${newsroomNames(input)}). Bản sao đã gộp: ${alert.copiesFolded}.`,
    `Đăng đầu tiên: ${input.outletName(alert.firstOutletId)}, ${clock(alert.firstArticleAt)} (cách đây ${hours(alert.firstArticleAt, input.now, 'vi')}).`,
    first === undefined ? '' : first.url,
    `Nổi bật: ${SIGN_NAMES[alert.sign].vi}. Dấu hiệu: ${signalText(alert, 'vi')}.`,
    `Xác suất báo nhầm trong một lần xét: ${probability(alert.falseAlarmProbability, 'vi')}; ${rarity(alert, 'vi')}.`,
    alert.changed === undefined ? '' : `Thay đổi: ${alert.changed.split(' / ')[0]}.`,
    headlines(articles),
    freshness(alert, 'vi'),
    input.freshness?.vi ?? '',
    `Xem và nhận việc: ${input.url}`,
  ]);
}

function english(input: EvidenceInput): string {
  const { incident, alert, articles } = input;
  return lines([
    `Severity: ${SEVERITY_NAMES[incident.severity].en}. Series: ${alert.seriesName}. Open since ${clock(incident.openedAt)}.`,
    `${alert.observed} articles in ${alert.windowHours} h, usually about ${number(alert.expected, 'en')} (± ${number(alert.spread, 'en')}); ${articles.filter(isNegative).length} negative.`,
    `Independent newsrooms: ${alert.independentNewsrooms.length}. Copies folded: ${alert.copiesFolded}.`,
    `First: ${input.outletName(alert.firstOutletId)}, ${clock(alert.firstArticleAt)} (${hours(alert.firstArticleAt, input.now, 'en')} ago).`,
    `Stands out: ${SIGN_NAMES[alert.sign].en}. Signs: ${signalText(alert, 'en')}.`,
    `Chance of a false alarm at one look: ${probability(alert.falseAlarmProbability, 'en')}; ${rarity(alert, 'en')}.`,
    alert.changed === undefined ? '' : `Changed: ${alert.changed.split(' / ')[1] ?? alert.changed}.`,
    freshness(alert, 'en'),
    input.freshness?.en ?? '',
    `Read and acknowledge: ${input.url}`,
  ]);
}

/** The negative headlines of different stories first: they are what the officer is asked about in the morning. */
function headlines(articles: readonly Article[]): string {
  const seen = new Set<string>();
  const distinct = [...articles.filter(isNegative), ...articles].filter(({ storyId }) => {
    const isNew = !seen.has(storyId);
    seen.add(storyId);
    return isNew;
  });
  return distinct
    .slice(0, MAX_HEADLINES)
    .map(({ title, outletName }) => `• ${title} (${outletName})`)
    .join('\n');
}

function signalText({ signals }: Alert, language: Language): string {
  const named = [...signals]
    .sort((a, b) => b.strength - a.strength)
    .map((signal) => signalName(signal, language));
  if (named.length > 0) return named.join('; ');
  return language === 'vi' ? 'không có dấu hiệu riêng' : 'none of its own';
}

function signalName({ kind }: Signal, language: Language): string {
  return SIGNAL_NAMES[kind as SignalKind]?.[language] ?? kind;
}

function freshness({ at, dataWatermarkAt }: Alert, language: Language): string {
  const age = Date.parse(at) - Date.parse(dataWatermarkAt);
  const warning = age > STALE_MS;
  if (language === 'vi') {
    return `Dữ liệu đến ${clock(dataWatermarkAt)}${warning ? ', đã cũ hơn một giờ khi xét' : ''}.`;
  }
  return `Data up to ${clock(dataWatermarkAt)}${warning ? ', more than an hour old when judged' : ''}.`;
}

function newsroomNames({ alert: { independentNewsrooms }, newsroomName }: EvidenceInput): string {
  const rest = independentNewsrooms.length - MAX_NEWSROOMS;
  const shown = independentNewsrooms.slice(0, MAX_NEWSROOMS).map(newsroomName).join(', ');
  return rest > 0 ? `${shown}, +${rest}` : shown;
}

/** `14:05 ngày 27/02/2026`, on a Vietnamese clock in either language. */
function clock(at: string): string {
  const local = new Date(Date.parse(at) + VIETNAM_OFFSET_MS).toISOString();
  return `${local.slice(11, 16)} ${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)}`;
}

function hours(since: string, now: Date, language: Language): string {
  const value = Math.max(0, (now.getTime() - Date.parse(since)) / HOUR_MS);
  return language === 'vi' ? `${number(value, 'vi')} giờ` : `${number(value, 'en')} h`;
}

function number(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}

/** As a chance in so many: nobody reads exponents at night. */
function probability(value: number, language: Language): string {
  const one = language === 'vi' ? 'khoảng 1 phần' : 'about 1 in';
  const inverse = Math.min(1e9, 1 / Math.max(value, 1e-9));
  const rounded = Number(inverse.toPrecision(inverse < 1000 ? 2 : 1));
  return `${one} ${new Intl.NumberFormat(language).format(rounded)}`;
}

function lines(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
