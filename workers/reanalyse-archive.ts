/** Judges archived articles anew with the present version of the language layer, from the text that was stored. */
import type { Article } from '../src/domain/article.ts';
import { corrected } from '../src/domain/correction.ts';
import { FlipCounts, flipsBetween } from '../src/domain/flips.ts';
import { correctionsOf } from './heed-corrections.ts';
import { analyseEntry } from './judge-entry.ts';
import { refreshArticles } from './refresh-articles.ts';
import { scanInGroups } from './scan-in-groups.ts';
import type { Deps } from './stage.ts';

export interface Reanalysis {
  /** Articles looked at, and of these the ones that an older version had judged. */
  readonly articles: number;
  readonly outdated: number;
  /** Of the outdated: judged anew, taken out of the archive as not about health, and left as they were. */
  readonly judged: number;
  readonly removed: number;
  readonly left: number;
  /** How often each flip occurs in what readers see, most frequent first. */
  readonly flips: FlipCounts;
}

/**
 * Judges anew what an older version judged. Articles keep their story, copy number and times; people's word stays on
 * them; series follow; what is no longer about health leaves the archive, and its entry says so.
 *
 * Safe to repeat and to break off: what is done bears the present version and is not done again. Safe beside workers,
 * since each entry is changed with nobody else in between.
 *
 * Left as they were: articles whose entry is pending again, or gone by its age, and those known by their title alone
 * that the present version would not have taken in on that ground.
 *
 * @param period      bounds on first sight, the lower inclusive and the upper exclusive
 * @param isDryRun    only counts what would change
 * @param onProgress  called after each group with the number of articles looked at
 */
export async function reanalyseArchive(
  period: { readonly from?: string | undefined; readonly to?: string | undefined },
  deps: Deps,
  { isDryRun = false, onProgress = (_articles: number) => {} } = {},
): Promise<Reanalysis> {
  const flips = new FlipCounts();
  const counts = { articles: 0, outdated: 0, judged: 0, removed: 0, left: 0 };
  const { from, to } = period;
  const filter = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  for await (const group of scanInGroups(deps.articles, filter)) {
    const due = group.filter(({ languageVersion }) => languageVersion !== deps.language.version);
    const after = await (isDryRun ? foresee(due, deps) : judgeAnew(due, deps));
    for (const [index, before] of due.entries()) {
      const now = after[index];
      counts[endOf(now, deps)] += 1;
      if (now !== undefined) flips.add(flipsBetween(before, now));
    }
    counts.articles += group.length;
    counts.outdated += due.length;
    onProgress(counts.articles);
  }
  return { ...counts, flips };
}

function endOf(now: Article | undefined, { language }: Deps): 'judged' | 'removed' | 'left' {
  if (now === undefined) return 'removed';
  return now.languageVersion === language.version ? 'judged' : 'left';
}

/** The articles as they stand afterwards, in order; `undefined` for those that have left the archive. */
async function judgeAnew(due: readonly Article[], deps: Deps): Promise<(Article | undefined)[]> {
  const ids = due.map(({ id }) => id);
  await refreshArticles(ids, deps, { judgesAnew: true });
  const now = new Map((await deps.articles.findMany(ids)).map((article) => [article.id, article]));
  return ids.map((id) => now.get(id));
}

/** The same, without writing anything. */
async function foresee(due: readonly Article[], deps: Deps): Promise<(Article | undefined)[]> {
  const entries = await Promise.all(due.map(({ id }) => deps.entries.find(id)));
  const word = await correctionsOf(due, deps);
  return due.map((article, index) => {
    const entry = entries[index];
    if (entry?.outcome !== 'indexed') return article;
    const now = corrected({ ...article, ...analyseEntry(entry, deps.language) }, word.get(article.id) ?? []);
    if (now.relevance.isHealth) return now;
    return entry.text === undefined && now.corrected === undefined ? article : undefined;
  });
}
