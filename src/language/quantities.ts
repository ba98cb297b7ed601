/** Reads quantities as Vietnamese newspapers print them: `1.250`, `3,5 triệu`, `hai mươi`, `gần 300`, `5-7`. */
import { NO_BREAK, type Syllable } from './syllables.ts';
import { isNumber } from './token-run.ts';

export interface Quantity {
  /** Of a range its lower end; of `hàng chục` the least that it may be. */
  readonly value: number;
  /** `hơn`, `khoảng`, `hàng trăm`, a range. */
  readonly isApproximate: boolean;
  /** Index of its first syllable, the word that makes it approximate included, and of the one after its last. */
  readonly from: number;
  readonly to: number;
}

const DIGITS: Readonly<Record<string, number>> = {
  một: 1,
  mốt: 1,
  hai: 2,
  ba: 3,
  bốn: 4,
  tư: 4,
  năm: 5,
  lăm: 5,
  sáu: 6,
  bảy: 7,
  bẩy: 7,
  tám: 8,
  chín: 9,
};
const TENS: Readonly<Record<string, number>> = { mươi: 10, chục: 10, trăm: 100 };
const SCALES: Readonly<Record<string, number>> = {
  nghìn: 1e3,
  ngàn: 1e3,
  vạn: 1e4,
  triệu: 1e6,
  tỷ: 1e9,
  tỉ: 1e9,
};
/** Stand for a digit that the writer does not know, or for none. */
const VAGUE: Readonly<Record<string, number>> = { hàng: 1, vài: 2, mấy: 2 };
const FILLERS: ReadonlySet<string> = new Set(['linh', 'lẻ']);
const TEN = 'mười';
const AND_A_HALF = 'rưỡi';

/** Everything that a number may be spelt with. */
const NUMBER_WORDS: ReadonlySet<string> = new Set([
  ...Object.keys(DIGITS),
  ...Object.keys(TENS),
  ...Object.keys(SCALES),
  ...Object.keys(VAGUE),
  ...FILLERS,
  TEN,
  AND_A_HALF,
]);

const APPROXIMATORS: ReadonlySet<string> = new Set('khoảng gần hơn trên dưới chừng ngót tới'.split(' '));
/** `ít nhất`, `xấp xỉ`, `tối thiểu`, `ước tính`: by their last syllable, with the one before it. */
const APPROXIMATING_PAIRS: Readonly<Record<string, string>> = {
  nhất: 'ít',
  xỉ: 'xấp',
  thiểu: 'tối',
  tính: 'ước',
};

/** A number after one of these names a thing, a time or a rank; it counts nothing. */
const NAMING: ReadonlySet<string> = new Set(
  (
    'ngày tháng năm quý quí mùng hôm sáng trưa chiều tối đêm lúc thứ lần số tầng phòng lớp khóa khoá quận phường tổ ' +
    'khu đường điều khoản mục chương loại type tuýp týp cấp độ hạng giai đoạn khoa viện trang kỳ tập vòng covid'
  ).split(' '),
);

/** Before `năm` these make it a year, before `ba` a father. */
const BEFORE_YEAR: ReadonlySet<string> = new Set(
  'mỗi hàng hằng nhiều trong qua cả đầu cuối giữa suốt theo từng các những mấy vài trăm chục nghìn mươi'.split(
    ' ',
  ),
);
const BEFORE_FATHER: ReadonlySet<string> = new Set('cha của với bố ông má mẹ'.split(' '));

/** No number is spelt with more words than this: `một trăm hai mươi ba nghìn bốn trăm năm mươi sáu`. */
const MAX_WORDS = 12;

/**
 * The quantity that ends just before syllable `to`, as in `gần 300 | ca mắc`.
 *
 * @param text  the text that the syllables were cut from
 * @returns `undefined` where no number stands there, or one that counts nothing: a date, a percentage, a rank, part
 *   of a name
 */
export function quantityBefore(
  text: string,
  syllables: readonly Syllable[],
  to: number,
): Quantity | undefined {
  let from = to;
  while (from > 0 && to - from < MAX_WORDS && isNumberWord(syllables[from - 1] as Syllable)) {
    const isJoined = from === to || syllables[from]?.breakBefore === NO_BREAK;
    // Two numerals side by side are a range or two numbers, never one.
    if (!isJoined || (from < to && isNumber(syllables[from] as Syllable))) break;
    from -= 1;
  }
  for (; from < to; from += 1) {
    const quantity = quantityAt(text, syllables, from);
    if (quantity?.to === to) return quantity;
  }
  return undefined;
}

/** The quantity that begins at syllable `at`, the longest there; see `quantityBefore`. */
export function quantityAt(text: string, syllables: readonly Syllable[], at: number): Quantity | undefined {
  const spelt = spellOut(syllables, at);
  if (spelt === undefined || !standsAlone(text, syllables, at, spelt.to)) return undefined;
  const range = rangeBefore(text, syllables, at);
  const first = range?.from ?? at;
  // What a dash joins to something else than a lower end is a date or a code.
  if (range === undefined && isDashed(text, syllables[at] as Syllable)) return undefined;
  if (isName(syllables, first)) return undefined;
  const from = approximatedFrom(syllables, first);
  return {
    value: range?.value ?? spelt.value,
    isApproximate: spelt.isVague || range !== undefined || from < first,
    from,
    to: spelt.to,
  };
}

interface Spelt {
  readonly value: number;
  readonly isVague: boolean;
  readonly to: number;
}

