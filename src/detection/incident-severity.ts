import type { Alert, Severity, Signal } from '../domain/alert.ts';
import { SEVERITIES } from '../domain/alert.ts';
import type { Incident, JudgedSeverity } from '../domain/incident.ts';
import { rank } from '../domain/incident.ts';
import type { SeriesKey } from '../domain/series.ts';
import { DAY_MS, HOUR_MS } from '../domain/time.ts';

/** One reason why an incident is as severe as it is. */
export interface SeverityReason {
  /** Says what it is and how much: another key is something new. */
  readonly key: string;
  readonly vi: string;
  readonly en: string;
}

export interface ReasonedSeverity {
  readonly severity: Severity;
  readonly reasons: readonly SeverityReason[];
}

/** What has become of a matter since its last alert. */
export interface MatterNow {
  /** Newest first sight of an article about it. */
  readonly lastArticleAt: string;
  /** Negative articles of the last 24 hours, and of the 24 hours before. */
  readonly lastDay: number;
  readonly dayBefore: number;
  /** The detector's present score of the series that opened it, where it keeps one. */
  readonly score?: number | undefined;
}

/** An older alert says nothing of how severe the matter is today. */
const ALERT_COUNTS_MS = 3 * DAY_MS;

/** Signs beyond the rule that lift an incident by one and by two severities: any single one is common. */
const SIGNS_FOR_ONE = 3;
const SIGNS_FOR_TWO = 5;

const MIN_HARM_ARTICLES = 2;
const STRONG = 0.8;
const MIN_NEW_PROVINCES = 2;

/** Silence of this many hours takes away as many severities as its place says; a night alone takes away none. */
export const QUIET_HOURS = [12, 48, 96] as const;
/** Before anybody has taken the incident, only such a silence counts: it must not fade from view unread. */
export const UNREAD_QUIET_HOURS = 48;

/**
 * How severe alerts are, taken together: what the most severe rule says, one more where three signs speak for it (words
 * of harm, a wider-reaching tier, more provinces, a denial, a count that has doubled), two more where all five do.
 *
 * @param alerts  of one incident, in any order, at least one
 * @param at      ISO 8601; alerts more than three days older than it do not count, unless there are no others
 */
export function judgeSeverity(alerts: readonly Alert[], at: string): ReasonedSeverity {
  const until = Date.parse(at);
  const known = inOrder(alerts.filter((alert) => Date.parse(alert.at) <= until));
  const recent = known.filter((alert) => until - Date.parse(alert.at) <= ALERT_COUNTS_MS);
  const counted = recent.length > 0 ? recent : known.slice(-1);
  const worst = counted.toSorted((a, b) => rank(b.severity) - rank(a.severity))[0];
  if (worst === undefined) return { severity: 'information', reasons: [] };
  const signs = signsOf(counted);
  const lift = signs.length >= SIGNS_FOR_TWO ? 2 : signs.length >= SIGNS_FOR_ONE ? 1 : 0;
  const rule: SeverityReason = {
    key: `rule-${worst.severity}`,
    vi: `quy tắc ${worst.ruleId}`,
    en: `rule ${worst.ruleId}`,
  };
  return { severity: shift(worst.severity, lift), reasons: [rule, ...signs] };
}

/**
 * The severity that an alert lifts an incident to; `undefined` where it does not. What a person has set stays, unless
 * the alerts since then hold a reason that was not there before.
 *
 * @param alerts  all of the incident, the new one included
 */
export function liftedSeverity(
  incident: Pick<Incident, 'severity' | 'severitySetAt'>,
  alerts: readonly Alert[],
  at: string,
): JudgedSeverity | undefined {
  const { severity, reasons } = judgeSeverity(alerts, at);
  if (rank(severity) <= rank(incident.severity)) return undefined;
  const since = incident.severitySetAt;
  if (since === undefined) return { severity, why: sentence(reasons) };
  const before = new Set(judgeSeverity(alerts, since).reasons.map(({ key }) => key));
  const added = reasons.filter(({ key }) => !before.has(key));
  return added.length === 0 ? undefined : { severity, why: sentence(added) };
}

/**
 * The severity that an incident falls to by now; `undefined` where it does not. It follows from the alerts and from what
 * came since, not from earlier falls, so that looking more often lowers nothing further. What a person has set stays.
 */
export function easedSeverity(
  incident: Pick<Incident, 'status' | 'severity' | 'severitySetAt'>,
  alerts: readonly Alert[],
  matter: MatterNow,
  now: string,
): JudgedSeverity | undefined {
  const newest = inOrder(alerts).at(-1);
  if (newest === undefined || incident.status === 'resolved' || incident.severitySetAt !== undefined)
    return undefined;
  const fall = fallOf(alerts, newest, matter, Date.parse(now), incident.status === 'open');
  const severity = shift(judgeSeverity(alerts, newest.at).severity, -fall.steps);
  if (fall.steps === 0 || rank(severity) >= rank(incident.severity)) return undefined;
  return { severity, why: sentence(fall.reasons) };
}

