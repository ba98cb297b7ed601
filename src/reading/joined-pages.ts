import type { ArticleText, Attachment } from '../domain/page.ts';

/** Shorter lines may well be said twice. */
const MIN_REPEAT_CHARS = 40;
/** A page that repeats so much of what was read before shows the whole article. */
const WHOLE_SHARE = 0.8;

/**
 * One article out of its pages: the first page's, with the paragraphs that the later ones add, in order.
 *
 * Later pages repeat the title, the sapo, or the last paragraph before them: what has been read is left out. A page
 * that holds all that came before it takes its place.
 */
export function joinPages(first: ArticleText, further: readonly ArticleText[]): ArticleText {
  let paragraphs: readonly string[] = paragraphsOf(first);
  for (const page of further) paragraphs = joined(paragraphs, page, first);
  const attachments = distinct([first, ...further].flatMap((text) => text.attachments ?? []));
  return {
    ...first,
    body: paragraphs.join('\n'),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}

/** Whether a later page says anything that the article does not say so far. */
export function addsText(article: ArticleText, page: ArticleText): boolean {
  const known = new Set(paragraphsOf(article));
  return paragraphsOf(page).some((text) => text.length >= MIN_REPEAT_CHARS && !known.has(text));
}

function joined(known: readonly string[], page: ArticleText, first: ArticleText): readonly string[] {
  const added = paragraphsOf(page);
  const has = new Set(added);
  const long = known.filter(({ length }) => length >= MIN_REPEAT_CHARS);
  const repeated = long.filter((text) => has.has(text)).length;
  if (long.length > 0 && repeated >= long.length * WHOLE_SHARE && added.length > known.length) return added;
  const said = new Set([...known, first.title, first.summary, page.title]);
  const isRepeat = (text: string) => said.has(text) && text.length >= MIN_REPEAT_CHARS;
  const start = added.findIndex((text) => !said.has(text));
  return start === -1 ? known : [...known, ...added.slice(start).filter((text) => !isRepeat(text))];
}

function paragraphsOf({ body }: ArticleText): string[] {
  return body === '' ? [] : body.split('\n');
}

function distinct(attachments: readonly Attachment[]): Attachment[] {
  return [...new Map(attachments.map((attachment) => [attachment.url, attachment])).values()];
}
