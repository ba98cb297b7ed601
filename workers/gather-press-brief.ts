import type { Article } from '../src/domain/article.ts';
import type {
  BriefFilter,
  BriefModel,
  BriefPeriod,
  PressBrief,
  UsualWindow,
} from '../src/domain/press-brief.ts';
import { DAY_MS } from '../src/domain/time.ts';
import { PermanentError } from '../src/errors.ts';
import type { ArticleFilter } from '../src/ports/article-store.ts';
import { type BriefFacts, type EarlierStory, pressBrief } from '../src/reports/press-brief.ts';
import type { Deps } from './stage.ts';

/** Of a period: more than the health sector is written about in a month. Beyond this its filter must be narrowed. */
const MOST_ARTICLES = 20_000;
/** Periods longer than this are for the monthly report. */
const MOST_DAYS = 35;
const MOST_INCIDENTS = 1000;
/** Weeks before that say what is usual. */
const USUAL_WEEKS = 8;
/** Questions that a store is asked at once. */
const AT_ONCE = 20;

type BriefDeps = Pick<Deps, 'articles' | 'stories' | 'incidents' | 'outlets'>;

/**
 * What the archive says of a period, and how new the archive is.
 *
 * Reads the period's articles whole; beside them two questions for each story that began earlier, and two for each of
 * the weeks that say what is usual.
 *
 * @throws {PermanentError} `bad-period` where it is empty, backwards or too long; `too-many` where it holds too much
 */
export async function gatherPressBrief(
  period: BriefPeriod,
  filter: BriefFilter,
  deps: BriefDeps,
): Promise<Pick<PressBrief, 'dataWatermarkAt'> & { readonly model: BriefModel }> {
  refuseBadPeriod(period);
  const dataWatermarkAt = (await deps.articles.watermark()) ?? '';
  const articles = await articlesOf({ ...filter, ...period }, deps);
  const [earlier, incidents, usual] = await Promise.all([
    earlierOf(articles, period, filter, deps),
    deps.incidents.list({ limit: MOST_INCIDENTS }),
    usualOf(period, filter, deps),
  ]);
  return { dataWatermarkAt, model: pressBrief({ period, filter, articles, earlier, incidents, usual }) };
}

function refuseBadPeriod({ from, to }: BriefPeriod): void {
  const ms = Date.parse(to) - Date.parse(from);
  if (!(ms > 0 && ms <= MOST_DAYS * DAY_MS)) {
    throw new PermanentError('bad-period', `A brief is of some hours up to ${MOST_DAYS} days`);
  }
}

async function articlesOf(filter: ArticleFilter, { articles }: BriefDeps): Promise<Article[]> {
  const found: Article[] = [];
  for await (const batch of articles.scan(filter)) {
    found.push(...batch);
    if (found.length > MOST_ARTICLES) {
      throw new PermanentError('too-many', `A brief is of at most ${MOST_ARTICLES} articles`);
    }
  }
  return found;
}

/** Who had the stories first, and how much was written of them before, where that was before the period. */
async function earlierOf(
  articles: readonly Article[],
  { from }: BriefPeriod,
  filter: BriefFilter,
  deps: BriefDeps,
): Promise<BriefFacts['earlier']> {
  const ids = [...new Set(articles.map(({ storyId }) => storyId))];
  const earlier = new Map<string, EarlierStory>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    await Promise.all(
      ids.slice(at, at + AT_ONCE).map(async (id) => {
        const story = await deps.stories.find(id);
        if (story === undefined || story.firstSeenAt >= from) return;
        const before = await deps.articles.count({ ...filter, storyId: id, to: from });
        if (before === 0) return;
        const outletName = deps.outlets.get(story.firstOutletId)?.name ?? story.firstOutletId;
        earlier.set(id, { story, articles: before, outletName });
      }),
    );
  }
  return earlier;
}

/** The same hours, one week before, two weeks before and so on, as far as the archive goes. */
async function usualOf(
  { from, to }: BriefPeriod,
  filter: BriefFilter,
  { articles }: BriefDeps,
): Promise<UsualWindow[]> {
  const windows = await Promise.all(
    Array.from({ length: USUAL_WEEKS }, async (_, index) => {
      const window = { from: weeksBefore(from, index + 1), to: weeksBefore(to, index + 1) };
      const [all, negative] = await Promise.all([
        articles.count({ ...filter, ...window }),
        articles.count({ ...filter, ...window, polarity: 'negative' }),
      ]);
      return { ...window, articles: all, negative };
    }),
  );
  return windows.filter((window) => window.articles > 0);
}

function weeksBefore(at: string, weeks: number): string {
  return new Date(Date.parse(at) - weeks * 7 * DAY_MS).toISOString();
}
