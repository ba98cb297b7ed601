/**
 * Month names of the languages of the pages we met, diacritics folded, as `name=number` by language. Vietnamese,
 * whose months have numbers, is read by `parseStatedTime`.
 */
const MONTH_NAMES = [
  'january february march april may june july august september october november december',
  'januar februar marz april mai juni juli august september oktober november dezember',
  'janner feber maerz - - - - - - - - -',
  'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  '- - - - - - - - setiembre - - -',
  'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'сичня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
  'ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'januar februar marts april maj juni juli august september oktober november desember',
  'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  'ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik',
  'januari februari maret april mei juni juli agustus september oktober november desember',
  'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
  'ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου οκτωβριου νοεμβριου δεκεμβριου',
];

const MONTHS = monthsByName();

function monthsByName(): Map<string, number> {
  const months = new Map<string, number>();
  for (const names of MONTH_NAMES) {
    for (const [index, name] of names.split(' ').entries()) {
      for (const form of [name, name.slice(0, 4), name.slice(0, 3)]) {
        if (form !== '-' && !months.has(form)) months.set(form, index + 1);
      }
    }
  }
  return months;
}

const DAY_MONTH_YEAR =
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?\s{0,3}(?:de |of |d'|-|\/)?\s?(\p{L}{3,14})\.?,?(?:\s{1,3}|-|\/)(?:de |del )?(\d{4})(?!\d)/gu;
const MONTH_DAY_YEAR = /(?<!\p{L})(\p{L}{3,14})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(\d{4})(?!\d)/gu;
const YEAR_FIRST = /(?<![\d.])(\d{4})(?:[-/.]|年\s?)(\d{1,2})(?:[-/.]|月\s?)(\d{1,2})(?![\d])/gu;
const DAY_FIRST = /(?<![\d.])(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})(?![\d])/gu;
const SHORT_YEAR = /(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{2})(?![\d.])/gu;

const EARLIEST_YEAR = 1995;

/**
 * The first calendar day named in a piece of running text, `YYYY-MM-DD`; `undefined` where none is.
 *
 * Days written with a month's name in some twenty languages, and numeric ones (day before month unless the numbers
 * allow one order only, or `monthFirst`). Linear in the input, of which the first 300 characters are read.
 */
export function findWrittenDay(text: string, options: { monthFirst?: boolean } = {}): string | undefined {
  const folded = text.slice(0, 300).normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();
  const found: { at: number; day: string }[] = [];
  const note = (at: number, year: number, month: number | undefined, day: number): void => {
    const iso = isoDay(year, month, day);
    if (iso !== undefined) found.push({ at, day: iso });
  };
  for (const { index, 1: d, 2: m = '', 3: y } of folded.matchAll(DAY_MONTH_YEAR)) {
    note(index, Number(y), monthOf(m), Number(d));
  }
  for (const { index, 1: m = '', 2: d, 3: y } of folded.matchAll(MONTH_DAY_YEAR)) {
    note(index, Number(y), monthOf(m), Number(d));
  }
  for (const { index, 1: y, 2: m, 3: d } of folded.matchAll(YEAR_FIRST))
    note(index, Number(y), Number(m), Number(d));
  for (const { index, 1: a, 2: b, 3: y } of folded.matchAll(DAY_FIRST)) {
    const monthFirst = Number(b) > 12 || (options.monthFirst === true && Number(a) <= 12);
    note(index, Number(y), Number(monthFirst ? a : b), Number(monthFirst ? b : a));
  }
  for (const { index, 1: d, 2: m, 3: y } of folded.matchAll(SHORT_YEAR))
    note(index, 2000 + Number(y), Number(m), Number(d));
  return found.sort((a, b) => a.at - b.at)[0]?.day;
}

function monthOf(name: string): number | undefined {
  return MONTHS.get(name) ?? (name.length > 4 ? undefined : MONTHS.get(name.slice(0, 3)));
}

function isoDay(year: number, month: number | undefined, day: number): string | undefined {
  if (month === undefined || month < 1 || month > 12 || day < 1 || day > 31 || year < EARLIEST_YEAR)
    return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
