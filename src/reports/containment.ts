/**
 * How much of one text another holds, by runs of syllables: containment (Broder 1997, "On the resemblance and containment
 * of documents").
 */
import { fold } from '../language/normalise.ts';
import type { Syllable } from '../language/syllables.ts';

/** Syllables as they are compared: spelling, case and diacritics aside. */
export function formsOf(syllables: readonly Syllable[]): string[] {
  return syllables.map(({ text }) => fold(text).toLowerCase());
}

/** Every run of so many forms. */
export function gramsOf(forms: readonly string[], length: number): Set<string> {
  return new Set(forms.slice(length - 1).map((_, at) => forms.slice(at, at + length).join(' ')));
}

/** Share of the part's grams that the whole has, 0…1; 0 for a part without any. */
export function containment(part: ReadonlySet<string>, whole: ReadonlySet<string>): number {
  let found = 0;
  for (const gram of part) if (whole.has(gram)) found += 1;
  return part.size === 0 ? 0 : found / part.size;
}
