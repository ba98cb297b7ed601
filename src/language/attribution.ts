/** Whom a text credits as its origin. */
import { normalise } from './normalise.ts';

const CREDIT = String.raw`(?:[Tt]heo|THEO|(?:[Nn]guồn|NGUỒN)(?: (?:tin|TIN|bài))?)\s?:?\s`;
/** A capital or a digit begins a name; no comma, colon or full stop within it, but for `Chinhphu.vn`. */
const NAME = String.raw`([\p{Lu}\d](?:[^\n().,;:]|\.(?=\p{L})){1,60}?)`;
/** A line of its own: `Theo VnExpress`, `Nguồn: Báo Sức khỏe và Đời sống`. */
const CREDIT_LINE = new RegExp(String.raw`^["“\s]{0,3}${CREDIT}${NAME}[.”"\s]{0,3}$`, 'u');
/** In brackets at the end of the last sentence: `… trước ngày 5/2. (Theo TTXVN)`. */
const CREDIT_IN_BRACKETS = new RegExp(String.raw`\((?:${CREDIT})${NAME}\)[.\s]{0,3}$`, 'u');
/** An agency's own signature. */
const AGENCY =
  /(?:^|[(.]\s?|\s[-–—]\s?)((?:TTXVN|TTX Việt Nam|VietnamPlus|Vietnam\+)(?:\/[\p{L}\d+]{2,30})?)\)?[.\s]{0,3}$/u;
/** `Theo Bộ Y tế cho biết …` quotes; it does not say where the text came from. */
const QUOTING = /\s(?:cho|nói|thì|đó|là|được|có|đã|sẽ|tại|khi|những|với|vào)(?:\s|$)/u;

const LINES_FROM_END = 4;
/** A credit stands at the end of its line. */
const MAX_TAIL = 160;

/**
 * Whom the body names as its source, as printed (`TTXVN`, `VnExpress`), or `undefined` where it names nobody.
 *
 * Only a credit that closes one of the last lines counts, not "theo bác sĩ A, …" within the text: that quotes a
 * person.
 */
export function creditedTo(body: string): string | undefined {
  for (const line of lastLines(body)) {
    const credit = (CREDIT_LINE.exec(line) ?? CREDIT_IN_BRACKETS.exec(line))?.[1]?.trim();
    if (credit !== undefined && !QUOTING.test(credit)) return credit;
    const agency = AGENCY.exec(line)?.[1];
    if (agency !== undefined) return agency;
  }
  return undefined;
}

/** Non-empty lines, last first; of a long one the tail. */
function lastLines(body: string): string[] {
  const lines: string[] = [];
  const text = body.trimEnd();
  let end = text.length;
  while (end > 0 && lines.length < LINES_FROM_END) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(Math.max(start, end - MAX_TAIL), end).trim();
    // The mark keeps the middle of a long line from passing for the beginning of a short one.
    if (line !== '') lines.push(normalise(end - start > MAX_TAIL ? `…${line}` : line));
    end = start - 1;
  }
  return lines;
}
