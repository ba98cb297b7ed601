import { percent } from '../detection/message/wording.ts';
import { SEVERITY_NAMES } from '../detection/severity-names.ts';
import type { ShareDifference } from '../domain/change-interval.ts';
import type { Letterhead } from '../domain/letterhead.ts';
import {
  type Change,
  type Covered,
  MONTHLY_FIELDS,
  type MonthlyDay,
  type MonthlyEdits,
  type MonthlyField,
  type MonthlyIncident,
  type MonthlyReport,
  type MonthlyRow,
} from '../domain/monthly-report.ts';
import type { Tier } from '../domain/outlet.ts';
import type { Block, PrintedDocument, PrintedLanguage, Run, Runs } from '../domain/printed-document.ts';
import { HOUR_MS, vietnameseDay } from '../domain/time.ts';
import { monthBounds } from './monthly-report.ts';
import { MONTHLY_WORDS } from './monthly-words.ts';
import type { Names } from './names.ts';
import { type ChartSeries, groupedBars, stackedBars } from './printed-charts.ts';

const UNKNOWN = '–';
/** Topics beyond these stand in the table. */
const MOST_DRAWN = 10;
/** Wide enough that the longest word of a title, in either language, and an interval stand on one line. */
const COUNT_WIDTHS = [0.178, 0.103, 0.114, 0.103, 0.102, 0.09, 0.155, 0.155];
const STORY_WIDTHS = [0.4, 0.114, 0.144, 0.114, 0.228];

/** What a report is printed with. */
export interface MonthlyPrinting {
  readonly lang: PrintedLanguage;
  readonly names: Names;
  readonly policyNames: ReadonlyMap<string, string>;
  /** Where the console is reached, without a slash at the end. */
  readonly consoleUrl: string;
  /** What people wrote; absent for a report that is counted and not kept. */
  readonly edits?: MonthlyEdits | undefined;
  readonly letterhead: Pick<Letterhead, 'parentAgency' | 'agency' | 'place' | 'signature' | 'recipients'>;
}

/** What a field is called in the address of a list of articles. */
const ADDRESS: Readonly<Record<MonthlyField, string>> = {
  topic: 'topic',
  province: 'province',
  facility: 'facility',
  outletId: 'outlet',
  tier: 'tier',
  policyDocument: 'series',
};

/** The report as it is printed: every number of articles leads to the articles that it counts. */
export function monthlyDocument(report: MonthlyReport, printing: MonthlyPrinting): PrintedDocument {
  const { lang, letterhead, edits } = printing;
  const words = MONTHLY_WORDS[lang];
  const [year, month] = report.month.split('-');
  return {
    lang,
    title: words.title(`${month}/${year}`),
    header: {
      ...(letterhead.parentAgency === undefined ? {} : { parentAgency: letterhead.parentAgency }),
      agency: letterhead.agency,
      number: edits?.number ?? '',
      place: letterhead.place,
      day: vietnameseDay(monthBounds(report.month).to),
    },
    blocks: [
      heading(words.findings),
      ...findings(report, printing),
      ...dailyFigure(report, lang),
      ...topicFigure(report, printing),
      ...MONTHLY_FIELDS.flatMap((field) => [
        heading(words.fields[field]),
        rowTable(words.fields[field], field, report, printing),
      ]),
      heading(words.stories),
      storyTable(report, printing),
      heading(words.incidents),
      incidentTable(report, printing),
      heading(words.campaigns),
      campaignTable(report, printing),
      ...outletTable(report, printing),
      heading(words.quality),
      ...quality(report, printing),
      ...remarks(edits?.remarks ?? '', lang),
    ],
    recipients: letterhead.recipients,
    signature: letterhead.signature,
  };
}

function remarks(text: string, lang: PrintedLanguage): Block[] {
  return text === '' ? [] : [heading(MONTHLY_WORDS[lang].remarks), paragraph(text)];
}

