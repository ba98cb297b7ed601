import { isAtLeast } from '../src/domain/access.ts';
import type { Account } from '../src/domain/account.ts';
import type { ArticleOutline } from '../src/domain/article.ts';
import { MAILING_ROLE, type SavedSearch, type SearchDelivery } from '../src/domain/saved-search.ts';
import { DAY_MS, vietnameseDay } from '../src/domain/time.ts';
import { PermanentError } from '../src/errors.ts';
import { momentOf } from '../src/reports/brief-period.ts';
import { searchMail, type ToldArticle } from '../src/reports/search-mail.ts';
import type { ReportTask } from './prepare-reports.ts';
import type { Deps } from './stage.ts';

/** One mail about several articles rather than several mails. */
const AT_ONCE_MS = 10 * 60_000;
/** An article may be indexed so long after it was first seen. */
const LATE_MS = DAY_MS;
/** Making a mail takes seconds; whoever has been at it for longer is no more. */
const PENDING_MS = 10 * 60_000;
const MOST_SEARCHES = 1000;
const MONDAY = 1;
const BEGINNING = new Date(0).toISOString();

/**
 * Writes to whoever subscribes to a saved search about the articles that it finds and has not told of.
 *
 * What a mail will have told is noted before it goes out and settled after: where a process ends in between, the same
 * mail goes out again under the same id, so that it may come twice and is never lost.
 */
export const sendSearches: ReportTask = async (deps, { log, signal }) => {
  if (deps.sendMail === undefined || deps.drill === true) return;
  const searches = await deps.office.list('saved-search', { limit: MOST_SEARCHES });
  const faults: unknown[] = [];
  for (const search of searches) {
    if (signal.aborted) return;
    if (!isDue(search, deps)) continue;
    const access = await accessOf(search, deps);
    if (access === undefined) continue;
    try {
      const sent = await deliver(search, access, deps, signal);
      if (sent > 0) log.info({ searchId: search.id, articles: sent }, 'new articles of a search told');
    } catch (error) {
      // Others are told all the same; this one is tried again.
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
};

function isDue({ subscription, to, delivery }: SavedSearch, { now, briefAt }: Deps): boolean {
  if (subscription === 'none' || to.length === 0) return false;
  const at = now();
  const pending = delivery.pending;
  if (pending !== undefined) return at.getTime() - Date.parse(pending.at) > PENDING_MS;
  if (subscription === 'at-once') return at.getTime() - Date.parse(delivery.until) >= AT_ONCE_MS;
  const due = momentOf(vietnameseDay(at), briefAt);
  const isToday = at.getTime() >= due && Date.parse(delivery.until) < due;
  return (
    isToday && (subscription === 'daily' || new Date(`${vietnameseDay(at)}T00:00:00Z`).getUTCDay() === MONDAY)
  );
}

/** What whoever keeps it may see by now: the mail tells them no more than the pages, and nothing once they may not mail. */
async function accessOf(
  { owner }: SavedSearch,
  { office }: Deps,
): Promise<Pick<Account, 'scope'> | undefined> {
  if (owner === undefined) return {};
  const account = await office.find('account', owner);
  if (account === undefined || account.disabledAt !== undefined) return undefined;
  return isAtLeast(account.role, MAILING_ROLE) ? account : undefined;
}

/** @returns how many articles were told of */
async function deliver(
  search: SavedSearch,
  access: Pick<Account, 'scope'>,
  deps: Deps,
  signal: AbortSignal,
): Promise<number> {
  const by = crypto.randomUUID();
  const at = deps.now().toISOString();
  const until = search.delivery.pending?.until ?? at;
  const claimed = await deps.office.update('saved-search', search.id, (current) =>
    current.delivery.until === search.delivery.until &&
    current.delivery.pending?.by === search.delivery.pending?.by
      ? { ...current, delivery: { ...current.delivery, pending: { by, at, until } } }
      : current,
  );
  if (claimed?.delivery.pending?.by !== by) return 0;
  const { fresh, seen } = await newArticles(claimed, access, until, deps);
  const settle = async (delivery: SearchDelivery) => {
    await deps.office.update('saved-search', search.id, (current) =>
      current.delivery.pending?.by === by ? { ...current, delivery } : current,
    );
  };
  const told = { until, told: seen.map(({ id }) => id) };
  if (fresh.length === 0) {
    await settle(told);
    return 0;
  }
  try {
    await deps.sendMail?.(searchMail(claimed, fresh, until, deps.consoleUrl), signal);
    await settle(told);
    return fresh.length;
  } catch (error) {
    // A server that may have it, or never takes it, is not asked again; anything else is, under the same id.
    if (!(error instanceof PermanentError)) throw error;
    await settle({ ...told, fault: error.reason });
    return 0;
  }
}

/** Articles of the search that have not been told of, and all that were seen of late; newest first. */
async function newArticles(
  { query, delivery }: SavedSearch,
  { scope }: Pick<Account, 'scope'>,
  until: string,
  deps: Deps,
) {
  const { from = BEGINNING, to = until, ...asked } = deps.readSearch(query);
  const begin = Math.max(Date.parse(from), Date.parse(delivery.until) - LATE_MS);
  const end = Math.min(Date.parse(to), Date.parse(until));
  const filter = {
    ...asked,
    ...(scope === undefined ? {} : { within: scope }),
    from: new Date(begin).toISOString(),
    to: new Date(end).toISOString(),
  };
  const found: ToldArticle[] = [];
  for await (const batch of deps.articles.outlines(filter)) {
    found.push(...batch.filter(({ imported }) => !imported).map(toldArticle));
  }
  found.reverse();
  const told = new Set(delivery.told);
  const late = new Date(Date.parse(until) - LATE_MS).toISOString();
  return {
    fresh: found.filter(({ id }) => !told.has(id)),
    seen: found.filter(({ firstSeenAt }) => firstSeenAt >= late),
  };
}

/** Little of each: a week of a wide search is many. */
function toldArticle({
  id,
  storyId,
  title,
  outletName,
  firstSeenAt,
  sentiment,
}: ArticleOutline): ToldArticle {
  return { id, storyId, title, outletName, firstSeenAt, polarity: sentiment.polarity };
}
