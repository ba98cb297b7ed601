import type { DataFreshness } from '../domain/data-freshness.ts';
import { HOUR_MS } from '../domain/time.ts';

/** Below this share of outlets a quiet hour may only be a deaf one. */
const LEAST_REACHED = 0.8;

/** Newest articles older than this deserve a word of warning by day; at night they are usual. */
const STALE_MS = 2 * HOUR_MS;

/** One line in each language that says how fresh the data behind an alert is, for the foot of every message. */
export function freshnessLines(
  freshness: DataFreshness,
  now: Date,
): { readonly vi: string; readonly en: string } {
  const { outlets, reached, newestArticleAt } = freshness;
  const isDeaf = reached < LEAST_REACHED * outlets;
  const ageMs = newestArticleAt === undefined ? undefined : now.getTime() - Date.parse(newestArticleAt);
  const age = ageMs === undefined ? undefined : spanOf(Math.max(0, ageMs));
  const isStale = ageMs === undefined || ageMs > STALE_MS;
  const share = outlets === 0 ? '0' : String(Math.round((100 * reached) / outlets));
  const warnings = {
    vi: [...(isDeaf ? ['có thể thiếu bài'] : []), ...(isStale ? ['dữ liệu có thể đã cũ'] : [])],
    en: [...(isDeaf ? ['articles may be missing'] : []), ...(isStale ? ['the data may be old'] : [])],
  };
  return {
    vi: `Nghe được ${reached}/${outlets} cơ quan báo chí trong giờ qua (${share}%); ${
      age === undefined ? 'chưa có bài nào' : `bài mới nhất cách đây ${age.vi}`
    }${ending(warnings.vi, 'Chú ý: ')}`,
    en: `${reached} of ${outlets} outlets heard in the last hour (${share}%); ${
      age === undefined ? 'no article yet' : `newest article ${age.en} ago`
    }${ending(warnings.en, 'Mind: ')}`,
  };
}

function ending(warnings: readonly string[], begin: string): string {
  return warnings.length === 0 ? '.' : `. ${begin}${warnings.join(', ')}.`;
}

/** Whole minutes up to two hours, then hours with one decimal. */
function spanOf(ms: number): { vi: string; en: string } {
  if (ms < STALE_MS) {
    const minutes = Math.round(ms / 60_000);
    return { vi: `${minutes} phút`, en: `${minutes} min` };
  }
  const hours = Math.round((10 * ms) / HOUR_MS) / 10;
  return { vi: `${String(hours).replace('.', ',')} giờ`, en: `${hours} h` };
}
