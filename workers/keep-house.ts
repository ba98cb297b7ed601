/**
 * Beside the flow. Finds entries, feeds and corrections that a crash left half done and sees to them; drops raw pages,
 * and where the configuration says so whole months of articles, that have been kept long enough; keeps subscriptions.
 */
import type { Logger } from 'pino';
import { z } from 'zod';

import type { Entry } from '../src/domain/entry.ts';
import { DAY_MS } from '../src/domain/time.ts';
import { mendCorrections } from './correct-article.ts';
import { analyseJob, basisOf, fetchJob, jobsOf } from './job-keys.ts';
import { keepSubscriptions } from './keep-subscriptions.ts';
import { measureCoverage, planCoverage } from './measure-coverage.ts';
import { pollsOverdue } from './poll-jobs.ts';
import { revisitsWithoutJob } from './revisit-jobs.ts';
import type { Deps, Job, Stage } from './stage.ts';

/** Entries per look into store and queues: bounds memory, not work. */
const PAGE = 200;

/** Queues that it makes lost jobs for, or has more of its own work in. */
type Mended = 'discover' | 'fetch' | 'analyse' | 'revisit' | 'housekeeping';

export const keepHouse: Stage<'housekeeping', Mended> = {
  name: 'housekeeping',
  payload: z.object({
    task: z.enum(['recover', 'retain', 'coverage', 'subscriptions']),
    outletId: z.string().optional(),
    day: z.iso.date().optional(),
  }),
  // An outlet that is slow to give its sitemaps must not keep lost jobs waiting.
  concurrency: 4,
  isSingle: true,
  attempts: 2,

  async run({ task, outletId, day }, deps, { log, signal }) {
    if (task === 'retain') {
      await retain(deps, log);
      await deps.tidy();
      return { status: 'done', next: await revisitsWithoutJob(deps) };
    }
    if (task === 'coverage') {
      if (outletId === undefined || day === undefined)
        return { status: 'done', next: await planCoverage(deps) };
      return { status: 'done', outletId, next: await measureCoverage({ outletId, day }, deps, signal) };
    }
    if (task === 'subscriptions')
      return { status: 'done', next: await keepSubscriptions(deps, { log, signal }) };
    const orphans = await findOrphans(deps);
    if (orphans.length > 0) log.info({ recovered: orphans.length }, 'entries without a job');
    const mended = await mendCorrections(deps);
    if (mended > 0) log.info({ mended }, 'corrections without effect');
    return { status: 'done', next: [...orphans.flatMap(jobsToRecover), ...(await pollsOverdue(deps))] };
  },
};

async function retain(deps: Deps, log: Logger): Promise<void> {
  const { pages, revisions, articles, entries, journal, retention, now } = deps;
  const before = new Date(now().getTime() - retention.pageDays * DAY_MS).toISOString();
  log.info({ dropped: await pages.dropBefore(before) }, 'raw pages past their time');
  if (retention.articleMonths === 0) return;
  const month = now();
  month.setUTCMonth(month.getUTCMonth() - retention.articleMonths, 1);
  const at = month.toISOString();
  // Articles first: what a crash leaves in between is an entry too many, found by the ledger and dropped next time.
  log.info({ dropped: await articles.dropBefore(at), at }, 'articles past their time');
  log.info({ dropped: await revisions.dropBefore(at), at }, 'revisions past their time');
  log.info({ dropped: await entries.dropBefore(at), at }, 'entries past their time');
  log.info({ dropped: await journal.dropBefore(at), at }, 'journal pages past their time');
}

/** Pending entries that no queue holds a job for. */
export async function findOrphans({
  entries,
  heldJobs,
}: Pick<Deps, 'entries' | 'heldJobs'>): Promise<Entry[]> {
  const orphans: Entry[] = [];
  for (let afterId = ''; ; ) {
    const page = await entries.pending({ limit: PAGE, afterId });
    const held = await heldJobs(page.flatMap(({ id }) => jobsOf(id)));
    const withoutJob = page.filter(({ id }) => !jobsOf(id).some(({ key }) => held.has(key)));
    // Between the two looks a job may have done its work and settled its entry: only what is still pending counts.
    for (const { id } of withoutJob) {
      const entry = await entries.find(id);
      const nowHeld = await heldJobs(jobsOf(id));
      if (entry?.outcome === 'pending' && nowHeld.size === 0) orphans.push(entry);
    }
    if (page.length < PAGE) return orphans;
    afterId = page.at(-1)?.id ?? '';
  }
}

function jobsToRecover(entry: Entry): Job<'fetch' | 'analyse'>[] {
  const analyse = analyseJob(entry.id, basisOf(entry));
  return entry.text === undefined && !entry.imported ? [fetchJob(entry.id), analyse] : [analyse];
}
