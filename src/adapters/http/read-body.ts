import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

import { PermanentError } from '../../errors.ts';

/** What we can undo; sent as Accept-Encoding. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** Nobody has a reason to compress what is compressed; a long chain is an attack. */
const MAX_ENCODINGS = 2;

/**
 * Reads a response body, undoing its content encodings, and never holds more than `maxBytes` of it.
 *
 * The bound applies to what arrives and to what it unpacks to, so a small body that unpacks to gigabytes (a zip
 * bomb) ends at the bound like a large one. A body that stops early is kept as far as it goes where the transport
 * itself did not notice, as browsers do.
 *
 * @param encoding  the Content-Encoding header, if any
 * @throws {PermanentError} `too-large`, `bad-encoding`
 * @throws what the stream throws, on a connection that breaks
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > MAX_ENCODINGS) {
    throw new PermanentError('bad-encoding', `${codings.length} content encodings on one body`);
  }

  // Codings are listed in the order applied, so they are undone from the last.
  let bytes = await collect(body, maxBytes);
  for (const coding of codings.reverse()) bytes = await unpack(bytes, coding, maxBytes);
  return bytes;
}

/**
 * Undoes one content coding.
 *
 * @throws {PermanentError} `too-large`, `bad-encoding`
 */
export async function unpack(
  packed: Uint8Array<ArrayBuffer>,
  coding: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (packed.length === 0) return packed;
  const unpacker = unpackerFor(coding, packed);
  try {
    let unpacked: Uint8Array<ArrayBuffer> = new Uint8Array();
    await pipeline([packed], unpacker, async (stream: AsyncIterable<Uint8Array>) => {
      unpacked = await collect(stream, maxBytes);
    });
    return unpacked;
  } catch (error) {
    if (error instanceof PermanentError) throw error;
    throw new PermanentError('bad-encoding', `The body is not ${coding}: ${(error as Error).message}`);
  }
}

async function collect(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > maxBytes) throw new PermanentError('too-large', `The body is larger than ${maxBytes} bytes`);
    parts.push(chunk);
  }
  return concat(parts);
}

/** The first `maxBytes` of a stream; the rest is not waited for. */
export async function readStart(body: Readable, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    parts.push(chunk.subarray(0, maxBytes - length));
    length += chunk.length;
    if (length >= maxBytes) break;
  }
  return concat(parts);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function unpackerFor(coding: string, packed: Uint8Array): Transform {
  const lenient = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(lenient);
    case 'deflate':
      // The standard says zlib; some servers send raw deflate. A zlib header's low nibble is 8.
      return ((packed[0] ?? 0) & 0x0f) === 0x08 ? createInflate(lenient) : createInflateRaw(lenient);
    case 'br':
      return createBrotliDecompress({
        flush: constants.BROTLI_OPERATION_FLUSH,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      });
    default:
      throw new PermanentError(
        'bad-encoding',
        `Unknown content encoding ${JSON.stringify(coding.slice(0, 40))}`,
      );
  }
}
