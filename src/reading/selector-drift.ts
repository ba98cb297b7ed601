import type { Selectors } from '../domain/outlet.ts';
import type { ArticleText } from '../domain/page.ts';
import {
  type PageComparison,
  type PartReading,
  type PartVerdict,
  SELECTED_PARTS,
  type SelectedPart,
} from '../domain/selector-watch.ts';
import type { ArticleReading } from './article-page.ts';

/** Evidence is for people to look at, not to read through. */
const SAMPLE_CHARS = 280;

const BODY_SHINGLE = 4;
/** Bodies are the same when they share so much, and neither is half as long as the other. */
const LEAST_OVERLAP = 0.5;
const LEAST_LENGTH_RATIO = 0.5;
/** Titles and summaries are the same when so many of their words are. */
const LEAST_WORDS_SHARED = 0.6;
const SAME_TIME_MS = 15 * 60_000;
/** A body of more words is compared by its beginning. */
const MAX_WORDS = 5000;

/**
 * Compares, part by part, what an outlet's selectors found on a page with what generic reading makes of it.
 *
 * Only parts that have a selector are compared. Where the selectors give no article at all though generic reading
 * does, it is the body's selector that is missing something; where neither does, the page shows nothing.
 *
 * @param bySelectors  the reading with `selectors`, `generic` the one without, of the same page
 */
export function compareReadings(
  bySelectors: ArticleReading,
  generic: ArticleReading,
  selectors: Selectors,
): PageComparison {
  if (!generic.ok) return {};
  if (!bySelectors.ok) {
    if (selectors.body === undefined) return {};
    return { body: { verdict: 'missing', bySelector: '', generic: cut(generic.text.body) } };
  }
  const parts: Partial<Record<SelectedPart, PartReading>> = {};
  for (const part of SELECTED_PARTS) {
    if (selectors[part] === undefined) continue;
    const own = bySelectors.selected.includes(part) ? partOf(bySelectors.text, part) : '';
    const other = partOf(generic.text, part);
    parts[part] = { verdict: verdictOf(part, own, other), bySelector: cut(own), generic: cut(other) };
  }
  return parts;
}

function partOf(text: ArticleText, part: SelectedPart): string {
  if (part === 'publishedAt') return text.publishedAt?.printedAt ?? text.publishedAt?.at ?? '';
  return text[part] ?? '';
}

function cut(text: string): string {
  return text.length <= SAMPLE_CHARS ? text : `${text.slice(0, SAMPLE_CHARS).toWellFormed()}…`;
}

function verdictOf(part: SelectedPart, own: string, other: string): PartVerdict {
  if (own === '') return other === '' ? 'none' : 'missing';
  if (other === '') return 'alone';
  return isSame(part, own, other) ? 'same' : 'different';
}

function isSame(part: SelectedPart, own: string, other: string): boolean {
  switch (part) {
    case 'publishedAt':
      return Math.abs(Date.parse(own) - Date.parse(other)) <= SAME_TIME_MS;
    case 'author':
      return includesEither(wordsOf(own).join(' '), wordsOf(other).join(' '));
    case 'body':
      return isSameBody(wordsOf(own), wordsOf(other));
    default:
      return isSameLine(wordsOf(own), wordsOf(other));
  }
}

function includesEither(one: string, other: string): boolean {
  return one.includes(other) || other.includes(one);
}

function isSameLine(own: readonly string[], other: readonly string[]): boolean {
  if (includesEither(own.join(' '), other.join(' '))) return true;
  return diceOf(new Set(own), new Set(other)) >= LEAST_WORDS_SHARED;
}

function isSameBody(own: readonly string[], other: readonly string[]): boolean {
  const ratio = Math.min(own.length, other.length) / Math.max(own.length, other.length, 1);
  return ratio >= LEAST_LENGTH_RATIO && diceOf(shinglesOf(own), shinglesOf(other)) >= LEAST_OVERLAP;
}

/** Twice what two sets share over what both hold, 0…1. */
function diceOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const item of one) if (other.has(item)) shared += 1;
  const total = one.size + other.size;
  return total === 0 ? 1 : (2 * shared) / total;
}

function shinglesOf(words: readonly string[]): Set<string> {
  const size = Math.min(BODY_SHINGLE, words.length);
  return new Set(
    Array.from({ length: words.length - size + 1 }, (_, at) => words.slice(at, at + size).join(' ')),
  );
}

function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, MAX_WORDS) ?? []
  );
}
