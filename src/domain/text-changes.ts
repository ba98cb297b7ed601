/**
 * What changed between two versions of one article. Pure; linear in the length of the texts.
 */
import type { Change, RevisedText } from './revision.ts';

/**
 * Names the parts in which two versions differ, in the order of the type `Change`.
 *
 * Compared are words and figures: case, spaces, quotation marks, dashes and punctuation do not count, nor do lines
 * that pages rotate (pointers to other articles, counters of views and comments, ages such as `2 giờ trước`).
 * `numbers` stands where a figure with its unit went away, where a bare figure gave way to another, or where a new one
 * stands beside a unit that was counted before: `5 ca` for `3 ca`, but not a new paragraph that counts something else,
 * nor a year that is left out.
 *
 * An author or a time that only one of the two names is no change: extraction finds them on some visits only.
 */
export function changesBetween(before: RevisedText, after: RevisedText): Change[] {
  const changes: Change[] = [];
  if (words(before.title) !== words(after.title)) changes.push('title');
  if (words(before.summary) !== words(after.summary)) changes.push('summary');
  if (lastingWords(before.body) !== lastingWords(after.body)) changes.push('body');
  if (changes.length > 0 && haveNumbersChanged(before, after)) changes.push('numbers');
  if (isOther(words(before.author ?? ''), words(after.author ?? ''))) changes.push('author');
  if (isOther(before.publishedAt?.at ?? '', after.publishedAt?.at ?? '')) changes.push('published-at');
  return changes;
}

function isOther(before: string, after: string): boolean {
  return before !== '' && after !== '' && before !== after;
}

/** Letters with their marks (`U22` is a name), and figures with what holds them together: `1.234,5`, `21/11`, `7-2025`. */
const WORD = /\p{N}+(?:[.,:/-]\p{N}+)*|[\p{L}\p{M}]+\p{N}*|%/gu;

function wordsOf(text: string): string[] {
  return text.normalize('NFC').toLowerCase().match(WORD) ?? [];
}

function words(text: string): string {
  return wordsOf(text).join(' ');
}

/** The words of the lines that are the article's own. */
function lastingWords(body: string): string {
  return withoutTeasers(body.split('\n').filter((line) => !isRotating(line)))
    .map(words)
    .filter((line) => line !== '')
    .join(' ');
}

const POINTER =
  /^\W{0,8}(?:xem thêm|xem ngay|đọc thêm|đọc tiếp|mời (?:quý )?(?:bạn|độc giả)|tin liên quan|bài liên quan|tin khác|cùng chuyên mục|có thể bạn quan tâm|theo dõi .{0,60}(?:google|facebook|zalo|youtube|tiktok)|từ khoá|từ khóa|tags?\s*:|read more|see also|related)(?![\p{L}])/iu;
