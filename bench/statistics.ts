/** Measures of a classification, and how sure they are. */
const BOOTSTRAP_ROUNDS = 1000;

/** Mean of the F1 of each class, over pairs of [truth, answer]. */
export function macroF1(pairs: readonly (readonly [string, string])[], classes: readonly string[]): number {
  const truths = new Map<string, number>();
  const answers = new Map<string, number>();
  const hits = new Map<string, number>();
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [truth, answer] of pairs) {
    add(truths, truth);
    add(answers, answer);
    if (truth === answer) add(hits, truth);
  }
  const scores = classes.map((name) => {
    const total = (truths.get(name) ?? 0) + (answers.get(name) ?? 0);
    return total === 0 ? 0 : (2 * (hits.get(name) ?? 0)) / total;
  });
  return scores.reduce((a, b) => a + b, 0) / classes.length;
}

/** Share of the list for which it holds; 0 of an empty one. */
export function share<T>(list: readonly T[], holds: (item: T) => boolean): number {
  return list.length === 0 ? 0 : list.filter(holds).length / list.length;
}

/** Harmonic mean: F1 of precision and recall. */
export function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}

/** The measure in percent with the 2.5th and 97.5th percentile over samples of the list drawn with replacement. */
export function interval<T>(list: readonly T[], measure: (sample: readonly T[]) => number): string {
  const random = seededRandom(20_261_122);
  const samples = Array.from({ length: BOOTSTRAP_ROUNDS }, () =>
    measure(list.map(() => list[Math.floor(random() * list.length)] as T)),
  ).sort((a, b) => a - b);
  const at = (quantile: number) => samples[Math.floor(quantile * (BOOTSTRAP_ROUNDS - 1))] ?? 0;
  return `${percent(measure(list))} [${percent(at(0.025))}–${percent(at(0.975))}]`;
}

/** A share as a percentage with one decimal. */
export function percent(part: number): string {
  return (100 * part).toFixed(1);
}

/** Mulberry32: 32 bits of state, the same sequence for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
