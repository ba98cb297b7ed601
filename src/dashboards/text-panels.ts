import { idFor } from './names.ts';
import type { PanelContent } from './panel.ts';
import { kuery } from './saved-object.ts';

/** A note in Markdown. */
export function note(markdown: string, description: string): PanelContent {
  return {
    title: '',
    description,
    build: () => ({
      type: 'visualization',
      references: [],
      config: {
        savedVis: {
          title: '',
          description,
          type: 'markdown',
          params: { fontSize: 12, openLinksInNewTab: false, markdown },
          uiState: {},
          data: { aggs: [], searchSource: { query: kuery(''), filter: [] } },
        },
      },
    }),
  };
}

/** Links to other dashboards, which keep period and filters. */
export function links(targets: readonly { readonly name: string; readonly label: string }[]): PanelContent {
  return {
    title: '',
    description: 'Links between the dashboards; period and filters go along.',
    build: (prefix) => ({
      type: 'links',
      references: targets.map(({ name }) => ({
        name: `link_${name}_dashboard`,
        type: 'dashboard' as const,
        id: idFor(prefix, 'dashboard', name),
      })),
      config: {
        layout: 'horizontal',
        links: targets.map(({ name, label }, order) => ({
          type: 'dashboardLink',
          id: name,
          order,
          label,
          destinationRefName: `link_${name}_dashboard`,
          options: { openInNewTab: false, useCurrentDateRange: true, useCurrentFilters: true },
        })),
      },
    }),
  };
}
