import type { Incident } from '../src/domain/incident.ts';
import { splitSeriesKey } from '../src/domain/series.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';

/** Resolved ones that are looked through. */
const LOOKED_AT = 500;

/** Earlier incidents at the facilities that an incident is about, newest first; drills and duplicates left out. */
export async function earlierIncidents(
  incident: Incident,
  store: IncidentStore,
): Promise<readonly Incident[]> {
  const facilities = new Set(incident.series.filter((key) => splitSeriesKey(key).kind === 'facility'));
  if (facilities.size === 0) return [];
  const resolved = await store.list({ status: ['resolved'], limit: LOOKED_AT });
  return resolved
    .filter(({ id, openedAt }) => id !== incident.id && openedAt <= incident.openedAt)
    .filter(({ mark, verdict }) => mark !== 'drill' && verdict !== 'duplicate')
    .filter(({ series }) => series.some((key) => facilities.has(key)))
    .toSorted((a, b) => b.openedAt.localeCompare(a.openedAt));
}
