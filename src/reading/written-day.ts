/**
 * Month names, as `January…December` of each language; `-` where a list only adds other spellings to the one above.
 * Vietnamese, Chinese, Japanese and Korean number their months.
 */
const MONTH_NAMES = [
  'january february march april may june july august september october november december',
  '- - - - - - - - sept - - -',
  'januar februar märz april mai juni juli august september oktober november dezember',
  'jänner feber maerz - - - - - - - - -',
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  '- - - - - - juil - - - - -',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'ene - - abr - - - ago setiembre - - dic',
  'janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro',
  'gener febrer març abril maig juny juliol agost setembre octubre novembre desembre',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  'styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
  'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
  'януари февруари март април май юни юли август септември октомври ноември декември',
  'јануар фебруар март април мај јун јул август септембар октобар новембар децембар',
  'ledna února března dubna května června července srpna září října listopadu prosince',
  'januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra',
  'siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca',
  'januar februar mart april maj jun jul avgust septembar oktobar novembar decembar',
  'január február március április május június július augusztus szeptember október november december',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'januar februar marts april maj juni juli august september oktober november desember',
  'janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember',
  'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  'jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember',
  'janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris',
  'sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio',
  'ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık',
  'januari februari maret april mei juni juli agustus september oktober november desember',
  '- - mac - - jun julai ogos - - - disember',
  'ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie',
  'ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου',
  'يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر',
  'كانون-الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين-الأول تشرين-الثاني كانون-الأول',
  'जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर',
  'जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर',
  'জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর',
  'มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม',
];

/** Code points of the digit zero of scripts that pages are dated in: Arabic, Persian, Devanagari, Bengali, Thai. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];
const OTHER_DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/g;

function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll('ı', 'i')
    .replace(OTHER_DIGIT, westernDigit);
}

function westernDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.findLast((start) => start <= code) ?? code;
  return String(code - zero);
}

const MONTHS = monthsByName();

function monthsByName(): Map<string, number> {
  const months = new Map<string, number>();
  const lists = MONTH_NAMES.map((names) => names.split(' ').map(fold));
  const note = (form: string, month: number): void => {
    if (form !== '-' && form !== '' && !months.has(form)) months.set(form, month);
  };
  // Whole names go before shortened ones, which several languages share.
  for (const names of lists) for (const [index, name] of names.entries()) note(name, index + 1);
  for (const names of lists) {
    for (const [index, name] of names.entries()) {
      note(name.slice(0, 4), index + 1);
      note(name.slice(0, 3), index + 1);
    }
  }
  return months;
}

const DAY_MONTH_YEAR =
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?\s{0,3}(?:de |di |of |d'|-|\/)?\s?(\p{L}{2,14})\.?,?(?:\s{0,3}|-|\/)(?:de |del |nam )?(\d{4})(?!\d)/gu;
const MONTH_DAY_YEAR =
  /(?<!\p{L})(\p{L}{3,14})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th|\.)?,?\s{1,3}(\d{4})(?!\d)/gu;
const YEAR_MONTH_DAY =
  /(?<!\d)(\d{4})\.?\s{1,2}(?:m\. |gada )?(\p{L}{3,14})\s{1,2}(?:men\. )?(\d{1,2})(?!\d)/gu;
const YEAR_FIRST = /(?<![\d.])(\d{4})\s?(?:[-/.]|年|년)\s?(\d{1,2})\s?(?:[-/.]|月|월)\s?(\d{1,2})(?!\d)/gu;
const DAY_FIRST = /(?<![\d.])(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4})(?!\d)/gu;
const SHORT_YEAR = /(?<![\d./])(\d{1,2})[./](\d{1,2})[./](\d{2})(?![\d./])/gu;
/** `ngày 2 tháng 11 năm 2023`, folded. */
const VIETNAMESE =
  /(?<!\d)(\d{1,2})\s?(?:thang|thg|-thg)\s?(\d{1,2})(?:\s?,|\s?-)?\s?(?:nam\s)?(\d{4})(?!\d)/gu;

