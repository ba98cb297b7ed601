/** Lens charts as panels hold them by value: the state of the visualization over the state of its layers. */

import { dataViewId } from './data-view.ts';
import { type Column, constant } from './lens-column.ts';
import { type Layer, type LayerState, layerState } from './lens-layer.ts';
import type { BuiltPanel, PanelContent } from './panel.ts';
import { kuery, type Reference } from './saved-object.ts';

/**
 * Version of the attributes of a Lens object in a panel. Kibana 9.4 itself brings version 1 forward when it opens the
 * dashboard, and earlier 9.x read it as it is.
 */
const LENS_ATTRIBUTES_VERSION = 1;

interface Described {
  readonly title: string;
  readonly description: string;
  /** Only rows that this query finds, in the whole chart. */
  readonly kql?: string;
  /** Date math: looks at this period, whatever the dashboard's is. */
  readonly period?: { readonly from: string; readonly to: string };
}

type Visualization = Readonly<Record<string, unknown>>;

function lens(
  { title, description, kql = '', period }: Described,
  visualizationType: 'lnsXY' | 'lnsMetric' | 'lnsDatatable' | 'lnsPie' | 'lnsGauge',
  layers: readonly Layer[],
  visualize: (states: readonly LayerState[]) => Visualization,
  more: (prefix: string) => readonly Reference[] = () => [],
): PanelContent {
  // Kibana drops the chart's own query together with the dashboard's: `ignoreGlobalFilters` of its `esaggs`.
  if (kql !== '' && layers.some(({ ignoresControls }) => ignoresControls)) {
    throw new Error(`«${title}» ignores the controls, so its rows or metrics must do the filtering`);
  }
  return {
    title,
    description,
    build(prefix): BuiltPanel {
      const states = layers.map((layer, index) => layerState(prefix, `layer-${index}`, layer));
      const references = [...states.map(({ reference }) => reference), ...more(prefix)];
      return {
        type: 'lens',
        references,
        config: {
          ...(period === undefined ? {} : { timeRange: period }),
          attributes: {
            title,
            description,
            visualizationType,
            version: LENS_ATTRIBUTES_VERSION,
            references,
            state: {
              visualization: visualize(states),
              query: kuery(kql),
              filters: [],
              datasourceStates: {
                formBased: { layers: Object.fromEntries(states.map(({ id, state }) => [id, state])) },
                textBased: { layers: {} },
              },
              internalReferences: [],
              adHocDataViews: {},
            },
          },
        },
      };
    },
  };
}

function only(states: readonly LayerState[]): LayerState {
  const [state] = states;
  if (state === undefined) throw new Error('This chart has one layer');
  return state;
}