/** Adds up numerals, digits, tens and scales from `at` on. */
function spellOut(syllables: readonly Syllable[], at: number): Spelt | undefined {
  const sum: Sum = { total: 0, group: 0, digit: undefined, scale: 1, isVague: false };
  let to = at;
  while (to < syllables.length && to - at < MAX_WORDS) {
    const syllable = syllables[to] as Syllable;
    if ((to > at && syllable.breakBefore !== NO_BREAK) || !take(sum, syllable)) break;
    to += 1;
  }
  const value = sum.total + sum.group + (sum.digit ?? 0);
  return to === at || value <= 0 ? undefined : { value, isVague: sum.isVague, to };
}

interface Sum {
  /** What the scales have closed, the part below the next scale, and a digit that waits for its place. */
  total: number;
  group: number;
  digit: number | undefined;
  scale: number;
  isVague: boolean;
}

/** False where the syllable cannot go on the number. */
function take(sum: Sum, syllable: Syllable): boolean {
  const { text } = syllable;
  const digit = isNumber(syllable) ? numeralOf(text) : (DIGITS[text] ?? VAGUE[text]);
  if (digit !== undefined) {
    if (sum.digit !== undefined) return false;
    sum.isVague ||= VAGUE[text] !== undefined;
    sum.digit = digit;
    return true;
  }
  return takePlace(sum, text);
}

function takePlace(sum: Sum, text: string): boolean {
  const tens = TENS[text];
  const scale = SCALES[text];
  // `cả trăm`, `chục người`: nobody has counted.
  if (tens !== undefined || scale !== undefined) sum.isVague ||= isEmpty(sum);
  if (text === TEN && sum.digit === undefined) sum.group += 10;
  else if (tens !== undefined) {
    sum.group += (sum.digit ?? 1) * tens;
    close(sum, tens);
  } else if (scale !== undefined) {
    sum.total += (sum.group + (sum.digit ?? 0) || 1) * scale;
    sum.group = 0;
    close(sum, scale);
  } else if (text === AND_A_HALF && sum.scale > 1) sum.total += sum.scale / 2;
  else return FILLERS.has(text) && sum.digit === undefined && sum.scale > 1;
  return true;
}

function isEmpty({ digit, group, total }: Sum): boolean {
  return digit === undefined && group + total === 0;
}

function close(sum: Sum, scale: number): void {
  sum.digit = undefined;
  sum.scale = scale;
}

/**
 * A full stop parts thousands, a comma decimals; a comma before three digits parts thousands as well, since people
 * are not counted in thousandths.
 */
function numeralOf(numeral: string): number {
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(numeral)) return Number(numeral.replace(/[.,]/g, ''));
  return Number(numeral.replace(',', '.'));
}

function isNumberWord(syllable: Syllable): boolean {
  return isNumber(syllable) || NUMBER_WORDS.has(syllable.text);
}

/** False for what is cut out of a longer token: `A80`, `COVID-19`, `3/2`, `7h`, `12%`. */
function standsAlone(text: string, syllables: readonly Syllable[], from: number, to: number): boolean {
  const first = syllables[from] as Syllable;
  const last = syllables[to - 1] as Syllable;
  if (isNumber(first) && /[\p{L}\d/._]/u.test(text[first.start - 1] ?? ' ')) return false;
  return !isNumber(last) || !/^(?:[\p{L}\d/°_]|\s?%)/u.test(text.slice(last.end, last.end + 2));
}

function isDashed(text: string, syllable: Syllable): boolean {
  return (
    isNumber(syllable) && /[\p{L}\d][-–]$/u.test(text.slice(Math.max(0, syllable.start - 2), syllable.start))
  );
}

/** The lower end of `5-7`, `5 đến 7`, where the upper end begins at `at`. */
function rangeBefore(
  text: string,
  syllables: readonly Syllable[],
  at: number,
): { value: number; from: number } | undefined {
  const word = syllables[at - 1]?.text;
  const low = word === 'đến' || word === 'tới' ? at - 2 : at - 1;
  const lower = syllables[low];
  const upper = syllables[at];
  if (lower === undefined || upper === undefined || !isNumber(lower) || !isNumber(upper)) return undefined;
  if (low === at - 1 && !/^\s?[-–]\s?$/.test(text.slice(lower.end, upper.start))) return undefined;
  const value = numeralOf(lower.text);
  return value < numeralOf(upper.text) ? { value, from: low } : undefined;
}

function isName(syllables: readonly Syllable[], first: number): boolean {
  const { text, breakBefore } = syllables[first] as Syllable;
  const before = syllables[first - 1]?.text ?? '';
  if (first === 0 || breakBefore !== NO_BREAK) return false;
  // `trong số 5 người` counts; `số 5` does not.
  if (before === 'số') return syllables[first - 2]?.text !== 'trong' && syllables[first - 2]?.text !== 'tổng';
  // `ngày 4 ca` is a date with something else, `1 ngày 4 ca` is not.
  if (NAMING.has(before)) return first < 2 || !isNumberWord(syllables[first - 2] as Syllable);
  if (text === 'năm') return BEFORE_YEAR.has(before) || isNumberWord(syllables[first - 1] as Syllable);
  return text === 'ba' && BEFORE_FATHER.has(before);
}

function approximatedFrom(syllables: readonly Syllable[], first: number): number {
  const before = syllables[first - 1]?.text ?? '';
  if (syllables[first]?.breakBefore !== NO_BREAK) return first;
  if (APPROXIMATORS.has(before)) return first - 1;
  const pair = APPROXIMATING_PAIRS[before];
  return pair !== undefined && syllables[first - 2]?.text === pair ? first - 2 : first;
}
