/** Syllables of one text with the questions that recognising names asks of them. */
import { hasDiacritics } from './normalise.ts';
import { NO_BREAK, SENTENCE_BREAK, type Syllable } from './syllables.ts';

/** After these a full stop abbreviates: `TP. Hồ Chí Minh`, `BS. Nguyễn …`. */
const ABBREVIATIONS = new Set([
  'tp',
  'tx',
  'tt',
  'bv',
  'q',
  'p',
  'bs',
  'ths',
  'ts',
  'pgs',
  'gs',
  'ckii',
  'cki',
  'st',
  'số',
]);

export interface TokenRun {
  readonly text: string;
  readonly syllables: readonly Syllable[];
  /** False where the text is written without diacritics. */
  readonly accented: boolean;
}

/** Takes the false sentence ends after abbreviations out. */
export function tokenRun(text: string, syllables: readonly Syllable[]): TokenRun {
  let mended: Syllable[] | undefined;
  for (let at = 1; at < syllables.length; at += 1) {
    const syllable = syllables[at] as Syllable;
    const before = syllables[at - 1] as Syllable;
    if (syllable.breakBefore !== SENTENCE_BREAK || !ABBREVIATIONS.has(before.text)) continue;
    if (text.slice(before.end, syllable.start).trim() !== '.') continue;
    mended ??= [...syllables];
    mended[at] = { ...syllable, breakBefore: NO_BREAK };
  }
  return { text, syllables: mended ?? syllables, accented: hasDiacritics(text) };
}

/** True where the syllable is one of capitals only, two letters at least. */
export function isAllCapitals({ text, syllables }: TokenRun, at: number): boolean {
  const syllable = syllables[at];
  if (syllable === undefined || !syllable.isCapital || syllable.end - syllable.start < 2) return false;
  const written = text.slice(syllable.start, syllable.end);
  return written === written.toUpperCase();
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