/** A day or a time span marked on the time axis. */
export interface Mark {
  readonly id: string;
  readonly label: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Bars, lines or areas. */
export function xy(
  chart: Described & {
    readonly series: 'bar' | 'bar_stacked' | 'bar_horizontal' | 'bar_horizontal_stacked' | 'line' | 'area';
    readonly kind: string;
    readonly x: Column;
    readonly split?: Column;
    readonly metrics: readonly Column[];
    /** Colour of each metric, in order. */
    readonly colors?: readonly string[];
    readonly marks?: readonly Mark[];
    readonly ignoresControls?: boolean;
  },
): PanelContent {
  const { kind, x, split, metrics, colors = [], marks = [], series } = chart;
  const layer: Layer = {
    kind,
    buckets: split === undefined ? [x] : [x, split],
    metrics,
    ...(chart.ignoresControls === undefined ? {} : { ignoresControls: chart.ignoresControls }),
  };
  const marksLayer = 'layer-marks';
  return lens(
    chart,
    'lnsXY',
    [layer],
    (states) => {
      const { id, bucketIds, metricIds } = only(states);
      return {
        preferredSeriesType: series,
        legend: {
          isVisible: true,
          showSingleSeries: false,
          position: 'bottom',
          shouldTruncate: true,
          maxLines: 1,
        },
        valueLabels: 'hide',
        fittingFunction: 'None',
        axisTitlesVisibilitySettings: { x: false, yLeft: false, yRight: false },
        tickLabelsVisibilitySettings: { x: true, yLeft: true, yRight: true },
        gridlinesVisibilitySettings: { x: false, yLeft: true, yRight: false },
        labelsOrientation: { x: 0, yLeft: 0, yRight: 0 },
        yLeftExtent: { mode: 'full' },
        layers: [
          {
            layerId: id,
            layerType: 'data',
            seriesType: series,
            xAccessor: bucketIds[0],
            ...(split === undefined ? {} : { splitAccessor: bucketIds[1] }),
            accessors: metricIds,
            yConfig: metricIds.flatMap((forAccessor, index) =>
              colors[index] === undefined ? [] : [{ forAccessor, color: colors[index] }],
            ),
          },
          ...(marks.length === 0
            ? []
            : [
                {
                  layerId: marksLayer,
                  layerType: 'annotations',
                  persistanceType: 'byValue',
                  ignoreGlobalFilters: true,
                  annotations: marks.map((mark) => ({
                    type: 'manual',
                    id: mark.id,
                    label: mark.label,
                    key: { type: 'point_in_time', timestamp: mark.at },
                    icon: 'flag',
                    color: '#6b3c9f',
                    lineStyle: 'dashed',
                    lineWidth: 1,
                    textVisibility: false,
                    isHidden: false,
                  })),
                },
              ]),
        ],
      };
    },
    (prefix) =>
      marks.length === 0
        ? []
        : [
            {
              type: 'index-pattern',
              id: dataViewId(prefix, kind),
              name: `xy-visualization-layer-${marksLayer}`,
            },
          ],
  );
}

/** One number. */
export function metric(
  chart: Described & {
    readonly kind: string;
    readonly metric: Column;
    readonly color?: string;
    readonly subtitle?: string;
    readonly ignoresControls?: boolean;
  },
): PanelContent {
  const { kind, color, subtitle, ignoresControls = false } = chart;
  return lens(
    chart,
    'lnsMetric',
    [{ kind, buckets: [], metrics: [chart.metric], ignoresControls }],
    (states) => {
      const { id, metricIds } = only(states);
      return {
        layerId: id,
        layerType: 'data',
        metricAccessor: metricIds[0],
        ...(color === undefined ? {} : { color }),
        ...(subtitle === undefined ? {} : { subtitle }),
      };
    },
  );
}

/** Rows of a table, one per combination of the buckets, with the metrics as columns. */
export function table(
  chart: Described & {
    readonly kind: string;
    readonly rows: readonly Column[];
    readonly metrics: readonly Column[];
    readonly ignoresControls?: boolean;
  },
): PanelContent {
  const { kind, rows, metrics, ignoresControls = false } = chart;
  return lens(chart, 'lnsDatatable', [{ kind, buckets: rows, metrics, ignoresControls }], (states) => {
    const { id, bucketIds, metricIds } = only(states);
    return {
      layerId: id,
      layerType: 'data',
      columns: [
        ...bucketIds.map((columnId) => ({ columnId, isTransposed: false })),
        ...metricIds.map((columnId) => ({ columnId, isTransposed: false, isMetric: true })),
      ],
      rowHeight: 'auto',
      headerRowHeight: 'auto',
      paging: { size: 10, enabled: true },
    };
  });
}

/** Parts of a whole. */
export function partition(
  chart: Described & {
    readonly shape: 'donut' | 'pie' | 'treemap';
    readonly kind: string;
    readonly groups: readonly Column[];
    readonly metric: Column;
    readonly ignoresControls?: boolean;
  },
): PanelContent {
  const { kind, groups, shape, ignoresControls = false } = chart;
  return lens(
    chart,
    'lnsPie',
    [{ kind, buckets: groups, metrics: [chart.metric], ignoresControls }],
    (states) => {
      const { id, bucketIds, metricIds } = only(states);
      return {
        shape,
        layers: [
          {
            layerId: id,
            layerType: 'data',
            primaryGroups: bucketIds,
            metrics: metricIds,
            numberDisplay: 'value',
            categoryDisplay: 'default',
            legendDisplay: shape === 'treemap' ? 'hide' : 'default',
            nestedLegend: false,
          },
        ],
      };
    },
  );
}

/** One share between none and all. */
export function gauge(chart: Described & { readonly kind: string; readonly metric: Column }): PanelContent {
  const { kind } = chart;
  const metrics = [chart.metric, constant(0), constant(1)];
  return lens(chart, 'lnsGauge', [{ kind, buckets: [], metrics }], (states) => {
    const { id, metricIds } = only(states);
    return {
      layerId: id,
      layerType: 'data',
      shape: 'arc',
      metricAccessor: metricIds[0],
      minAccessor: metricIds[1],
      maxAccessor: metricIds[2],
      ticksPosition: 'auto',
      labelMajorMode: 'none',
    };
  });
}
