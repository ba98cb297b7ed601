/** A trie over numbered steps, packed into flat arrays: a walk reads numbers only and allocates nothing. */

/** Where a walk has ended. */
export const NO_NODE = 0;
export const NO_VALUE = -1;

export interface TermTrie<T> {
  /** The node after the first step of some term, or `NO_NODE`. */
  first(step: number): number;
  next(node: number, step: number): number;
  /** Place in `values` of the term that ends at the node, or `NO_VALUE`. */
  valueAt(node: number): number;
  readonly values: readonly T[];
}

/** Each edge takes this many numbers of the table: node, step, the node it leads to. */
const EDGE = 3;
/** Parts of the table for each edge: with most of them empty, a search for what is not there ends soon. */
const ROOM = 4;

/** @param terms  each as its steps, whole numbers from 0, and its value; of two with equal steps the first counts */
export function packTrie<T>(
  terms: Iterable<{ readonly steps: readonly number[]; readonly value: T }>,
): TermTrie<T> {
  /** By node; those of `NO_NODE` are first steps. */
  const edges = [new Map<number, number>()];
  const ends = [NO_VALUE];
  const values: T[] = [];
  for (const { steps, value } of terms) {
    let node = NO_NODE;
    for (const step of steps) node = follow(edges, node, step);
    if (node === NO_NODE || ends[node] !== undefined) continue;
    ends[node] = values.push(value) - 1;
  }
  return { ...lookups(edges, ends), values };
}

/** Where the step leads; to a new node where no term has taken it before. */
function follow(edges: Map<number, number>[], node: number, step: number): number {
  const steps = edges[node] as Map<number, number>;
  let next = steps.get(step);
  if (next === undefined) {
    next = edges.push(new Map()) - 1;
    steps.set(step, next);
  }
  return next;
}

function lookups(
  [first = new Map(), ...others]: readonly ReadonlyMap<number, number>[],
  ends: readonly (number | undefined)[],
): Omit<TermTrie<never>, 'values'> {
  const firstByStep = new Int32Array([...first.keys()].reduce((a, b) => Math.max(a, b), 0) + 1);
  for (const [step, node] of first) firstByStep[step] = node;
  const endByNode = Int32Array.from({ length: others.length + 1 }, (_, node) => ends[node] ?? NO_VALUE);

  const count = others.reduce((sum, steps) => sum + steps.size, 0);
  const places = 2 ** Math.ceil(Math.log2(ROOM * (count + 1)));
  const table = new Int32Array(places * EDGE);
  /** For each node one bit for every 32nd step: most steps that a text tries are not there. */
  const mayHave = new Int32Array(others.length + 1);
  const placeOf = (node: number, step: number) =>
    (Math.imul(Math.imul(node, 0x9e3779b1) ^ step, 0x85ebca6b) >>> 8) & (places - 1);
  for (const [index, steps] of others.entries()) {
    const node = index + 1;
    for (const [step, to] of steps) {
      let place = placeOf(node, step);
      while (table[place * EDGE] !== NO_NODE) place = (place + 1) & (places - 1);
      table.set([node, step, to], place * EDGE);
      mayHave[node] = (mayHave[node] as number) | (1 << (step & 31));
    }
  }
  return {
    first: (step) => (step < firstByStep.length ? (firstByStep[step] as number) : NO_NODE),
    valueAt: (node) => endByNode[node] as number,
    next(node, step) {
      if ((((mayHave[node] as number) >>> (step & 31)) & 1) === 0) return NO_NODE;
      let place = placeOf(node, step);
      for (;;) {
        const from = table[place * EDGE] as number;
        if (from === NO_NODE) return NO_NODE;
        if (from === node && table[place * EDGE + 1] === step) return table[place * EDGE + 2] as number;
        place = (place + 1) & (places - 1);
      }
    },
  };
}
