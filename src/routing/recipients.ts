import type { Severity } from '../domain/alert.ts';
import { seriesKey, splitSeriesKey } from '../domain/series.ts';
import type { OnCall, Role } from './on-call.ts';
import { onDuty } from './on-duty.ts';

/** What routing looks at of an incident; a bare facility or province makes one as well. */
export interface Routed {
  readonly severity: Severity;
  readonly series: readonly string[];
}

/**
 * Who is told of an incident, as the rotas stand now.
 *
 * The first are told at once; each of the next is called where nobody before has taken the matter. Nobody stands in
 * two of them, none is empty, and where a policy escalates, every officer stands in one. Where none of those that the
 * policy names is known, as with an unknown place, the duty officer is the first.
 *
 * @returns ids of officers
 */
export function recipientsOf(incident: Routed, onCall: OnCall, now: Date): readonly (readonly string[])[] {
  const { tell, escalateTo } = onCall.policies[incident.severity];
  const ofRoles = (roles: readonly Role[]) =>
    distinct(roles.flatMap((role) => idsOf(role, incident, onCall)).map((id) => onDuty(id, onCall, now)));
  const first = ofRoles(tell);
  const lines = [first.length > 0 ? first : ofRoles(['duty']), ...escalateTo.map((role) => ofRoles([role]))];
  if (escalateTo.length > 0) lines.push([...onCall.officers.keys()]);

  const before = new Set<string>();
  return lines.flatMap((line) => {
    const added = line.filter((id) => !before.has(id));
    for (const id of added) before.add(id);
    return added.length === 0 ? [] : [added];
  });
}

function idsOf(role: Role, { series }: Routed, onCall: OnCall): readonly string[] {
  switch (role) {
    case 'duty':
      return onCall.duty;
    case 'ministry':
      return onCall.ministry;
    case 'facility':
      return facilitiesOf(series).flatMap((id) => onCall.facilities.get(id) ?? []);
    case 'province':
      return provincesOf(series, onCall).flatMap((code) => onCall.provinces.get(code) ?? []);
    case 'desk':
      return desksOf(series, onCall);
  }
}

function facilitiesOf(series: readonly string[]): string[] {
  return series.map(splitSeriesKey).flatMap(({ kind, id }) => (kind === 'facility' ? [id] : []));
}

/** Codes of today; a series that was named before the provinces were joined counts for what its province became. */
function provincesOf(series: readonly string[], { places }: OnCall): string[] {
  const codes = series.map(splitSeriesKey).map(({ kind, id }) => {
    if (kind === 'facility') return places.facilityProvinces.get(id);
    if (kind === 'province-topic') return places.provinceCodes.get(id.slice(0, id.indexOf('/')));
    return kind === 'province' ? places.provinceCodes.get(id) : undefined;
  });
  return distinct(codes.filter((code) => code !== undefined));
}

function desksOf(series: readonly string[], { desks }: OnCall): string[] {
  const about = new Set(series.flatMap(subjectsOf));
  return desks.filter((desk) => desk.about.some((subject) => about.has(subject))).flatMap(({ who }) => who);
}

/** A series, its kind, and the topic that it is about in its province. */
function subjectsOf(series: string): string[] {
  const { kind, id } = splitSeriesKey(series);
  const topic = kind === 'province-topic' ? [seriesKey('topic', id.slice(id.indexOf('/') + 1)), 'topic'] : [];
  return [series, kind, ...topic];
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
