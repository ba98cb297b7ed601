import type { Polarity } from '../../domain/analysis.ts';
import { POLARITIES } from '../../domain/analysis.ts';
import type { Article } from '../../domain/article.ts';
import type { Reach } from '../../domain/feed-state.ts';
import { type ParsedSearch, wantedWords } from '../../domain/search-query.ts';
import type { FacetCount, TrendBucket } from '../../ports/article-store.ts';
import type { ArticleQuery, Facet, Period } from '../article-query.ts';
import { toSearch } from '../article-query.ts';
import type { Instead } from '../search-instead.ts';
import type { Spelling } from '../search-spelling.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';
import { ArticleList } from './article-list.tsx';
import { FileLinks } from './file-links.tsx';
import type { FilterChoices } from './filter-bar.tsx';
import { FilterBar, facetName } from './filter-bar.tsx';
import { Layout } from './layout.tsx';
import { Notice, PolaritySign, ShareBar } from './parts.tsx';
import { Pulse } from './pulse.tsx';
import { ReachBanner } from './reach-banner.tsx';
import { partText, SearchReading } from './search-reading.tsx';
import { SaveSearch } from './searches-page.tsx';

export interface ArticlesPageProps {
  readonly query: ArticleQuery & { readonly sort?: 'newest' | 'oldest' | undefined };
  readonly period: Period;
  readonly page: number;
  readonly pages: number;
  /** Where the next page in the order of time begins. */
  readonly next?: string;
  readonly total: number;
  /** Counts under the same filters but for polarity. */
  readonly polarities: Readonly<Record<Polarity, number>>;
  readonly articles: readonly Article[];
  readonly storySizes: ReadonlyMap<string, number>;
  readonly choices: FilterChoices;
  /** Articles per hour of the last day, whatever the filters say. */
  readonly pulse: readonly TrendBucket[];
  readonly reach: Reach;
  /** How what was typed was understood. */
  readonly parsed: ParsedSearch;
  /** What is found without one of the conditions, where nothing is with all of them. */
  /** What the address of the article at a place of the page carries of the search. */
  readonly searchAt: (place: number) => string;
  readonly instead?: readonly Instead[];
  /** Words that are in no article, spelt so that they are in some. */
  readonly spellings?: readonly Spelling[];
  /** Only counted when nothing was found: matches without the period, and the archive's size. */
  readonly elsewhere?: { readonly anyTime: number; readonly archive: number };
}

export function ArticlesPage(props: ArticlesPageProps) {
  const { m } = useUi();
  const { query, period, articles, reach, total } = props;
  return (
    <Layout title={m.list.title} section="articles">
      <div class="page-head">
        <h1>{m.list.heading}</h1>
        <Pulse buckets={props.pulse} />
      </div>
      <ReachBanner reach={reach} />
      <FilterBar action="/articles" query={query} period={period} choices={props.choices} />
      <SearchReading query={query} parsed={props.parsed} />
      <div class="search-keeping">
        {toSearch(query) === '' ? null : <SaveSearch query={toSearch(query)} suggestion={query.q ?? ''} />}
        <a href="/searches">{m.searches.title}</a>
      </div>
      <div id="results" data-live>
        <PolarityTabs query={query} counts={props.polarities} />
        {total === 0 ? (
          <EmptyState {...props} />
        ) : (
          <div class="with-rail">
            <div>
              <p class="result-note">
                <SortLinks query={query} />
                {' · '}
                <a href={`/trends${toSearch(query, { period: query.period ?? period })}`}>
                  {m.filter.sameFilters}
                </a>
                {' · '}
                <FileLinks
                  path="/api/v1/articles"
                  search={toSearch(query, { period: query.period ?? period })}
                />
              </p>
              <ArticleList
                articles={articles}
                storySizes={props.storySizes}
                wanted={props.parsed.query === undefined ? [] : wantedWords(props.parsed.query)}
                searchAt={props.searchAt}
                byDay={query.q === undefined || query.sort !== undefined}
                heading={m.list.byRelevance}
              />
              {query.sort === undefined ? (
                <Pager query={query} page={props.page} pages={props.pages} />
              ) : (
                <TimePager query={query} next={props.next} />
              )}
            </div>
            <Rail query={query} choices={props.choices} />
          </div>
        )}
      </div>
    </Layout>
  );
}

