import type { Span } from '../domain/analysis.ts';
import type { WordsQuery } from '../domain/search-query.ts';

/** A run of text, with the span that covers it where one does. */
export interface Segment<T extends Span> {
  readonly text: string;
  readonly span?: T;
}

/**
 * Cuts a part of the analysed text at the spans that fall into it.
 *
 * Where spans overlap the one that begins first stays, and of two that begin together the longer; spans that reach
 * beyond the part are cut to it, and impossible ones left out, so that the segments always join up to the part again.
 *
 * @param part    one of title, summary, body
 * @param offset  where the part begins in the analysed text, UTF-16 code units
 */
export function segments<T extends Span>(part: string, offset: number, spans: readonly T[]): Segment<T>[] {
  const result: Segment<T>[] = [];
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const start = span.start - offset;
    const end = Math.min(span.end - offset, part.length);
    if (start < at || end <= start) continue;
    if (start > at) result.push({ text: part.slice(at, start) });
    result.push({ text: part.slice(start, end), span });
    at = end;
  }
  if (at < part.length) result.push({ text: part.slice(at) });
  return result;
}

/** A span with a few words around it. */
export interface Excerpt {
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** Characters on either side of what an excerpt is about. */
const EXCERPT_CHARS = 60;

/** What stands at the span and around it in its line, whole words only, `…` where more was said. */
export function excerpt(text: string, { start, end }: Span): Excerpt {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end);
  const before = text.slice(lineStart, start);
  const after = text.slice(end, lineEnd);
  const from = before.length <= EXCERPT_CHARS ? 0 : before.indexOf(' ', before.length - EXCERPT_CHARS);
  const to = after.length <= EXCERPT_CHARS ? after.length : after.lastIndexOf(' ', EXCERPT_CHARS);
  return {
    before: from === 0 ? before : `…${from < 0 ? '' : before.slice(from)}`,
    text: text.slice(start, end),
    after: to === after.length ? after : `${after.slice(0, Math.max(0, to))} …`,
  };
}

/** Lower case without diacritics, one code unit for one code unit, so that offsets hold in both. */
function fold(text: string): string {
  return Array.from({ length: text.length }, (_, at) => {
    const unit = text.charAt(at).toLowerCase();
    const base = unit === 'đ' ? 'd' : unit.normalize('NFD').charAt(0);
    return base === '' ? unit : base;
  }).join('');
}

const WORD_CHARACTER = '[\\p{L}\\p{N}]';
const BETWEEN_WORDS = '[^\\p{L}\\p{N}]+';

/**
 * Where the words of a search stand in a text, with or without diacritics; whole words only, those that are looked for
 * side by side in one span.
 *
 * @param wanted  words as `searchWords` gives them
 */
export function searchSpans(text: string, wanted: readonly Pick<WordsQuery, 'words'>[]): Span[] {
  const folded = fold(text);
  return wanted.flatMap(({ words }) => {
    const whole = `(?<!${WORD_CHARACTER})${words.map(fold).join(BETWEEN_WORDS)}(?!${WORD_CHARACTER})`;
    return [...folded.matchAll(new RegExp(whole, 'gu'))].map(({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
    }));
  });
}
