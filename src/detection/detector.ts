import { createHash } from 'node:crypto';

import type { Alert, Severity, Signal } from '../domain/alert.ts';
import { rank } from '../domain/incident.ts';
import type { PublicHoliday } from '../domain/public-holiday.ts';
import type { SeriesKey, SeriesKind } from '../domain/series.ts';
import { SERIES_KINDS, splitSeriesKey } from '../domain/series.ts';
import type { JournalPage, Sighting } from '../domain/sighting.ts';
import { DAY_MS, HOUR_MS, VIETNAM_OFFSET_MS } from '../domain/time.ts';
import { alertId } from './alert-id.ts';
import type { AlertRule } from './alert-rule.ts';
import { changedSince } from './changed-since.ts';
import { DailyHarm } from './daily-harm.ts';
import {
  allows,
  BACKLOG_WEIGHT,
  fusedScore,
  isCounted,
  type WindowEvidence,
  windowEvidence,
  windowProbability,
} from './judge-window.ts';
import { RecentSightings } from './recent-sightings.ts';
import { signals, type WindowExpectation } from './signals.ts';
import { FORGETTING_OPTIONS } from './stream/rate-model.ts';
import { DETECTOR_OPTIONS, hourOfMs, StreamDetector } from './stream/stream-detector.ts';
import {
  firstLevelOfGroup,
  firstLevelOfPlace,
  isPooledGroup,
  officeGroupOf,
  streamNameOf,
} from './stream-series.ts';
import { TailCalibration } from './tail-calibration.ts';

export interface DetectorInput {
  readonly rules: readonly AlertRule[];
  /** Name of a series as an officer knows it; `undefined` where no registry lists it. */
  readonly nameOf: (series: SeriesKey) => string | undefined;
  /** Days on which newsrooms publish less, in any order. */
  readonly holidays: readonly PublicHoliday[];
}

/** Raised when what is remembered, or how, changes: memories of another version are of no use. */
const STATE_VERSION = 2;

/** The narrowest first, so that a crisis at a hospital opens as that and not as a crisis of its province. */
const NARROWEST_FIRST: readonly SeriesKind[] = [
  'facility',
  'policy-document',
  'disease',
  'medicine',
  'story',
  'province-topic',
  'province',
  'topic',
];

/** Below this nothing is worth a closer look, nor does it tell what the ordinary looks like. */
const FLOOR = 1.5;

/** Silence of this long ends an episode: what comes then is told of as new. */
const EPISODE_GAP_MS = 72 * HOUR_MS;

/** Share of its stories that a broader series must have in common with a narrower one to be the same matter. */
const SAME_MATTER = 0.5;

/** No rule's window is longer. */
const WEEK_MS = 7 * DAY_MS;

/** Of a story nothing is usual: half an article a day, one in three negative, and very unsteady. */
const STORY_PER_DAY = 0.5;
const STORY_DISPERSION = 1.8;
const STORY_NEGATIVE_SHARE = 0.3;

/** What was last told of a series. */
interface Episode {
  readonly severity: Severity;
  readonly windowHours: number;
  readonly observed: number;
  readonly newsrooms: readonly string[];
  readonly storyIds: readonly string[];
  /** When it was last seen above the threshold. */
  readonly lastMs: number;
}

interface State {
  readonly nowMs: number;
  readonly day: number;
  readonly stream: string;
  readonly recent: readonly Sighting[];
  readonly episodes: readonly (readonly [SeriesKey, Episode])[];
  readonly harm: ReturnType<DailyHarm['state']>;
  readonly tails: readonly (readonly [SeriesKind, string])[];
}

/**
 * Reads the journal and says when something is out of the ordinary.
 *
 * Whatever it says follows from the pages it was told, in order, and from its rules: the same pages give the same
 * alerts, ids included, whether live, after a crash or in a backtest. Time per sighting does not grow with the archive;
 * memory holds the articles of eight days and one state for each series with news in the last half year.
 */
export class Detector {
  readonly #rules: ReadonlyMap<SeriesKind, readonly AlertRule[]>;
  readonly #nameOf: DetectorInput['nameOf'];
  #stream: StreamDetector;
  readonly #recent = new RecentSightings();
  readonly #episodes = new Map<SeriesKey, Episode>();
  #harm = new DailyHarm();
  readonly #tails = new Map<SeriesKind, TailCalibration>();
  #nowMs = Number.NEGATIVE_INFINITY;
  #day = Number.NEGATIVE_INFINITY;

