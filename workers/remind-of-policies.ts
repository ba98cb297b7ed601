import { vietnameseDay } from '../src/domain/time.ts';
import { PermanentError } from '../src/errors.ts';
import { momentOf } from '../src/reports/brief-period.ts';
import { type UpcomingPolicy, upcomingPolicies } from '../src/reports/policy-coverage.ts';
import type { ReportTask } from './prepare-reports.ts';
import type { Deps } from './stage.ts';

/** So many days before a document takes effect the office is told. */
const REMIND_DAYS = [14, 3] as const;

/**
 * Tells the office by mail that a policy document takes effect soon: once for each document and term, on the day that is
 * due or, where nothing ran then, as soon as something does and no later term is due.
 *
 * The record is made before the mail goes out: where a process ends in between, nobody is told twice.
 */
export const remindOfPolicies: ReportTask = async (deps, { log, signal }) => {
  const { sendMail, letterhead, drill, office } = deps;
  const now = deps.now();
  if (sendMail === undefined || drill === true || letterhead.brief.to.length === 0) return;
  // Not in the night: with the press brief of the morning, and any time after.
  if (now.getTime() < momentOf(vietnameseDay(now), deps.briefAt)) return;
  for (const policy of upcomingPolicies(deps.policies, now, REMIND_DAYS[0])) {
    const term = [...REMIND_DAYS].reverse().find((days) => policy.inDays <= days) ?? REMIND_DAYS[0];
    const id = `${policy.id}-${policy.effectiveAt}-${term}`;
    const isNew = await office.insert('policy-reminder', { id, at: now.toISOString(), owner: policy.id });
    if (!isNew) continue;
    try {
      const mail = { id: `policy-${id}`, to: letterhead.brief.to, attachments: [], ...wordsOf(policy, deps) };
      await sendMail(mail, signal);
      log.info({ policyId: policy.id, inDays: policy.inDays }, 'reminder of a policy document sent');
    } catch (error) {
      // What a server refused or may have taken is not sent again; anything else is.
      if (!(error instanceof PermanentError)) {
        await office.remove('policy-reminder', id);
        throw error;
      }
      log.warn({ policyId: policy.id, reason: error.reason }, 'reminder of a policy document not sent');
    }
  }
};

function wordsOf({ id, number, name, effectiveAt, inDays }: UpcomingPolicy, { consoleUrl }: Deps) {
  const day = effectiveAt.split('-').reverse().join('/');
  const when = inDays === 0 ? `hôm nay (${day})` : `sau ${inDays} ngày (${day})`;
  return {
    subject: `${number} có hiệu lực ${when}`,
    text: [
      `${name} có hiệu lực ${when}.`,
      'Báo chí đã viết gì, điều khoản nào đang bị hỏi, số liệu nào bị trích sai:',
      `${consoleUrl}/policies/${encodeURIComponent(id)}`,
    ].join('\n\n'),
  };
}
