/** Syllables of one text with the questions that recognising names asks of them. */
import { NO_BREAK, SENTENCE_BREAK, type Syllable } from './syllables.ts';

export interface TokenRun {
  readonly text: string;
  readonly syllables: readonly Syllable[];
}

export function tokenRun(text: string, syllables: readonly Syllable[]): TokenRun {
  return { text, syllables };
}

/** True where the syllable is one of capitals only, two letters at least. */
export function isAllCapitals({ syllables }: TokenRun, at: number): boolean {
  return syllables[at]?.word.isAllCapitals === true;
}

/** Shorter ones may be a name alone, as on a sign or under a picture. */
const MIN_SHOUTED = 8;

/** No sentence is looked at farther than this on either side. */
const REACH_OF_SENTENCE = 40;

/**
 * True where the whole sentence is in capitals, as some papers print headlines: there they show neither that a name
 * begins nor where it ends.
 */
export function isShouted(run: TokenRun, at: number): boolean {
  const { syllables } = run;
  if (!isAllCapitals(run, at)) return false;
  let from = at;
  const first = Math.max(0, at - REACH_OF_SENTENCE);
  while (from > first && syllables[from]?.breakBefore !== SENTENCE_BREAK) {
    from -= 1;
    if (!isInCapitals(syllables[from])) return false;
  }
  let to = at + 1;
  const end = Math.min(syllables.length, at + REACH_OF_SENTENCE);
  while (to < end && syllables[to]?.breakBefore !== SENTENCE_BREAK) {
    if (!isInCapitals(syllables[to])) return false;
    to += 1;
  }
  return to - from >= MIN_SHOUTED;
}

/** `Y` and `A` are capitals too, and numbers have none. */
function isInCapitals(syllable: Syllable | undefined): boolean {
  if (syllable === undefined) return false;
  const isLetter = syllable.isCapital && syllable.text.length === 1;
  return syllable.word.isAllCapitals || isLetter || isNumber(syllable);
}

export function isNumber(syllable: Syllable | undefined): boolean {
  const first = syllable?.text.charCodeAt(0) ?? 0;
  return first >= 0x30 && first <= 0x39;
}

/** True where [from, to) is cut out of a longer word, `K` of `K71`. */
export function isGlued({ syllables, text }: TokenRun, from: number, to: number): boolean {
  const first = syllables[from];
  const last = syllables[to - 1];
  if (first === undefined || last === undefined) return true;
  return (
    syllables[from - 1]?.end === first.start ||
    (syllables[to]?.start === last.end && !/\s/u.test(text[last.end] ?? ' '))
  );
}

/** Capitalised syllables directly before `from`, in the same phrase, at most `most`. */
export function capitalsBefore({ syllables }: TokenRun, from: number, most: number): number {
  let count = 0;
  let at = from;
  while (
    count < most &&
    (syllables[at]?.breakBefore ?? 1) === NO_BREAK &&
    syllables[at - 1]?.isCapital === true
  ) {
    count += 1;
    at -= 1;
  }
  return count;
}