function PolarityTabs({
  query,
  counts,
}: {
  query: ArticleQuery;
  counts: Readonly<Record<Polarity, number>>;
}) {
  const { m, lang } = useUi();
  const all = POLARITIES.reduce((sum, polarity) => sum + counts[polarity], 0);
  const tabs = [undefined, ...POLARITIES] as const;
  return (
    <nav class="polarity-tabs" aria-label={m.filter.polarity}>
      {tabs.map((polarity) => (
        <a
          key={polarity ?? 'all'}
          href={`/articles${toSearch(query, { polarity })}`}
          class={polarity ?? 'all'}
          {...(query.polarity === polarity ? { 'aria-current': 'true' as const } : {})}
        >
          <span class="tab-name">
            {polarity === undefined ? null : <PolaritySign polarity={polarity} />}
            {polarity === undefined ? m.filter.any : m.polarity[polarity]}
          </span>
          <span class="tab-count" data-count={polarity ?? 'all'}>
            {number(polarity === undefined ? all : counts[polarity], lang)}
          </span>
        </a>
      ))}
    </nav>
  );
}

/** In which order they stand, and the others that there are. */
function SortLinks({ query }: { query: ArticlesPageProps['query'] }) {
  const { m } = useUi();
  const best = query.q === undefined ? m.list.newest : m.list.byRelevance;
  const orders = [
    [undefined, best],
    ...(query.q === undefined ? [] : [['newest', m.list.newest] as const]),
    ['oldest', m.list.oldest],
  ] as const;
  return (
    <span class="sort-links">
      {orders.map(([sort, name]) => (
        <a
          key={name}
          href={`/articles${toSearch(query, { sort })}`}
          {...(query.sort === sort ? { 'aria-current': 'true' as const } : {})}
        >
          {name}
        </a>
      ))}
    </span>
  );
}

/** In the order of time pages follow one another however many there are. */
function TimePager({ query, next }: { query: ArticlesPageProps['query']; next: string | undefined }) {
  const { m } = useUi();
  return (
    <nav class="pager" aria-label={m.list.pagesLabel}>
      <a href={`/articles${toSearch(query)}`}>{m.list.firstPage}</a>
      {next === undefined ? (
        <span />
      ) : (
        <a href={`/articles${toSearch(query, { after: next })}`} rel="next">
          {m.list.next} →
        </a>
      )}
    </nav>
  );
}

