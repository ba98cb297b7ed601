import { findPastArticle, firstSeenAt, type PastArticle } from './archive.ts';
import { articlePath, type OutletAddress } from './outlet-address.ts';
import type { ArchivedArticle, NewsroomArticle } from './published-article.ts';

/** The past article of that id as its outlet would serve it today; `undefined` if there was none. */
export function pastArticle(
  seed: number,
  id: string,
  addresses: ReadonlyMap<string, OutletAddress>,
): NewsroomArticle | undefined {
  const past = findPastArticle(seed, id);
  if (past === undefined) return undefined;
  const { outlet, at, ...draft } = past;
  return {
    ...draft,
    outletId: outlet.id,
    kind: 'ordinary',
    url: pastUrl(past, addresses),
    visibleAt: at,
    datedAt: at,
  };
}

/** A line for `nhip-yte import`. */
export function asArchived(
  seed: number,
  past: PastArticle,
  addresses: ReadonlyMap<string, OutletAddress>,
): ArchivedArticle {
  return {
    url: pastUrl(past, addresses),
    title: past.title,
    summary: past.summary,
    body: past.paragraphs.join('\n'),
    publishedAt: past.at.toISOString(),
    fetchedAt: firstSeenAt(seed, past).toISOString(),
    outlet: past.outlet.id,
    section: past.section,
  };
}

function pastUrl(past: PastArticle, addresses: ReadonlyMap<string, OutletAddress>): string {
  return (addresses.get(past.outlet.id)?.origin ?? '') + articlePath(past.outlet, past);
}
