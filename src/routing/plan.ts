import type { Incident, IncidentChange, IncidentStatus } from '../domain/incident.ts';
import type { Notification } from '../domain/notification.ts';
import { Board, CALL, isDigest, type Situation } from './board.ts';
import type { OnCall } from './on-call.ts';
import { recipientsOf } from './recipients.ts';

export interface Plan {
  /** To be stored and, where `due`, delivered; `held` ones wait for the digest. */
  readonly add: readonly Notification[];
  /** Every address of every officer in line has failed; the operator is told over all channels. */
  readonly isUnreached: boolean;
  /** When the next in line are called if nobody takes the matter, and who they are as things stand. */
  readonly next?: { readonly at: string; readonly officers: readonly string[] };
}

/**
 * Whether a step has nothing to say any more: all but what is worse once somebody took the matter, everything once it
 * is resolved. No one incident outdates a digest.
 */
export function isOutdated(step: string, status: IncidentStatus): boolean {
  if (status === 'open' || step.startsWith('digest-')) return false;
  return status === 'resolved' || !step.startsWith('worse-');
}

/**
 * Who is to be told of a new step of an incident: `opened`, `worse-<severity>` or `grown-<n>`; those next in line too
 * where the first cannot be reached. Planning a step again adds nothing but what a crash left out.
 */
export function planStep(wanted: string, situation: Situation): readonly Notification[] {
  const { incident, onCall, now } = situation;
  if (isOutdated(wanted, incident.status)) return [];
  const step = inPeriod(wanted, incident);
  const isNewCall = CALL.test(step) && !situation.planned.some((each) => each.step === step);
  const board = new Board(situation, isNewCall ? now.toISOString() : callOf(situation).at);
  for (const officer of recipientsOf(incident, onCall, now)[0] ?? []) board.tellOrHold(step, officer);
  if (CALL.test(step) && incident.status === 'open') callOnwards(board, step, situation);
  return board.added;
}

/**
 * What an incident owes people by now: its first call if that was lost, the next channel where one failed or is too
 * slow, reminders, and the next in line.
 *
 * The same situation gives the same plan, and a plan that was stored gives no second one.
 */
export function plan(situation: Situation): Plan {
  const { incident, planned, onCall, now } = situation;
  if (incident.status === 'resolved') return { add: [], isUnreached: false };
  const call = callOf(situation);
  const board = new Board(situation, call.at);
  for (const [step, officerId] of shares(planned)) {
    if (!isOutdated(step, incident.status)) board.fallBack(step, officerId);
  }
  if (incident.status !== 'open') return { add: board.added, isUnreached: false };
  if (!call.isMade) {
    for (const officer of recipientsOf(incident, onCall, now)[0] ?? []) board.tellOrHold(call.step, officer);
  }
  return { ...callOnwards(board, call.step, situation), add: board.added };
}

/** Calls the next in line while those before stay silent, are out of reach or may not be woken; reminds the rest. */
function callOnwards(board: Board, call: string, { incident, onCall, now }: Situation): Omit<Plan, 'add'> {
  const lines = recipientsOf(incident, onCall, now);
  for (const [index, line] of lines.entries()) {
    if (index === 0) keepTelling(board, line, (id) => board.tellOrHold(call, id));
    else if (line.some((id) => board.isTold(id))) {
      keepTelling(board, line, (id) => board.tell(board.numbered('reminder'), id));
    } else {
      const at = board.nextLineAt(lines.slice(0, index).flat());
      if (at > now.getTime())
        return { isUnreached: false, next: { at: new Date(at).toISOString(), officers: line } };
      for (const id of line) board.tell(board.numbered('escalation'), id);
    }
  }
  const isUnreached = lines.flat().every((id) => board.isOutOfReach(id));
  if (isUnreached) board.tellOperator();
  return { isUnreached };
}

/** Reminds those who were told; who came on duty since, or was left out by a crash, is told of the call. */
function keepTelling(board: Board, line: readonly string[], tell: (officerId: string) => void): void {
  for (const id of line) {
    if (board.isTold(id)) board.remind(id);
    else if (board.isStillNews) tell(id);
  }
}

/** The newest call since the incident opened, reopened or woke; the one that is owed where none was made. */
function callOf({ incident, planned }: Situation): { step: string; at: string; isMade: boolean } {
  const from = incident.history.findLast(isNewPeriod)?.at ?? '';
  const calls = planned.filter(({ step, createdAt }) => CALL.test(step) && createdAt >= from);
  const last = calls.at(-1);
  if (last === undefined) return { step: inPeriod('opened', incident), at: from, isMade: false };
  const first = calls.find(({ step }) => step === last.step) ?? last;
  return { step: last.step, at: first.createdAt, isMade: true };
}

/** Steps after a reopening, or the end of a snooze, bear its number, since the same step goes out once only. */
function inPeriod(step: string, { history }: Pick<Incident, 'history'>): string {
  const period = history.findLastIndex(isNewPeriod);
  if (period < 0 || /^(?:reopened|woken)-/.test(step)) return step;
  return step === 'opened' ? `${history[period]?.what}-${period}` : `${step}-${period}`;
}

/** Whether an incident that somebody had was nobody's from then on. */
function isNewPeriod({ what }: IncidentChange): boolean {
  return what === 'reopened' || what === 'woken';
}

/** Each step with each officer whom it told. */
function shares(planned: readonly Notification[]): [step: string, officerId: string][] {
  const pairs = new Map<string, [string, string]>();
  for (const each of planned) {
    if (each.officerId === undefined || each.status === 'held' || isDigest(each)) continue;
    pairs.set(`${each.step} ${each.officerId}`, [each.step, each.officerId]);
  }
  return [...pairs.values()];
}

/**
 * Within how many minutes of its call an incident reaches an officer over a channel that works, where any does and
 * they may be paged: every line is called `escalateAfterMinutes` after the one before, and each of an officer's
 * channels is waited for before the next.
 *
 * @param roundMinutes  how often plans are made
 */
export function boundMinutes(
  severity: Incident['severity'],
  lines: readonly (readonly string[])[],
  { policies, officers }: OnCall,
  roundMinutes: number,
): number {
  const { escalateAfterMinutes, nextChannelAfterMinutes, over } = policies[severity];
  const channels = Math.max(1, ...lines.flat().map((id) => officers.get(id)?.channels.length ?? 0));
  const tries = over === 'every' ? 1 : channels;
  return (
    (lines.length - 1) * (escalateAfterMinutes + roundMinutes) +
    tries * (nextChannelAfterMinutes + roundMinutes)
  );
}
