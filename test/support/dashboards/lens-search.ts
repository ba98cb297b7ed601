import type { estypes } from '@elastic/elasticsearch';

import { anchored, toQuery, VIETNAM } from './kql.ts';
import type { ColumnState, ExportedLayer } from './read-export.ts';

type Aggregations = Record<string, estypes.AggregationsAggregationContainer>;
/** One row of the answer: the value of each metric by column id, after the keys of its buckets. */
export interface Row {
  readonly keys: readonly unknown[];
  readonly values: Readonly<Record<string, number | string | null>>;
}

/** Few enough bars for any period of the dashboards; Kibana chooses by the width of the chart. */
const AUTO_INTERVAL = '12h';

/** The search that Lens sends for a layer, as far as the operations of our builder go, at the moment `now`. */
export function searchOf(layer: ExportedLayer, now: Date): estypes.SearchRequest {
  const { columns, columnOrder, timeField, from, kql, alias } = layer;
  const ids = columnOrder.filter((id) => columns[id] !== undefined);
  const buckets = ids.filter((id) => column(columns, id).isBucketed);
  const metrics = ids.filter((id) => !column(columns, id).isBucketed);
  return {
    index: alias,
    size: 0,
    track_total_hits: true,
    query: {
      bool: {
        filter: [
          {
            range: { [timeField]: { gte: anchored(from, now), lte: now.toISOString(), time_zone: VIETNAM } },
          },
          toQuery(kql, now),
        ],
      },
    },
    aggs: aggregationsOf(columns, buckets, metrics, now),
  };
}

/** Rows that the answer to `searchOf` holds, formulas computed. */
export function rowsOf(layer: ExportedLayer, { hits, aggregations = {} }: estypes.SearchResponse): Row[] {
  const { columns, columnOrder } = layer;
  const total = typeof hits.total === 'number' ? hits.total : hits.total?.value;
  const answer = { ...aggregations, doc_count: total };
  const buckets = columnOrder.filter((id) => columns[id]?.isBucketed);
  const metrics = columnOrder.filter((id) => columns[id]?.isBucketed === false);
  return readRows(answer as AnswerNode, columns, buckets, metrics, []);
}

function column(columns: ExportedLayer['columns'], id: string): ColumnState {
  const found = columns[id];
  if (found === undefined) throw new Error(`No column ${id}`);
  return found;
}

function aggregationsOf(
  columns: ExportedLayer['columns'],
  [first, ...rest]: readonly string[],
  metrics: readonly string[],
  now: Date,
): Aggregations {
  const leaves = Object.assign(
    {},
    ...metrics.map((id) => metricOf(id, column(columns, id), now)),
  ) as Aggregations;
  if (first === undefined) return leaves;
  const inner = aggregationsOf(columns, rest, metrics, now);
  // What decides the order must stand on the level that is ordered, the other metrics only at the end.
  const aggs = { ...leaves, ...inner };
  return { [first]: { ...bucketOf(column(columns, first), columns, now), aggs } };
}

function bucketOf(
  { operationType, sourceField = '', params }: ColumnState,
  columns: ExportedLayer['columns'],
  now: Date,
): estypes.AggregationsAggregationContainer {
  if (operationType === 'terms') {
    return { terms: { field: sourceField, size: params.size, order: orderOf(params, columns) } };
  }
  if (operationType === 'date_histogram') {
    const interval = params.interval === 'auto' ? AUTO_INTERVAL : params.interval;
    return { date_histogram: { field: sourceField, fixed_interval: interval, time_zone: VIETNAM } };
  }
  if (operationType === 'filters') {
    const filters = params.filters as { label: string; input: { query: string } }[];
    return {
      filters: {
        filters: Object.fromEntries(filters.map(({ label, input }) => [label, toQuery(input.query, now)])),
      },
    };
  }
  throw new Error(`No bucket ${operationType}`);
}

function orderOf(
  {
    orderBy,
    orderDirection,
  }: { orderBy: { type: string; columnId?: string }; orderDirection: 'asc' | 'desc' },
  columns: ExportedLayer['columns'],
): estypes.AggregationsAggregateOrder {
  if (orderBy.type === 'alphabetical') return { _key: orderDirection };
  const id = orderBy.columnId ?? '';
  const { operationType, filter } = column(columns, id);
  if (operationType === 'count') return { [filter === undefined ? '_count' : id]: orderDirection };
  const value = operationType === 'median' ? `${id}.50` : id;
  return { [filter === undefined ? value : `${id}>${id}`]: orderDirection };
}

