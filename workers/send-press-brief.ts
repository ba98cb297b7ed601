import { isDeepStrictEqual } from 'node:util';

import { PROGRAM } from '../src/domain/incident.ts';
import type { Mail } from '../src/domain/mail.ts';
import {
  type BriefMailing,
  type BriefOrder,
  BriefTransitionError,
  noteSending,
  type PressBrief,
  refuseIfBriefChanged,
} from '../src/domain/press-brief.ts';
import { HOUR_MS, vietnameseDay } from '../src/domain/time.ts';
import { PermanentError } from '../src/errors.ts';
import { isWorkingDay, momentOf } from '../src/reports/brief-period.ts';
import { makePressBrief, printedBrief, remakePressBrief } from './keep-press-briefs.ts';
import type { ReportTask } from './prepare-reports.ts';
import { printedAttachments } from './printed-attachments.ts';
import type { Deps } from './stage.ts';

const NOON = '12:00';
/** A brief that is due later than in the morning is sent for so long at most. */
const LATEST_MS = 5 * HOUR_MS;
/** Making a brief's files takes seconds; whoever has been at it for longer is no more. */
const CLAIM_MS = 10 * 60_000;

/**
 * Makes the brief of a working day's morning and mails it, once: late where nothing ran at that time, but not after
 * noon.
 *
 * Where a process ends between the mail server's word and ours, nobody can know whether the mail went out: it is not
 * sent again, and the brief says so.
 */
export const sendMorningBrief: ReportTask = async (deps, { log, signal }) => {
  const day = vietnameseDay(deps.now());
  if (!isDue(day, deps)) return;
  const brief = await briefToSend(day, deps);
  if (brief === undefined) return;
  const by = crypto.randomUUID();
  const at = deps.now().toISOString();
  const claimed = await deps.office.update('press-brief', brief.id, (current) =>
    current.version === brief.version && isDeepStrictEqual(current.mailing, brief.mailing)
      ? { ...current, mailing: { state: 'claimed', at, by } }
      : current,
  );
  if (claimed?.mailing?.by !== by) return;
  const sent = await handOver(claimed, `brief-${day}`, { by, who: PROGRAM }, deps, signal);
  const { state, reason } = sent.mailing ?? { state: 'failed' };
  if (state === 'sent') log.info({ briefId: day }, 'press brief sent');
  else log.warn({ briefId: day, state, reason }, 'press brief not sent');
};

function isDue(day: string, { now, briefAt, holidays, letterhead, sendMail, drill }: Deps): boolean {
  if (sendMail === undefined || drill === true || letterhead.brief.to.length === 0) return false;
  const due = momentOf(day, briefAt);
  const until = Math.max(momentOf(day, NOON), due + (briefAt < NOON ? 0 : LATEST_MS));
  const ms = now().getTime();
  return isWorkingDay(day, holidays) && ms >= due && ms < until;
}

/** The brief of the day, if it is now to be sent. */
async function briefToSend(day: string, deps: Deps): Promise<PressBrief | undefined> {
  const made = await makePressBrief({ day, by: PROGRAM }, deps);
  const isEarly = made.status === 'draft' && made.madeAt < made.model.period.to;
  const { id, version } = made;
  const brief = isEarly ? ((await remakePressBrief({ id, version, by: PROGRAM }, deps)) ?? made) : made;
  if (brief.status === 'draft' && deps.letterhead.brief.onlyApproved) return undefined;
  if (brief.status === 'sent' || !(await isUnsent(brief, deps))) return undefined;
  return brief;
}

async function isUnsent({ id, mailing }: PressBrief, deps: Deps): Promise<boolean> {
  if (mailing === undefined || mailing.state === 'failed') return true;
  const isStale = deps.now().getTime() - Date.parse(mailing.at) > CLAIM_MS;
  if (mailing.state === 'claimed') return isStale;
  if (mailing.state === 'handed-over' && isStale) {
    const at = deps.now().toISOString();
    await deps.office.update('press-brief', id, (brief) =>
      brief.mailing?.by === mailing.by && brief.mailing.state === 'handed-over'
        ? ended(brief, { ...mailing, at, state: 'uncertain', reason: 'process-ended' }, PROGRAM)
        : brief,
    );
  }
  return false;
}

/**
 * Mails an approved brief because a person says so: again, where it has been sent before.
 *
 * @returns `undefined` where there is none
 * @throws {BriefConflictError | BriefTransitionError} also where there is nobody to send it to, or no way
 */
