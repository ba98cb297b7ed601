import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Polarity } from '../../domain/analysis.ts';
import type { Article } from '../../domain/article.ts';
import type { Correction } from '../../domain/correction.ts';
import { reachOf } from '../../domain/feed-state.ts';
import { given } from '../../domain/given.ts';
import { parseSearch } from '../../domain/search-query.ts';
import type { Story } from '../../domain/story.ts';
import { DAY_MS, hourOf } from '../../domain/time.ts';
import type { ArticleFilter, ArticleStore, FacetCount } from '../../ports/article-store.ts';
import type { StoryStore } from '../../ports/story-store.ts';
import { cursorText, type PageCursor, writeCursor } from '../api/cursor.ts';
import { type ArticleQuery, articleListQuery, toSearch } from '../article-query.ts';
import type { ConsoleDeps } from '../console-deps.ts';
import { filterChoices } from '../filter-choices.ts';
import { MOST_PAGES, neighboursOf, PER_PAGE, placeOf, placeSearch } from '../neighbours.ts';
import { officerOf } from '../officer.ts';
import { idParams } from '../request-fields.ts';
import { searchInstead } from '../search-instead.ts';
import { searchSpellings } from '../search-spelling.ts';
import type { RouteContext } from '../server.ts';
import { ArticlePage } from '../views/article-page.tsx';
import type { ArticlesPageProps } from '../views/articles-page.tsx';
import { ArticlesPage } from '../views/articles-page.tsx';
import type { CorrectionNotice } from '../views/corrections.tsx';
import { NotFoundError } from './errors.tsx';

const PERIOD = '7d';

/** Copies shown beside an article; the story's own page has them all. */
const SHOWN_COPIES = 12;

const noticeQuery = z.object({ notice: z.literal('corrected').optional().catch(undefined) });

const listQuery = articleListQuery.extend({
  /** Where a page in the order of time begins. */
  after: cursorText.optional().catch(undefined),
  page: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(MOST_PAGES).default(1),
  ),
});

/** The list of articles and the page of one. */
export function articleRoutes({ server, pages, registry, valuesOf, filterOf, depsOf }: RouteContext): void {
  server.get('/articles', { config: { scoped: true } }, async (request, reply) => {
    const { page, after, ...query } = listQuery.parse(request.query);
    const read = (asked: ArticleQuery) => filterOf(request, asked, PERIOD);
    const list = await readList({ deps: depsOf(request), registry, valuesOf }, query, { page, after }, read);
    if (query.sort === undefined && page > list.pages)
      return reply.redirect(`/articles${toSearch(query, { page: String(list.pages) })}`, 303);
    return pages.send(request, reply, <ArticlesPage {...list} />);
  });

  server.get('/articles/:id', { config: { scoped: true } }, async (request, reply) => {
    const { notice } = noticeQuery.parse(request.query);
    return showArticle({ deps: depsOf(request), pages, filterOf }, request, reply, { notice });
  });
}

/** Sends the page of the article that the path names, in the list that the address names. @throws {NotFoundError} */
export async function showArticle(
  { deps, pages, filterOf }: Pick<RouteContext, 'deps' | 'pages' | 'filterOf'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { notice, status = 200 }: { notice?: CorrectionNotice | undefined; status?: number },
): Promise<FastifyReply> {
  const { id } = idParams.parse(request.params);
  const article = await deps.articles.find(id);
  if (article === undefined) throw new NotFoundError();
  const story = await deps.stories.find(article.storyId);
  const copyIds = (story?.articleIds ?? []).filter((copy) => copy !== id).slice(0, SHOWN_COPIES);
  const place = placeOf(request.query);
  const [copies, revisions, own, inherited, neighbours] = await Promise.all([
    deps.articles.findMany(copyIds),
    deps.revisions.of(id),
    deps.corrections.concerning({ articleIds: [id] }),
    Promise.all((article.corrected?.ids ?? []).map((one) => deps.corrections.find(one))),
    place && neighboursOf(id, place, filterOf(request, place.query, PERIOD), deps.articles),
  ]);
  const corrections = [...own, ...inherited.filter((one) => one !== undefined && one.articleId !== id)];
  const view = (
    <ArticlePage
      article={article}
      story={story}
      copies={copies}
      revisions={revisions}
      corrections={corrections as Correction[]}
      topics={[...deps.language.topicNames.keys()]}
      officer={officerOf(request)}
      notice={notice}
      neighbours={neighbours}
    />
  );
  return pages.send(request, reply, view, status);
}

