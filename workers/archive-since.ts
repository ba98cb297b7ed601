import { HISTORY_DAYS } from '../src/detection/judge-series.ts';
import { DAY_MS, HOUR_MS, VIETNAM_OFFSET_MS } from '../src/domain/time.ts';
import type { ArticleStore } from '../src/ports/article-store.ts';
import type { Deps } from './stage.ts';

/** An import can lengthen the archive's memory at any time, but nobody waits for that by the minute. */
const KEEP_MS = HOUR_MS;

const known = new WeakMap<ArticleStore, { readonly askedAt: number; readonly since: string }>();

/**
 * Start of the first day with any article among those that baselines look back on, ISO 8601, UTC.
 *
 * What lies before it is unknown, not quiet. The answer is kept for an hour per store.
 */
export async function archiveSince({ articles, now }: Pick<Deps, 'articles' | 'now'>): Promise<string> {
  const at = now().getTime();
  const kept = known.get(articles);
  if (kept !== undefined && Math.abs(at - kept.askedAt) < KEEP_MS) return kept.since;

  const from = new Date(at - HISTORY_DAYS * DAY_MS).toISOString();
  const [first] = await articles.trend({ from }, 'day');
  const since =
    first === undefined
      ? new Date(at).toISOString()
      : new Date(Date.parse(`${first.bucket}T00:00:00Z`) - VIETNAM_OFFSET_MS).toISOString();
  known.set(articles, { askedAt: at, since });
  return since;
}
