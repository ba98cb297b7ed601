import type { ArticleFilter, ArticleStore, FacetCount, FacetField } from '../ports/article-store.ts';
import type { FilterChoices } from './views/filter-bar.tsx';

/** Beyond this many a list is searched, not read. */
const CHOICES = 80;

const FIELDS = {
  topic: 'topic',
  outlet: 'outletId',
  tier: 'tier',
  province: 'province',
  facility: 'facility',
} as const satisfies Record<keyof FilterChoices, FacetField>;

/** The values each filter offers with their counts, each under all the other filters, so that a choice can be changed. */
export async function filterChoices(articles: ArticleStore, filter: ArticleFilter): Promise<FilterChoices> {
  const facet = (field: FacetField): Promise<FacetCount[]> => {
    const { [field]: _own, ...others } = filter;
    return articles.facet(others, field, CHOICES);
  };
  const [topic, outlet, tier, province, facility] = await Promise.all([
    facet(FIELDS.topic),
    facet(FIELDS.outlet),
    facet(FIELDS.tier),
    facet(FIELDS.province),
    facet(FIELDS.facility),
  ]);
  return { topic, outlet, tier, province, facility };
}
