import { Detector } from '../src/detection/detector.ts';
import type { Alert } from '../src/domain/alert.ts';
import type { JournalPage, Sighting } from '../src/domain/sighting.ts';
import { DAY_MS, HOUR_MS } from '../src/domain/time.ts';
import { journalPages, pagesToReplay } from './pages-to-replay.ts';
import { seriesNamesOf } from './series-name.ts';
import type { Deps } from './stage.ts';

/** The detector of this process while it has one. Another process may have told the journal more: see `append`. */
export interface DetectorHolder {
  live?: LiveDetector | undefined;
}

interface LiveDetector {
  readonly detector: Detector;
  /** Number and time of the last page it was told. */
  sequence: number;
  at: string;
  /** Of the newest snapshot. */
  savedSequence: number;
  savedAt: string;
}

type DetectorDeps = Pick<
  Deps,
  | 'now'
  | 'journal'
  | 'articles'
  | 'incidents'
  | 'alertRules'
  | 'campaigns'
  | 'holidays'
  | 'language'
  | 'detector'
>;

/** What is told while another process tells, too, is told again; more tries than this mean that something is wrong. */
const MOST_TRIES = 5;

/** A restart reads at most so much of the journal. */
const SAVE_AFTER_PAGES = 1000;
const SAVE_AFTER_MS = HOUR_MS;

/** Alerts that a crash kept from being raised are raised by who comes after; older ones are history. */
const OWED_MS = DAY_MS;

/** Incidents among which an alert is looked for that may have been raised already. */
const MAX_INCIDENTS = 200;

/**
 * Writes what was seen to the journal, tells the detector, and hands each alert to `raise`, with those that a crash
 * has left unraised before them.
 *
 * The journal comes first: what it holds is told to every later detector, and what it says is raised at least once.
 */
export async function tellDetector(
  sightingsOf: (detector: Detector) => readonly Sighting[],
  raise: (alert: Alert) => Promise<void>,
  deps: DetectorDeps,
): Promise<void> {
  const { detector: holder, journal, now } = deps;
  try {
    for (let tried = 0; tried < MOST_TRIES; tried++) {
      const live = holder.live ?? (await load(raise, deps));
      holder.live = live;
      const sightings = sightingsOf(live.detector);
      if (sightings.length === 0) return;
      const page = { sequence: live.sequence + 1, at: later(now().toISOString(), live.at), sightings };
      if (await journal.append(page)) {
        for (const alert of advance(live, page)) await raise(alert);
        await save(live, deps);
        return;
      }
      // Somebody else has told the journal more: read on.
      holder.live = undefined;
    }
  } catch (error) {
    // What has been told but not raised is owed; whoever loads anew raises it.
    holder.live = undefined;
    throw error;
  }
  throw new Error('The journal is written by another process all the time');
}

/** Version of what alerts follow from beside the journal. */
function detectorVersion({ alertRules, holidays }: Pick<Deps, 'alertRules' | 'holidays'>): string {
  return Detector.version({ rules: alertRules, holidays });
}

function advance(live: LiveDetector, page: JournalPage): Alert[] {
  live.sequence = page.sequence;
  live.at = page.at;
  return live.detector.tell(page);
}

async function load(raise: (alert: Alert) => Promise<void>, deps: DetectorDeps): Promise<LiveDetector> {
  const owed: Alert[] = [];
  const live = (await resume(owed, deps)) ?? (await learnAnew(owed, deps));
  const since = deps.now().getTime() - OWED_MS;
  const recent = owed.filter(({ at }) => Date.parse(at) >= since);
  if (recent.length > 0) {
    const incidents = await deps.incidents.list({ limit: MAX_INCIDENTS });
    const raised = new Set(incidents.flatMap(({ alertIds }) => alertIds));
    for (const alert of recent) if (!raised.has(alert.id)) await raise(alert);
  }
  await save(live, deps);
  return live;
}

/** From the newest snapshot and the pages after it; `undefined` where that would not give what the journal says. */
async function resume(owed: Alert[], deps: DetectorDeps): Promise<LiveDetector | undefined> {
  const snapshot = await deps.journal.latestSnapshot();
  if (snapshot === undefined || snapshot.version !== detectorVersion(deps)) return undefined;
  const { sequence, at, state } = snapshot;
  const live: LiveDetector = {
    detector: Detector.restore(state, inputOf(deps)),
    sequence,
    at,
    savedSequence: sequence,
    savedAt: at,
  };
  for await (const page of journalPages(deps.journal, sequence)) {
    if (page.relearned === true) return undefined;
    owed.push(...advance(live, page));
  }
  return live;
}

/** From everything that is known, as if it were told now. */
async function learnAnew(owed: Alert[], deps: DetectorDeps): Promise<LiveDetector> {
  const detector = new Detector(inputOf(deps));
  const live: LiveDetector = { detector, sequence: 0, at: '', savedSequence: 0, savedAt: '' };
  const context = { campaigns: deps.campaigns, names: deps.language.names };
  for await (const page of pagesToReplay(deps, context)) {
    if (page.sequence === 0) detector.tell(page);
    else owed.push(...advance(live, page));
  }
  return live;
}

async function save(live: LiveDetector, deps: DetectorDeps): Promise<void> {
  const { sequence, at, savedSequence, savedAt } = live;
  if (sequence === savedSequence) return;
  const isDue =
    sequence - savedSequence >= SAVE_AFTER_PAGES || !(Date.parse(at) - Date.parse(savedAt) < SAVE_AFTER_MS);
  if (!isDue) return;
  const state = live.detector.snapshot();
  await deps.journal.saveSnapshot({ sequence, at, version: detectorVersion(deps), state });
  live.savedSequence = sequence;
  live.savedAt = at;
}

function inputOf({ alertRules, holidays, language }: DetectorDeps) {
  return { rules: alertRules, holidays, nameOf: seriesNamesOf(language) };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
