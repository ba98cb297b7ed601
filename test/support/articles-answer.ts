import type { ArticleSummary } from '../../src/console/article-summary.ts';

/** What the API answers about articles, as far as tests read it. */
export interface ArticlesAnswer {
  readonly meta: { readonly matched: number; readonly dataWatermarkAt: string };
  readonly next: string | null;
  readonly articles: readonly ArticleSummary[];
}
