/** Reads an export file as Kibana would: from its bytes, with no help from what wrote it. */

export interface ExportedReference {
  readonly name: string;
  readonly type: string;
  readonly id: string;
}

export interface ExportedObject {
  readonly id: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what Kibana stores, read as it is
  readonly attributes: any;
  readonly references: readonly ExportedReference[];
  readonly coreMigrationVersion: string;
  readonly typeMigrationVersion: string;
  readonly managed: boolean;
}

export interface ColumnState {
  readonly label: string;
  readonly dataType: string;
  readonly operationType: string;
  readonly sourceField?: string;
  readonly isBucketed: boolean;
  readonly filter?: { readonly query: string; readonly language: string };
  // biome-ignore lint/suspicious/noExplicitAny: depends on the operation
  readonly params: any;
  readonly references?: readonly string[];
}

/** One Lens layer of one panel. */
export interface ExportedLayer {
  /** For messages of tests. */
  readonly name: string;
  readonly alias: string;
  readonly timeField: string;
  readonly kql: string;
  readonly from: string;
  readonly columns: Readonly<Record<string, ColumnState>>;
  readonly columnOrder: readonly string[];
  readonly ignoresControls: boolean;
}

export interface ExportedPanel {
  readonly type: string;
  readonly panelIndex: string;
  readonly panelRefName?: string;
  readonly gridData: {
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
    readonly i: string;
  };
  // biome-ignore lint/suspicious/noExplicitAny: depends on the type
  readonly embeddableConfig: any;
}

export function readExport(ndjson: string): ExportedObject[] {
  return ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ExportedObject);
}

export function dashboardsOf(objects: readonly ExportedObject[]): ExportedObject[] {
  return objects.filter(({ type }) => type === 'dashboard');
}

export function panelsOf(dashboard: ExportedObject): ExportedPanel[] {
  return JSON.parse(dashboard.attributes.panelsJSON) as ExportedPanel[];
}

export interface ExportedControl {
  readonly id: string;
  readonly fieldName: string;
  readonly alias: string;
}

export function controlsOf(dashboard: ExportedObject, objects: readonly ExportedObject[]): ExportedControl[] {
  const controls = JSON.parse(dashboard.attributes.controlGroupInput.panelsJSON) as Record<
    string,
    { explicitInput: { fieldName: string } }
  >;
  return Object.entries(controls).map(([id, { explicitInput }]) => ({
    id,
    fieldName: explicitInput.fieldName,
    alias: dataViewBehind(dashboard.references, `controlGroup_${id}:optionsListDataView`, objects).title,
  }));
}

/** Every layer of every Lens panel. */
export function lensLayersOf(objects: readonly ExportedObject[]): ExportedLayer[] {
  return dashboardsOf(objects).flatMap((dashboard) =>
    panelsOf(dashboard)
      .filter(({ type }) => type === 'lens')
      .flatMap((panel) => layersOfPanel(dashboard, panel, objects)),
  );
}

function layersOfPanel(
  dashboard: ExportedObject,
  { panelIndex, embeddableConfig }: ExportedPanel,
  objects: readonly ExportedObject[],
): ExportedLayer[] {
  const { attributes, timeRange } = embeddableConfig;
  const { layers } = attributes.state.datasourceStates.formBased as {
    layers: Record<string, { columns: Record<string, ColumnState>; columnOrder: string[] } & object>;
  };
  return Object.entries(layers).map(([layerId, layer]) => {
    const ignoresControls = (layer as { ignoreGlobalFilters?: boolean }).ignoreGlobalFilters === true;
    const view = dataViewBehind(
      dashboard.references,
      `${panelIndex}:indexpattern-datasource-layer-${layerId}`,
      objects,
    );
    return {
      name: `${dashboard.attributes.title} › ${embeddableConfig.title}`,
      alias: view.title,
      timeField: view.timeFieldName,
      // Kibana's `esaggs` drops the chart's query together with the dashboard's filters.
      kql: ignoresControls ? '' : attributes.state.query.query,
      from: timeRange?.from ?? dashboard.attributes.timeFrom,
      columns: layer.columns,
      columnOrder: layer.columnOrder,
      ignoresControls,
    };
  });
}

/** The data view that a reference of this name leads to. @throws if it leads nowhere */
export function dataViewBehind(
  references: readonly ExportedReference[],
  name: string,
  objects: readonly ExportedObject[],
): { readonly title: string; readonly timeFieldName: string } {
  const reference = references.find((each) => each.name === name);
  const view = objects.find(({ type, id }) => type === 'index-pattern' && id === reference?.id);
  if (view === undefined) throw new Error(`No data view behind ${name}`);
  return view.attributes;
}
