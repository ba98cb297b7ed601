import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/** More than any page or feed that the crawler itself would accept, even unpacked. */
const MAX_BYTES = 50_000_000;

/** Bytes of a file as served, unpacked where its name ends in `.gz`; relative paths start at the working folder. */
export async function readInputFile(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  return path.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
}
