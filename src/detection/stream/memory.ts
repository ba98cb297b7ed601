/** A part of the detector that can be written down and gone on from, bit for bit. */
export type Remembered =
  | number
  | string
  | boolean
  | null
  | readonly Remembered[]
  | { readonly [field: string]: Remembered };

/** Every bit of the numbers, as text. */
export function numbersToText(values: Float64Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}

export function numbersFromText(text: string): Float64Array<ArrayBuffer> {
  const bytes = Buffer.from(text, 'base64');
  // A buffer of a pool need not begin at a multiple of eight.
  return new Float64Array(new Uint8Array(bytes).buffer);
}