function findings(report: MonthlyReport, printing: MonthlyPrinting): Block[] {
  const { lang } = printing;
  const words = MONTHLY_WORDS[lang];
  const items = report.findings.map(({ field, key, count, previous, change }): Runs => {
    const name = field === 'all' ? words.all : nameOf(field, key, printing);
    const href = field === 'all' ? hrefOf(report, {}, printing) : rowHref(report, field, key, printing);
    const text =
      'ratio' in change
        ? words.finding(name, whole(previous, lang), intervalText(change.ratio, lang))
        : words.shareFinding(name, points(change.negativeShare, lang));
    return [{ text: `${whole(count, lang)} `, href }, { text }];
  });
  const nothing = report.previous === undefined ? words.noPrevious : words.noFindings;
  const { now } = report;
  const uptime = now?.uptime === undefined ? words.noData : percent(now.uptime, lang);
  return [
    rowsTable(
      words.all,
      words.columns,
      [rowCells(words.all, report.total, (narrowed) => hrefOf(report, narrowed, printing), printing)],
      COUNT_WIDTHS,
    ),
    ...(items.length === 0 ? [paragraph(nothing)] : [{ kind: 'list' as const, items }]),
    paragraph(words.coverage(decimal(now?.days ?? 0, lang), uptime)),
    paragraph(words.rule),
  ];
}

function rowTable(
  caption: string,
  field: MonthlyField,
  report: MonthlyReport,
  printing: MonthlyPrinting,
): Block {
  const words = MONTHLY_WORDS[printing.lang];
  if (report.rows[field].length === 0) return paragraph(words.none);
  const rows = report.rows[field].map((row) =>
    rowCells(
      nameOf(field, row.key, printing),
      row,
      (narrowed) => rowHref(report, field, row.key, printing, narrowed),
      printing,
    ),
  );
  return rowsTable(caption, words.columns, rows, COUNT_WIDTHS);
}

function rowCells(
  name: string,
  { count, negative, positive, stance, previous, yearBefore }: MonthlyRow,
  href: (narrowed: Readonly<Record<string, string>>) => string,
  { lang }: MonthlyPrinting,
): Runs[] {
  const linked = (value: number, narrowed: Readonly<Record<string, string>>): Runs => [
    { text: whole(value, lang), href: href(narrowed) },
  ];
  return [
    plain(name),
    linked(count, {}),
    linked(negative, { polarity: 'negative' }),
    linked(positive, { polarity: 'positive' }),
    linked(stance.negative, { stance: 'negative' }),
    linked(stance.positive, { stance: 'positive' }),
    plain(changeText(previous, lang)),
    plain(changeText(yearBefore, lang)),
  ];
}

function dailyFigure({ daily = [] }: MonthlyReport, lang: PrintedLanguage): Block[] {
  const words = MONTHLY_WORDS[lang];
  const total = (of: MonthlyDay) => of.negative + of.neutral + of.positive;
  const most = daily.toSorted((a, b) => total(b) - total(a))[0];
  const worst = daily.toSorted((a, b) => b.negative - a.negative)[0];
  if (most === undefined || worst === undefined) return [];
  const series = (['negative', 'neutral', 'positive'] as const).map(
    (tone): ChartSeries => ({ name: words.legend[tone], tone, values: daily.map((day) => day[tone]) }),
  );
  const [mostDay, worstDay] = [most, worst].map(({ day }) => dayOf(day));
  return [
    {
      kind: 'figure',
      svg: stackedBars(
        daily.map(({ day }) => String(Number(day.slice(8)))),
        series,
      ),
      caption: words.dailyChart,
      alt: words.dailyAlt(
        whole(total(most), lang),
        mostDay ?? '',
        whole(worst.negative, lang),
        worstDay ?? '',
      ),
    },
  ];
}

function topicFigure(report: MonthlyReport, printing: MonthlyPrinting): Block[] {
  const words = MONTHLY_WORDS[printing.lang];
  const rows = report.rows.topic.slice(0, MOST_DRAWN);
  if (rows.length === 0) return [];
  const names = rows.map(({ key }) => nameOf('topic', key, printing));
  // A day, since a month that is not over, or not wholly in the archive, is shorter.
  const perDay = (count: number, of: Covered | undefined) =>
    of === undefined || of.days === 0 ? 0 : Math.round((10 * count) / of.days) / 10;
  const now = rows.map(({ count }) => perDay(count, report.now));
  const before = rows.map(({ previous }) => perDay(previous?.count ?? 0, report.previous));
  const hasBefore = report.previous !== undefined;
  const series: ChartSeries[] = [
    { name: words.thisMonth, tone: 'now', values: now },
    ...(hasBefore ? [{ name: words.lastMonth, tone: 'before' as const, values: before }] : []),
  ];
  const number = (value = 0) => decimal(value, printing.lang);
  const told = names.map(
    (name, at) => `${name} ${number(now[at])}${hasBefore ? ` (${number(before[at])})` : ''}`,
  );
  return [
    {
      kind: 'figure',
      svg: groupedBars(names, series),
      caption: words.topicChart,
      alt: words.topicAlt(told.join('; ')),
    },
  ];
}

