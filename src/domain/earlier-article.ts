import type { SentimentEvidence } from './analysis.ts';
import type { Article, ArticleOutline } from './article.ts';

/**
 * An article as it was stored, with empty judgements where the version that stored it made none yet: articles of
 * earlier versions can be read at once and judged anew later (their `languageVersion` is empty).
 */
export function completed<T extends Article | ArticleOutline>(stored: T): T {
  if (stored.languageVersion !== undefined) return stored;
  const unjudged = { polarity: 'neutral', score: 0 } as const;
  const { sentiment } = stored;
  const { evidence } = sentiment as Partial<Article['sentiment']>;
  return {
    ...stored,
    languageVersion: '',
    caseCounts: [],
    cautions: [],
    sentiment: {
      ...sentiment,
      event: unjudged,
      stance: unjudged,
      ...(evidence === undefined ? {} : { evidence: evidence.map(withAxes) }),
    },
  };
}

/** What an article was found bad or good by was then said of what happened. */
function withAxes(evidence: SentimentEvidence): SentimentEvidence {
  return { ...evidence, axes: ['event'] };
}
