import type { Incident } from '../domain/incident.ts';
import type { Statement } from '../domain/statement.ts';
import { type OnCall, RESPONSES, type Response } from './on-call.ts';
import { afterWorkingTime } from './working-time.ts';

/** One thing that an incident waits for, or has waited for. */
export interface ResponseDeadline {
  readonly what: Response;
  readonly dueAt: string;
  readonly doneAt?: string;
  /** `met` and `late` once it is done, `running` and `overdue` before. */
  readonly state: 'met' | 'late' | 'running' | 'overdue';
}

/**
 * By when an incident is to be taken, answered in public and closed, as the policy of its severity has it, and whether it
 * was. Counted from its opening, or from when it was last opened again.
 *
 * What turned out to be no crisis needs no word in public, and so does a drill.
 *
 * @param statements  those on this incident
 */
export function responseClock(
  incident: Pick<
    Incident,
    'severity' | 'status' | 'verdict' | 'mark' | 'openedAt' | 'reopenedAt' | 'resolvedAt' | 'history'
  >,
  statements: readonly Pick<Statement, 'issuedAt'>[],
  onCall: Pick<OnCall, 'policies' | 'workingHours' | 'holidays'>,
  now: Date,
): ResponseDeadline[] {
  const { deadlines } = onCall.policies[incident.severity];
  const since = incident.reopenedAt ?? incident.openedAt;
  const done: Readonly<Record<Response, string | undefined>> = {
    acknowledge: firstAct(incident, since),
    statement: statements.map(({ issuedAt }) => issuedAt).sort()[0],
    resolve: incident.status === 'resolved' ? incident.resolvedAt : undefined,
  };
  return RESPONSES.flatMap((what) => {
    const allowance = deadlines[what];
    const doneAt = done[what];
    if (allowance === undefined || (doneAt === undefined && isNeedless(what, incident))) return [];
    const dueAt = allowance.isWorkingTime
      ? afterWorkingTime(since, allowance.ms, onCall)
      : new Date(Date.parse(since) + allowance.ms).toISOString();
    return [{ what, dueAt, ...(doneAt === undefined ? {} : { doneAt }), state: stateOf(dueAt, doneAt, now) }];
  });
}

/** When somebody first took it: whoever closes what nobody took has taken it too. */
function firstAct({ history }: Pick<Incident, 'history'>, since: string): string | undefined {
  return history.find(
    ({ what, at }) => at >= since && ['acknowledged', 'resolved', 'merged', 'split-off'].includes(what),
  )?.at;
}

function isNeedless(what: Response, { status, mark }: Pick<Incident, 'status' | 'mark'>): boolean {
  return what === 'statement' && (status === 'resolved' || mark !== undefined);
}

function stateOf(dueAt: string, doneAt: string | undefined, now: Date): ResponseDeadline['state'] {
  if (doneAt !== undefined) return doneAt <= dueAt ? 'met' : 'late';
  return now.toISOString() <= dueAt ? 'running' : 'overdue';
}
