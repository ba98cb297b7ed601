import { CAUTIONS, POLARITIES } from '../../domain/analysis.ts';
import { TIERS } from '../../domain/outlet.ts';
import type { FacetCount } from '../../ports/article-store.ts';
import type { ArticleQuery, Facet, Period } from '../article-query.ts';
import { FACETS, PERIODS, toSearch } from '../article-query.ts';
import { dayOf, number } from '../times.ts';
import type { Ui } from '../ui.ts';
import { useUi } from '../ui.ts';

export interface FilterChoices {
  readonly topic: readonly FacetCount[];
  readonly outlet: readonly FacetCount[];
  readonly tier: readonly FacetCount[];
  readonly province: readonly FacetCount[];
  readonly facility: readonly FacetCount[];
}

interface FilterBarProps {
  /** Where the form goes: `/articles` or `/trends`. */
  readonly action: string;
  readonly query: ArticleQuery & { readonly sort?: string | undefined };
  readonly period: Period;
  readonly choices: FilterChoices;
}

/** Search, period and every filter as one plain form: its URL is the whole state. */
export function FilterBar({ action, query, period, choices }: FilterBarProps) {
  const { m, assets } = useUi();
  return (
    <form class="filters" action={action} method="get" data-filters>
      <div class="search-row">
        <label for="q">{m.filter.search}</label>
        <input
          id="q"
          name="q"
          type="search"
          value={query.q ?? ''}
          maxLength={2000}
          autocomplete="off"
          aria-describedby="q-hint"
          data-completions="q-completions"
        />
        <div id="q-completions" class="completions" role="listbox" aria-label={m.search.completions} hidden />
        <script type="module" src={assets.complete} />
        <button type="submit" class="primary">
          {m.filter.submit}
        </button>
        <p id="q-hint" class="hint">
          {m.filter.searchHint}
        </p>
      </div>
      <PeriodLinks action={action} query={query} period={period} />
      {query.from === undefined && query.to === undefined ? (
        <input type="hidden" name="period" value={period} />
      ) : null}
      {query.corrected === undefined ? null : (
        <input type="hidden" name="corrected" value={query.corrected} />
      )}
      {query.sort === undefined ? null : <input type="hidden" name="sort" value={query.sort} />}
      {query.story === undefined ? null : <input type="hidden" name="story" value={query.story} />}
      <MoreFilters query={query} choices={choices} />
      <ActiveFilters action={action} query={query} />
    </form>
  );
}

function PeriodLinks({ action, query, period }: Omit<FilterBarProps, 'choices'>) {
  const { m } = useUi();
  const custom = query.from !== undefined || query.to !== undefined;
  return (
    <nav class="segments" aria-label={m.filter.period}>
      {PERIODS.map((value) => (
        <a
          key={value}
          href={`${action}${toSearch(query, { period: value, from: undefined, to: undefined })}`}
          {...(!custom && value === period ? { 'aria-current': 'true' as const } : {})}
        >
          {m.period[value]}
        </a>
      ))}
    </nav>
  );
}

function MoreFilters({ query, choices }: Pick<FilterBarProps, 'query' | 'choices'>) {
  const ui = useUi();
  const { m } = ui;
  const count = FACETS.filter((facet) => query[facet] !== undefined).length;
  return (
    <details class="more-filters">
      <summary>
        {m.filter.more}
        {count > 0 ? ` (${count})` : ''}
      </summary>
      <div class="filter-grid">
        <Select
          facet="polarity"
          value={query.polarity}
          options={POLARITIES.map((value) => [value, undefined])}
        />
        <Select facet="stance" value={query.stance} options={POLARITIES.map((value) => [value, undefined])} />
        <Select facet="topic" value={query.topic} options={counted(choices.topic)} />
        <Select facet="outlet" value={query.outlet} options={counted(choices.outlet)} />
        <Select
          facet="tier"
          value={query.tier}
          options={TIERS.map((tier) => [tier, choices.tier.find(({ value }) => value === tier)?.count ?? 0])}
        />
        <Select facet="province" value={query.province} options={counted(choices.province)} />
        <Select facet="facility" value={query.facility} options={counted(choices.facility)} />
        <Select facet="caution" value={query.caution} options={CAUTIONS.map((kind) => [kind, undefined])} />
        <DayField name="from" label={m.filter.from} value={query.from} />
        <DayField name="to" label={m.filter.to} value={query.to} />
        <button type="submit">{m.filter.apply}</button>
      </div>
    </details>
  );
}

