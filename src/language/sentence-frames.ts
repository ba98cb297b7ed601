/** What the make of a sentence does to its terms: contrast, headlines that tell no event, questions, quotations. */
import type { AnalysableText } from '../domain/analysis.ts';
import type { LexiconTerm } from './lexicon.ts';
import type { Syllable } from './syllables.ts';
import type { TermMatch } from './term-matcher.ts';
import type { WeighedTerm } from './weighed-term.ts';

/** A question asserts nothing. */
const QUESTION_FACTOR = 0.4;
/** Long quotations are somebody's words, not the paper's. */
const QUOTE_FACTOR = 0.75;
const LONG_QUOTE_SYLLABLES = 5;

/** `A nhưng B`: B is what the sentence says. Of several contrasts in a sentence, the last counts. */
export function applyContrast(
  terms: WeighedTerm[],
  matches: readonly TermMatch<LexiconTerm>[],
  sentences: Uint32Array,
): void {
  const contrasts = new Map<number, TermMatch<LexiconTerm>>();
  for (const match of matches) {
    if (match.value.class === 'contrast') contrasts.set(sentences[match.from] ?? 0, match);
  }
  if (contrasts.size === 0) return;
  for (const term of terms) {
    const contrast = contrasts.get(sentences[term.match.from] ?? 0);
    if (contrast === undefined) continue;
    const { weight } = contrast.value;
    const isBefore = term.match.from < contrast.from;
    term.weight *= isBefore ? 1 - weight : 1 + weight;
    term.modifiers.push(`${contrast.value.term} → ${isBefore ? 'lowered' : 'raised'}`);
  }
}

/** Headlines that tell no event: service texts, fixtures, price lists, questions. */
export function applyFrames(
  terms: WeighedTerm[],
  matches: readonly TermMatch<LexiconTerm>[],
  text: AnalysableText,
  syllables: readonly Syllable[],
): void {
  const isInTitle = (at: number) => (syllables[at]?.start ?? 0) <= text.title.length;
  const frame = matches
    .filter(({ value, from }) => value.class === 'frame' && isInTitle(from))
    .reduce<LexiconTerm | undefined>(
      (a, { value }) => (a === undefined || value.weight < a.weight ? value : a),
      undefined,
    );
  const isQuestion = text.title.trimEnd().endsWith('?');
  if (frame === undefined && !isQuestion) return;
  const factor = (frame === undefined ? 1 : 1 + frame.weight) * (isQuestion ? QUESTION_FACTOR : 1);
  for (const term of terms) {
    if (term.part !== 'title') continue;
    term.weight *= factor;
    if (frame !== undefined) term.modifiers.push(`${frame.term} → framed`);
    if (isQuestion) term.modifiers.push('? → lowered');
  }
}

export function applyQuotes(
  terms: WeighedTerm[],
  text: AnalysableText,
  syllables: readonly Syllable[],
): void {
  const quotes = longQuotes(text.title, syllables);
  for (const term of terms) {
    const start = syllables[term.match.from]?.start ?? 0;
    if (!quotes.some((quote) => start >= quote.start && start < quote.end)) continue;
    term.weight *= QUOTE_FACTOR;
    term.modifiers.push('“…” → lowered');
  }
}

function longQuotes(title: string, syllables: readonly Syllable[]): { start: number; end: number }[] {
  const quotes: { start: number; end: number }[] = [];
  for (const match of title.matchAll(/["“‘'«]([^"“”‘’'«»]+)["”’'»]/gu)) {
    const quote = { start: match.index, end: match.index + match[0].length };
    const within = syllables.filter(({ start }) => start >= quote.start && start < quote.end).length;
    if (within >= LONG_QUOTE_SYLLABLES) quotes.push(quote);
  }
  return quotes;
}
