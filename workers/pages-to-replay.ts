import type { Article } from '../src/domain/article.ts';
import type { JournalPage } from '../src/domain/sighting.ts';
import { DAY_MS } from '../src/domain/time.ts';
import type { ArticleStore } from '../src/ports/article-store.ts';
import type { DetectionJournal } from '../src/ports/detection-journal.ts';
import { type SightingContext, sightingOf } from './sighting-of.ts';

/** An article that is in the archive for less time than this when the journal begins is about to be told. */
const UNTOLD_MS = DAY_MS;

/** Pages read in one go. */
const PAGES = 500;

/**
 * Everything that a detector learns from, in time order: the journal's pages as they were told, and in between, as if
 * they had been told when they were first seen, the articles that the journal does not know: imported ones, and those
 * of a time well before there was a journal. The latter pages have the number 0.
 *
 * Reads the archive once; holds one batch of each.
 */
export async function* pagesToReplay(
  {
    articles,
    journal,
    now,
  }: { readonly articles: ArticleStore; readonly journal: DetectionJournal; readonly now: () => Date },
  context: SightingContext,
): AsyncGenerator<JournalPage> {
  const told = journalPages(journal);
  let page = await told.next();
  const beganMs = page.done === true ? now().getTime() : Date.parse(page.value.at);
  for await (const past of untoldPages(articles, context, beganMs - UNTOLD_MS)) {
    while (page.done !== true && Date.parse(page.value.at) <= Date.parse(past.at)) {
      yield page.value;
      page = await told.next();
    }
    yield past;
  }
  while (page.done !== true) {
    yield page.value;
    page = await told.next();
  }
}

/** The journal from after a page on, in order. */
export async function* journalPages(
  journal: DetectionJournal,
  afterSequence = 0,
): AsyncGenerator<JournalPage, undefined> {
  for (let after = afterSequence; ; ) {
    const pages = await journal.after(after, PAGES);
    yield* pages;
    const last = pages.at(-1);
    if (last === undefined) return undefined;
    after = last.sequence;
  }
}

/** One page for what was first seen at one moment. */
async function* untoldPages(
  articles: ArticleStore,
  context: SightingContext,
  untoldUntilMs: number,
): AsyncGenerator<JournalPage> {
  let together: Article[] = [];
  const page = (): JournalPage => ({
    sequence: 0,
    at: together[0]?.firstSeenAt ?? '',
    sightings: together.map((article) => sightingOf(article, context)),
  });
  for await (const batch of articles.scan({})) {
    for (const article of batch) {
      if (!article.imported && Date.parse(article.firstSeenAt) >= untoldUntilMs) continue;
      if (together.length > 0 && together[0]?.firstSeenAt !== article.firstSeenAt) {
        yield page();
        together = [];
      }
      together.push(article);
    }
  }
  if (together.length > 0) yield page();
}
