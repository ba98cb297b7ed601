import {
  type KeptMonthlyReport,
  type MonthlyOrder,
  MonthlyTransitionError,
  noteMonthlyMailing,
  refuseIfMonthlyChanged,
} from '../src/domain/monthly-report.ts';
import { PermanentError } from '../src/errors.ts';
import { printedAttachments } from './printed-attachments.ts';
import { printedMonthlyReport } from './printed-monthly-report.ts';
import type { Deps } from './stage.ts';

/** Making the files and handing them over takes seconds; whoever has been at it for longer is no more. */
const CLAIM_MS = 10 * 60_000;

/**
 * Mails an approved report because a person says so: again, where it has been sent before.
 *
 * @throws {MonthlyConflictError | MonthlyTransitionError} also where there is nobody to send it to, or no way
 * @throws whatever stands between us and the server; it may then be ordered again
 */
export async function sendMonthlyReport({ month, version, by }: MonthlyOrder, deps: Deps): Promise<void> {
  if (deps.sendMail === undefined || deps.letterhead.report.to.length === 0) {
    throw new MonthlyTransitionError('No mail server, or nobody to send it to');
  }
  const token = crypto.randomUUID();
  const at = deps.now().toISOString();
  const claimed = await deps.office.update('monthly-report', month, (kept) => {
    refuseIfMonthlyChanged(kept, version);
    if (kept.status !== 'approved') throw new MonthlyTransitionError('The report is not approved');
    if (isUnderWay(kept, at)) throw new MonthlyTransitionError('It is being sent');
    return { ...kept, mailing: { at, by: token } };
  });
  if (claimed === undefined) return;
  const signal = AbortSignal.timeout(CLAIM_MS / 2);
  await mailMonthlyReport(claimed, { id: `report-${month}-${version}`, who: by }, deps, signal);
}

function isUnderWay({ mailing }: KeptMonthlyReport, at: string): boolean {
  if (mailing === undefined || mailing.outcome !== undefined) return false;
  return Date.parse(at) - Date.parse(mailing.at) <= CLAIM_MS;
}

/**
 * Gives a claimed report to the mail server and notes what came of it. What a server refused, or may have taken, is
 * noted as such; anything else takes the claim back.
 *
 * @param claimed  with the mailing that this process has noted
 * @returns why it was refused, `undefined` where it was not
 * @throws what is no refusal
 */
export async function mailMonthlyReport(
  claimed: KeptMonthlyReport,
  { id, who }: { readonly id: string; readonly who: string },
  deps: Deps,
  signal: AbortSignal,
): Promise<string | undefined> {
  const claim = claimed.mailing?.by;
  const settle = (change: (kept: KeptMonthlyReport) => KeptMonthlyReport) =>
    deps.office.update('monthly-report', claimed.id, (kept) =>
      kept.mailing?.by === claim ? change(kept) : kept,
    );
  const noted = (reason?: string) =>
    settle((kept) => noteMonthlyMailing(kept, reason, { by: who, at: deps.now().toISOString() }));
  try {
    await deps.sendMail?.(await mailOf(claimed, id, deps, signal), signal);
    await noted();
    return undefined;
  } catch (error) {
    if (!(error instanceof PermanentError)) {
      await settle(({ mailing: _claim, ...rest }) => rest);
      throw error;
    }
    await noted(error.reason);
    return error.reason;
  }
}

async function mailOf(
  { report, edits, id }: KeptMonthlyReport,
  mailId: string,
  deps: Deps,
  signal: AbortSignal,
) {
  const document = printedMonthlyReport(report, 'vi', { edits }, deps);
  const { count, negative } = report.total;
  return {
    id: mailId,
    to: deps.letterhead.report.to,
    subject: `${document.title} (${count} bài, ${negative} tiêu cực)`,
    text: [
      document.title,
      `${count} bài, ${negative} bài tiêu cực.`,
      `${deps.consoleUrl}/reports/${id}`,
    ].join('\n\n'),
    ...(await printedAttachments(document, `bao-cao-${id}`, deps, signal)),
  };
}