function Pager({ query, page, pages }: { query: ArticleQuery; page: number; pages: number }) {
  const { m } = useUi();
  if (pages <= 1) return null;
  const to = (target: number) =>
    `/articles${toSearch(query, { page: target === 1 ? undefined : String(target) })}`;
  return (
    <nav class="pager" aria-label={m.list.pagesLabel}>
      {page > 1 ? (
        <a href={to(page - 1)} rel="prev">
          ← {m.list.previous}
        </a>
      ) : (
        <span />
      )}
      <span>{m.list.page(page, pages)}</span>
      {page < pages ? (
        <a href={to(page + 1)} rel="next">
          {m.list.next} →
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}

const RAIL_FACETS = ['topic', 'facility', 'province', 'outlet'] as const;
const RAIL_ROWS = 6;

/** What the results are about, each line a way to narrow them. */
function Rail({ query, choices }: { query: ArticleQuery; choices: FilterChoices }) {
  const { m } = useUi();
  return (
    <aside class="rail" aria-label={m.list.inResults}>
      {RAIL_FACETS.map((facet) => (
        <RailFacet key={facet} facet={facet} query={query} rows={choices[facet].slice(0, RAIL_ROWS)} />
      ))}
    </aside>
  );
}

function RailFacet(props: { facet: Facet; query: ArticleQuery; rows: readonly FacetCount[] }) {
  const ui = useUi();
  const { m, lang } = ui;
  if (props.rows.length === 0) return null;
  return (
    <section>
      <h2>{m.filter[props.facet]}</h2>
      <ul>
        {props.rows.map(({ value, count, negative }) => (
          <li key={value}>
            <a href={`/articles${toSearch(props.query, { [props.facet]: value })}`}>
              <span class="rail-name">{facetName(props.facet, value, ui)}</span>
              <span class="rail-count">
                {number(count, lang)}
                <span class="visually-hidden">, {m.list.negativeOf(negative, count)}</span>
              </span>
            </a>
            <ShareBar part={negative} whole={count} tone="negative" />
          </li>
        ))}
      </ul>
    </section>
  );
}

function EmptyState(props: ArticlesPageProps) {
  const { query, period, reach, elsewhere, instead = [], spellings = [] } = props;
  const { m, lang } = useUi();
  const archive = elsewhere?.archive ?? 0;
  const anyTime = elsewhere?.anyTime ?? 0;
  if (archive === 0) {
    return (
      <Notice tone="plain" title={m.empty.nothingYet}>
        <p>{whyNothing(reach, m)}</p>
        <p class="ways">
          <a href="/outlets">{m.empty.seeOutlets}</a> <a href="/ledger">{m.empty.seeLedger}</a>
        </p>
      </Notice>
    );
  }
  return (
    <Notice tone="plain" title={m.empty.title}>
      {anyTime > 0 ? (
        <>
          <p>{m.empty.outsidePeriod(number(anyTime, lang), periodName(query, m.period[period]))}</p>
          <p class="ways">
            <a href={`/articles${toSearch(query, { period: 'all', from: undefined, to: undefined })}`}>
              {m.empty.wholeArchive}
            </a>
          </p>
        </>
      ) : (
        <>
          <p>{m.empty.narrowed(number(archive, lang))}</p>
          <p class="ways">
            <a href="/articles?period=all">{m.filter.clear}</a>
          </p>
        </>
      )}
      <SpellingList spellings={spellings} />
      <InsteadList instead={instead} />
    </Notice>
  );
}

function SpellingList({ spellings }: { spellings: readonly Spelling[] }) {
  const { m, lang } = useUi();
  if (spellings.length === 0) return null;
  return (
    <>
      <p>{m.search.spellingTitle}:</p>
      <ul class="instead">
        {spellings.map(({ text, count, href }) => (
          <li key={href}>
            <a href={href}>{text}</a>: {m.search.found(number(count, lang))}
          </li>
        ))}
      </ul>
    </>
  );
}

function InsteadList({ instead }: { instead: readonly Instead[] }) {
  const ui = useUi();
  const { m, lang } = ui;
  if (instead.length === 0) return null;
  return (
    <>
      <p>{m.search.insteadTitle}:</p>
      <ul class="instead">
        {instead.map(({ without, count, href }) => (
          <li key={href}>
            <a href={href}>
              {m.search.without(
                'part' in without
                  ? partText(without.part, ui)
                  : `${m.filter[without.facet]}: ${facetName(without.facet, without.value, ui)}`,
              )}
            </a>
            : {m.search.found(number(count, lang))}
          </li>
        ))}
      </ul>
    </>
  );
}

function periodName({ from, to }: ArticleQuery, preset: string): string {
  return from === undefined && to === undefined ? preset : [from ?? '…', to ?? '…'].join(' – ');
}

function whyNothing(reach: Reach, m: ReturnType<typeof useUi>['m']): string {
  switch (reach.state) {
    case 'no-feeds':
      return m.empty.noFeeds;
    case 'not-yet':
      return m.empty.neverPolled;
    case 'none':
      return m.empty.unreachable(reach.tried);
    default:
      return m.empty.reachedNothing;
  }
}
