import { gunzipSync } from 'node:zlib';

/** Bytes as they are, or unpacked where they are a gzip file (a sitemap is often stored as one). */
export function gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  return gunzipSync(bytes, { maxOutputLength: maxBytes });
}