const PLAIN_METRICS: Readonly<Record<string, string>> = {
  unique_count: 'cardinality',
  sum: 'sum',
  average: 'avg',
  min: 'min',
  max: 'max',
};

function metricOf(id: string, state: ColumnState, now: Date): Aggregations {
  const { operationType, sourceField = '', params, filter } = state;
  const found = (aggs: Aggregations): Aggregations => {
    const container = {
      filter: toQuery(filter?.query ?? '', now),
      aggs,
    } as estypes.AggregationsAggregationContainer;
    return { [id]: container };
  };
  const wrap = (inner: estypes.AggregationsAggregationContainer): Aggregations =>
    filter === undefined ? { [id]: inner } : found({ [id]: inner });
  if (operationType === 'count') {
    return filter === undefined ? {} : found({});
  }
  if (['formula', 'math', 'static_value'].includes(operationType)) return {};
  if (operationType === 'median') return wrap({ percentiles: { field: sourceField, percents: [50] } });
  if (operationType === 'percentile') {
    return wrap({ percentiles: { field: sourceField, percents: [params.percentile] } });
  }
  if (operationType === 'last_value') {
    return wrap({
      top_hits: {
        size: 1,
        sort: [{ [params.sortField]: 'desc' }],
        _source: false,
        docvalue_fields: [sourceField],
      },
    });
  }
  const aggregation = PLAIN_METRICS[operationType];
  if (aggregation === undefined) throw new Error(`No metric ${operationType}`);
  return wrap({ [aggregation]: { field: sourceField } });
}

interface AnswerNode {
  readonly doc_count?: number;
  // biome-ignore lint/suspicious/noExplicitAny: as the aggregations of Elasticsearch answer
  readonly [name: string]: any;
}

function readRows(
  node: AnswerNode,
  columns: ExportedLayer['columns'],
  [first, ...rest]: readonly string[],
  metrics: readonly string[],
  keys: readonly unknown[],
): Row[] {
  if (first === undefined) {
    return [{ keys, values: Object.fromEntries(metrics.map((id) => [id, measured(id, columns, node)])) }];
  }
  const { buckets } = node[first] as { buckets: AnswerNode[] | Record<string, AnswerNode> };
  const entries: [unknown, AnswerNode][] = Array.isArray(buckets)
    ? buckets.map((bucket) => [bucket.key, bucket])
    : Object.entries(buckets);
  return entries.flatMap(([key, bucket]) => readRows(bucket, columns, rest, metrics, [...keys, key]));
}

function measured(id: string, columns: ExportedLayer['columns'], node: AnswerNode): number | string | null {
  const state = column(columns, id);
  const [first = ''] = state.references ?? [];
  if (state.operationType === 'static_value') return Number(state.params.value);
  if (state.operationType === 'formula') return measured(first, columns, node);
  if (state.operationType === 'math') return divided(state, columns, node);
  if (state.operationType === 'count') {
    return state.filter === undefined ? (node.doc_count ?? null) : node[id].doc_count;
  }
  return fieldMeasure(state, state.filter === undefined ? node[id] : node[id][id]);
}

function divided(
  { params }: ColumnState,
  columns: ExportedLayer['columns'],
  node: AnswerNode,
): number | null {
  const { name, args } = params.tinymathAst as { name: string; args: string[] };
  if (name !== 'divide') throw new Error(`No function ${name}`);
  const [part, whole] = args.map((id) => Number(measured(id, columns, node)));
  return whole === undefined || whole === 0 ? null : Number(part) / whole;
}

// biome-ignore lint/suspicious/noExplicitAny: as the aggregations of Elasticsearch answer
function fieldMeasure({ operationType, sourceField = '' }: ColumnState, answer: any): number | string | null {
  if (operationType === 'last_value') return answer.hits.hits[0]?.fields?.[sourceField]?.[0] ?? null;
  if (answer.values !== undefined) return (Object.values(answer.values)[0] as number | null) ?? null;
  return answer.value;
}