const COUNTER =
  /^\W{0,4}(?:\d[\d.,]{0,12}k?\s{0,3}(?:lượt xem|lượt đọc|bình luận|lượt thích|chia sẻ|views?|comments?|shares?|likes?)|(?:lượt xem|bình luận|chia sẻ|thích|views?|comments?|shares?)\s{0,3}[:(]?\s{0,3}\d[\d.,]{0,12}k?)\W{0,4}$/iu;
const AGE =
  /^\W{0,4}(?:cập nhật\s{0,3}:?\s{0,3})?\d{1,3} (?:giây|phút|giờ|ngày|tuần|tháng|năm) trước\W{0,4}$/iu;

/** Lines longer than this are text, whatever they begin with. */
const LONGEST_ROTATING = 300;

function isRotating(line: string): boolean {
  if (line.length > LONGEST_ROTATING) return false;
  return POINTER.test(line) || COUNTER.test(line) || AGE.test(line);
}

/** Headlines of other articles have no full stop and stand after the text. */
const LONGEST_TEASER = 160;
const ENDS_A_SENTENCE = /[.!?…:;]["'”’»)\]]{0,3}\s*$/u;

function withoutTeasers(lines: readonly string[]): readonly string[] {
  let end = lines.length;
  while (end > 1 && isTeaser(lines[end - 1] as string)) end -= 1;
  return lines.slice(0, end);
}

function isTeaser(line: string): boolean {
  return line.length <= LONGEST_TEASER && !ENDS_A_SENTENCE.test(line);
}

interface Figure {
  readonly value: string;
  readonly unit: string;
}

function haveNumbersChanged(before: RevisedText, after: RevisedText): boolean {
  const old = figuresOf(before);
  const now = figuresOf(after);
  const gone = [...old].filter(([figure]) => !now.has(figure));
  const come = [...now].filter(([figure]) => !old.has(figure));
  if (gone.some(([, { unit }]) => unit !== '')) return true;
  if (gone.length > 0 && come.length > 0) return true;
  const countedBefore = new Set([...old.values()].map(({ unit }) => unit));
  return come.some(([, { unit }]) => unit !== '' && countedBefore.has(unit));
}

/** Figures of a version by value and unit. */
function figuresOf({ title, summary, body }: RevisedText): Map<string, Figure> {
  const own = withoutTeasers(body.split('\n').filter((line) => !isRotating(line)));
  const figures = new Map<string, Figure>();
  for (const line of [title, summary, ...own]) {
    for (const clause of line.split(BETWEEN_CLAUSES)) {
      for (const figure of figuresIn(wordsOf(clause))) figures.set(`${figure.value} ${figure.unit}`, figure);
    }
  }
  return figures;
}

/** What no unit reaches across; a comma within a figure has a digit after it. */
const BETWEEN_CLAUSES = /[.,;:!?()[\]"“”](?!\p{N})/u;

/** Written out before what is counted: `ba ca` is `3 ca`. */
const NUMBER_WORDS: ReadonlyMap<string, string> = new Map([
  ['một', '1'],
  ['hai', '2'],
  ['ba', '3'],
  ['bốn', '4'],
  ['năm', '5'],
  ['sáu', '6'],
  ['bảy', '7'],
  ['tám', '8'],
  ['chín', '9'],
  ['mười', '10'],
]);
const COUNTED = new Set(
  'ca người trường bệnh nạn trẻ em học công sản cháu bé thi vụ liều giường bác cán nhân ngày tuần giờ'.split(
    ' ',
  ),
);
/** The words after a figure that say what it counts; any other word there may be the next verb. */
const UNITS = new Set([
  ...COUNTED,
  ...'% điểm đồng vnđ usd đô euro kg g gam mg mcg ml lít km m cm mét tấn tạ độ tuổi'.split(' '),
  ...'giây phút giờ ngày tuần tháng năm lần lượt mũi viên hộp lọ lô chai suất phần mẫu'.split(' '),
  ...'hộ xã phường huyện quận tỉnh thành trạm cơ khoa ổ con chiếc'.split(' '),
]);
const SCALES = new Set(['trăm', 'nghìn', 'ngàn', 'vạn', 'triệu', 'tỉ', 'tỷ', 'chục']);

function figuresIn(tokens: readonly string[]): Figure[] {
  return tokens.flatMap((token, at) => {
    const next = tokens[at + 1] ?? '';
    if (/^\p{N}/u.test(token)) return [{ value: figureValue(token), unit: unitAt(tokens, at + 1) }];
    const spelt = NUMBER_WORDS.get(token);
    return spelt !== undefined && COUNTED.has(next) ? [{ value: spelt, unit: next }] : [];
  });
}

/** `1.500` and `1500` are one figure, and so are `07` and `7`; a date stays as it is. */
function figureValue(token: string): string {
  const plain = /^\d{1,3}(?:\.\d{3})+(?=$|,)/.test(token) ? token.replaceAll('.', '') : token;
  return plain.replace(/^0+(?=\d)/, '');
}

function unitAt(tokens: readonly string[], at: number): string {
  const first = tokens[at] ?? '';
  if (!SCALES.has(first)) return UNITS.has(first) ? first : '';
  const second = tokens[at + 1] ?? '';
  return UNITS.has(second) ? `${first} ${second}` : first;
}
