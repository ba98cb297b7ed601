import { authorFromText } from './article-author.ts';

const MAX_SIGN_OFF_CHARS = 80;
const MAX_SIGN_OFFS = 3;

/** `Theo Reuters`, `(Nguồn: TTXVN)`, `Ảnh: Thành Nam`, `Ban Biên tập`: credits, never the last sentence of a text. */
const CREDIT =
  /^[("“\s]*(?:theo|nguồn(?: tin)?:|ảnh(?: và bài)?:|bài và ảnh:|bài, ảnh:|clip:|video:|tổng hợp|biên dịch|ban biên tập|tòa soạn|source:|via:|photo:|photos:|credit:)(?=$|[\s:.,)])/iu;

/** The credits among them that name another newsroom as the source of the text. */
const SOURCE = /^[("“\s]*(?:theo|nguồn(?: tin)?:|source:|via:)/iu;

/**
 * A body without the lines that sign it: the author's name and credits such as `Theo Reuters`, at the end, where
 * Vietnamese papers put them.
 *
 * @returns what is left, and the line that names the text's source, if one did
 */
export function splitSignOff(
  paragraphs: readonly string[],
  author: string | undefined,
): { paragraphs: string[]; credit?: string } {
  const authors = new Set((author ?? '').split(', ').map(fold));
  let end = paragraphs.length;
  while (end > 1 && paragraphs.length - end < MAX_SIGN_OFFS && isSignOff(paragraphs[end - 1] ?? '', authors))
    end -= 1;
  const credit = paragraphs.slice(end).find((line) => SOURCE.test(line));
  return { paragraphs: paragraphs.slice(0, end), ...(credit === undefined ? {} : { credit }) };
}

function isSignOff(line: string, authors: ReadonlySet<string>): boolean {
  if (line.length > MAX_SIGN_OFF_CHARS) return false;
  if (CREDIT.test(line) && !/[.!?]["”’]?$/.test(line)) return true;
  const names = authorFromText(line)?.split(', ').map(fold) ?? [];
  return names.length > 0 && names.every((name) => authors.has(name));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
