/** Whether a written form, where it stands, is the name that it looks like. */

import type { ProvinceRegistry } from './province-registry.ts';
import { NO_BREAK, syllabify } from './syllables.ts';
import { capitalsBefore, isAllCapitals, isNumber, type TokenRun } from './token-run.ts';
import { COMMON_SURNAMES } from './unlisted-facility.ts';

/** How a form is capitalised in its registry. */
export interface NameForm {
  readonly capitals: readonly boolean[];
  /** All capitals and short (`BYT`, `TCM`): in lower case it would be another word. */
  readonly isShort: boolean;
  /** Syllables that say what kind of body it is and need no capitals. */
  readonly headLength: number;
}

/** Syllables [from, to) of the run. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

export type NameRule = (run: TokenRun, match: Stretch, form: NameForm) => boolean;

/** Syllables of surname and middle name that may stand before a given name that reads like a province. */
const MAX_NAME_BEFORE = 2;

export const always = () => true;

export function beginsWithCapital({ syllables }: TokenRun, { from }: Stretch): boolean {
  return syllables[from]?.isCapital === true;
}

/** `bệnh viện hữu nghị` is any friendly one; `Bệnh viện Hữu nghị` has a capital in its own name. */
export function isHeadedName({ syllables }: TokenRun, match: Stretch, form: NameForm): boolean {
  for (let at = match.from + form.headLength; at < match.to; at += 1) {
    if (syllables[at]?.isCapital === true || isNumber(syllables[at])) return true;
  }
  return false;
}

/** A name of one letter or of a kind (`Bệnh viện E`, `Bệnh viện Hữu nghị`) is another's beginning if more follows. */
export function isWeakName(run: TokenRun, match: Stretch, form: NameForm): boolean {
  const next = run.syllables[match.to];
  if (next?.breakBefore === NO_BREAK && (next.isCapital || next.text === 'đa')) return false;
  return isHeadedName(run, match, form);
}

/** `Chợ Rẫy`, `Từ Dũ`: capitals as in the registry, and no part of a longer name or a street's. */
export function isBareName(run: TokenRun, match: Stretch, form: NameForm): boolean {
  const { syllables } = run;
  const asWritten = form.capitals.every(
    (capital, index) => !capital || syllables[match.from + index]?.isCapital === true,
  );
  if (!asWritten) return false;
  if (!form.isShort && !HEALTH.test(run.text)) return false;
  const before =
    match.from > 0 && syllables[match.from]?.breakBefore === NO_BREAK ? syllables[match.from - 1] : undefined;
  return before === undefined || !PLACE_WORDS.has(before.text);
}

/** Without any of these a text that says `Việt Đức` means the school. */
const HEALTH =
  /bệnh viện|bệnh nhân|bác sĩ|y tế|cấp cứu|viện phí|benh vien|benh nhan|bac si|y te|cap cuu|(?<!\p{L})(?:BV|BS)(?!\p{L})/iu;

/** Before a bare name these say that it names a street, a quarter, a market, a school. */
const PLACE_WORDS = new Set('phố đường phường xã quận cầu chợ chùa ngõ trường thpt thcs'.split(' '));

/** Capitalised or not, these do not make a longer name of the town behind them. */
const UNITS = new Set(
  'tp tx tt thành phố thị xã phường quận huyện đảo đặc khu tỉnh đh cđ clb bắc nam đông tây'.split(' '),
);

/** The name of a town is also part of many others: `Nam Đông Hà`, `Đồng Văn Hùng`. */
export function standsAlone(run: TokenRun, { from, to }: Stretch): boolean {
  const next = run.syllables[to];
  if (isAllCapitals(run, from)) return true;
  const before = run.syllables[from - 1];
  // The first word of a sentence has its capital from there: `Tại Nha Trang, …`.
  const isCapitalName = from > 1 && before?.breakBefore === NO_BREAK && before.text.length > 1;
  const isTail = isCapitalName && capitalsBefore(run, from, 1) > 0 && !UNITS.has(before.text);
  return !isTail && !(next?.breakBefore === NO_BREAK && next.isCapital && next.text.length > 1);
}

export interface PeopleRules {
  readonly smallUnits: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
  readonly surnames: ReadonlySet<string>;
}

export function peopleRules({ smallUnits, titles, surnames }: ProvinceRegistry): PeopleRules {
  return {
    smallUnits: new Set(smallUnits),
    titles: new Set(titles.map((title) => syllabify(title).at(-1)?.text ?? '')),
    surnames: new Set(surnames.map((surname) => surname.toLowerCase().normalize('NFC'))),
  };
}

export function isProvinceName(run: TokenRun, match: Stretch, form: NameForm, people: PeopleRules): boolean {
  const { syllables } = run;
  const written = syllables.slice(match.from, match.to);
  const isAbbreviation = written.some(({ text }) => text === 'hcm' || text === 'tphcm');
  if (
    !isAbbreviation &&
    !written.every(({ isCapital }, index) => isCapital || form.capitals[index] === false)
  ) {
    return false;
  }
  return isAbbreviation || !isAnothersName(run, match.from, people);
}

/** `Nguyễn Hải Dương`, `bà Huế`, `thôn Hòa Bình`. A headline in capitals tells nothing. */
function isAnothersName(run: TokenRun, from: number, { smallUnits, titles, surnames }: PeopleRules): boolean {
  const { syllables } = run;
  if (isAllCapitals(run, from - 1)) return false;
  const names = capitalsBefore(run, from, MAX_NAME_BEFORE + 1);
  const before = syllables[from - 1];
  if (names === 0) {
    const isNext = syllables[from]?.breakBefore === NO_BREAK && before !== undefined;
    return isNext && (titles.has(before.text) || smallUnits.has(before.text));
  }
  // `Từ Cà Mau đến …`: a word that has its capital from the sentence.
  if (names === 1 && before?.text === 'từ' && beginsSentence(run, from - 1)) return false;
  if (names === 1 && titles.has(before?.text ?? '')) return true;
  if (names <= MAX_NAME_BEFORE) return surnames.has(syllables[from - names]?.text ?? '');
  // A longer run is a place or an office and then the person: `TP Đà Nẵng Phan Thái Bình`.
  return COMMON_SURNAMES.has(before?.text ?? '');
}

function beginsSentence({ syllables }: TokenRun, at: number): boolean {
  return at === 0 || syllables[at]?.breakBefore !== NO_BREAK;
}