async function readList(
  { deps, registry, valuesOf }: Pick<RouteContext, 'deps' | 'registry' | 'valuesOf'>,
  query: ArticlesPageProps['query'],
  place: { readonly page: number; readonly after: PageCursor | undefined },
  read: (asked: ArticleQuery) => ArticleFilter,
): Promise<ArticlesPageProps> {
  const { articles, stories, feedStates, feeds } = deps;
  const now = deps.now();
  const filter = read(query);
  const parsed = parseSearch(query.q ?? '', { valuesOf, now });
  const { polarity: _polarity, ...anyPolarity } = filter;
  const [found, polarities, choices, pulse, states] = await Promise.all([
    onePage(articles, filter, query.sort, place),
    articles.facet(anyPolarity, 'polarity', 3),
    filterChoices(articles, filter),
    articles.trend({ from: hourOf(now.getTime() - DAY_MS + 3_600_000) }, 'hour'),
    feedStates.all(),
  ]);
  const listed = { ...query, period: query.period ?? PERIOD };
  const firstAt = query.sort === undefined ? (place.page - 1) * PER_PAGE : 0;
  return {
    query,
    period: listed.period,
    page: place.page,
    pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
    total: found.total,
    polarities: polarityCounts(polarities),
    articles: found.articles,
    searchAt: (at) => placeSearch({ query: listed, after: place.after, at: firstAt + at }),
    ...given({ next: found.next }),
    storySizes: await storySizes(stories, found.articles),
    choices,
    pulse,
    parsed,
    reach: reachOf(new Set(feeds.keys()), states),
    ...(found.total === 0
      ? {
          elsewhere: await countElsewhere(deps, filter),
          instead: await searchInstead(query, parsed.query, read, articles),
          spellings:
            parsed.query === undefined
              ? []
              : await searchSpellings(query, parsed.query, registry, read, articles),
        }
      : {}),
  };
}

/** A page of the best matches, or of articles in the order of time, with where the next one begins. */
async function onePage(
  articles: ArticleStore,
  filter: ArticleFilter,
  sort: 'newest' | 'oldest' | undefined,
  { page, after }: { readonly page: number; readonly after: PageCursor | undefined },
): Promise<{ total: number; articles: readonly Article[]; next?: string }> {
  if (sort === undefined) return articles.search(filter, { offset: (page - 1) * PER_PAGE, limit: PER_PAGE });
  const from = after !== undefined && 'id' in after ? { after } : {};
  const [total, found] = await Promise.all([
    articles.count(filter),
    articles.page(filter, { ...from, limit: PER_PAGE, order: sort }),
  ]);
  return {
    total,
    articles: found.articles,
    ...(found.next === undefined ? {} : { next: writeCursor(found.next) }),
  };
}

function polarityCounts(facets: readonly FacetCount[]): Record<Polarity, number> {
  const counts = { negative: 0, neutral: 0, positive: 0 };
  for (const { value, count } of facets) if (value in counts) counts[value as Polarity] = count;
  return counts;
}

/** How many articles each of the articles' stories has. */
export async function storySizes(
  stories: StoryStore,
  articles: readonly Article[],
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(articles.map(({ storyId }) => storyId))];
  const found = await Promise.all(ids.map((id) => stories.find(id)));
  return new Map(
    found
      .filter((story): story is Story => story !== undefined)
      .map((story) => [story.id, story.articleIds.length]),
  );
}

async function countElsewhere(
  { articles }: ConsoleDeps,
  filter: ArticleFilter,
): Promise<{ anyTime: number; archive: number }> {
  const { from: _from, to: _to, ...anyTime } = filter;
  const [matching, archive] = await Promise.all([articles.count(anyTime), articles.count({})]);
  return { anyTime: matching, archive };
}
