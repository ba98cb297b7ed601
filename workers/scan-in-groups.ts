import type { Article } from '../src/domain/article.ts';
import type { ArticleFilter, ArticleStore } from '../src/ports/article-store.ts';

/** Articles worked on between two looks at the stores; bounds memory and what a crash has to repeat. */
const TOGETHER = 64;

/** Everything that matches, oldest first, a handful at a time. */
export async function* scanInGroups(
  articles: Pick<ArticleStore, 'scan'>,
  filter: ArticleFilter,
): AsyncGenerator<Article[]> {
  for await (const batch of articles.scan(filter)) {
    for (let at = 0; at < batch.length; at += TOGETHER) yield batch.slice(at, at + TOGETHER);
  }
}