/** Quick to rule out: a day is written with a year of four digits, or of two behind a dot or a slash. */
const MAY_HOLD_DAY = /\p{Nd}{4}|\p{Nd}[./]\p{Nd}{2}/u;

const EARLIEST_YEAR = 1995;
const LATEST_YEAR = 2100;
/** The Thai calendar counts from 543 years earlier. */
const BUDDHIST_YEARS = 543;

/** A calendar day in a text: `YYYY-MM-DD` and where it begins and ends, in UTF-16 code units of the folded text. */
export interface WrittenDay {
  readonly day: string;
  readonly at: number;
  readonly end: number;
}

/** How many characters of a text are read. */
const MAX_CHARS = 300;

/**
 * The calendar days named in a piece of running text, in their order.
 *
 * Days written with a month's name in some forty languages, in Vietnamese and East Asian forms, in the digits of
 * five scripts, and numeric ones (day before month unless the numbers allow one order only, or `monthFirst`). Linear
 * in the input, of which the first 300 characters are read.
 */
export function writtenDays(text: string, options: { monthFirst?: boolean } = {}): WrittenDay[] {
  const start = text.slice(0, MAX_CHARS);
  if (!MAY_HOLD_DAY.test(start)) return [];
  const folded = fold(start);
  const found: WrittenDay[] = [];
  const note = (match: RegExpExecArray, year: string, month: number | undefined, day: string): void => {
    const iso = isoDay(Number(year), month, Number(day));
    if (iso !== undefined) found.push({ at: match.index, end: match.index + match[0].length, day: iso });
  };
  for (const { pattern, year, month, day } of FORMS) {
    for (const match of folded.matchAll(pattern))
      note(match, match[year] ?? '', monthOf(match[month] ?? ''), match[day] ?? '');
  }
  for (const match of folded.matchAll(DAY_FIRST)) {
    const [, first = '', second = '', year = ''] = match;
    const { month, day } = inOrder(first, second, options.monthFirst === true);
    note(match, year, Number(month), day);
  }
  for (const match of folded.matchAll(SHORT_YEAR))
    note(match, `20${match[3]}`, Number(match[2]), match[1] ?? '');
  return found.sort((a, b) => a.at - b.at);
}

function inOrder(first: string, second: string, monthFirst: boolean): { month: string; day: string } {
  const isMonthFirst = Number(second) > 12 || (monthFirst && Number(first) <= 12);
  return isMonthFirst ? { month: first, day: second } : { month: second, day: first };
}

/** The written forms, with which group of each is what. */
const FORMS = [
  { pattern: VIETNAMESE, day: 1, month: 2, year: 3 },
  { pattern: DAY_MONTH_YEAR, day: 1, month: 2, year: 3 },
  { pattern: MONTH_DAY_YEAR, month: 1, day: 2, year: 3 },
  { pattern: YEAR_MONTH_DAY, year: 1, month: 2, day: 3 },
  { pattern: YEAR_FIRST, year: 1, month: 2, day: 3 },
];

/** The first calendar day named in a piece of running text, `YYYY-MM-DD`; `undefined` where none is. */
export function findWrittenDay(text: string, options: { monthFirst?: boolean } = {}): string | undefined {
  return writtenDays(text, options)[0]?.day;
}

function monthOf(name: string): number | undefined {
  if (/^\d/.test(name)) return Number(name);
  return MONTHS.get(name) ?? (name.length > 4 ? undefined : MONTHS.get(name.slice(0, 3)));
}

function isoDay(stated: number, month: number | undefined, day: number): string | undefined {
  const year = stated > LATEST_YEAR ? stated - BUDDHIST_YEARS : stated;
  if (month === undefined || month < 1 || month > 12 || year < EARLIEST_YEAR || year > LATEST_YEAR)
    return undefined;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
