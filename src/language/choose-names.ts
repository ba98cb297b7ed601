/** Of all the forms that a text holds, those that are names where they stand. */
import type { Candidate } from './mention-candidates.ts';
import type { TermMatch } from './term-matcher.ts';
import { isAllCapitals, isGlued, isNumber, type TokenRun } from './token-run.ts';

export type Found = TermMatch<Candidate>;

/** Leftmost, then longest among those that the context allows; pitfalls win their place and are left out. */
export function resolve(run: TokenRun, found: readonly Found[]): Found[] {
  const chosen: Found[] = [];
  let free = 0;
  let at = 0;
  while (at < found.length) {
    const from = (found[at] as Found).from;
    let next = at;
    let best: Found | undefined;
    while (next < found.length && found[next]?.from === from) {
      const each = found[next] as Found;
      if (from >= free && (best === undefined || each.to > best.to) && isAllowed(run, each)) best = each;
      next += 1;
    }
    at = next;
    if (best === undefined) continue;
    if (best.value.head === undefined) free = best.to;
    chosen.push(best);
  }
  return chosen.filter(({ value }) => value.id !== undefined || value.head !== undefined);
}

function isAllowed(run: TokenRun, { value, from, to, isRestored }: Found): boolean {
  if (value.id !== undefined && isGlued(run, from, to)) return false;
  if (value.form.isShort && !capitalsOnly(run, from, to)) return false;
  // Without diacritics one syllable may be many words; `paracetamol` is one only.
  if (isRestored && to - from < 2 && !value.form.isShort && !isForeign(run, from)) return false;
  return value.accepts(run, { from, to }, value.form);
}

function capitalsOnly(run: TokenRun, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (!isNumber(run.syllables[at]) && !isAllCapitals(run, at) && run.syllables[at]?.isCapital !== true)
      return false;
  }
  return isAllCapitals(run, from) || to - from > 1;
}

/** No Vietnamese syllable is longer. */
const MAX_SYLLABLE = 7;

function isForeign({ syllables }: TokenRun, at: number): boolean {
  return (syllables[at]?.text.length ?? 0) > MAX_SYLLABLE;
}
