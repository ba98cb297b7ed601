/** What is known of an incident, one line each, in both languages: what the forms of a message are made of. */
import type { Alert, AlertSign, Signal } from '../../domain/alert.ts';
import type { Article } from '../../domain/article.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Tier } from '../../domain/outlet.ts';
import { DAY_MS, HOUR_MS } from '../../domain/time.ts';
import { QUIET_HOURS, UNREAD_QUIET_HOURS } from '../incident-severity.ts';
import { SEVERITY_NAMES } from '../severity-names.ts';
import { isNegative, type SignalKind } from '../signals.ts';
import type { Language, Wording } from './wording.ts';
import {
  chance,
  clock,
  cutLine,
  day,
  halfOf,
  hours,
  howOften,
  number,
  percent,
  plainLine,
  shortClock,
} from './wording.ts';

/** What a message is made from; every number comes from the alert and its articles, so that it can be counted again. */
export interface EvidenceInput {
  readonly incident: Incident;
  /** The alert to explain; its numbers are what the card prints. */
  readonly alert: Alert;
  /** The alert's articles, oldest first. */
  readonly articles: readonly Article[];
  /** See `Notification.step`. */
  readonly step: string;
  /** Display name of an outlet by id. */
  readonly outletName: (outletId: string) => string;
  readonly newsroomName: (id: string) => string;
  /** What the officer reads, first choice first; Vietnamese, then English, unless said otherwise. */
  readonly languages?: readonly Language[];
  /** Where the incident can be read. */
  readonly url: string;
  /** Where this officer can take it over without signing in. */
  readonly acknowledgeUrl?: string | undefined;
  readonly now: Date;
  /** How much of the press was heard lately, in words. */
  readonly freshness?: Wording | undefined;
  /** What is to be expected of it next, in words. */
  readonly forecast?: Wording | undefined;
  /** Earlier incidents at the same facility, newest first. */
  readonly earlier?: readonly Incident[];
}

/** More headlines than this are not read at night. */
const MAX_HEADLINES = 5;
const MAX_HEADLINE = 180;
const MAX_NEWSROOMS = 6;
const MAX_EARLIER = 3;

/** Data older than this deserve a word of warning. */
const STALE_MS = HOUR_MS;

/** In this time an office is expected to have said something. */
const FIRST_DAY_MS = DAY_MS;

const LOCAL: readonly Tier[] = ['provincial', 'trade'];
const NATIONAL: readonly Tier[] = ['central', 'ministry', 'national'];

const SIGNS: Readonly<Record<AlertSign, Wording>> = {
  burst: { vi: 'nhiều bài dồn dập cùng lúc', en: 'many articles at once' },
  'slow-rise': { vi: 'mỗi ngày một nhiều hơn', en: 'more every day' },
  'tone-shift': { vi: 'không nhiều hơn nhưng xấu hơn thường lệ', en: 'no more than usual, but worse' },
  'many-places': { vi: 'mỗi nơi một ít, ở nhiều tỉnh', en: 'a little in many provinces' },
  reach: { vi: 'một việc, nhiều toà soạn đưa', en: 'one event in many newsrooms' },
};

