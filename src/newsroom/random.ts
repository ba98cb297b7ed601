/** Seeded randomness: equal seeds give equal newsrooms, on every machine and every run. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [low, high]. */
  int(low: number, high: number): number;
  /** @throws {RangeError} if there is nothing to pick from */
  pick<T>(choices: readonly T[]): T;
  /** A shuffled copy. */
  shuffle<T>(values: readonly T[]): T[];
  /** Index drawn in proportion to the weights. */
  weighted(weights: readonly number[]): number;
}

const UINT32 = 2 ** 32;

/**
 * Derives an independent generator from a name, so that adding one article never changes another.
 *
 * FNV-1a spreads the name over 32 bits, mulberry32 makes numbers from it. Not for secrets.
 */
export function randomFrom(name: string): Random {
  let state = fnv1a(name);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(choices: readonly T[]): T => {
    if (choices.length === 0) throw new RangeError('Nothing to pick from');
    return choices[int(0, choices.length - 1)] as T;
  };
  const shuffle = <T>(values: readonly T[]): T[] => {
    const shuffled = [...values];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = int(0, last);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  };
  const weighted = (weights: readonly number[]): number => {
    let rest = next() * weights.reduce((sum, weight) => sum + weight, 0);
    const index = weights.findIndex((weight) => {
      rest -= weight;
      return rest < 0;
    });
    return index === -1 ? weights.length - 1 : index;
  };
  return { next, int, pick, shuffle, weighted };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
