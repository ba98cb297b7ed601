import { inflateRawSync } from 'node:zlib';

/** The text of each file of a ZIP archive (a DOCX file is one), by name, as its central directory lists them. */
export function zipParts(bytes: Uint8Array): Map<string, string> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = new Map<string, string>();
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [size, name] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28)];
    const local = file.readUInt32LE(at + 42);
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(from, from + size);
    const isDeflated = file.readUInt16LE(at + 10) === 8;
    const path = file.toString('utf8', at + 46, at + 46 + name);
    parts.set(path, (isDeflated ? inflateRawSync(packed) : packed).toString('utf8'));
    at += 46 + name + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return parts;
}
