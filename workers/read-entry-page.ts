import type { Entry } from '../src/domain/entry.ts';
import { correctPublishedAt } from '../src/domain/outlet-clock.ts';
import { type ArticleText, type FetchedPage, keepReadings } from '../src/domain/page.ts';
import { type ArticleReading, readArticlePage } from '../src/reading/article-page.ts';
import { joinPages } from '../src/reading/joined-pages.ts';
import { MAX_ARTICLE_PAGES } from '../src/reading/next-page.ts';
import { clockOf } from './outlet-clocks.ts';
import type { Deps } from './stage.ts';

/** What extraction makes of a page of an entry's, by its outlet's selectors; times are as printed. */
export function readEntryPage(
  entry: Entry,
  page: FetchedPage,
  { outlets, now }: Pick<Deps, 'outlets' | 'now'>,
  continues?: { readonly firstUrl: string; readonly number: number },
): { reading: ArticleReading; options: NonNullable<Parameters<typeof readArticlePage>[1]> } {
  const selectors = outlets.get(entry.outletId)?.selectors;
  const contentType = page.headers['content-type'];
  const options = {
    url: page.url,
    now: now(),
    ...(contentType === undefined ? {} : { contentType }),
    ...(selectors === undefined ? {} : { selectors }),
    ...(continues === undefined ? {} : { continues }),
  };
  return { reading: readArticlePage(page.bytes, options), options };
}

/**
 * All that the entry's stored pages say: the text of the first, with what the further ones add, on true time, and the
 * feed's word where they are silent. Files that it has read of before keep what was read.
 */
export async function wholeText(
  reading: ArticleReading & { readonly ok: true },
  entry: Entry,
  page: FetchedPage,
  deps: Pick<Deps, 'pages' | 'outlets' | 'outletStates' | 'now'>,
): Promise<ArticleText> {
  const further = reading.nextUrl === undefined ? [] : await furtherTexts(entry, page, deps);
  const text = further.length === 0 ? reading.text : joinPages(reading.text, further);
  return filledIn(await onTrueTime(text, entry, page, deps), entry);
}

/** Under which an article's further pages are stored, from 2 on. */
export function furtherPageId(entryId: string, number: number): string {
  return `${entryId}-p${number}`;
}

/** Under which the AMP rendering of an article's page is stored. */
export function twinPageId(entryId: string): string {
  return `${entryId}-amp`;
}

async function furtherTexts(
  entry: Entry,
  { url }: FetchedPage,
  deps: Pick<Deps, 'pages' | 'outlets' | 'now'>,
): Promise<ArticleText[]> {
  const texts: ArticleText[] = [];
  for (let number = 2; number <= MAX_ARTICLE_PAGES; number += 1) {
    const page = await deps.pages.find(furtherPageId(entry.id, number));
    if (page === undefined) break;
    const { reading } = readEntryPage(entry, page, deps, { firstUrl: url, number });
    if (!reading.ok) break;
    texts.push(reading.text);
  }
  return texts;
}

/** The times of a page set right by what is known of its outlet's clock. */
async function onTrueTime(
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
  { title, summary, text: before }: Pick<Entry, 'title' | 'summary' | 'text'>,
): ArticleText {
  const attachments = keepReadings(text.attachments, before?.attachments);
  return {
    ...text,
    title: text.title || title,
    summary: text.summary || summary,
    ...(attachments === undefined ? {} : { attachments }),
  };
}
