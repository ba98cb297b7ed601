import { hasBreak, SENTENCE_BREAK, type Syllable, syllabify } from '../language/syllables.ts';

/** One sentence of a text, with where it stands. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly syllables: readonly Syllable[];
}

/** The sentences of a text in reading order, each with its closing mark. Linear. */
export function sentencesOf(text: string): Sentence[] {
  const syllables = syllabify(text);
  const found: Sentence[] = [];
  let first = 0;
  for (let at = 1; at <= syllables.length; at++) {
    if (at < syllables.length && !hasBreak(syllables, at, at, SENTENCE_BREAK)) continue;
    const start = syllables[first]?.start ?? 0;
    const next = syllables[at]?.start ?? text.length;
    const last = syllables[at - 1]?.end ?? start;
    const mark = /^[^\n]*?[.?!…]+["”’)]*/u.exec(text.slice(last, Math.min(next, last + 8)))?.[0].length ?? 0;
    found.push({
      text: text.slice(start, last + mark),
      start,
      end: last + mark,
      syllables: syllables.slice(first, at),
    });
    first = at;
  }
  return found;
}