/** Those that were missed or failed; the others are told by their number. */
function outletTable({ outlets = [] }: MonthlyReport, { lang, names }: MonthlyPrinting): Block[] {
  if (outlets.length === 0) return [];
  const words = MONTHLY_WORDS[lang];
  const ill = outlets.filter(({ daysDown, failed }) => daysDown > 0 || failed > 0);
  const rows = ill.map(({ outletId, found, indexed, failed, daysDown }): Runs[] => [
    plain(names.outlet(outletId)),
    ...[found, indexed, failed, daysDown].map((value) => plain(whole(value, lang))),
  ]);
  return [
    heading(words.outlets),
    ...(rows.length === 0 ? [] : [rowsTable(words.outlets, words.outletColumns, rows)]),
    paragraph(words.outletsWell(whole(outlets.length - ill.length, lang))),
  ];
}

function storyTable(report: MonthlyReport, printing: MonthlyPrinting): Block {
  const { lang } = printing;
  const words = MONTHLY_WORDS[lang];
  if (report.stories.length === 0) return paragraph(words.none);
  const rows = report.stories.map(({ id, title, articles, newsrooms, negative, peak }): Runs[] => [
    [{ text: title, href: `${printing.consoleUrl}/stories/${encodeURIComponent(id)}` }],
    [{ text: whole(articles, lang), href: hrefOf(report, { story: id }, printing) }],
    plain(whole(newsrooms, lang)),
    [{ text: whole(negative, lang), href: hrefOf(report, { story: id, polarity: 'negative' }, printing) }],
    plain(peak === undefined ? UNKNOWN : `${hourOf(peak.hour)} (${whole(peak.articles, lang)})`),
  ]);
  return rowsTable(words.stories, words.storyColumns, rows, STORY_WIDTHS);
}

function incidentTable({ incidents, response }: MonthlyReport, printing: MonthlyPrinting): Block {
  const { lang, consoleUrl } = printing;
  const words = MONTHLY_WORDS[lang];
  if (incidents.length === 0) return paragraph(words.noIncidents);
  const time = (ms: number | undefined) =>
    plain(ms === undefined ? UNKNOWN : `${decimal(ms / HOUR_MS, lang)} h`);
  const inTime = (of: readonly MonthlyIncident[]) => {
    const [met, all] = (['deadlinesMet', 'deadlines'] as const).map((part) =>
      of.reduce((sum, one) => sum + one[part], 0),
    );
    return plain(`${met}/${all}`);
  };
  const rows = incidents.map((one): Runs[] => [
    [{ text: one.title, href: `${consoleUrl}/incidents/${encodeURIComponent(one.id)}` }],
    plain(SEVERITY_NAMES[one.severity][lang]),
    plain(one.verdict === undefined ? UNKNOWN : words.verdicts[one.verdict]),
    time(one.toldAfterMs),
    time(one.acknowledgedAfterMs),
    time(one.resolvedAfterMs),
    inTime([one]),
  ]);
  const { told, acknowledged, resolved } = response;
  const medians = [told, acknowledged, resolved].map(({ medianMs }) => time(medianMs));
  const last: Runs[] = [plain(words.median), plain(UNKNOWN), plain(UNKNOWN), ...medians, inTime(incidents)];
  return rowsTable(words.incidents, words.incidentColumns, [...rows, last]);
}

function campaignTable(report: MonthlyReport, printing: MonthlyPrinting): Block {
  const { lang } = printing;
  const words = MONTHLY_WORDS[lang];
  if (report.campaigns.length === 0) return paragraph(words.none);
  const rows = report.campaigns.map(({ name, search, count, negative, positive }): Runs[] => [
    plain(name),
    [{ text: whole(count, lang), href: hrefOf(report, { q: search }, printing) }],
    [{ text: whole(negative, lang), href: hrefOf(report, { q: search, polarity: 'negative' }, printing) }],
    [{ text: whole(positive, lang), href: hrefOf(report, { q: search, polarity: 'positive' }, printing) }],
  ]);
  return rowsTable(words.campaigns, words.campaignColumns, rows);
}

