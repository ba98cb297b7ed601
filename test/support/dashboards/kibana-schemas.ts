import { z } from 'zod';

/**
 * What Kibana's own create schemas ask of attributes, in the versions that we write; unknown names are refused, as
 * they are there. Stated anew from what those schemas say; `dashboards/README.md` names the files.
 */

const optionalText = z.string().optional();
const json = z.string().refine((text) => typeof JSON.parse(text) === 'object', 'JSON');
const searchSource = z.strictObject({ searchSourceJSON: json });
const refresh = z.strictObject({ pause: z.boolean(), value: z.number() });

/** `dashboard` 10.3.0. */
const dashboard = z.strictObject({
  title: z.string(),
  description: z.string(),
  kibanaSavedObjectMeta: searchSource,
  timeRestore: z.boolean().optional(),
  timeFrom: optionalText,
  timeTo: optionalText,
  refreshInterval: refresh.optional(),
  controlGroupInput: z
    .strictObject({
      panelsJSON: json.optional(),
      controlStyle: optionalText,
      chainingSystem: optionalText,
      ignoreParentSettingsJSON: json.optional(),
      showApplySelections: z.boolean().optional(),
    })
    .optional(),
  panelsJSON: json,
  optionsJSON: json,
  sections: z.array(z.unknown()).optional(),
  hits: z.number().optional(),
  version: z.number().optional(),
});

/** `search` 10.5.0. */
const search = z.strictObject({
  title: z.string(),
  description: z.string(),
  columns: z.array(z.string()),
  sort: z.array(z.array(z.string()).max(2)),
  grid: z.strictObject({
    columns: z.record(z.string(), z.strictObject({ width: z.number().optional() })).optional(),
  }),
  rowHeight: z.number().optional(),
  headerRowHeight: z.number().optional(),
  rowsPerPage: z.number().optional(),
  sampleSize: z.number().optional(),
  density: z.enum(['compact', 'expanded', 'normal']).optional(),
  hideChart: z.boolean(),
  breakdownField: optionalText,
  kibanaSavedObjectMeta: searchSource,
  isTextBasedQuery: z.boolean(),
  usesAdHocDataView: z.boolean().optional(),
  timeRestore: z.boolean().optional(),
  timeRange: z.strictObject({ from: z.string(), to: z.string() }).optional(),
  refreshInterval: refresh.optional(),
  viewMode: z.enum(['documents', 'patterns', 'aggregated']).optional(),
  hideAggregatedPreview: z.boolean().optional(),
  hits: z.number().optional(),
  version: z.number().optional(),
});

/** `map` 8.4.0: the attributes that its mapping knows. */
const map = z.strictObject({
  title: z.string(),
  description: z.string(),
  mapStateJSON: json,
  layerListJSON: json,
  uiStateJSON: json,
});

/** `index-pattern` 8.0.0 has no create schema; these are the attributes of a data view as Kibana exports it. */
const dataView = z.strictObject({
  title: z.string(),
  name: z.string(),
  timeFieldName: z.string(),
  fieldAttrs: json,
  fieldFormatMap: json,
  fields: json,
  sourceFilters: json,
  runtimeFieldMap: json,
  allowNoIndex: z.boolean(),
  allowHidden: z.boolean(),
});

const tag = z.strictObject({
  name: z.string().min(2).max(50),
  description: z.string().max(100),
  color: z.string().regex(/^#[0-9a-f]{6}$/i),
});

export const ATTRIBUTES: Readonly<Record<string, z.ZodType>> = {
  dashboard,
  search,
  map,
  'index-pattern': dataView,
  tag,
};

/** The attributes of a Lens panel, version 1. */
export const LENS_ATTRIBUTES = z.strictObject({
  title: z.string(),
  description: optionalText,
  visualizationType: z.enum(['lnsXY', 'lnsMetric', 'lnsDatatable', 'lnsPie', 'lnsGauge']),
  version: z.literal(1),
  references: z.array(z.strictObject({ name: z.string(), type: z.string(), id: z.string() })),
  state: z.strictObject({
    visualization: z.record(z.string(), z.unknown()),
    query: z.strictObject({ query: z.string(), language: z.literal('kuery') }),
    filters: z.array(z.unknown()),
    datasourceStates: z.strictObject({
      formBased: z.strictObject({ layers: z.record(z.string(), z.unknown()) }),
      textBased: z.strictObject({ layers: z.strictObject({}) }),
    }),
    internalReferences: z.array(z.unknown()),
    adHocDataViews: z.strictObject({}),
  }),
});
