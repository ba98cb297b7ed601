/**
 * What people do with incidents. Each write names the version of the incident that its author saw: whoever was overtaken
 * is told by whom and with what, and nothing is written.
 */
import type { Alert } from '../src/domain/alert.ts';
import type { Incident, PersonsAct } from '../src/domain/incident.ts';
import {
  acknowledge,
  handOver,
  joinAlert,
  rank,
  refuseIfChanged,
  reopen,
  resolve,
  setSeverity,
  snooze,
} from '../src/domain/incident.ts';
import type { IncidentAction, IncidentOrder } from '../src/domain/incident-order.ts';
import type { Part } from '../src/domain/incident-parts.ts';
import {
  absorb,
  alertsToGiveBack,
  mergeInto,
  refuseMerge,
  release,
  split,
  splitId,
  splitOff,
  unmerge,
} from '../src/domain/incident-parts.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import { MINUTE_MS } from '../src/routing/board.ts';
import { planStep } from './plan-notifications.ts';
import type { Deps, Job } from './stage.ts';

/**
 * Does what a person asks for; it has taken effect when this resolves.
 *
 * @returns the incident as it now stands (after a split, the new one; after a merge, the one it went into) with the
 *   notifications that follow; `undefined` where an incident is unknown
 * @throws {IncidentConflictError} if it has changed since they saw it: by a person, for acknowledging and handing over;
 *   by anybody, for what rests on its contents
 * @throws {IncidentTransitionError} if the incident's status does not allow it
 */
export async function actOnIncident(
  order: IncidentOrder,
  deps: Deps,
): Promise<{ incident: Incident; jobs: Job<'notify'>[] } | undefined> {
  const { incidents } = deps;
  const { incidentId: id, version, by, note, action } = order;
  const act: PersonsAct = { by, at: deps.now().toISOString(), note };
  const before = await incidents.find(id);
  if (before === undefined) return undefined;
  const write = (change: (current: Incident) => Incident) =>
    incidents.update(id, (current) => {
      refuseIfChanged(current, version, { peopleOnly: isAboutPeople(action) });
      return change(current);
    });
  const incident = await apply(action, { id, act, write, incidents });
  if (incident === undefined) return undefined;
  return { incident, jobs: await toTell(action, before, incident, deps) };
}

/** Whoever takes or hands over a matter does so whatever else the program has found meanwhile. */
function isAboutPeople({ kind }: IncidentAction): boolean {
  return kind === 'acknowledge' || kind === 'hand-over' || kind === 'snooze';
}

interface Applying {
  readonly id: string;
  readonly act: PersonsAct;
  readonly write: (change: (current: Incident) => Incident) => Promise<Incident | undefined>;
  readonly incidents: IncidentStore;
}

async function apply(action: IncidentAction, applying: Applying): Promise<Incident | undefined> {
  const { act, write } = applying;
  switch (action.kind) {
    case 'acknowledge':
      return write((current) => acknowledge(current, act.by, act.at));
    case 'snooze':
      return write((current) => snooze(current, action.minutes * MINUTE_MS, act));
    case 'hand-over':
      return write((current) => handOver(current, action.to, act));
    case 'resolve':
      return write((current) => resolve(current, action.verdict, act.by, act.at, act.note));
    case 'reopen':
      return write((current) => reopen(current, act));
    case 'set-severity':
      return write((current) => setSeverity(current, action.severity, act));
    case 'merge':
      return merge(action.into, applying);
    case 'unmerge':
      return undoMerge(applying);
    case 'split':
      return splitIncident(action, applying);
  }
}

/** The merged incident says what is so, and is written first; the other one follows it, at the next review if not now. */
async function merge(intoId: string, { act, write, incidents }: Applying): Promise<Incident | undefined> {
  const into = await incidents.find(intoId);
  if (into === undefined) return undefined;
  const merged = await write((current) => {
    refuseMerge(current, into);
    return mergeInto(current, into, act);
  });
  return merged === undefined ? undefined : incidents.update(intoId, (current) => absorb(current, merged));
}

async function undoMerge({ id, act, write, incidents }: Applying): Promise<Incident | undefined> {
  const intoId = (await incidents.find(id))?.mergedInto;
  const reopened = await write((current) => unmerge(current, act));
  if (reopened === undefined || intoId === undefined) return reopened;
  return giveBack(reopened, intoId, incidents);
}

async function giveBack(
  merged: Incident,
  intoId: string,
  incidents: IncidentStore,
): Promise<Incident | undefined> {
  const into = await incidents.find(intoId);
  if (into === undefined) return merged;
  const alerts = await incidents.alertsOf(intoId);
  const whole = await incidents.update(merged.id, (current) =>
    alertsToGiveBack(into, merged, alerts).reduce((sofar, alert) => joinAlert(sofar, alert), current),
  );
  await incidents.update(intoId, (current) => release(current, merged, alerts));
  return whole;
}

/** The rest says what was split off, and is written first; the new incident follows, at the next review if not now. */
async function splitIncident(
  { series, storyIds, title }: Part & { readonly title: string },
  { id, act, write, incidents }: Applying,
): Promise<Incident | undefined> {
  const alerts = await incidents.alertsOf(id);
  let newId = '';
  const rest = await write((current) => {
    newId = splitId(current);
    return split(current, { series, storyIds }, alerts, act, title);
  });
  return rest === undefined ? undefined : openSplitOff(rest, newId, alerts, incidents);
}

async function openSplitOff(
  rest: Incident,
  newId: string,
  alerts: readonly Alert[],
  incidents: IncidentStore,
): Promise<Incident | undefined> {
  const part = splitOff(rest, newId, alerts);
  if (part !== undefined) await incidents.open(part);
  return incidents.find(newId);
}

/** What a crash has left half done: merges that the other side has not followed, parts that are not there yet. */
export async function mendParts(incident: Incident, incidents: IncidentStore): Promise<void> {
  if (incident.mergedInto !== undefined) {
    const into = await incidents.find(incident.mergedInto);
    if (into === undefined || into.mergedFrom?.includes(incident.id)) return;
    await incidents.update(into.id, (current) => absorb(current, incident));
    return;
  }
  for (const mergedId of incident.mergedFrom ?? []) {
    const merged = await incidents.find(mergedId);
    if (merged !== undefined && merged.mergedInto === undefined)
      await giveBack(merged, incident.id, incidents);
  }
  for (const { what, to } of incident.history) {
    if (what !== 'split' || to === undefined || (await incidents.find(to)) !== undefined) continue;
    const ids = incident.apart?.find(({ incidentId }) => incidentId === to)?.alertIds ?? [];
    const own = await Promise.all([...ids, ...incident.alertIds].map((id) => incidents.findAlert(id)));
    const alerts = own.filter((alert) => alert !== undefined);
    await openSplitOff(incident, to, alerts, incidents);
  }
}

/** People are told of what a person has made worse or opened again, as they are of what the program has. */
async function toTell(
  action: IncidentAction,
  before: Incident,
  after: Incident,
  deps: Deps,
): Promise<Job<'notify'>[]> {
  if (action.kind === 'reopen') return planStep(after, `reopened-${after.history.length - 1}`, deps);
  const isWorse = action.kind === 'set-severity' && rank(after.severity) > rank(before.severity);
  return isWorse ? planStep(after, `worse-${after.severity}`, deps) : [];
}
