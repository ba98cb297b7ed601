/**
 * When an article's page is looked at again. A round is a place in the schedule, from 1; each look makes the job of
 * the next, and a round whose time has passed meanwhile is left out.
 */
import type { Entry } from '../src/domain/entry.ts';
import { DAY_MS, HOUR_MS } from '../src/domain/time.ts';
import { revisitJob } from './job-keys.ts';
import type { Deps, Job } from './stage.ts';

/** An error page met in the last round is looked at once more, so long after it. */
const CONFIRM_AFTER_MS = DAY_MS;

type Clock = Pick<Deps, 'revisitAfterHours' | 'now'>;

/** The first look to come, for an article that came in while it was followed, once its page has been read. */
export function firstRevisit(entry: Entry, clock: Clock): Job<'revisit'>[] {
  return isRevisited(entry) ? nextRevisit(entry, 0, clock) : [];
}

/** The look after that of round `after`; none when the schedule ends with it. */
export function nextRevisit(
  { id, firstSeenAt }: Pick<Entry, 'id' | 'firstSeenAt'>,
  after: number,
  { revisitAfterHours, now }: Clock,
): Job<'revisit'>[] {
  const age = now().getTime() - Date.parse(firstSeenAt);
  const at = revisitAfterHours.findIndex((hours, index) => index >= after && hours * HOUR_MS > age);
  if (at < 0) return [];
  const delayMs = Math.ceil((revisitAfterHours[at] as number) * HOUR_MS - age);
  return [revisitJob({ entryId: id, round: at + 1 }, delayMs)];
}

/** The look after one that met an error page: it decides, so there is one even where the schedule has none left. */
export function confirmingRevisit(
  entry: Pick<Entry, 'id' | 'firstSeenAt'>,
  after: number,
  clock: Clock,
): Job<'revisit'>[] {
  const [scheduled] = nextRevisit(entry, after, clock);
  const { payload, delayMs = CONFIRM_AFTER_MS } = scheduled ?? {
    payload: { entryId: entry.id, round: after + 1 },
  };
  return [revisitJob({ ...payload, isSuspect: true }, delayMs)];
}

/**
 * The next looks at articles for which no queue holds one: after a crash that took a job, or a lost queue. For once a
 * day, so that a lost job costs the looks of a day at most.
 */
export async function revisitsWithoutJob(
  deps: Pick<Deps, 'articles' | 'entries' | 'heldJobs' | 'revisitAfterHours' | 'now'>,
): Promise<Job<'revisit'>[]> {
  const lastHours = deps.revisitAfterHours.at(-1);
  if (lastHours === undefined) return [];
  const from = new Date(deps.now().getTime() - lastHours * HOUR_MS).toISOString();
  const missing: Job<'revisit'>[] = [];
  for await (const articles of deps.articles.scan({ from })) {
    const read = articles.filter(({ imported, readFrom }) => !imported && readFrom === 'page');
    const due = read.flatMap((article) => nextRevisit(article, 0, deps));
    const held = await deps.heldJobs(due);
    for (const job of due.filter(({ key }) => !held.has(key))) {
      const entry = await deps.entries.find(job.payload.entryId);
      if (entry !== undefined && isRevisited(entry)) missing.push(job);
    }
  }
  return missing;
}

/** What an archive or a backlog brought is not followed, and where no page could be read there is none to look at. */
function isRevisited({ imported, isBacklog, text }: Entry): boolean {
  return !imported && isBacklog !== true && text !== undefined;
}