function quality({ corrections, ledger }: MonthlyReport, { lang }: MonthlyPrinting): Block[] {
  const words = MONTHLY_WORDS[lang];
  const share = (value: number) => percent(value, lang);
  const measured = corrections.accuracy
    .filter(({ polarity }) => polarity.of > 0)
    .map(({ languageVersion, polarity: { agreed, of, low, high } }) =>
      paragraph(
        words.accuracy(languageVersion, share(agreed / of), share(low), share(high), whole(of, lang)),
      ),
    );
  const outcomes = (['found', 'indexed', 'duplicate', 'irrelevant', 'pending'] as const).map((outcome) => [
    plain(words.ledger[outcome]),
    plain(whole(ledger[outcome], lang)),
  ]);
  const failed = Object.entries(ledger.failed)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => [plain(`${words.ledger.failed}: ${reason}`), plain(whole(count, lang))]);
  return [
    paragraph(words.corrections(whole(corrections.made, lang), whole(corrections.people, lang))),
    ...(measured.length === 0 ? [paragraph(words.noAccuracy)] : measured),
    rowsTable(words.quality, words.ledgerColumns, [...outcomes, ...failed]),
  ];
}

function nameOf(field: MonthlyField, key: string, { lang, names, policyNames }: MonthlyPrinting): string {
  switch (field) {
    case 'outletId':
      return names.outlet(key);
    case 'tier':
      return MONTHLY_WORDS[lang].tiers[key as Tier];
    case 'policyDocument':
      return policyNames.get(key) ?? key;
    default:
      return names[field](key);
  }
}

function rowHref(
  report: MonthlyReport,
  field: MonthlyField,
  key: string,
  printing: MonthlyPrinting,
  narrowed: Readonly<Record<string, string>> = {},
): string {
  const value = field === 'policyDocument' ? `policy-document:${key}` : key;
  return hrefOf(report, { [ADDRESS[field]]: value, ...narrowed }, printing);
}

function hrefOf(
  { month, now }: MonthlyReport,
  narrowed: Readonly<Record<string, string>>,
  { consoleUrl }: MonthlyPrinting,
): string {
  const { from, to } = now ?? monthBounds(month);
  return `${consoleUrl}/articles?${new URLSearchParams({ ...narrowed, from, to })}`;
}

function changeText(change: Change | undefined, lang: PrintedLanguage): string {
  if (change === undefined) return MONTHLY_WORDS[lang].noData;
  return change.ratio === undefined ? '–' : `×${intervalText(change.ratio, lang)}`;
}

/** A difference of shares in percentage points, with its sign and its interval. */
function points({ difference, low, high }: ShareDifference, lang: PrintedLanguage): string {
  const signed = new Intl.NumberFormat(lang, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  return `${signed.format(100 * difference)} (${signed.format(100 * low)}; ${signed.format(100 * high)})`;
}

function intervalText(
  { ratio, low, high }: { ratio: number; low: number; high: number },
  lang: PrintedLanguage,
): string {
  return `${decimal(ratio, lang)} (${decimal(low, lang)}–${decimal(high, lang)})`;
}

/** A table whose heading, or whose one row, says what it is of. */
function rowsTable(
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly Runs[])[],
  widths: readonly number[] = [],
): Block {
  const first = titles.length > 2 ? 0.3 : 0.7;
  const rest = (1 - first) / (titles.length - 1);
  const columns = titles.map((title, at) => ({
    title,
    align: at === 0 ? ('start' as const) : ('end' as const),
    width: widths[at] ?? (at === 0 ? first : rest),
  }));
  return { kind: 'table', caption, isToldAbove: true, columns, rows };
}

function heading(text: string): Block {
  return { kind: 'heading', level: 1, text };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', runs: plain(text) };
}

function plain(text: string): readonly Run[] {
  return [{ text }];
}

/** `2026-01-31` → `31/01/2026`. */
function dayOf(day: string): string {
  return day.split('-').reverse().join('/');
}

/** `2026-01-31T14` → `14:00, 31/01/2026`. */
function hourOf(hour: string): string {
  const [day = '', clock = ''] = hour.split('T');
  return `${clock}:00, ${dayOf(day)}`;
}

function whole(value: number, lang: PrintedLanguage): string {
  return new Intl.NumberFormat(lang).format(value);
}

function decimal(value: number, lang: PrintedLanguage): string {
  return new Intl.NumberFormat(lang, { maximumFractionDigits: 2 }).format(value);
}
