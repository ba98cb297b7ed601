import { dataViewId } from './data-view.ts';
import type { Column, ColumnStates } from './lens-column.ts';
import type { Reference } from './saved-object.ts';

/** One table of a Lens chart: what its rows are and what is counted in each. */
export interface Layer {
  /** Kind of index whose data view it reads. */
  readonly kind: string;
  readonly buckets: readonly Column[];
  readonly metrics: readonly Column[];
  /**
   * True where the dashboard's controls are about fields that this index does not have: their filter would find
   * nothing here. The period still counts; a query of the whole chart would not, so such a chart has none.
   */
  readonly ignoresControls?: boolean;
}

/** A layer as Lens stores it, with the ids under which a chart finds its columns. */
export interface LayerState {
  readonly id: string;
  readonly bucketIds: readonly string[];
  readonly metricIds: readonly string[];
  readonly state: Readonly<Record<string, unknown>>;
  readonly reference: Reference;
}

export function layerState(prefix: string, id: string, layer: Layer): LayerState {
  const bucketIds = layer.buckets.map((_, index) => `${id}-bucket-${index}`);
  const metricIds = layer.metrics.map((_, index) => `${id}-metric-${index}`);
  const built = [...layer.buckets, ...layer.metrics].map((column, index) => {
    const columnId = [...bucketIds, ...metricIds][index] as string;
    return column(columnId, metricIds);
  });
  const columns: ColumnStates = Object.assign({}, ...built);
  const shown = [...bucketIds, ...metricIds];
  const hidden = Object.keys(columns).filter((columnId) => !shown.includes(columnId));
  return {
    id,
    bucketIds,
    metricIds,
    state: {
      columns,
      columnOrder: [...shown, ...hidden],
      incompleteColumns: {},
      sampling: 1,
      ...(layer.ignoresControls === true ? { ignoreGlobalFilters: true } : {}),
    },
    reference: {
      type: 'index-pattern',
      id: dataViewId(prefix, layer.kind),
      name: `indexpattern-datasource-layer-${id}`,
    },
  };
}
