import { MONTHLY_FIELDS, type MonthlyReport, type MonthlyRow } from '../domain/monthly-report.ts';
import { BYTE_ORDER_MARK, csvCell } from '../domain/table.ts';

const COLUMNS = [
  'table',
  'key',
  'measure',
  'value',
  'previous',
  'ratio',
  'low',
  'high',
  'year_before',
] as const;
type Line = Partial<Record<(typeof COLUMNS)[number], string | number | undefined>>;

/** The figures of a report, one a line (RFC 4180); what is not known is empty. Times are hours. */
export function monthlyCsv(report: MonthlyReport): string {
  const lines = [
    ...coverageLines(report),
    ...rowLines('all', '', report.total),
    ...MONTHLY_FIELDS.flatMap((field) => report.rows[field].flatMap((row) => rowLines(field, row.key, row))),
    ...report.stories.flatMap(({ id, articles, negative, newsrooms, peak }) =>
      measures('story', id, { articles, negative, newsrooms, 'peak-articles': peak?.articles }),
    ),
    ...report.incidents.flatMap((incident) =>
      measures('incident', incident.id, {
        severity: incident.severity,
        status: incident.status,
        verdict: incident.verdict,
        'told-after': inHours(incident.toldAfterMs),
        'acknowledged-after': inHours(incident.acknowledgedAfterMs),
        'resolved-after': inHours(incident.resolvedAfterMs),
        deadlines: incident.deadlines,
        'deadlines-met': incident.deadlinesMet,
      }),
    ),
    ...report.campaigns.flatMap(({ id, count, negative, positive }) =>
      measures('campaign', id, { articles: count, negative, positive }),
    ),
    ...(report.daily ?? []).flatMap(({ day, negative, neutral, positive }) =>
      measures('day', day, { negative, neutral, positive }),
    ),
    ...(report.outlets ?? []).flatMap(({ outletId, found, indexed, failed, daysDown }) =>
      measures('outlet', outletId, { found, indexed, failed, 'days-down': daysDown }),
    ),
    ...restLines(report),
  ];
  const rows = lines.map((line) => COLUMNS.map((column) => csvCell(line[column])).join(','));
  return `${BYTE_ORDER_MARK}${[COLUMNS.join(','), ...rows].join('\r\n')}\r\n`;
}

function coverageLines({ now, previous, yearBefore }: MonthlyReport): Line[] {
  return (['days', 'uptime'] as const).map((measure) => ({
    table: 'coverage',
    measure,
    value: now?.[measure],
    previous: previous?.[measure],
    year_before: yearBefore?.[measure],
  }));
}

function rowLines(table: string, key: string, row: MonthlyRow): Line[] {
  const { previous, yearBefore, stance } = row;
  const ratio = previous?.ratio;
  const volume = { value: row.count, previous: previous?.count, year_before: yearBefore?.count };
  return [
    { table, key, measure: 'articles', ...volume, ratio: ratio?.ratio, low: ratio?.low, high: ratio?.high },
    ...(['negative', 'positive'] as const).map((measure) => ({
      table,
      key,
      measure,
      value: row[measure],
      previous: previous?.[measure],
      year_before: yearBefore?.[measure],
    })),
    ...measures(table, key, { 'stance-negative': stance.negative, 'stance-positive': stance.positive }),
  ];
}

function restLines({ corrections, ledger }: MonthlyReport): Line[] {
  const { found, indexed, duplicate, irrelevant, pending, failed } = ledger;
  return [
    ...measures('corrections', '', { made: corrections.made, people: corrections.people }),
    ...measures('corrections', 'kind', sorted(corrections.byKind)),
    ...corrections.accuracy.flatMap(({ languageVersion: key, relevance, polarity, topics }) =>
      Object.entries({ relevance, polarity, topics }).map(([measure, { agreed, of, low, high }]) => {
        return { table: 'accuracy', key, measure, value: of === 0 ? undefined : agreed / of, low, high };
      }),
    ),
    ...measures('ledger', '', { found, indexed, duplicate, irrelevant, pending }),
    ...measures('ledger', 'failed', sorted(failed)),
  ];
}

function measures(table: string, key: string, values: Readonly<Record<string, Line['value']>>): Line[] {
  return Object.entries(values).map(([measure, value]) => ({ table, key, measure, value }));
}

/** Stores keep no order of names. */
function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function inHours(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 3_600_000;
}
