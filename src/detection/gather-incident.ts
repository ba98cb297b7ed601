import type { Alert } from '../domain/alert.ts';
import type { Incident } from '../domain/incident.ts';
import { isActive } from '../domain/incident.ts';
import { type SeriesKey, type SeriesKind, seriesKey, splitSeriesKey } from '../domain/series.ts';
import { DAY_MS } from '../domain/time.ts';

/** A series that has been silent for this long and speaks of other stories has a new matter. */
const SAME_MATTER_MS = 3 * DAY_MS;

/** A resolved incident still owns its stories for this long, so that its last echoes open no second one. */
const ECHO_MS = 7 * DAY_MS;

/** News of one topic in one province is one matter for a day, not for longer. */
const SAME_LOCAL_TOPIC_MS = DAY_MS;

/**
 * Share of an alert's stories that an incident must hold, where one story in common is not enough: the broader a series,
 * the more of other matters it speaks of too.
 */
const NEEDED_OVERLAP: Partial<Record<SeriesKind, number>> = {
  topic: 1 / 3,
  province: 1 / 3,
  'province-topic': 1 / 4,
  disease: 1 / 4,
  medicine: 1 / 4,
};

const FACILITY_OVERLAP = 1 / 2;

/** Of an incident that a broad series opened, a narrow alert must be at least this much, or it is a matter of its own. */
const OF_BROAD_INCIDENT = 1 / 4;

/**
 * The incident that an alert belongs to, if one of those given is about the same matter.
 *
 * Shared stories decide first, since they are the matter itself; then a facility that both are about; then the
 * same series, if the incident has been spoken of lately. What a person has split off or merged stays so.
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
  const possible = incidents.filter(
    ({ mergedInto, apart = [] }) =>
      mergedInto === undefined && !apart.some(({ series }) => series.includes(alert.series)),
  );
  const byStory = possible
    .filter(
      (incident) => incident.resolvedAt === undefined || now - Date.parse(incident.resolvedAt) < ECHO_MS,
    )
    .map((incident) => ({ incident, shared: sharedStories(incident, alert) }))
    .filter(({ incident, shared }) => isSameMatter(incident, alert, shared))
    .sort((a, b) => b.shared - a.shared || active(b.incident) - active(a.incident));
  const [best] = byStory;
  if (best !== undefined) return best.incident;

  const current = possible.filter(
    (incident) => isActive(incident) && now - Date.parse(incident.updatedAt) < SAME_MATTER_MS,
  );
  const about = facilities.map((id) => seriesKey('facility', id));
  return (
    current.find(({ series }) => series.some((key) => about.includes(key))) ??
    current.find((incident) => incident.series.includes(alert.series) && isStillOn(incident, alert))
  );
}

/** Whether more of the same series, with other stories, is still the same matter. */
function isStillOn({ updatedAt }: Incident, { series, at }: Alert): boolean {
  if (!isBroad(series)) return true;
  const { kind } = splitSeriesKey(series);
  return kind === 'province-topic' && Date.parse(at) - Date.parse(updatedAt) < SAME_LOCAL_TOPIC_MS;
}

/**
 * Any shared story will do, with exceptions: the broader the alert's series, the more of its stories must be shared; a
 * narrow alert must be a good part of an incident that a broad one opened; and an incident at one facility takes in
 * another facility only where half of the stories are both's.
 */
function isSameMatter(incident: Incident, alert: Alert, shared: number): boolean {
  if (shared === 0) return false;
  const { kind } = splitSeriesKey(alert.series);
  const ofAlert = shared / alert.storyIds.length;
  const ofIncident = shared / incident.storyIds.length;
  if (ofAlert < (NEEDED_OVERLAP[kind] ?? 0)) return false;
  if (!isBroad(alert.series) && incident.series.every(isBroad)) return ofIncident >= OF_BROAD_INCIDENT;
  const facilities = incident.series.filter((key) => splitSeriesKey(key).kind === 'facility');
  const isElsewhere = facilities.length > 0 && !facilities.includes(alert.series);
  if (kind !== 'facility' || !isElsewhere) return true;
  return ofAlert >= FACILITY_OVERLAP && ofIncident >= FACILITY_OVERLAP;
}

/** Everything under a topic or in a province is not one matter; a facility, a disease, a document, a story is. */
function isBroad(series: SeriesKey): boolean {
  const { kind } = splitSeriesKey(series);
  return kind === 'topic' || kind === 'province' || kind === 'province-topic';
}

function sharedStories(incident: Incident, alert: Alert): number {
  return alert.storyIds.filter((id) => incident.storyIds.includes(id)).length;
}

function active(incident: Incident): number {
  return isActive(incident) ? 1 : 0;
}
