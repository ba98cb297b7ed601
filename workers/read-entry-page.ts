import type { Entry } from '../src/domain/entry.ts';
import { correctPublishedAt } from '../src/domain/outlet-clock.ts';
import type { ArticleText, FetchedPage } from '../src/domain/page.ts';
import { type ArticleReading, readArticlePage } from '../src/reading/article-page.ts';
import { clockOf } from './outlet-clocks.ts';
import type { Deps } from './stage.ts';

/** What extraction makes of a page of an entry's, by its outlet's selectors; times are as printed. */
export function readEntryPage(
  entry: Entry,
  page: FetchedPage,
  { outlets, now }: Pick<Deps, 'outlets' | 'now'>,
): { reading: ArticleReading; options: NonNullable<Parameters<typeof readArticlePage>[1]> } {
  const selectors = outlets.get(entry.outletId)?.selectors;
  const contentType = page.headers['content-type'];
  const options = {
    url: page.url,
    now: now(),
    ...(contentType === undefined ? {} : { contentType }),
    ...(selectors === undefined ? {} : { selectors }),
  };
  return { reading: readArticlePage(page.bytes, options), options };
}

/** The times of a page set right by what is known of its outlet's clock. */
export async function onTrueTime(
  text: ArticleText,
  entry: Entry,
  page: FetchedPage,
  deps: Pick<Deps, 'outletStates'>,
): Promise<ArticleText> {
  const { publishedAt, modifiedAt } = text;
  if (publishedAt === undefined) return text;
  const clock = await clockOf(entry.outletId, deps);
  return {
    ...text,
    publishedAt: correctPublishedAt(publishedAt, clock, entry.firstSeenAt),
    ...(modifiedAt && { modifiedAt: correctPublishedAt(modifiedAt, clock, page.fetchedAt) }),
  };
}

/** The text with the feed's word where the page is silent. */
export function filledIn(
  text: ArticleText,
  { title, summary }: Pick<Entry, 'title' | 'summary'>,
): ArticleText {
  return { ...text, title: text.title || title, summary: text.summary || summary };
}
