/** A polar term as it stands in one text: what it is worth there after everything around it. */
import type { AnalysableText } from '../domain/analysis.ts';
import type { LexiconTerm } from './lexicon.ts';
import { SENTENCE_BREAK, type Syllable } from './syllables.ts';
import type { TermMatch } from './term-matcher.ts';

export const PARTS = ['title', 'summary', 'body'] as const;
export type Part = (typeof PARTS)[number];

export interface WeighedTerm {
  readonly match: TermMatch<LexiconTerm>;
  readonly part: Part;
  weight: number;
  /** Whether its sign was switched or what it tells was overcome: it is no harm any more. */
  turned: boolean;
  /** The words that changed its weight, with how: `chống → shifted`. */
  readonly modifiers: string[];
}

/** Tells in which part an offset into `analysedText` lies. */
export function partLocator({ title, summary }: AnalysableText): (offset: number) => Part {
  const summaryStart = title.length + 1;
  const bodyStart = summaryStart + summary.length + 1;
  return (offset) => {
    if (offset < summaryStart) return 'title';
    return offset < bodyStart ? 'summary' : 'body';
  };
}

/** For each syllable, the number of its sentence, from 0. */
export function sentenceNumbers(syllables: readonly Syllable[]): Uint32Array {
  const numbers = new Uint32Array(syllables.length);
  let sentence = 0;
  for (let at = 0; at < syllables.length; at += 1) {
    if (syllables[at]?.breakBefore === SENTENCE_BREAK) sentence += 1;
    numbers[at] = sentence;
  }
  return numbers;
}
