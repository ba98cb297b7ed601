import type { Analysis } from '../src/domain/analysis.ts';
import type { Article } from '../src/domain/article.ts';
import { type Correction, corrected, storyByWord, verdictOf, withVerdict } from '../src/domain/correction.ts';
import { seriesKey } from '../src/domain/series.ts';
import { isNearCopy } from '../src/language/similarity.ts';
import { moveToStory } from './move-to-story.ts';
import { seriesOf } from './series-of.ts';
import type { Deps } from './stage.ts';

/** What tells which corrections concern an article. */
type Concerned = Pick<Article, 'id' | 'storyId' | 'signature'>;

/** Corrections by the article that they concern, withdrawn ones included; articles without any are absent. */
export type CorrectionsOf = ReadonlyMap<string, readonly Correction[]>;

/**
 * The corrections of each article: its own, and those made for all copies of a text whose copy it is. Copies are looked
 * for in the stories that the corrected article was in, so that likeness alone carries nobody's word far away.
 */
export async function correctionsOf(
  articles: readonly Concerned[],
  { corrections, entries }: Pick<Deps, 'corrections' | 'entries'>,
): Promise<CorrectionsOf> {
  const articleIds = articles.map(({ id }) => id);
  const storyIds = [...new Set(articles.map(({ storyId }) => storyId))];
  const found = await corrections.concerning({ articleIds, storyIds });
  const sourceIds = [...new Set(found.filter(isForCopies).map(({ articleId }) => articleId))];
  const forCopies =
    sourceIds.length === 0
      ? []
      : (await corrections.concerning({ articleIds: sourceIds })).filter(isForCopies);
  const sources = await Promise.all(sourceIds.map((id) => entries.find(id)));
  const signatures = new Map(sources.map((entry) => [entry?.id, entry?.analysis?.signature]));

  const concerning = articles.map(({ id, storyId, signature }): [string, Correction[]] => {
    const isInherited = (source: string) =>
      source !== id &&
      forCopies.some((one) => one.articleId === source && storiesOf(one).includes(storyId)) &&
      isNearCopy(signature, signatures.get(source) ?? []);
    const inherited = new Set(sourceIds.filter(isInherited));
    const own = found.filter(({ articleId }) => articleId === id);
    return [id, [...own, ...forCopies.filter(({ articleId }) => inherited.has(articleId))]];
  });
  return new Map(concerning.filter(([, ofArticle]) => ofArticle.length > 0));
}

function isForCopies({ scope }: Correction): boolean {
  return scope === 'copies';
}

function storiesOf({ storyId, says }: Correction): (string | undefined)[] {
  return [storyId, says.storyId];
}

/** Whether nobody has made or withdrawn a correction between two looks. */
export function isSameWord(before: CorrectionsOf, after: CorrectionsOf): boolean {
  const marks = (of: CorrectionsOf) =>
    [...of]
      .map(([id, list]) => `${id} ${list.map((one) => `${one.id}${one.revokedAt ?? ''}`).join(' ')}`)
      .sort();
  return marks(before).join('\n') === marks(after).join('\n');
}

/**
 * An article as people say it is, in the story that they put it into, with the series that follow from both.
 *
 * @param article  with what the program itself says of it
 */
export async function heed(
  article: Omit<Article, 'series'>,
  corrections: readonly Correction[],
  deps: Pick<Deps, 'stories' | 'articles'>,
): Promise<Article> {
  const said = corrected(article, corrections);
  const storyId = storyByWord(corrections) ?? article.storyId;
  const result = { ...said, storyId, series: [...seriesOf(said), seriesKey('story', storyId)] };
  if (storyId !== article.storyId) await moveToStory(result, article.storyId, deps);
  return result;
}

/** Takes note of what this version of the program says of an article that people have judged. */
export async function noteVerdict(
  articleId: string,
  analysis: Analysis,
  corrections: readonly Correction[],
  deps: Pick<Deps, 'corrections'>,
): Promise<void> {
  const verdict = verdictOf(analysis);
  for (const correction of corrections) {
    // What was said of its copies is no test of this one.
    if (correction.articleId !== articleId || withVerdict(correction, verdict) === correction) continue;
    await deps.corrections.update(correction.id, (current) => withVerdict(current, verdict));
  }
}