type Option = readonly [value: string, count: number | undefined];

function counted(values: readonly FacetCount[]): Option[] {
  return values.map(({ value, count }) => [value, count]);
}

interface SelectProps {
  readonly facet: Facet;
  readonly value: string | undefined;
  readonly options: readonly Option[];
}

function Select({ facet, value, options }: SelectProps) {
  const ui = useUi();
  const { m, lang } = ui;
  // What is chosen must stay choosable, also when nothing in the period has it.
  const all: readonly Option[] =
    value === undefined || options.some(([option]) => option === value)
      ? options
      : [[value, undefined], ...options];
  return (
    <p class="field">
      <label for={`f-${facet}`}>{m.filter[facet]}</label>
      <select id={`f-${facet}`} name={facet}>
        <option value="">{m.filter.any}</option>
        {all.map(([option, count]) => (
          <option key={option} value={option} selected={option === value}>
            {facetName(facet, option, ui)}
            {count === undefined ? '' : ` (${number(count, lang)})`}
          </option>
        ))}
      </select>
    </p>
  );
}

function DayField({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <p class="field">
      <label for={`f-${name}`}>{label}</label>
      <input id={`f-${name}`} name={name} type="date" value={value?.slice(0, 10) ?? ''} />
    </p>
  );
}

function ActiveFilters({ action, query }: { action: string; query: ArticleQuery }) {
  const ui = useUi();
  const { m } = ui;
  const active = activeFilters(query, ui);
  if (active.length === 0) return null;
  return (
    <div class="active-filters">
      <span>{m.filter.active}:</span>
      <ul>
        {active.map(({ field, text }) => (
          <li key={field}>
            <a
              href={`${action}${toSearch(query, { [field]: undefined })}`}
              class="chip removable"
              aria-label={m.filter.remove(text)}
            >
              {text} <span aria-hidden="true">×</span>
            </a>
          </li>
        ))}
      </ul>
      <a class="clear" href={`${action}${toSearch({}, { period: query.period })}`}>
        {m.filter.clear}
      </a>
    </div>
  );
}

function activeFilters(query: ArticleQuery, ui: Ui): { field: string; text: string }[] {
  const { m } = ui;
  const words = query.q === undefined ? [] : [{ field: 'q', text: `“${query.q}”` }];
  const facets = FACETS.flatMap((facet) => {
    const value = query[facet];
    if (value === undefined) return [];
    return [{ field: facet, text: `${m.filter[facet]}: ${facetName(facet, value, ui)}` }];
  });
  const days = (['from', 'to'] as const).flatMap((field) => {
    const value = query[field];
    return value === undefined ? [] : [{ field, text: `${m.filter[field]} ${dayOf(value.slice(0, 10))}` }];
  });
  const { corrected } = query;
  const judged =
    corrected === undefined ? [] : [{ field: 'corrected', text: m.corrections.filter[corrected] }];
  return [...words, ...facets, ...judged, ...days];
}

/** How a value of a filter is called on screen. */
export function facetName(facet: Facet, value: string, { m, names }: Pick<Ui, 'm' | 'names'>): string {
  switch (facet) {
    case 'polarity':
    case 'stance':
      return (m.polarity as Record<string, string>)[value] ?? value;
    case 'tier':
      return (m.tier as Record<string, string>)[value] ?? value;
    case 'caution':
      return (m.caution.kind as Record<string, string>)[value] ?? value;
    case 'story':
      return value.slice(0, 8);
    default:
      return names[facet](value);
  }
}