export async function sendPressBrief(
  { id, version, by }: BriefOrder,
  deps: Deps,
): Promise<PressBrief | undefined> {
  if (deps.sendMail === undefined || deps.letterhead.brief.to.length === 0) {
    throw new BriefTransitionError('No mail server, or nobody to send it to');
  }
  const token = crypto.randomUUID();
  const at = deps.now().toISOString();
  const claimed = await deps.office.update('press-brief', id, (brief) => {
    refuseIfBriefChanged(brief, version);
    if (brief.status === 'draft') throw new BriefTransitionError('The brief is not approved');
    if (isUnderWay(brief.mailing, at)) throw new BriefTransitionError('It is being sent');
    return { ...brief, mailing: { state: 'claimed', at, by: token } };
  });
  if (claimed === undefined) return undefined;
  const signal = AbortSignal.timeout(CLAIM_MS / 2);
  return handOver(claimed, `brief-${id}-${version}`, { by: token, who: by }, deps, signal);
}

function isUnderWay(mailing: BriefMailing | undefined, at: string): boolean {
  if (mailing?.state !== 'claimed' && mailing?.state !== 'handed-over') return false;
  return Date.parse(at) - Date.parse(mailing.at) <= CLAIM_MS;
}

/** Makes the mail of a claimed brief and gives it to the server; every step is noted before it is taken. */
async function handOver(
  claimed: PressBrief,
  mailId: string,
  { by, who }: { readonly by: string; readonly who: string },
  deps: Deps,
  signal: AbortSignal,
): Promise<PressBrief> {
  const note = async (mailing: Omit<BriefMailing, 'at' | 'by'>): Promise<PressBrief> => {
    const next: BriefMailing = { ...mailing, at: deps.now().toISOString(), by };
    const noted = await deps.office.update('press-brief', claimed.id, (brief) => {
      if (brief.mailing?.by !== by) return brief;
      return mailing.state === 'handed-over' ? { ...brief, mailing: next } : ended(brief, next, who);
    });
    return noted ?? claimed;
  };
  try {
    const mail = await mailOf(claimed, mailId, deps, signal);
    const handed = await note({ state: 'handed-over' });
    if (handed.mailing?.by !== by) return handed;
    const { refused } = (await deps.sendMail?.(mail, signal)) ?? { refused: [] };
    return await note({
      state: 'sent',
      ...(refused.length === 0 ? {} : { reason: `refused: ${refused.length}` }),
    });
  } catch (error) {
    return note(failureOf(error));
  }
}

/** The mailer says it where the server may have the mail; before it is asked nothing can have gone out. */
function failureOf(error: unknown): Omit<BriefMailing, 'at' | 'by'> {
  if (error instanceof PermanentError) {
    return { state: error.reason === 'smtp-uncertain' ? 'uncertain' : 'refused', reason: error.reason };
  }
  return { state: 'failed', reason: (error as Error).name };
}

/** The brief with how its mail ended, which its history tells too; a failure that is tried again is told once. */
function ended(brief: PressBrief, mailing: BriefMailing, who: string): PressBrief {
  const isRepeat = mailing.state === 'failed' && brief.history.at(-1)?.what === 'not-sent';
  if (isRepeat) return { ...brief, mailing };
  const note = mailing.reason === undefined ? mailing.state : `${mailing.state}: ${mailing.reason}`;
  const isSent = mailing.state === 'sent';
  return { ...noteSending(brief, { at: mailing.at, by: who, isSent, note }), mailing };
}

async function mailOf(brief: PressBrief, id: string, deps: Deps, signal: AbortSignal): Promise<Mail> {
  const document = printedBrief(brief, 'vi', deps);
  const name = `diem-bao-${brief.id.replace(/[^\w-]/g, '-')}`;
  const { totals } = brief.model;
  return {
    id,
    to: deps.letterhead.brief.to,
    subject: `${document.title} (${totals.articles} bài, ${totals.polarity.negative} tiêu cực)`,
    text: [
      document.title,
      `${totals.articles} bài, ${totals.stories} câu chuyện, ${totals.polarity.negative} bài tiêu cực.`,
      `${deps.consoleUrl}/briefs/${encodeURIComponent(brief.id)}`,
    ].join('\n\n'),
    ...(await printedAttachments(document, name, deps, signal)),
  };
}
