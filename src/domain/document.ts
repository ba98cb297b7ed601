/** What a file is, by its first bytes; names and media types lie. `doc` is Word before 2007. */
export type DocumentKind = 'pdf' | 'docx' | 'doc';

/** Readers accept what servers print before the file itself. */
const PDF_HEADER_WITHIN = 1024;

/** `undefined` for what is none of them: a web page, most often. */
export function documentKind(bytes: Uint8Array): DocumentKind | undefined {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return 'docx';
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'doc';
  const start = String.fromCharCode(...bytes.subarray(0, PDF_HEADER_WITHIN));
  const header = start.indexOf('%PDF-');
  return header !== -1 && !start.slice(0, header).includes('<') ? 'pdf' : undefined;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** The most of a document's text that is kept, in UTF-16 code units. */
export const MAX_DOCUMENT_CHARS = 200_000;

/**
 * The text of a document, NFC, its paragraphs separated by one newline, at most `MAX_DOCUMENT_CHARS` of it; or why there
 * is none:
 *
 * - `no-text-layer`: its pages are pictures of text
 * - `encrypted`: it opens with a password only
 * - `unsupported`: a kind of file that is not read
 * - `unreadable`: broken, or not what it says it is
 * - `too-complex`: it takes more time or memory than any document in earnest
 */
export type DocumentReading =
  | {
      readonly ok: true;
      readonly text: string;
      /** As the file's own properties have it. */
      readonly title?: string;
    }
  | {
      readonly ok: false;
      readonly reason: 'no-text-layer' | 'encrypted' | 'unsupported' | 'unreadable' | 'too-complex';
    };
