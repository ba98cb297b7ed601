import { isDeepStrictEqual } from 'node:util';

import type { BriefModel } from '../domain/press-brief.ts';

/** What has changed in the archive since a brief was made; ids of articles in each. */
export interface BriefDifference {
  /** Came in late: found or read only afterwards. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Judged otherwise, by a new version of the program. */
  readonly rejudged: readonly string[];
  /** Judged by people meanwhile, or no longer. */
  readonly corrected: readonly string[];
  /** Put into another story. */
  readonly moved: readonly string[];
  /** Whether anything at all differs: also what is no article's, such as an incident. */
  readonly isSame: boolean;
}

/** Compares what a brief says with what the archive says now of the same period. */
export function briefDifference(before: BriefModel, now: BriefModel): BriefDifference {
  const known = new Map(before.basis.map((article) => [article.articleId, article]));
  const there = new Set(now.basis.map(({ articleId }) => articleId));
  const both = now.basis.flatMap((article) => {
    const earlier = known.get(article.articleId);
    return earlier === undefined ? [] : [{ earlier, article }];
  });
  const ids = (list: typeof both) => list.map(({ article }) => article.articleId);
  return {
    added: now.basis.map(({ articleId }) => articleId).filter((id) => !known.has(id)),
    removed: before.basis.map(({ articleId }) => articleId).filter((id) => !there.has(id)),
    corrected: ids(both.filter(({ earlier, article }) => earlier.isCorrected !== article.isCorrected)),
    rejudged: ids(
      both.filter(
        ({ earlier, article }) =>
          earlier.isCorrected === article.isCorrected && earlier.polarity !== article.polarity,
      ),
    ),
    moved: ids(both.filter(({ earlier, article }) => earlier.storyId !== article.storyId)),
    isSame: isDeepStrictEqual(before, now),
  };
}