const SIGNALS: Readonly<Record<SignalKind, Wording>> = {
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

const VERDICTS: Readonly<Record<string, Wording>> = {
  true: { vi: 'đúng', en: 'true' },
  false: { vi: 'báo nhầm', en: 'false' },
  planned: { vi: 'đã báo trước', en: 'planned' },
  duplicate: { vi: 'trùng', en: 'duplicate' },
};

/** Why it is as severe as it is, by the last word on it. */
export function severityLine({ incident, alert }: EvidenceInput, language: Language): string {
  const reason = incident.history.findLast(
    ({ what }) => what !== 'alerted' && SEVERITY_CHANGES.has(what),
  )?.note;
  const why = reason === undefined ? '' : ` (${plainLine(halfOf(reason, language))})`;
  const name = SEVERITY_NAMES[incident.severity][language];
  const series = plainLine(alert.seriesName);
  return language === 'vi'
    ? `Mức độ: ${name}${why}. Theo dõi: ${series}.`
    : `Severity: ${name}${why}. Series: ${series}.`;
}

const SEVERITY_CHANGES = new Set(['opened', 'worsened', 'eased', 'severity-set']);

/** How many, in how long, how many usually. */
export function countLine({ alert }: EvidenceInput, language: Language): string {
  const { observed, windowHours, negative, usualNegativeShare } = alert;
  const [expected, spread] = [number(alert.expected, language), number(alert.spread, language)];
  const share = percent(usualNegativeShare, language);
  return language === 'vi'
    ? `${observed} bài trong ${windowHours} giờ, bình thường khoảng ${expected} (± ${spread}); ${negative} bài tiêu cực (${shareOf(alert, 'vi')}), bình thường ${share}.`
    : `${observed} articles in ${windowHours} h, usually about ${expected} (± ${spread}); ${negative} negative (${shareOf(alert, 'en')}), usually ${share}.`;
}

/** The same for a phone. */
export function briefCountLine({ alert }: EvidenceInput, language: Language): string {
  const { observed, windowHours, negative, independentNewsrooms } = alert;
  const [expected, newsrooms] = [number(alert.expected, language), independentNewsrooms.length];
  return language === 'vi'
    ? `${negative}/${observed} bài tiêu cực trong ${windowHours} giờ (bình thường khoảng ${expected} bài), ${newsrooms} toà soạn độc lập`
    : `${negative} of ${observed} articles negative in ${windowHours} h (usually about ${expected}), ${newsrooms} independent newsrooms`;
}

function shareOf({ negative, observed }: Alert, language: Language): string {
  return percent(observed === 0 ? 0 : negative / observed, language);
}

/** On whose word. */
export function newsroomLine(input: EvidenceInput, language: Language): string {
  const { independentNewsrooms, copiesFolded } = input.alert;
  const rest = independentNewsrooms.length - MAX_NEWSROOMS;
  const names = independentNewsrooms
    .slice(0, MAX_NEWSROOMS)
    .map(input.newsroomName)
    .map(plainLine)
    .join(', ');
  const all = rest > 0 ? `${names}, +${rest}` : names;
  const count = independentNewsrooms.length;
  return language === 'vi'
    ? `Toà soạn độc lập: ${count} (${all}). Bản sao đã gộp: ${copiesFolded}.`
    : `Independent newsrooms: ${count} (${all}). Copies folded: ${copiesFolded}.`;
}

/** Since when, and how much of the first day is gone. */
export function firstLine({ alert, outletName, now }: EvidenceInput, language: Language): string {
  const elapsedMs = now.getTime() - Date.parse(alert.firstArticleAt);
  const who = `${plainLine(outletName(alert.firstOutletId))}, ${clock(alert.firstArticleAt)}`;
  const elapsed = hours(elapsedMs, language);
  if (language === 'vi') {
    const ofFirstDay =
      elapsedMs < FIRST_DAY_MS ? `; đã qua ${elapsed} của 24 giờ đầu` : `, cách đây ${elapsed}`;
    return `Đăng đầu tiên: ${who}${ofFirstDay}.`;
  }
  const ofFirstDay =
    elapsedMs < FIRST_DAY_MS ? `; ${elapsed} of the first 24 h are gone` : `, ${elapsed} ago`;
  return `First: ${who}${ofFirstDay}.`;
}

/** The same for a phone. */
export function briefFirstLine({ alert, outletName, now }: EvidenceInput, language: Language): string {
  const elapsed = hours(now.getTime() - Date.parse(alert.firstArticleAt), language);
  const who = `${plainLine(outletName(alert.firstOutletId))} ${shortClock(alert.firstArticleAt, now)}`;
  return language === 'vi' ? `Đầu tiên: ${who}, cách đây ${elapsed}` : `First: ${who}, ${elapsed} ago`;
}

/** When news that began in a local outlet reached one that is read in the whole country; empty where it did not. */
export function reachLine({ articles, now }: EvidenceInput, language: Language): string {
  const inOrder = articles.toSorted((a, b) => a.firstSeenAt.localeCompare(b.firstSeenAt));
  const [first] = inOrder;
  const wider = inOrder.find(({ tier }) => NATIONAL.includes(tier));
  if (first === undefined || wider === undefined || !LOCAL.includes(first.tier)) return '';
  const from = `${plainLine(first.outletName)} ${shortClock(first.firstSeenAt, now)}`;
  const to = `${plainLine(wider.outletName)} ${shortClock(wider.firstSeenAt, now)}`;
  return language === 'vi'
    ? `Từ báo địa phương (${from}) lên báo toàn quốc (${to}).`
    : `From a local outlet (${from}) to a national one (${to}).`;
}

/** What stood out. */
export function signLine({ alert }: EvidenceInput, language: Language): string {
  const named = [...alert.signals]
    .sort((a, b) => b.strength - a.strength)
    .map((one) => signalName(one, language));
  const signals =
    named.length > 0 ? named.join('; ') : language === 'vi' ? 'không có dấu hiệu riêng' : 'none of its own';
  return language === 'vi'
    ? `Nổi bật: ${SIGNS[alert.sign].vi}. Dấu hiệu: ${signals}.`
    : `Stands out: ${SIGNS[alert.sign].en}. Signs: ${signals}.`;
}

/** The same for a phone. */
export function briefSignLine({ alert }: EvidenceInput, language: Language): string {
  const harm = alert.signals.find(({ kind }) => kind === 'harm');
  const sign = SIGNS[alert.sign][language];
  return harm === undefined ? capital(sign) : `${capital(sign)}; ${signalName(harm, language)}`;
}

function signalName({ kind }: Signal, language: Language): string {
  return SIGNALS[kind as SignalKind]?.[language] ?? kind;
}

/** How sure: how often the office sees as much without a cause. */
export function certaintyLine({ alert }: EvidenceInput, language: Language): string {
  const often = rarity(alert);
  const one = chance(alert.falseAlarmProbability, language);
  return language === 'vi'
    ? `Báo nhầm mạnh như vậy: ${often.vi}; xác suất trong một lần xét: ${one}.`
    : `A false alarm as strong as this: ${often.en}; chance at one look: ${one}.`;
}

/** The same for a phone. */
export function briefCertaintyLine({ alert }: EvidenceInput, language: Language): string {
  const often = rarity(alert);
  return language === 'vi' ? `Báo nhầm mạnh như vậy: ${often.vi}` : `A false alarm as strong: ${often.en}`;
}

function rarity({ falsePagesPerWeek }: Alert): Wording {
  return howOften(falsePagesPerWeek);
}

/** What would take the incident back. */
export function cancelLine(_input: EvidenceInput, language: Language): string {
  const [quiet = 0] = QUIET_HOURS;
  return language === 'vi'
    ? `Tự hạ mức khi ${quiet} giờ không có bài mới hoặc bài tiêu cực giảm một nửa sau một ngày (chưa ai nhận: sau ${UNREAD_QUIET_HOURS} giờ). Là báo nhầm nếu việc đã được báo trước, bài cũ đăng lại hoặc nói về nơi khác.`
    : `Eases by itself after ${quiet} h without a new article, or when negative ones halve after a day (while nobody has taken it: after ${UNREAD_QUIET_HOURS} h). False if it was planned, is an old article again, or is about another place.`;
}

/** Earlier incidents at the same facility, with what became of them; empty where there were none. */
export function earlierLine({ earlier = [] }: EvidenceInput, language: Language): string {
  if (earlier.length === 0) return '';
  const named = earlier.slice(0, MAX_EARLIER).map(({ openedAt, verdict }) => {
    const outcome = verdict === undefined ? '' : ` (${VERDICTS[verdict]?.[language] ?? verdict})`;
    return `${day(openedAt)}${outcome}`;
  });
  const all = `${named.join(', ')}${earlier.length > MAX_EARLIER ? ', …' : ''}`;
  return language === 'vi'
    ? `Cơ sở này từng có ${earlier.length} sự việc: ${all}.`
    : `Earlier incidents at this facility: ${earlier.length} (${all}).`;
}

export function changedLine({ alert }: EvidenceInput, language: Language): string {
  if (alert.changed === undefined) return '';
  const what = plainLine(halfOf(alert.changed, language));
  return language === 'vi' ? `Thay đổi: ${what}.` : `Changed: ${what}.`;
}

/** How fresh the counted articles were, and how much of the press is heard now. */
export function freshnessLine({ alert, freshness }: EvidenceInput, language: Language): string {
  const isOld = isStale(alert);
  const until = clock(alert.dataWatermarkAt);
  const own =
    language === 'vi'
      ? `Dữ liệu đến ${until}${isOld ? ', đã cũ hơn một giờ khi xét' : ''}.`
      : `Data up to ${until}${isOld ? ', more than an hour old when judged' : ''}.`;
  return freshness === undefined ? own : `${own} ${freshness[language]}`;
}

/** A word of warning on a phone; empty where the data were fresh. */
export function briefFreshnessLine({ alert }: EvidenceInput, language: Language): string {
  if (!isStale(alert)) return '';
  return language === 'vi'
    ? 'Chú ý: dữ liệu đã cũ hơn một giờ khi xét'
    : 'Mind: data more than an hour old when judged';
}

function isStale({ at, dataWatermarkAt }: Alert): boolean {
  return Date.parse(at) - Date.parse(dataWatermarkAt) > STALE_MS;
}

/** Headlines of different stories, negative ones first: what the officer is asked about in the morning. */
export function headlines(articles: readonly Article[], most = MAX_HEADLINES): readonly string[] {
  const seen = new Set<string>();
  const distinct = [...articles.filter(isNegative), ...articles].filter(({ storyId }) => {
    const isNew = !seen.has(storyId);
    seen.add(storyId);
    return isNew;
  });
  return distinct
    .slice(0, most)
    .map(({ title, outletName }) => `${cutLine(plainLine(title), MAX_HEADLINE)} (${plainLine(outletName)})`);
}

function capital(text: string): string {
  return `${text.slice(0, 1).toLocaleUpperCase('vi')}${text.slice(1)}`;
}
