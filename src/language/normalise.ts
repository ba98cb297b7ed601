/**
 * Brings Vietnamese text to one spelling, so that equal words compare equal.
 *
 * What is unified: canonical composition (NFC, stray mark order included), tone placement (`hoà` becomes `hòa`, the
 * older placement that most papers print), the look-alikes `Ð ð Ɖ` of `Đ đ`, no-break and other spaces, invisible
 * characters, and HTML entities that survived extraction.
 */
import { decodeHTML } from 'entities';

/** A normalised text that remembers where each of its code units came from. */
export interface NormalisedText {
  readonly text: string;
  /** Offset in the original at which the unit at `index` of `text` begins. */
  originalStart(index: number): number;
  /** Offset in the original just after the unit before `index` of `text`: the end of a span that ends at `index`. */
  originalEnd(index: number): number;
}

/** Look-alikes and odd spaces, each replaced by one other unit. */
const ODD_UNIT = /[\t\u00a0\u00d0\u00f0\u0189\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const LOOK_ALIKES: Readonly<Record<string, string>> = { '\u00d0': 'Đ', '\u0189': 'Đ', '\u00f0': 'đ' };

/** What takes another number of units than its normal form: entities, invisible characters, marks set apart. */
const IRREGULAR =
  /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}[0-9]{0,2});|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|(?:[^\s\d\p{Mn}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff][\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]{0,3})?[\u0300-\u036f](?:[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]{0,3}[\u0300-\u036f])*/gu;
const INVISIBLE = /^[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]$/u;
const EVERY_INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/gu;
/** Cheaper than `IRREGULAR`: true wherever that could match, and now and then (a bare `&`) where it does not. */
const MAY_BE_IRREGULAR = /[&\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|[\u0300-\u036f]/;

/** `o` + toned `a` or `e`, `u` + toned `y`: moved where they end a syllable, unless the `u` belongs to `qu`. */
const TONED_PAIR = /[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ]/g;
const LETTER = /[\p{L}\p{M}]/u;

const TONES = '\u0300\u0301\u0309\u0303\u0323';

/**
 * The normal form of `raw`: NFC as far as Latin letters go. Idempotent, unless the text escaped its entities twice
 * (`&amp;agrave;`): one level is undone per call.
 *
 * @see normaliseWithOffsets for a form whose spans can be carried back to the original
 */
export function normalise(raw: string): string {
  const text = evenOut(raw);
  const regular = MAY_BE_IRREGULAR.test(text) ? text.replace(IRREGULAR, regularise) : text;
  return placeTones(regular);
}

/** As `normalise`, with the map back to the offsets (UTF-16 code units) of `raw`. */
export function normaliseWithOffsets(raw: string): NormalisedText {
  const text = evenOut(raw);
  if (!MAY_BE_IRREGULAR.test(text)) {
    return { text: placeTones(text), originalStart: (index) => index, originalEnd: (index) => index };
  }
  const starts: number[] = [];
  const ends: number[] = [];
  let normal = '';
  let copied = 0;
  const copyUpTo = (end: number) => {
    for (let at = copied; at < end; at += 1) {
      starts.push(at);
      ends.push(at + 1);
    }
    normal += text.slice(copied, end);
  };
  for (const match of text.matchAll(IRREGULAR)) {
    copyUpTo(match.index);
    copied = match.index + match[0].length;
    const replacement = regularise(match[0]);
    for (let unit = 0; unit < replacement.length; unit += 1) {
      starts.push(match.index);
      ends.push(copied);
    }
    normal += replacement;
  }
  copyUpTo(text.length);
  return {
    text: placeTones(normal),
    originalStart: (index) => starts[index] ?? text.length,
    originalEnd: (index) => (index === 0 ? 0 : (ends[index - 1] ?? text.length)),
  };
}

/**
 * Lower case without diacritics, `đ` as `d`: what a reader without a Vietnamese keyboard would type.
 *
 * The result has as many code units as `normalise(text)`, so offsets into the one are offsets into the other.
 */
export function fold(text: string): string {
  const normal = normalise(text);
  let folded = '';
  for (let at = 0; at < normal.length; at += 1) {
    folded += FOLDED[normal.charCodeAt(at)] ?? normal[at];
  }
  return folded;
}

/** True where the text holds letters that only Vietnamese spelling with diacritics has. */
export function hasDiacritics(text: string): boolean {
  return /[\u0300-\u036fÀ-ÃÈ-ÊÌÍÐÒ-ÕÙÚÝà-ãè-êìíðò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]/u.test(text);
}

function regularise(irregular: string): string {
  const first = irregular.charCodeAt(0);
  if (irregular.length > 2 && first === 0x26) return decodeEntity(irregular);
  const last = irregular.charCodeAt(irregular.length - 1);
  if (last >= 0x300 && last <= 0x36f) return compose(irregular);
  return INVISIBLE.test(irregular) ? '' : irregular;
}

function evenOut(text: string): string {
  return text.replace(ODD_UNIT, (unit) => LOOK_ALIKES[unit] ?? ' ');
}

function decodeEntity(entity: string): string {
  const decoded = decodeHTML(entity);
  return decoded === entity ? entity : regulariseDecoded(decoded);
}

/** An entity may stand for a no-break space or a zero-width joiner; it is never decoded twice. */
function regulariseDecoded(decoded: string): string {
  const even = evenOut(decoded);
  return INVISIBLE.test(even) ? '' : even;
}

/**
 * Composes a letter with its marks. NFC alone leaves `e` + acute + circumflex apart, because the order of two marks
 * above a letter carries meaning elsewhere; in Vietnamese the quality mark always comes first.
 */
function compose(letters: string): string {
  const composed = letters.replace(EVERY_INVISIBLE, '').normalize('NFC');
  if (composed.length === 1) return composed;
  const [base = '', ...marks] = composed.normalize('NFD');
  const tones = marks.filter((mark) => TONES.includes(mark));
  const qualities = marks.filter((mark) => !TONES.includes(mark));
  return [base, ...qualities, ...tones].join('').normalize('NFC');
}

/** Length-preserving, because both letters of the pair exist precomposed. */
function placeTones(text: string): string {
  let placed = '';
  let copied = 0;
  TONED_PAIR.lastIndex = 0;
  for (let match = TONED_PAIR.exec(text); match !== null; match = TONED_PAIR.exec(text)) {
    const { index } = match;
    const before = text[index - 1];
    if (before === 'q' || before === 'Q' || LETTER.test(text[index + 2] ?? ' ')) continue;
    placed += text.slice(copied, index) + moveTone(match[0]);
    copied = index + 2;
  }
  return copied === 0 ? text : placed + text.slice(copied);
}

function moveTone(pair: string): string {
  const [first = '', second = ''] = pair;
  const [vowel = '', tone = ''] = second.normalize('NFD');
  return (first + tone).normalize('NFC') + vowel;
}

/** Folded form by code unit, for the units that change. */
const FOLDED: readonly (string | undefined)[] = foldedUnits();

function foldedUnits(): (string | undefined)[] {
  const folded: (string | undefined)[] = [];
  for (let code = 0; code <= 0x1eff; code += 1) {
    const letter = String.fromCharCode(code);
    const bare = letter
      .toLowerCase()
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/gu, '')
      .replace('đ', 'd');
    if (bare.length === 1 && bare !== letter) folded[code] = bare;
  }
  return folded;
}
