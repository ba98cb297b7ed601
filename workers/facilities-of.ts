import type { ArticleOutline } from '../src/domain/article.ts';

/** A facility named by this share of an alert's articles is what the alert is about. */
const ABOUT_SHARE = 0.5;

/** Registry ids of the facilities that most of these articles name. */
export function facilitiesOf(articles: readonly ArticleOutline[]): string[] {
  const counts = new Map<string, number>();
  for (const { mentions } of articles) {
    const ids = new Set(mentions.filter(({ kind }) => kind === 'facility').map(({ id }) => id));
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= articles.length * ABOUT_SHARE).map(([id]) => id);
}
