import {
  type RecomputedEvidence,
  recomputeEvidence,
  windowStart,
} from '../src/detection/recompute-evidence.ts';
import type { Alert } from '../src/domain/alert.ts';
import type { Deps } from './stage.ts';

/** As many articles of a window as are looked at for copies that were folded away. */
const MOST = 10_000;

/** Counts an alert's figures again from the index, as it stands now. */
export async function verifyAlert(
  alert: Alert,
  { articles, stories }: Pick<Deps, 'articles' | 'stories'>,
): Promise<RecomputedEvidence> {
  const until = new Date(Date.parse(alert.at) + 1).toISOString();
  const [own, window, known] = await Promise.all([
    articles.findMany(alert.articleIds),
    articles.inSeries(alert.series, windowStart(alert), until, MOST),
    Promise.all(alert.storyIds.map((id) => stories.find(id))),
  ]);
  const found = known.filter((story) => story !== undefined);
  return recomputeEvidence({ alert, articles: own, window, stories: found });
}
