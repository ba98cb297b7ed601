const YEAR = '(?:19[89]\\d|20[0-4]\\d)';
const MONTH = '(?:0?[1-9]|1[0-2])';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH_TWO = '(?:0[1-9]|1[0-2])';
const DAY_TWO = '(?:0[1-9]|[12]\\d|3[01])';

/** `/2023/11/02/`, `/2023-11-02`, `/2023/11-02`, `/2023/1102/`. */
const PARTED = new RegExp(
  `[/_=-](${YEAR})[/_-]?(?:(${MONTH})[/_-](${DAY})|(${MONTH_TWO})(${DAY_TWO}))(?=[/_.?&-]|$)`,
);
/** `-20231102`, and with the time of day behind it, as content systems number their articles: `20231102155332123`. */
const RUN_TOGETHER = new RegExp(
  `(?:^|[^\\d])(${YEAR})(${MONTH_TWO})(${DAY_TWO})(?=(?:[01]\\d|2[0-3])[0-5]\\d[0-5]\\d\\d{0,5}(?:[^\\d]|$)|[^\\d]|$)`,
);
/** `23-01-2022`, `nid03052022`. */
const DAY_FIRST = new RegExp(`[/_a-z-](${DAY_TWO})[-_.]?(${MONTH_TWO})[-_.]?(20[0-4]\\d)(?=[/_.?&-]|$)`);

/** The calendar day that an address carries, `YYYY-MM-DD`; `undefined` where it carries none. */
export function urlDay(url: string): string | undefined {
  const address = url
    .slice(0, 1000)
    .toLowerCase()
    // An archive's address begins with the day on which the copy was made.
    .replace(/^https?:\/\/web\.archive\.org\/web\/\d+[a-z_]*\/(?=https?:)/, '')
    .replace(/^https?:\/\/[^/?#]*/, '');
  const parted = PARTED.exec(address);
  if (parted !== null) return iso(parted[1], parted[2] ?? parted[4], parted[3] ?? parted[5]);
  const together = RUN_TOGETHER.exec(address);
  if (together !== null) return iso(together[1], together[2], together[3]);
  const dayFirst = DAY_FIRST.exec(address);
  return dayFirst === null ? undefined : iso(dayFirst[3], dayFirst[2], dayFirst[1]);
}

function iso(year = '', month = '', day = ''): string | undefined {
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
