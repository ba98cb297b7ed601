/** Whom a text credits as its origin. */

/** At the end of a body: `Theo VnExpress`, `(Theo TTXVN)`, `Nguồn: Báo Sức khỏe và Đời sống`. */
const CREDIT_LINE =
  /^[("“\s]*(?:theo|nguồn(?: tin)?|nguồn bài)\s*:?\s+([\p{Lu}\d][^\n().;:]{1,60}?)[)”".\s]*$/iu;
/** An agency's own signature, `TTXVN/Vietnam+` or `(TTXVN)`, alone on its line or closing the last sentence. */
const AGENCY =
  /(?:^|\(|\s[-–—]\s?)((?:TTXVN|VNA|TTX Việt Nam|Vietnam\+|VietnamPlus)(?:\/[\p{L}\d+]{2,30})?)\)?[.\s]*$/u;
const LINES_FROM_END = 4;
const MAX_LINE = 400;
const VERB = /\s(?:cho|nói|thì|đó|là|của|được|có|đã|sẽ|trên|tại|ở|về|khi|các|những|với|vào)(?:\s|$)/iu;

/**
 * Whom the body names as its source, as printed (`TTXVN`, `VnExpress`), or `undefined` where it names nobody.
 *
 * Only credit lines count (`Theo …` closing the text), not "theo bác sĩ A, …" within it: that quotes a person, it does
 * not say where the text came from.
 */
export function creditedTo(body: string): string | undefined {
  const lines = lastLines(body);
  for (const line of lines) {
    const credit = CREDIT_LINE.exec(line)?.[1]?.trim();
    if (credit !== undefined && !VERB.test(credit)) return credit;
    const agency = AGENCY.exec(line)?.[1];
    if (agency !== undefined) return agency;
  }
  return undefined;
}

/** Non-empty lines, last first, each cut to the part that could hold a credit. */
function lastLines(body: string): string[] {
  const lines: string[] = [];
  let end = body.length;
  while (end > 0 && lines.length < LINES_FROM_END) {
    const start = body.lastIndexOf('\n', end - 1) + 1;
    const line = body.slice(Math.max(start, end - MAX_LINE), end).trim();
    if (line !== '') lines.push(line);
    end = start - 1;
  }
  return lines;
}
