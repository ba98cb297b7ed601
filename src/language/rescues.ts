/** Rescue and aid: what they overcome in their sentence is told for contrast, not as bad news. */
import type { LexiconClass } from './lexicon.ts';
import type { Syllable } from './syllables.ts';
import { COUNTERED_FACTOR } from './term-weights.ts';
import type { WeighedTerm } from './weighed-term.ts';

/** What a rescue can overcome, but for what is past it, and what aid is given against. */
const RESCUABLE: ReadonlySet<LexiconClass> = new Set<LexiconClass>([
  'harm',
  'illness',
  'accident',
  'distress',
  'overload',
]);
const PAST_RESCUE = -1;
const AIDABLE: ReadonlySet<LexiconClass> = new Set<LexiconClass>([
  'harm',
  'illness',
  'accident',
  'disaster',
  'distress',
  'shortage',
  'outbreak',
]);
/** How many syllables may name and describe those whom aid is given to. */
const AID_REACH = 14;
const CAUSES: ReadonlySet<string> = new Set(['khiến', 'gây', 'làm']);

/** What a rescue has overcome, and what aid is given against, is told for contrast, and rather adds to it. */
export function applyRescues(
  terms: WeighedTerm[],
  sentences: Uint32Array,
  syllables: readonly Syllable[],
): void {
  const rescues = firstPerSentence(terms, 'rescue', sentences);
  const aids = firstPerSentence(terms, 'aid', sentences);
  for (const term of terms) {
    if (term.turned) continue;
    const sentence = sentences[term.match.from] ?? 0;
    const by = overcoming(term, rescues.get(sentence), aids.get(sentence), syllables);
    if (by === undefined) continue;
    term.weight *= COUNTERED_FACTOR;
    term.turned = true;
    term.modifiers.push(`${by.match.value.term} → shifted`);
  }
}

function firstPerSentence(
  terms: readonly WeighedTerm[],
  termClass: LexiconClass,
  sentences: Uint32Array,
): Map<number, WeighedTerm> {
  const first = new Map<number, WeighedTerm>();
  for (const term of terms) {
    const sentence = sentences[term.match.from] ?? 0;
    if (term.match.value.class === termClass && !term.turned && !first.has(sentence)) {
      first.set(sentence, term);
    }
  }
  return first;
}

/** A rescue bears on its whole sentence, aid on those it is given to. */
function overcoming(
  { match: { value, from } }: WeighedTerm,
  rescue: WeighedTerm | undefined,
  aid: WeighedTerm | undefined,
  syllables: readonly Syllable[],
): WeighedTerm | undefined {
  if (rescue !== undefined && value.weight > PAST_RESCUE && RESCUABLE.has(value.class)) return rescue;
  if (aid === undefined || !AIDABLE.has(value.class)) return undefined;
  return from >= aid.match.to && isForWhom(syllables, aid.match.to, from) ? aid : undefined;
}

/** What follows aid is whom it is for, unless too far off or told as its effect (`bữa ăn miễn phí khiến …`). */
function isForWhom(syllables: readonly Syllable[], from: number, to: number): boolean {
  if (to - from > AID_REACH) return false;
  for (let at = from; at < to; at += 1) {
    if (CAUSES.has(syllables[at]?.text ?? '')) return false;
  }
  return true;
}
