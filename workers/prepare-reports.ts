/**
 * Beside the flow. What the office is told at certain times: each task is asked every minute and decides by itself, from
 * what the stores know, whether something is due, so that a restart neither loses nor repeats it.
 */
import type { Logger } from 'pino';
import { z } from 'zod';

import { prepareMonthlyReport } from './prepare-monthly-report.ts';
import { remindOfPolicies } from './remind-of-policies.ts';
import { sendMorningBrief } from './send-press-brief.ts';
import { sendSearches } from './send-searches.ts';
import type { Deps, Stage } from './stage.ts';

/** Does what is due; what it throws is tried again a minute later. */
export type ReportTask = (deps: Deps, context: { log: Logger; signal: AbortSignal }) => Promise<void>;

const TASKS: Readonly<Record<string, ReportTask>> = {
  'press-brief': sendMorningBrief,
  'monthly-report': prepareMonthlyReport,
  'policy-reminder': remindOfPolicies,
  'saved-searches': sendSearches,
};

export const prepareReports: Stage<'report', never> = {
  name: 'report',
  payload: z.object({}),
  concurrency: 1,
  isSingle: true,
  attempts: 1,

  async run(_payload, deps, context) {
    const failed: string[] = [];
    for (const [task, perform] of Object.entries(TASKS)) {
      try {
        await perform(deps, context);
      } catch (error) {
        if (context.signal.aborted) throw error;
        // Not set aside: the next minute's job is the next try.
        context.log.error({ error, task }, 'report task failed');
        failed.push(task);
      }
    }
    if (failed.length > 0) return { status: 'skipped', reason: `failed-${failed.join('-')}`, next: [] };
    return { status: 'done', next: [] };
  },
};
