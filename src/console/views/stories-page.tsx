import type { StoryGrowth } from '../../reports/story-growth.ts';
import type { Period } from '../article-query.ts';
import { toSearch } from '../article-query.ts';
import {
  LEAST_ARTICLES,
  type ListedStory,
  STORY_SORTS,
  type StoryListQuery,
  type StorySort,
  storyListSearch,
} from '../story-list.ts';
import { number, percent } from '../times.ts';
import { useUi } from '../ui.ts';
import type { FilterChoices } from './filter-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Layout } from './layout.tsx';
import { Notice, Scroll, Time } from './parts.tsx';
import { RisingStory } from './rising-story.tsx';

interface StoriesPageProps {
  readonly query: StoryListQuery;
  readonly period: Period;
  readonly sort: StorySort;
  readonly least: string;
  readonly choices: FilterChoices;
  /** One of the two, by the order asked for. */
  readonly rising: readonly StoryGrowth[];
  readonly listed: readonly ListedStory[];
}

/** Stories of a period: what grows, what is large, who wrote. */
export function StoriesPage(props: StoriesPageProps) {
  const { query, period, sort, least, choices, rising, listed } = props;
  const { m, lang } = useUi();
  const isEmpty = rising.length + listed.length === 0;
  return (
    <Layout title={m.nav.stories} section="stories">
      <h1>{m.storyCourse.list}</h1>
      <FilterBar action="/stories" query={query} period={period} choices={choices} />
      <Choice
        label={m.storyCourse.sort}
        values={STORY_SORTS.map((value) => [value, m.storyCourse.sorts[value]])}
        chosen={sort}
        hrefOf={(value) => `/stories${storyListSearch(query, { sort: value as StorySort })}`}
      />
      {sort === 'growth' ? null : (
        <Choice
          label={m.storyCourse.atLeast}
          values={LEAST_ARTICLES.map((value) => [value, m.storyCourse.atLeastArticles(value)])}
          chosen={least}
          hrefOf={(value) => `/stories${storyListSearch(query, { least: value as '1' })}`}
        />
      )}
      <div id="stories" data-live>
        {isEmpty ? (
          <Notice tone="plain" title={m.storyCourse.none}>
            <p>{m.storyCourse.noneTodo}</p>
          </Notice>
        ) : null}
        {rising.length === 0 ? null : (
          <>
            <p class="result-note">
              {m.storyCourse.growthOnlyDay} {m.today.storiesHint}
            </p>
            <h2 class="visually-hidden">{m.storyCourse.list}</h2>
            <ol class="rising" data-list>
              {rising.map((growth) => (
                <RisingStory key={growth.story.id} growth={growth} />
              ))}
            </ol>
          </>
        )}
        {listed.length === 0 ? null : (
          <>
            <p class="result-note">{m.storyCourse.shown(number(listed.length, lang))}</p>
            <StoryTable {...props} />
          </>
        )}
      </div>
    </Layout>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly values: readonly (readonly [value: string, label: string])[];
  readonly chosen: string;
  readonly hrefOf: (value: string) => string;
}

function Choice({ label, values, chosen, hrefOf }: ChoiceProps) {
  return (
    <nav class="segments" aria-label={label}>
      {values.map(([value, text]) => (
        <a
          key={value}
          href={hrefOf(value)}
          {...(value === chosen ? { 'aria-current': 'true' as const } : {})}
        >
          {text}
        </a>
      ))}
    </nav>
  );
}

function StoryTable({ listed, query, period }: StoriesPageProps) {
  const { m, lang, names } = useUi();
  const columns = m.storyCourse.columns;
  const { sort: _sort, least: _least, ...articles } = query;
  const inPeriod = { ...articles, period: query.period ?? period };
  return (
    <Scroll label={m.storyCourse.caption}>
      <table class="story-table" data-list>
        <caption class="visually-hidden">{m.storyCourse.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{columns.story}</th>
            <th scope="col" class="figure">
              {columns.articles}
            </th>
            <th scope="col" class="figure">
              {columns.all}
            </th>
            <th scope="col" class="figure">
              {columns.newsrooms}
            </th>
            <th scope="col" class="figure">
              {columns.negative}
            </th>
            <th scope="col">{columns.latest}</th>
          </tr>
        </thead>
        <tbody>
          {listed.map(({ story, articles: count, negative }) => (
            <tr key={story.id}>
              <th scope="row">
                <a href={`/stories/${encodeURIComponent(story.id)}`}>{story.title}</a>{' '}
                <span class="hint">{names.outlet(story.firstOutletId)}</span>
              </th>
              <td class="figure">
                <a href={`/articles${toSearch({ ...inPeriod, story: story.id })}`}>{number(count, lang)}</a>
              </td>
              <td class="figure">
                <a href={`/articles${toSearch({ story: story.id, period: 'all' })}`}>
                  {number(story.articleIds.length, lang)}
                </a>
              </td>
              <td class="figure">{number(story.independentNewsrooms.length, lang)}</td>
              <td class="figure">
                <a href={`/articles${toSearch({ ...inPeriod, story: story.id, polarity: 'negative' })}`}>
                  {percent(negative / count, lang)}
                </a>
              </td>
              <td>
                <Time at={story.lastSeenAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
