import type { BriefFilter, BriefModel } from '../domain/press-brief.ts';

/** What narrows the articles of a period further; names are those of the address. */
type Narrowing = Partial<Record<'story' | 'polarity' | 'stance' | 'corrected' | keyof BriefFilter, string>>;

/** Where the articles behind a number are listed: a path with its query, the same for every reader. */
export function articlesHref(
  { period, filter }: Pick<BriefModel, 'period' | 'filter'>,
  narrowing: Narrowing = {},
  bounds: { readonly from?: string; readonly to?: string } = period,
): string {
  const query = new URLSearchParams(
    Object.entries({ ...filter, ...narrowing, ...bounds }).filter(([, value]) => value !== undefined) as [
      string,
      string,
    ][],
  );
  return `/articles?${query}`;
}
