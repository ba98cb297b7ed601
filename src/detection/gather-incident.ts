import type { Alert } from '../domain/alert.ts';
import type { Incident } from '../domain/incident.ts';
import { seriesKey, splitSeriesKey } from '../domain/series.ts';
import { DAY_MS } from '../domain/time.ts';

/** A series that has been silent for this long and speaks of other stories has a new matter. */
const SAME_MATTER_MS = 3 * DAY_MS;

/** A resolved incident still owns its stories for this long, so that its last echoes open no second one. */
const ECHO_MS = 7 * DAY_MS;

const BROAD_OVERLAP = 1 / 3;
const FACILITY_OVERLAP = 1 / 2;

/**
 * The incident that an alert belongs to, if one of those given is about the same matter.
 *
 * Shared stories decide first, since they are the matter itself; then a facility that both are about; then the
 * same series, if the incident has been spoken of lately.
 *
 * @param facilities  registry ids of the facilities that most of the alert's articles name
 * @param incidents   open and acknowledged ones, and those resolved lately, in any order
 */
export function gatherIncident(
  alert: Alert,
  facilities: readonly string[],
  incidents: readonly Incident[],
): Incident | undefined {
  const now = Date.parse(alert.at);
  const byStory = incidents
    .filter(
      (incident) => incident.resolvedAt === undefined || now - Date.parse(incident.resolvedAt) < ECHO_MS,
    )
    .map((incident) => ({ incident, shared: sharedStories(incident, alert) }))
    .filter(({ incident, shared }) => isSameMatter(incident, alert, shared))
    .sort((a, b) => b.shared - a.shared || open(b.incident) - open(a.incident));
  const [best] = byStory;
  if (best !== undefined) return best.incident;

  const current = incidents.filter(
    (incident) => incident.status !== 'resolved' && now - Date.parse(incident.updatedAt) < SAME_MATTER_MS,
  );
  const about = facilities.map((id) => seriesKey('facility', id));
  return (
    current.find(({ series }) => series.some((key) => about.includes(key))) ??
    current.find(({ series }) => isNarrow(alert.series) && series.includes(alert.series))
  );
}

/**
 * Any shared story will do, with two exceptions: a topic's or a province's alert must have a third of its stories
 * in common, and an incident at one facility takes in another facility only where half of the stories are both's.
 */
function isSameMatter(incident: Incident, alert: Alert, shared: number): boolean {
  if (shared === 0) return false;
  const ofAlert = shared / alert.storyIds.length;
  if (!isNarrow(alert.series)) return ofAlert >= BROAD_OVERLAP;
  const facilities = incident.series.filter((key) => splitSeriesKey(key).kind === 'facility');
  const isElsewhere = facilities.length > 0 && !facilities.includes(alert.series);
  if (splitSeriesKey(alert.series).kind !== 'facility' || !isElsewhere) return true;
  return ofAlert >= FACILITY_OVERLAP && shared / incident.storyIds.length >= FACILITY_OVERLAP;
}

/** Everything under a topic or a province is not one matter; a facility, a disease, a document, a story is. */
function isNarrow(series: string): boolean {
  const { kind } = splitSeriesKey(series);
  return kind !== 'topic' && kind !== 'province';
}

function sharedStories(incident: Incident, alert: Alert): number {
  return alert.storyIds.filter((id) => incident.storyIds.includes(id)).length;
}

function open(incident: Incident): number {
  return incident.status === 'resolved' ? 0 : 1;
}
