/**
 * Columns of a Lens table, in the form that Lens stores them: each an operation on a field of the data view.
 *
 * Written after the column types of Kibana's form-based datasource; `dashboards/README.md` names the files.
 */
import { kuery } from './saved-object.ts';

/** What Lens calls the rows of the index where it counts them. */
export const RECORDS = '___records___';

export type DataType = 'string' | 'date' | 'number' | 'boolean';

/** How a number is shown. */
interface NumberFormat {
  readonly id: 'number' | 'percent';
  readonly params: { readonly decimals: number };
}

const PERCENT: NumberFormat = { id: 'percent', params: { decimals: 1 } };

type State = Readonly<Record<string, unknown>>;

/** A column and the hidden ones that it is computed from, by id. */
export type ColumnStates = Readonly<Record<string, State>>;

/** Builds the column under the id that the layer gives it; buckets may order by a metric of the same layer. */
export type Column = (id: string, metricIds: readonly string[]) => ColumnStates;

interface MetricOptions {
  /** Vietnamese. */
  readonly label: string;
  /** Only rows that this query finds are counted. */
  readonly kql?: string;
  readonly format?: NumberFormat;
  /** `date` where the greatest of dates is shown. */
  readonly dataType?: 'number' | 'date';
}

function metric(
  operationType: string,
  sourceField: string,
  { label, kql, format, dataType = 'number' }: MetricOptions,
  params: State = {},
): Column {
  return (id) => ({
    [id]: {
      label,
      customLabel: true,
      dataType,
      operationType,
      sourceField,
      isBucketed: false,
      scale: 'ratio',
      ...(kql === undefined ? {} : { filter: kuery(kql) }),
      params: { ...params, ...(format === undefined ? {} : { format }) },
    },
  });
}

/** Rows; zero where there are none. */
export function count(options: MetricOptions): Column {
  return metric('count', RECORDS, options, { emptyAsNull: false });
}

export function uniqueCount(field: string, options: MetricOptions): Column {
  return metric('unique_count', field, options, { emptyAsNull: false });
}

export function sum(field: string, options: MetricOptions): Column {
  return metric('sum', field, options, { emptyAsNull: false });
}

export function average(field: string, options: MetricOptions): Column {
  return metric('average', field, options);
}

export function min(field: string, options: MetricOptions): Column {
  return metric('min', field, options);
}

export function max(field: string, options: MetricOptions): Column {
  return metric('max', field, options);
}

export function median(field: string, options: MetricOptions): Column {
  return metric('median', field, options);
}

export function percentile(field: string, percent: number, options: MetricOptions): Column {
  return metric('percentile', field, options, { percentile: percent });
}

/** The field's value in the row that is last by `sortField`. */
export function lastValue(
  field: string,
  { label, sortField, dataType = 'string' }: { label: string; sortField: string; dataType?: DataType },
): Column {
  return (id) => ({
    [id]: {
      label,
      customLabel: true,
      dataType,
      operationType: 'last_value',
      sourceField: field,
      isBucketed: false,
      scale: dataType === 'number' ? 'ratio' : 'ordinal',
      filter: kuery(`"${field}": *`),
      params: { sortField, showArrayValues: false },
    },
  });
}

/** A number that is not counted: the ends of a gauge. */
export function constant(value: number): Column {
  return (id) => ({
    [id]: {
      label: String(value),
      dataType: 'number',
      operationType: 'static_value',
      isStaticValue: true,
      isBucketed: false,
      scale: 'ratio',
      params: { value: String(value) },
      references: [],
    },
  });
}

/**
 * Rows that a query finds, of all rows or of those that another query finds: the formula
 * `count(kql='…') / count(kql='…')` with the hidden columns that Lens computes it from.
 */
export function share({ label, part, whole }: { label: string; part: string; whole?: string }): Column {
  return (id) => {
    const ids = [`${id}X0`, `${id}X1`, `${id}X2`] as const;
    const formula = `${countFormula(part)} / ${countFormula(whole)}`;
    const hidden = { label: `Part of ${label}`, customLabel: true, dataType: 'number', isBucketed: false };
    const counted = (kql?: string) => ({
      ...hidden,
      operationType: 'count',
      sourceField: RECORDS,
      scale: 'ratio',
      ...(kql === undefined ? {} : { filter: kuery(kql) }),
      params: { emptyAsNull: false },
    });
    return {
      [id]: {
        label,
        customLabel: true,
        dataType: 'number',
        operationType: 'formula',
        isBucketed: false,
        scale: 'ratio',
        params: { formula, isFormulaBroken: false, format: PERCENT },
        references: [ids[2]],
      },
      [ids[0]]: counted(part),
      [ids[1]]: counted(whole),
      [ids[2]]: {
        ...hidden,
        operationType: 'math',
        scale: 'ratio',
        params: {
          tinymathAst: {
            type: 'function',
            name: 'divide',
            args: [ids[0], ids[1]],
            location: { min: 0, max: formula.length },
            text: formula,
          },
        },
        references: [ids[0], ids[1]],
      },
    };
  };
}

function countFormula(kql: string | undefined): string {
  return kql === undefined ? 'count()' : `count(kql='${kql.replaceAll("'", "\\'")}')`;
}

/** Top values, by the layer's first metric unless told otherwise. */
export function terms(
  field: string,
  {
    label,
    size,
    dataType = 'string',
    by = 0,
    withOther = false,
  }: {
    label: string;
    size: number;
    dataType?: DataType;
    /** Position of the metric that decides, or `name`. */
    by?: number | 'name';
    withOther?: boolean;
  },
): Column {
  return (id, metricIds) => ({
    [id]: {
      label,
      customLabel: true,
      dataType,
      operationType: 'terms',
      sourceField: field,
      isBucketed: true,
      scale: 'ordinal',
      params: {
        size,
        orderBy:
          by === 'name'
            ? { type: 'alphabetical', fallback: false }
            : { type: 'column', columnId: metricIds[by] },
        orderDirection: by === 'name' ? 'asc' : 'desc',
        otherBucket: withOther,
        missingBucket: false,
        parentFormat: { id: 'terms' },
        include: [],
        exclude: [],
        includeIsRegex: false,
        excludeIsRegex: false,
      },
    },
  });
}

export function dateHistogram(
  field: string,
  { label, interval = 'auto' }: { label: string; interval?: 'auto' | '1h' | '1d' },
): Column {
  return (id) => ({
    [id]: {
      label,
      customLabel: true,
      dataType: 'date',
      operationType: 'date_histogram',
      sourceField: field,
      isBucketed: true,
      scale: 'interval',
      params: { interval, includeEmptyRows: true, dropPartials: false },
    },
  });
}

/** One bucket per query; a row may fall into several. */
export function filters(label: string, buckets: readonly { label: string; kql: string }[]): Column {
  return (id) => ({
    [id]: {
      label,
      customLabel: true,
      dataType: 'string',
      operationType: 'filters',
      isBucketed: true,
      scale: 'ordinal',
      params: { filters: buckets.map((bucket) => ({ label: bucket.label, input: kuery(bucket.kql) })) },
    },
  });
}
