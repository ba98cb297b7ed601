import { dataViewId } from './data-view.ts';
import { idFor } from './names.ts';
import type { PanelContent } from './panel.ts';
import { kuery, type Reference, type SavedObject, savedObject } from './saved-object.ts';

/** Colour ramps of Kibana Maps that we use. */
type Ramp = 'Blues' | 'Reds';

/** Circles on a grid: how many rows have a point in each cell. */
export interface GridLayer {
  readonly id: string;
  /** Vietnamese. */
  readonly label: string;
  readonly kind: string;
  readonly geoField: string;
  /** Its most frequent value in the cell is written beside the circle. */
  readonly nameField: string;
  readonly kql: string;
  readonly ramp: Ramp;
}

export interface MapDefinition {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly center: { readonly lat: number; readonly lon: number; readonly zoom: number };
  readonly layers: readonly GridLayer[];
}

export function mapId(prefix: string, name: string): string {
  return idFor(prefix, 'map', name);
}

/**
 * A map without a base layer: tiles and boundaries come from outside, need the internet and draw borders for which an
 * office here answers; `dashboards/README.md` says how to add one's own.
 */
export function map(
  prefix: string,
  { name, title, description, center, layers }: MapDefinition,
): SavedObject {
  const { lat, lon, zoom } = center;
  return savedObject(
    'map',
    mapId(prefix, name),
    {
      title,
      description,
      mapStateJSON: JSON.stringify({
        zoom,
        center: { lat, lon },
        timeFilters: { from: 'now-7d', to: 'now' },
        refreshConfig: { isPaused: true, interval: 0 },
        query: kuery(''),
        filters: [],
        settings: { autoFitToDataBounds: false },
      }),
      layerListJSON: JSON.stringify(layers.map(layerDescriptor)),
      uiStateJSON: JSON.stringify({ isLayerTOCOpen: true, openTOCDetails: [] }),
    },
    layers.map(
      ({ kind }, index): Reference => ({
        name: sourceReference(index),
        type: 'index-pattern',
        id: dataViewId(prefix, kind),
      }),
    ),
  );
}

function sourceReference(index: number): string {
  return `layer_${index}_source_index_pattern`;
}

function layerDescriptor(layer: GridLayer, index: number): Readonly<Record<string, unknown>> {
  const byCount = { field: { name: 'doc_count', origin: 'source' } };
  return {
    id: layer.id,
    label: layer.label,
    type: 'GEOJSON_VECTOR',
    visible: true,
    minZoom: 0,
    maxZoom: 24,
    alpha: 0.75,
    includeInFitToBounds: true,
    query: kuery(layer.kql),
    joins: [],
    sourceDescriptor: {
      type: 'ES_GEO_GRID',
      id: `${layer.id}-source`,
      geoField: layer.geoField,
      requestType: 'point',
      resolution: 'FINE',
      metrics: [
        { type: 'count', label: 'Số bài' },
        { type: 'terms', field: layer.nameField, label: 'Tỉnh, thành' },
      ],
      applyGlobalQuery: true,
      applyGlobalTime: true,
      applyForceRefresh: true,
      indexPatternRefName: sourceReference(index),
    },
    style: {
      type: 'VECTOR',
      isTimeAware: true,
      properties: {
        icon: { type: 'STATIC', options: { value: 'marker' } },
        symbolizeAs: { options: { value: 'circle' } },
        fillColor: { type: 'DYNAMIC', options: { ...byCount, color: layer.ramp, type: 'ORDINAL' } },
        lineColor: { type: 'STATIC', options: { color: '#ffffff' } },
        lineWidth: { type: 'STATIC', options: { size: 1 } },
        iconSize: { type: 'DYNAMIC', options: { ...byCount, minSize: 7, maxSize: 32 } },
        labelText: {
          type: 'DYNAMIC',
          options: { field: { name: `terms_of_${layer.nameField}`, origin: 'source' } },
        },
        labelColor: { type: 'STATIC', options: { color: '#1a1c21' } },
        labelSize: { type: 'STATIC', options: { size: 12 } },
        labelBorderColor: { type: 'STATIC', options: { color: '#ffffff' } },
        labelBorderSize: { options: { size: 'SMALL' } },
      },
    },
  };
}

/** A map of the library as a panel. */
export function mapPanel({ name, title, description, center, layers }: MapDefinition): PanelContent {
  return {
    title,
    description,
    build: (prefix, panelId) => ({
      type: 'map',
      references: [{ name: `panel_${panelId}`, type: 'map', id: mapId(prefix, name) }],
      referenceName: `panel_${panelId}`,
      config: {
        isLayerTOCOpen: layers.length > 1,
        hiddenLayers: [],
        openTOCDetails: [],
        mapCenter: { lat: center.lat, lon: center.lon, zoom: center.zoom },
      },
    }),
  };
}
