/**
 * Whether an outlet's selectors still find what they should: on a sample of its pages generic reading is run as well,
 * and what the two disagree on is weighed from page to page.
 */
import { createHash } from 'node:crypto';

import type { Entry } from '../src/domain/entry.ts';
import type { Outlet, Selectors } from '../src/domain/outlet.ts';
import type { FetchedPage } from '../src/domain/page.ts';
import { spreadOf } from '../src/domain/poll-schedule.ts';
import { isSuspected, notePage } from '../src/domain/selector-watch.ts';
import type { ArticlePageOptions, ArticleReading } from '../src/reading/article-page.ts';
import { readArticlePage } from '../src/reading/article-page.ts';
import { compareReadings } from '../src/reading/selector-drift.ts';
import type { Deps } from './stage.ts';

/** One page of so many is read both ways; of selectors that are new, suspected or under a notice one of two. */
const CHECKED_SHARE = 1 / 6;
const SUSPECTED_SHARE = 1 / 2;

/** A name for a set of selectors that changes with any of them. */
function fingerprintOf(selectors: Selectors): string {
  const ordered = Object.entries(selectors).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(ordered)).digest('hex').slice(0, 12);
}

/** Takes note of one page. Which pages are checked follows from their addresses, so a repeat checks the same ones. */
export async function watchSelectors(
  { id }: Pick<Entry, 'id'>,
  page: FetchedPage,
  outlet: Outlet | undefined,
  { reading, options }: { readonly reading: ArticleReading; readonly options: ArticlePageOptions },
  { outletStates, now }: Pick<Deps, 'outletStates' | 'now'>,
): Promise<void> {
  const selectors = outlet?.selectors;
  if (outlet === undefined || selectors === undefined) return;
  const place = spreadOf(`selectors ${id}`);
  if (place >= SUSPECTED_SHARE) return;
  const { rot } = (await outletStates.find(outlet.id)) ?? {};
  if (place >= CHECKED_SHARE && !isSuspected(rot)) return;

  const { selectors: _selectors, ...plainly } = options;
  const parts = compareReadings(reading, readArticlePage(page.bytes, plainly), selectors);
  if (Object.keys(parts).length === 0) return;
  const note = { url: page.url, at: now().toISOString(), parts };
  const fingerprint = fingerprintOf(selectors);
  await outletStates.update(outlet.id, (state) => ({
    ...state,
    rot: notePage(state.rot, fingerprint, note),
  }));
}