function fallOf(
  alerts: readonly Alert[],
  newest: Alert,
  { lastArticleAt, lastDay, dayBefore, score }: MatterNow,
  nowMs: number,
  isUnread: boolean,
): { steps: number; reasons: SeverityReason[] } {
  const quietHours = Math.floor((nowMs - Date.parse(lastArticleAt)) / HOUR_MS);
  const quiet = QUIET_HOURS.filter((hours) => quietHours >= hours).length;
  const reasons: SeverityReason[] = [];
  if (quiet > 0) {
    reasons.push({
      key: 'quiet',
      vi: `${quietHours} giờ không có bài mới`,
      en: `no new article for ${quietHours} h`,
    });
  }
  if (isUnread)
    return quietHours >= UNREAD_QUIET_HOURS ? { steps: quiet, reasons } : { steps: 0, reasons: [] };
  if (nowMs - Date.parse(newest.at) >= DAY_MS && lastDay * 2 <= dayBefore) {
    reasons.push({
      key: 'growth-over',
      vi: `bài tiêu cực giảm từ ${dayBefore} xuống ${lastDay} trong 24 giờ`,
      en: `negative articles fell from ${dayBefore} to ${lastDay} in 24 h`,
    });
  }
  const peak = Math.max(...alerts.map((alert) => alert.score));
  if (score !== undefined && score * 2 <= peak) {
    reasons.push({
      key: 'score-fallen',
      vi: `điểm bằng chứng giảm từ ${tenths(peak)} xuống ${tenths(score)}`,
      en: `the evidence score fell from ${tenths(peak)} to ${tenths(score)}`,
    });
  }
  return { steps: Math.max(quiet, reasons.length > 0 ? 1 : 0), reasons };
}

function signsOf(alerts: readonly Alert[]): SeverityReason[] {
  const signals = alerts.flatMap((alert) => alert.signals);
  return [harm(signals), tier(signals), provinces(signals), denial(signals), doubled(alerts)].filter(
    (sign) => sign !== undefined,
  );
}

function harm(signals: readonly Signal[]): SeverityReason | undefined {
  const found = strongest(signals, 'harm');
  if (found === undefined || found.observed < MIN_HARM_ARTICLES || found.strength < STRONG) return undefined;
  const n = found.observed;
  return {
    key: 'harm',
    vi: `${n} bài có từ ngữ về thiệt hại, sai phạm`,
    en: `${n} articles with words of harm`,
  };
}

function tier(signals: readonly Signal[]): SeverityReason | undefined {
  const found = strongest(signals, 'tier-jump');
  if (found === undefined || found.strength < STRONG) return undefined;
  return {
    key: `tier-${found.observed}`,
    vi: 'báo có tầm phủ rộng hơn đã vào cuộc',
    en: 'wider-reaching outlets joined',
  };
}

function provinces(signals: readonly Signal[]): SeverityReason | undefined {
  const found = strongest(signals, 'spread');
  if (found === undefined || found.observed - found.expected < MIN_NEW_PROVINCES) return undefined;
  const n = found.observed;
  return { key: `provinces-${n}`, vi: `lan tới ${n} tỉnh, thành`, en: `spread to ${n} provinces` };
}

function denial(signals: readonly Signal[]): SeverityReason | undefined {
  const found = strongest(signals, 'denial');
  if (found === undefined || found.observed < 1) return undefined;
  return { key: 'denial', vi: 'đã có phủ nhận hoặc đính chính', en: 'a denial or correction was reported' };
}

/** Windows of one series and rule are compared with each other, and with nothing else. */
function doubled(alerts: readonly Alert[]): SeverityReason | undefined {
  const first = new Map<SeriesKey | string, Alert>();
  let best: { readonly times: number; readonly from: number; readonly to: number } | undefined;
  for (const alert of alerts) {
    const key = `${alert.series} ${alert.ruleId}`;
    const begun = first.get(key);
    if (begun === undefined) {
      first.set(key, alert);
      continue;
    }
    const times = Math.floor(Math.log2(alert.observed / Math.max(1, begun.observed)));
    if (times >= 1 && times > (best?.times ?? 0)) best = { times, from: begun.observed, to: alert.observed };
  }
  if (best === undefined) return undefined;
  const { times, from, to } = best;
  return { key: `doubled-${times}`, vi: `từ ${from} lên ${to} bài`, en: `from ${from} to ${to} articles` };
}

function strongest(signals: readonly Signal[], kind: string): Signal | undefined {
  return signals.filter((one) => one.kind === kind).toSorted((a, b) => b.observed - a.observed)[0];
}

/** Reasons as one line of a history: Vietnamese, ` / `, English. */
export function sentence(reasons: readonly SeverityReason[]): string {
  return `${reasons.map(({ vi }) => vi).join('; ')} / ${reasons.map(({ en }) => en).join('; ')}`;
}

function shift(severity: Severity, steps: number): Severity {
  const at = Math.min(SEVERITIES.length - 1, Math.max(0, rank(severity) + steps));
  return SEVERITIES[at] ?? severity;
}

function inOrder(alerts: readonly Alert[]): Alert[] {
  return alerts.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1));
}

function tenths(value: number): string {
  return value.toFixed(1);
}
