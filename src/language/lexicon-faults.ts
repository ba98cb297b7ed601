/** What is wrong between the terms of a lexicon: each line may be sound while two of them contradict each other. */
import type { LexiconTerm } from './lexicon.ts';
import { NO_BREAK, SENTENCE_BREAK, type Syllable, syllabify } from './syllables.ts';

export interface PlacedTerm extends LexiconTerm {
  /** 1-based. */
  readonly line: number;
}

interface LineFault {
  readonly line: number;
  readonly expected: string;
}

/**
 * Terms that stand twice, also where they only read the same (`hoà`, `hòa`; `vắc-xin`, `vắc xin`); terms that no text
 * can match; and terms that hold a term of the opposite sign without saying so. The longest match wins, so a longer
 * term silently overrules the shorter one inside it: that has to be wanted, and named in its column `overrules`, which
 * in turn may name nothing else.
 *
 * Only what would match there if the longer term did not exist counts as held: `bệnh` is not held by `xây bệnh viện`
 * where `bệnh viện` is a term.
 */
export function findFaults(terms: readonly PlacedTerm[]): LineFault[] {
  const faults: LineFault[] = [];
  const byForm = new Map<string, PlacedTerm>();
  for (const term of terms) {
    const form = formOf(syllabify(term.term));
    const earlier = byForm.get(form);
    if (earlier === undefined) byForm.set(form, term);
    else
      faults.push({
        line: term.line,
        expected: `a term not given yet; \`${earlier.term}\` stands on line ${earlier.line}`,
      });
  }
  for (const term of byForm.values()) {
    const expected = faultOf(term, byForm);
    if (expected !== undefined) faults.push({ line: term.line, expected });
  }
  return faults;
}

/** How a matcher sees what stands between two syllables. */
function formOf(syllables: readonly Syllable[]): string {
  const parted = syllables.map(({ text, breakBefore }, index) =>
    index === 0 || breakBefore === NO_BREAK ? text : `, ${text}`,
  );
  return parted.join(' ');
}

function faultOf(term: PlacedTerm, byForm: ReadonlyMap<string, PlacedTerm>): string | undefined {
  const syllables = syllabify(term.term);
  const isBroken = syllables.slice(1).some(({ breakBefore }) => breakBefore === SENTENCE_BREAK);
  if (syllables.length === 0 || isBroken)
    return `a term that a text can match: words of one sentence; found \`${term.term}\``;

  const held = heldBy(syllables, byForm)
    .filter((inner) => inner.isPolar && term.isPolar && inner.weight * term.weight < 0)
    .map((inner) => inner.term);
  const declared = new Set(term.overrules);
  if (held.some((inner) => !declared.has(inner)))
    return `\`${held.join('; ')}\` in the column \`overrules\` of \`${term.term}\`, which holds the opposite of its sign`;
  const idle = term.overrules.filter((inner) => !held.includes(inner));
  if (idle.length > 0)
    return `in \`overrules\` what \`${term.term}\` holds with the opposite sign; found \`${idle.join('; ')}\``;
  return undefined;
}

/** The terms inside a term that stand in no longer one but itself. */
function heldBy(syllables: readonly Syllable[], byForm: ReadonlyMap<string, PlacedTerm>): PlacedTerm[] {
  const held: PlacedTerm[] = [];
  let covered = 0;
  for (let from = 0; from < syllables.length; from += 1) {
    for (let to = syllables.length; to > Math.max(from, covered); to -= 1) {
      if (to - from === syllables.length) continue;
      const inner = byForm.get(formOf(syllables.slice(from, to)));
      if (inner === undefined) continue;
      held.push(inner);
      covered = to;
    }
  }
  return [...new Set(held)];
}
