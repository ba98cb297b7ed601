import { ARTICLE_FIELDS } from '../../domain/article-field.ts';
import { splitTerm, splitTerms, TERM_KINDS, type TermKind, term } from './article-terms.ts';
import { type Bits, clearBit, hasBit, setBit, widened } from './bits.ts';

/** One article as it is stored for the columns; without terms it has been removed. */
export interface FactRow {
  readonly n: number;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly terms: string | null;
}

const STORY = TERM_KINDS.indexOf('storyId');
const POLARITY = TERM_KINDS.indexOf('polarity');
/** Kinds before this are fields, which the terms of an article begin with. */
const FIELDS = ARTICLE_FIELDS.length;

/** Above this many at once, all are sorted anew. */
const MOST_PLACED_ONE_BY_ONE = 2000;

/**
 * What all articles are narrowed, ordered and counted by, side by side in memory: time, id and terms by row number.
 * Some 200 bytes an article. Counting over everything takes milliseconds, where the database would take seconds.
 */
export class ArticleColumns {
  #rows = 0;
  /** Of removed rows too, which keep their place. */
  #ids: (string | undefined)[] = [];
  #at = new Float64Array(0);
  /** Terms of row n: `pool[start[n] … start[n] + length[n]]`. */
  #start = new Uint32Array(0);
  #length = new Uint16Array(0);
  /** How many of the terms are values of fields: these come first. */
  #fieldLength = new Uint16Array(0);
  #story = new Uint32Array(0);
  #polarity = new Uint32Array(0);
  #pool = new Uint32Array(0);
  #pooled = 0;
  #alive: Bits = new Uint32Array(0);
  readonly #codes = new Map<string, number>();
  readonly #values: string[] = [];
  readonly #kinds: number[] = [];
  /** Rows by time, and among those of one moment by id, descending: read backwards, newest first and ids ascending. */
  #order = new Uint32Array(0);
  #ordered = 0;
  #isOrderBroken = false;
  #unplaced: number[] = [];
  #byStory: Uint32Array | undefined;

  /** One more than the highest row number. */
  get rows(): number {
    return this.#rows;
  }

  get alive(): Bits {
    return this.#alive;
  }

  /** One more than the highest code of a term. */
  get codes(): number {
    return this.#values.length;
  }

  id(row: number): string {
    return this.#ids[row] as string;
  }

  at(row: number): number {
    return this.#at[row] as number;
  }

  /** The code of a term; `undefined` where no article ever had it. */
  code(kind: TermKind, value: string): number | undefined {
    return this.#codes.get(term(kind, value));
  }

  value(code: number): string {
    return this.#values[code] as string;
  }

  /** For each code, the place of its kind in `TERM_KINDS`. */
  get kinds(): readonly number[] {
    return this.#kinds;
  }

  /** The code of a row's story. */
  story(row: number): number {
    return this.#story[row] as number;
  }

  /** The code of a row's polarity. */
  polarity(row: number): number {
    return this.#polarity[row] as number;
  }