  constructor({ rules, nameOf, holidays }: DetectorInput) {
    this.#rules = rulesByKind(rules);
    this.#nameOf = nameOf;
    this.#stream = new StreamDetector(OPTIONS, ignore);
    for (const { from, to, name } of holidays) {
      const window = { from: Date.parse(from), to: Date.parse(to) };
      this.#stream.rates.announce(
        { type: 'calendar', at: window.from, series: ['*'], name, ...window },
        hourOfMs,
      );
    }
    for (const kind of SERIES_KINDS) this.#tails.set(kind, new TailCalibration());
  }

  /** Tells the next page. @returns the alerts that it gives, the narrowest series first */
  tell({ at, sequence, sightings }: JournalPage): Alert[] {
    const nowMs = Math.max(Date.parse(at), this.#nowMs);
    this.#advanceTo(nowMs);
    const touched = new Set<SeriesKey>();
    for (const sighting of sightings) for (const key of this.#take(sighting)) touched.add(key);
    this.#recent.forget(nowMs);
    const keys = [...touched].sort((a, b) => breadth(a) - breadth(b) || (a < b ? -1 : 1));
    return keys.flatMap((key) => this.#judge(key, sequence) ?? []);
  }

  /** What to tell it when an article has left the archive; `undefined` where it remembers none of it. */
  removed(articleId: string): Sighting | undefined {
    const known = this.#recent.find(articleId);
    return known === undefined ? undefined : { ...known, setAside: 'removed' };
  }

  /** The present score of a series; `undefined` for a story, which has no ordinary days. */
  scoreOf(series: SeriesKey): number | undefined {
    const name = streamNameOf(series);
    return name === undefined ? undefined : this.#stream.scoreNow(name).score;
  }

  /** The whole memory as text, for `restore`. */
  snapshot(): string {
    const state: State = {
      nowMs: this.#nowMs,
      day: this.#day,
      stream: this.#stream.snapshot(),
      recent: this.#recent.all(),
      episodes: [...this.#episodes],
      harm: this.#harm.state(),
      tails: [...this.#tails].map(([kind, tail]) => [kind, tail.snapshot()]),
    };
    return JSON.stringify(state);
  }

  /** A detector that goes on as the one did that wrote the snapshot; of the same `version`, or the text means nothing. */
  static restore(snapshot: string, input: DetectorInput): Detector {
    const state = JSON.parse(snapshot) as State;
    const detector = new Detector(input);
    detector.#nowMs = state.nowMs;
    detector.#day = state.day;
    detector.#stream = StreamDetector.restore(state.stream, OPTIONS, ignore);
    for (const sighting of state.recent) detector.#recent.put(sighting);
    for (const [key, episode] of state.episodes) detector.#episodes.set(key, episode);
    detector.#harm = DailyHarm.restore(state.harm);
    for (const [kind, tail] of state.tails) detector.#tails.set(kind, TailCalibration.restore(tail));
    return detector;
  }

  /** Of everything that alerts follow from beside the journal. */
  static version({ rules, holidays }: Pick<DetectorInput, 'rules' | 'holidays'>): string {
    const said = JSON.stringify([STATE_VERSION, DETECTOR_OPTIONS, rules, holidays]);
    return createHash('sha256').update(said).digest('hex').slice(0, 16);
  }

  #advanceTo(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#stream.advanceTo(nowMs);
    const day = dayOf(nowMs);
    if (day === this.#day) return;
    this.#day = day;
    this.#harm.forget(day);
    for (const [key, { lastMs }] of this.#episodes) {
      if (nowMs - lastMs > EPISODE_GAP_MS) this.#episodes.delete(key);
    }
  }

  /** Counts what is new of an article. @returns the series to be judged anew */
  #take(sighting: Sighting): readonly SeriesKey[] {
    if (this.#recent.isOld(sighting, this.#nowMs)) return [];
    const before = this.#recent.find(sighting.articleId);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(sighting)) return [];
    this.#recent.put(sighting);
    const was = before === undefined || !isCounted(before) ? undefined : before;
    const is = isCounted(sighting) ? sighting : undefined;
    for (const key of new Set([...(was?.series ?? []), ...(is?.series ?? [])])) this.#count(key, was, is);
    return is?.series ?? [];
  }

  #count(key: SeriesKey, was: Sighting | undefined, is: Sighting | undefined): void {
    const name = streamNameOf(key);
    if (name === undefined) return;
    const before = was?.series.includes(key) ? countOf(was) : undefined;
    const after = is?.series.includes(key) ? countOf(is) : undefined;
    if (before !== undefined) {
      this.#stream.recount(name, before, after);
    } else if (after !== undefined && is !== undefined) {
      this.#stream.count(name, after);
      this.#harm.add(key, this.#day, is.hasHarm);
    }
  }

  #judge(key: SeriesKey, sequence: number): Alert | undefined {
    const { kind } = splitSeriesKey(key);
    const rules = this.#rules.get(kind);
    if (rules === undefined) return undefined;
    const name = streamNameOf(key);
    const verdict = name === undefined ? undefined : this.#stream.scoreNow(name);
    if (verdict !== undefined) {
      if (verdict.score <= FLOOR) return undefined;
      this.#tails.get(kind)?.observe(key, officeGroupOf(key), this.#day, verdict.score);
      // What begins in many provinces is the topic's matter, not that of each of them.
      if (kind === 'province-topic' && verdict.sign === 'many-places') return undefined;
    }
    const week = this.#recent.inSeries(key, this.#nowMs - WEEK_MS, this.#nowMs);
    for (const rule of rules) {
      const alert = this.#judgeBy(rule, key, week, verdict, sequence);
      // Rules stand most severe first; what a milder one would add is known already.
      if (alert !== undefined) return alert;
    }
    return undefined;
  }

  #judgeBy(
    rule: AlertRule,
    key: SeriesKey,
    week: readonly Sighting[],
    verdict: { readonly score: number; readonly sign: Alert['sign'] } | undefined,
    sequence: number,
  ): Alert | undefined {
    const fromMs = this.#nowMs - rule.windowHours * HOUR_MS;
    const seen = week.filter(({ firstSeenAt }) => Date.parse(firstSeenAt) > fromMs);
    const evidence = windowEvidence(key, seen);
    if (!allows(rule, evidence)) return undefined;

    const expectation = this.#expectation(key, fromMs, rule.windowHours);
    const probability = windowProbability(evidence, expectation);
    const found = signals({
      counted: evidence.counted,
      week: week.filter(isCounted),
      newsrooms: evidence.newsrooms,
      window: expectation,
      windowHours: rule.windowHours,
      usualHarmShare: this.#harm.usualShare(key, this.#day),
      earlierIncidents: key.startsWith('facility:') ? this.#harm.incidentsBefore(key, this.#day) : 0,
    });
    const score = fusedScore(verdict?.score ?? -Math.log10(Math.max(probability, Number.MIN_VALUE)), found);
    const falsePagesPerWeek = this.#falsePages(key, score, verdict === undefined);
    if (falsePagesPerWeek > rule.expectedFalsePagesPerWeek) return undefined;

    const counted = evidence.counted;
    const episode = this.#episodes.get(key);
    this.#episodes.set(key, { ...(episode ?? episodeOf(rule, evidence, this.#nowMs)), lastMs: this.#nowMs });
    if (episode !== undefined && !isWorse(episode, rule, counted.length)) return undefined;
    this.#episodes.set(key, episodeOf(rule, evidence, this.#nowMs));

    const first = counted[0] as Sighting;
    const watermarkAt = (counted.at(-1) as Sighting).firstSeenAt;
    const alert: Alert = {
      id: alertId(rule.id, key, watermarkAt, counted.length),
      ruleId: rule.id,
      ruleVersion: rule.version,
      at: new Date(this.#nowMs).toISOString(),
      dataWatermarkAt: watermarkAt,
      series: key,
      seriesName: this.#name(key, counted),
      severity: rule.severity,
      observed: counted.length,
      expected: round(expectation.expected),
      spread: round(expectation.spread),
      windowHours: rule.windowHours,
      negative: evidence.negatives.length,
      usualNegativeShare: round(expectation.usualNegativeShare),
      falseAlarmProbability: round(probability),
      score: round(score),
      falsePagesPerWeek: round(falsePagesPerWeek),
      sign: verdict?.sign ?? 'reach',
      signals: found.map(roundSignal),
      articleIds: counted.map(({ articleId }) => articleId),
      firstOutletId: first.outletId,
      firstArticleAt: first.firstSeenAt,
      independentNewsrooms: evidence.newsrooms,
      // The matter is what is bad; the good news of the same hours belongs to no incident.
      storyIds: storiesOf(evidence),
      copiesFolded: evidence.copiesFolded,
      sequence,
    };
    if (this.#isToldOfAlready(alert)) return undefined;
    return episode === undefined ? alert : { ...alert, changed: changedSince(episode, alert) };
  }

  /** A crisis at a hospital is one of its province and of its topic, too: whoever knows of the first needs no second. */
  #isToldOfAlready({ series, severity, storyIds }: Alert): boolean {
    for (const [key, told] of this.#episodes) {
      if (breadth(key) >= breadth(series) || rank(told.severity) < rank(severity)) continue;
      const shared = storyIds.filter((id) => told.storyIds.includes(id)).length;
      if (shared >= storyIds.length * SAME_MATTER) return true;
    }
    return false;
  }

  #expectation(key: SeriesKey, fromMs: number, windowHours: number): WindowExpectation {
    const name = streamNameOf(key);
    if (name !== undefined) return this.#stream.expectation(name, fromMs);
    const expected = (STORY_PER_DAY * windowHours) / 24;
    const spread = Math.sqrt(STORY_DISPERSION * expected + expected ** 2);
    return {
      expected,
      spread,
      dispersion: STORY_DISPERSION,
      usualNegativeShare: STORY_NEGATIVE_SHARE,
    };
  }

  /** How often a week the office sees such a score without a cause. */
  #falsePages(key: SeriesKey, score: number, isStory: boolean): number {
    // A story is looked at as a whole, once: there are as many chances a week as there are stories.
    if (isStory) return this.#recent.size * 10 ** -score;
    const { kind } = splitSeriesKey(key);
    return (this.#tails.get(kind) as TailCalibration).ratePerWeek(score, this.#stream.size);
  }

  #name(key: SeriesKey, counted: readonly Sighting[]): string {
    const registered = this.#nameOf(key);
    if (registered !== undefined) return registered;
    for (const { names } of counted) if (names?.[key] !== undefined) return names[key];
    return splitSeriesKey(key).id;
  }
}

