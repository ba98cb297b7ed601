/** A set of row numbers, one bit each. Sets of different lengths may meet: what lies beyond the end is not in it. */
export type Bits = Uint32Array<ArrayBuffer>;

export function emptyBits(rows: number): Bits {
  return new Uint32Array(Math.ceil(rows / 32));
}

export function hasBit(bits: Bits, row: number): boolean {
  return (((bits[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 1;
}

export function setBit(bits: Bits, row: number): void {
  bits[row >>> 5] = (bits[row >>> 5] ?? 0) | (1 << (row & 31));
}

export function clearBit(bits: Bits, row: number): void {
  bits[row >>> 5] = (bits[row >>> 5] ?? 0) & ~(1 << (row & 31));
}

export function intersection(one: Bits, other: Bits): Bits {
  return one.map((word, index) => word & (other[index] ?? 0));
}

export function union(one: Bits, other: Bits): Bits {
  const [longer, shorter] = one.length < other.length ? [other, one] : [one, other];
  return longer.map((word, index) => word | (shorter[index] ?? 0));
}

export function difference(one: Bits, other: Bits): Bits {
  return one.map((word, index) => word & ~(other[index] ?? 0));
}

/** As many rows at least, with the same members. */
export function widened(bits: Bits, rows: number): Bits {
  const wanted = Math.ceil(rows / 32);
  if (bits.length >= wanted) return bits;
  const wide = new Uint32Array(wanted);
  wide.set(bits);
  return wide;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word of bits) {
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}

/** Calls `visit` with each member, ascending. */
export function eachBit(bits: Bits, visit: (row: number) => void): void {
  for (let index = 0; index < bits.length; index += 1) {
    for (let word = bits[index] as number; word !== 0; word &= word - 1) {
      visit((index << 5) + 31 - Math.clz32(word & -word));
    }
  }
}
