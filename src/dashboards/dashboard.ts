import { dataViewId } from './data-view.ts';
import { idFor } from './names.ts';
import type { Panel } from './panel.ts';
import { kuery, type Reference, type SavedObject, savedObject } from './saved-object.ts';

/** A list of a field's values above the dashboard; what is chosen filters every panel. */
export interface Control {
  /** Unique on the dashboard. */
  readonly id: string;
  /** Vietnamese. */
  readonly title: string;
  readonly kind: string;
  readonly field: string;
}

export interface DashboardDefinition {
  readonly name: string;
  /** Vietnamese. */
  readonly title: string;
  /** English. */
  readonly description: string;
  /** Date math: the period it opens with. */
  readonly from: string;
  readonly refreshMs: number;
  readonly controls: readonly Control[];
  readonly panels: readonly Panel[];
}

export function tagId(prefix: string): string {
  return idFor(prefix, 'tag', 'nhip-yte');
}

/** The tag under which Kibana lists everything of ours. */
export function tag(prefix: string): SavedObject {
  return savedObject('tag', tagId(prefix), {
    name: prefix === 'nhip-yte' ? 'Nhịp Y tế' : `Nhịp Y tế (${prefix})`,
    description: 'Dashboards of Nhịp Y tế, which listens to the press about the health sector',
    color: '#0b6e6e',
  });
}

export function dashboard(prefix: string, definition: DashboardDefinition): SavedObject {
  const { name, title, description, from, refreshMs, controls, panels } = definition;
  const placed = panels.map((panel, index) => placePanel(prefix, panel, `panel-${index}`));
  return savedObject(
    'dashboard',
    idFor(prefix, 'dashboard', name),
    {
      title,
      description,
      panelsJSON: JSON.stringify(placed.map(({ panel }) => panel)),
      optionsJSON: JSON.stringify({
        useMargins: true,
        syncColors: false,
        syncCursor: true,
        syncTooltips: false,
        hidePanelTitles: false,
      }),
      controlGroupInput: {
        controlStyle: 'oneLine',
        chainingSystem: 'HIERARCHICAL',
        showApplySelections: false,
        ignoreParentSettingsJSON: JSON.stringify({
          ignoreFilters: false,
          ignoreQuery: false,
          ignoreTimerange: false,
          ignoreValidations: false,
        }),
        panelsJSON: JSON.stringify(Object.fromEntries(controls.map(controlState))),
      },
      timeRestore: true,
      timeFrom: from,
      timeTo: 'now',
      refreshInterval: { pause: false, value: refreshMs },
      kibanaSavedObjectMeta: { searchSourceJSON: JSON.stringify({ query: kuery(''), filter: [] }) },
      version: 3,
    },
    [
      ...placed.flatMap(({ references }) => references),
      ...controls.map(
        ({ id, kind }): Reference => ({
          name: `controlGroup_${id}:optionsListDataView`,
          type: 'index-pattern',
          id: dataViewId(prefix, kind),
        }),
      ),
      { name: `tag-ref-${tagId(prefix)}`, type: 'tag', id: tagId(prefix) },
    ],
  );
}

function placePanel(prefix: string, { content, x, y, w, h }: Panel, id: string) {
  const { type, config, references, referenceName } = content.build(prefix, id);
  return {
    panel: {
      type,
      panelIndex: id,
      gridData: { x, y, w, h, i: id },
      embeddableConfig: {
        ...config,
        title: content.title,
        description: content.description,
        hidePanelTitles: content.title === '',
        enhancements: {},
      },
      ...(referenceName === undefined ? {} : { panelRefName: referenceName }),
    },
    references: references.map((reference) => ({ ...reference, name: `${id}:${reference.name}` })),
  };
}

function controlState({ id, title, field }: Control, order: number): [string, unknown] {
  return [
    id,
    {
      order,
      type: 'optionsListControl',
      width: 'medium',
      grow: true,
      explicitInput: {
        id,
        title,
        fieldName: field,
        searchTechnique: 'wildcard',
        sort: { by: '_count', direction: 'desc' },
        selectedOptions: [],
        enhancements: {},
      },
    },
  ];
}