  /** Where the values of fields end among the terms. */
  fieldsEnd(row: number): number {
    return (this.#start[row] as number) + (this.#fieldLength[row] as number);
  }

  /** Rows in such an order that those of one story stand together; kept until something changes. */
  byStory(): Uint32Array {
    if (this.#byStory !== undefined) return this.#byStory;
    // Counted and put in their places, which takes a tenth of what sorting takes.
    const places = new Uint32Array(this.codes);
    for (let row = 0; row < this.#rows; row += 1) increased(places, this.story(row));
    let before = 0;
    for (let code = 0; code < places.length; code += 1) {
      const rows = places[code] as number;
      places[code] = before;
      before += rows;
    }
    const rows = new Uint32Array(this.#rows);
    for (let row = 0; row < this.#rows; row += 1) rows[increased(places, this.story(row))] = row;
    this.#byStory = rows;
    return rows;
  }

  termsStart(row: number): number {
    return this.#start[row] as number;
  }

  termsEnd(row: number): number {
    return (this.#start[row] as number) + (this.#length[row] as number);
  }

  /** Codes of terms, to be read from `termsStart` to `termsEnd` of a row: valid until the next `apply`. */
  get pool(): Uint32Array {
    return this.#pool;
  }

  /** Takes in rows that are new or have changed; they stand in no order until `place`. */
  apply(rows: readonly FactRow[]): void {
    const highest = rows.reduce((most, { n }) => Math.max(most, n), -1);
    this.#grow(highest + 1);
    this.#byStory = undefined;
    for (const row of rows) if (this.#put(row)) this.#unplaced.push(row.n);
  }

  /** Brings what was applied since into the order of time. */
  place(): void {
    if (this.#unplaced.length > MOST_PLACED_ONE_BY_ONE || this.#isOrderBroken) this.#sort();
    else for (const row of this.#unplaced) this.#insert(row);
    this.#unplaced = [];
  }

  /** Rows among `bits`, newest first, ids ascending; from just after a place in that order. */
  *newest(bits: Bits, after?: { readonly at: number; readonly id: string }): Generator<number> {
    for (let place = after === undefined ? this.#ordered : this.#placeOf(after.at, after.id); place > 0; ) {
      place -= 1;
      const row = this.#order[place] as number;
      if (hasBit(bits, row)) yield row;
    }
  }

  /** Rows among `bits`, oldest first, ids ascending; from just after a place in that order. */
  *oldest(bits: Bits, after?: { readonly at: number; readonly id: string }): Generator<number> {
    let place = after === undefined ? 0 : this.#firstAt(after.at);
    while (place < this.#ordered) {
      const at = this.at(this.#order[place] as number);
      const end = this.#firstAt(at, true);
      for (let of = end - 1; of >= place; of -= 1) {
        const row = this.#order[of] as number;
        const isPassed = after !== undefined && at === after.at && this.id(row) <= after.id;
        if (!isPassed && hasBit(bits, row)) yield row;
      }
      place = end;
    }
  }

  /** @returns whether the row has no place in the order yet */
  #put({ n, id, at, terms }: FactRow): boolean {
    if (terms === null) {
      clearBit(this.#alive, n);
      return false;
    }
    const isKnown = this.#ids[n] === id && this.#at[n] === at;
    if (!isKnown && this.#ids[n] !== undefined) this.#isOrderBroken = true;
    this.#ids[n] = id;
    this.#at[n] = at;
    const codes = splitTerms(terms).map((one) => this.#codeOf(one));
    // Where there is no room for more terms than before, they go to the end and their old place is lost.
    if (!isKnown || codes.length > (this.#length[n] as number)) {
      this.#start[n] = this.#pooled;
      this.#pooled += codes.length;
      this.#growPool();
    }
    this.#pool.set(codes, this.#start[n]);
    this.#story[n] = codes.find((code) => this.#kinds[code] === STORY) ?? 0;
    this.#polarity[n] = codes.find((code) => this.#kinds[code] === POLARITY) ?? 0;
    this.#fieldLength[n] = codes.filter((code) => (this.#kinds[code] as number) < FIELDS).length;
    this.#length[n] = codes.length;
    setBit(this.#alive, n);
    return !isKnown;
  }

  #codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    const { kind, value } = splitTerm(text);
    const code = this.#values.length;
    this.#codes.set(text, code);
    this.#values.push(value);
    this.#kinds.push(TERM_KINDS.indexOf(kind));
    return code;
  }

  #grow(rows: number): void {
    if (rows <= this.#rows) return;
    this.#rows = rows;
    if (rows <= this.#at.length) return;
    const room = Math.max(1024, Math.ceil(rows * 1.25));
    this.#at = copied(this.#at, new Float64Array(room));
    this.#start = copied(this.#start, new Uint32Array(room));
    this.#length = copied(this.#length, new Uint16Array(room));
    this.#fieldLength = copied(this.#fieldLength, new Uint16Array(room));
    this.#story = copied(this.#story, new Uint32Array(room));
    this.#polarity = copied(this.#polarity, new Uint32Array(room));
    this.#order = copied(this.#order, new Uint32Array(room));
    this.#alive = widened(this.#alive, room);
  }

  #growPool(): void {
    if (this.#pooled <= this.#pool.length) return;
    this.#pool = copied(this.#pool, new Uint32Array(Math.max(16_384, Math.ceil(this.#pooled * 1.25))));
  }

  #insert(row: number): void {
    const place = this.#placeOf(this.at(row), this.id(row));
    this.#order.copyWithin(place + 1, place, this.#ordered);
    this.#order[place] = row;
    this.#ordered += 1;
  }

  #sort(): void {
    const all: number[] = [];
    for (let row = 0; row < this.#rows; row += 1) if (this.#ids[row] !== undefined) all.push(row);
    const sorted = Uint32Array.from(all).sort((one, other) => this.#compare(one, other));
    this.#order = copied(sorted, new Uint32Array(this.#at.length));
    this.#ordered = all.length;
    this.#isOrderBroken = false;
  }

  #compare(one: number, other: number): number {
    return this.at(one) - this.at(other) || (this.id(one) > this.id(other) ? -1 : 1);
  }

  /** The first place whose row does not stand before (at, id): that of an article with this id, if there is one. */
  #placeOf(at: number, id: string): number {
    return this.#firstPlace((row) => this.at(row) > at || (this.at(row) === at && this.id(row) <= id));
  }

  /** The first place whose row is not before `at`, or with `past` the first that is after it. */
  #firstAt(at: number, past = false): number {
    return this.#firstPlace((row) => (past ? this.at(row) > at : this.at(row) >= at));
  }

  #firstPlace(isReached: (row: number) => boolean): number {
    let [low, high] = [0, this.#ordered];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isReached(this.#order[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** @returns what it was before */
function increased(counts: Uint32Array, at: number): number {
  const count = counts[at] as number;
  counts[at] = count + 1;
  return count;
}

function copied<T extends Float64Array | Uint32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