const OPTIONS = {
  ...DETECTOR_OPTIONS,
  rates: { ...DETECTOR_OPTIONS.rates, firstLevelOfPlace, firstLevelOfTopic: firstLevelOfGroup },
  pooled: { ...DETECTOR_OPTIONS.pooled, isPooled: (group: string) => isPooledGroup(group) },
  forgetting: FORGETTING_OPTIONS,
};

/** Series are judged when something is told of them; what an hour's end says of the others is not news. */
function ignore(): void {}

/** Rules by the kind of series that they watch, most severe first. */
function rulesByKind(rules: readonly AlertRule[]): Map<SeriesKind, readonly AlertRule[]> {
  const sorted = [...rules].sort((a, b) => rank(b.severity) - rank(a.severity));
  return new Map(
    SERIES_KINDS.map((kind) => [kind, sorted.filter(({ seriesKinds }) => seriesKinds.includes(kind))]),
  );
}

function countOf({ copyNumber, polarity, setAside }: Sighting) {
  return {
    copyNumber,
    isNegative: polarity === 'negative',
    weight: setAside === 'backlog' ? BACKLOG_WEIGHT : 1,
  };
}

function episodeOf(rule: AlertRule, evidence: WindowEvidence, lastMs: number): Episode {
  return {
    severity: rule.severity,
    windowHours: rule.windowHours,
    observed: evidence.counted.length,
    newsrooms: evidence.newsrooms,
    storyIds: storiesOf(evidence),
    lastMs,
  };
}

/** A longer window always holds more, so only windows of one length are compared. */
function isWorse(told: Episode, rule: AlertRule, observed: number): boolean {
  if (rank(rule.severity) > rank(told.severity)) return true;
  if (rule.windowHours !== told.windowHours) return false;
  return observed >= told.observed * rule.growthToRepeat;
}

function storiesOf({ negatives, counted }: WindowEvidence): string[] {
  return [...new Set((negatives.length > 0 ? negatives : counted).map(({ storyId }) => storyId))];
}

function breadth(key: SeriesKey): number {
  return NARROWEST_FIRST.indexOf(splitSeriesKey(key).kind);
}

/** Number of the day on a Vietnamese calendar, counted from 1970. */
function dayOf(ms: number): number {
  return Math.floor((ms + VIETNAM_OFFSET_MS) / DAY_MS);
}

/** What is stored and shown needs no more digits. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}

function roundSignal(signal: Signal): Signal {
  const { observed, expected, spread, strength } = signal;
  return {
    ...signal,
    observed: round(observed),
    expected: round(expected),
    spread: round(spread),
    strength: round(strength),
  };
}
