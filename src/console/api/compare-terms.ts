import type { ArticleFilter, ArticleStore } from '../../ports/article-store.ts';
import { distinguishingTerms, TermCounts } from '../../reports/distinguishing-terms.ts';

/** Of more articles than these every second, third and so on is read: their shares are those of all. */
const MOST_READ = 20_000;

/**
 * The terms that tell one set of articles from another, by their titles and summaries.
 *
 * Goes through both sets: linear in them.
 */
export async function compareTerms(
  one: ArticleFilter,
  other: ArticleFilter,
  limit: number,
  articles: Pick<ArticleStore, 'count' | 'outlines'>,
) {
  const [a, b] = [await countTerms(one, articles), await countTerms(other, articles)];
  return { set: a.set, other: b.set, terms: distinguishingTerms(a.counts, b.counts, limit) };
}

async function countTerms(filter: ArticleFilter, articles: Pick<ArticleStore, 'count' | 'outlines'>) {
  const total = await articles.count(filter);
  const step = Math.max(1, Math.ceil(total / MOST_READ));
  const counts = new TermCounts();
  let at = 0;
  for await (const batch of articles.outlines(filter)) {
    for (const { title, summary } of batch) {
      if (at % step === 0) counts.add(`${title}. ${summary}`);
      at++;
    }
  }
  return { set: { articles: at, read: counts.articles }, counts };
}
