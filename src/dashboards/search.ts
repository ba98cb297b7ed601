import { dataViewId } from './data-view.ts';
import { idFor } from './names.ts';
import type { PanelContent } from './panel.ts';
import { kuery, type SavedObject, savedObject } from './saved-object.ts';

/** A list of documents that analysts open in Discover and dashboards show as a table. */
export interface SearchDefinition {
  readonly name: string;
  /** Vietnamese. */
  readonly title: string;
  /** English. */
  readonly description: string;
  readonly kind: string;
  readonly kql: string;
  readonly columns: readonly string[];
  readonly sort: readonly [field: string, order: 'asc' | 'desc'];
  /** Widths in pixels of columns that must not take their share. */
  readonly widths?: Readonly<Record<string, number>>;
}

export function searchId(prefix: string, name: string): string {
  return idFor(prefix, 'search', name);
}

const SEARCH_SOURCE_REFERENCE = 'kibanaSavedObjectMeta.searchSourceJSON.index';

export function search(prefix: string, definition: SearchDefinition): SavedObject {
  const { name, title, description, kind, kql, columns, sort, widths = {} } = definition;
  return savedObject(
    'search',
    searchId(prefix, name),
    {
      title,
      description,
      columns,
      sort: [sort],
      grid: {
        columns: Object.fromEntries(Object.entries(widths).map(([column, width]) => [column, { width }])),
      },
      hideChart: false,
      isTextBasedQuery: false,
      usesAdHocDataView: false,
      timeRestore: false,
      viewMode: 'documents',
      hideAggregatedPreview: false,
      rowHeight: 2,
      density: 'compact',
      kibanaSavedObjectMeta: {
        searchSourceJSON: JSON.stringify({
          query: kuery(kql),
          filter: [],
          indexRefName: SEARCH_SOURCE_REFERENCE,
        }),
      },
    },
    [{ name: SEARCH_SOURCE_REFERENCE, type: 'index-pattern', id: dataViewId(prefix, kind) }],
  );
}

/** A search of the library as a panel. */
export function searchPanel({ name, title, description }: SearchDefinition): PanelContent {
  return {
    title,
    description,
    build: (prefix, panelId) => ({
      type: 'search',
      references: [{ name: `panel_${panelId}`, type: 'search', id: searchId(prefix, name) }],
      referenceName: `panel_${panelId}`,
      config: {},
    }),
  };
}
