import { holidayAt } from '../domain/public-holiday.ts';
import { DAY_MS } from '../domain/time.ts';
import type { OnCall, Rota } from './on-call.ts';

const WEEK_MS = 7 * DAY_MS;

/**
 * The officer who answers now for an id of `config/on-call.yaml`: the officer themselves or who has the rota's turn,
 * and their substitute while they are absent.
 *
 * Never nobody: where a rota's officer and their substitutes are all absent, the next in turn answers, and where
 * everybody is absent, whoever's turn it is is called all the same.
 *
 * @param id  of an officer or a rota that exists
 */
export function onDuty(id: string, onCall: OnCall, now: Date): string {
  const rota = onCall.rotas.get(id);
  const turns = rota === undefined ? [id] : inTurn(rota, onCall, now);
  for (const officer of turns) {
    const present = presentFor(officer, onCall, now);
    if (present !== undefined) return present;
  }
  return turns[0] ?? id;
}

/** Who has the turn, then who would have it next. A swap goes before a holiday, a holiday before the week. */
function inTurn(rota: Rota, { holidays }: OnCall, now: Date): string[] {
  const at = now.toISOString();
  const cover = rota.covers.find(({ from, to }) => from <= at && at < to)?.officer;
  const holiday = holidayAt(now, holidays)?.name;
  const isDayOff = holiday === 'tet' || holiday === 'public-holiday';
  const ofHoliday = isDayOff ? rota.onHolidays : undefined;
  const week = Math.floor((now.getTime() - Date.parse(rota.since)) / WEEK_MS);
  const count = rota.officers.length;
  const turns = rota.officers.map(
    (_, step) => rota.officers[(((week + step) % count) + count) % count] ?? '',
  );
  return [cover, ofHoliday, ...turns].filter((officer) => officer !== undefined);
}

/** The officer, or the first of their chain of substitutes who is there; `undefined` where none is. */
function presentFor(id: string, { officers }: OnCall, now: Date): string | undefined {
  const at = now.toISOString();
  const asked = new Set<string>();
  let next: string | undefined = id;
  while (next !== undefined && !asked.has(next)) {
    asked.add(next);
    const officer = officers.get(next);
    if (officer === undefined) return undefined;
    if (!officer.absences.some(({ from, to }) => from <= at && at < to)) return next;
    next = officer.substitute;
  }
  return undefined;
}
