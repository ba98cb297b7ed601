import type { Client, estypes } from '@elastic/elasticsearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dashboardsNdjson } from '../../src/bring-dashboards.ts';
import { CONFIG, fillDemoArchive } from '../support/dashboards/demo-archive.ts';
import { toQuery } from '../support/dashboards/kql.ts';
import { type Row, rowsOf, searchOf } from '../support/dashboards/lens-search.ts';
import {
  controlsOf,
  dashboardsOf,
  dataViewBehind,
  type ExportedLayer,
  type ExportedObject,
  lensLayersOf,
  readExport,
} from '../support/dashboards/read-export.ts';
import { elasticsearchUrl, openTestClient, removeEverything } from '../support/elasticsearch/test-client.ts';

const PREFIX = `dashboards-${process.pid}`;

/** The clock of the data and of every query, so that yearly campaigns lie the same way whenever this runs. */
const NOW = new Date('2026-11-15T03:00:00.000Z');

/** Two weeks of the demo's archive are read and judged; a busy machine takes a minute over it. */
const PATIENCE_MS = 300_000;

const objects = readExport(dashboardsNdjson({ configDir: CONFIG, elasticsearchPrefix: PREFIX }));
const layers = lensLayersOf(objects);

describe.skipIf(elasticsearchUrl === undefined)('on the demo’s archive in a real Elasticsearch', () => {
  let client: Client;

  beforeAll(async () => {
    client = openTestClient();
    await fillDemoArchive(client, PREFIX, NOW);
    await client.indices.refresh({ index: `${PREFIX}-*` });
  }, PATIENCE_MS);

  afterAll(async () => {
    await removeEverything(client, PREFIX);
    await client.close();
  });

  it.each(layers.map((layer) => [layer.name, layer] as const))('%s', async (_name, layer) => {
    const rows = rowsOf(layer, await client.search(searchOf(layer, NOW)));
    expect(rows.length).toBeGreaterThan(0);
    const silent = shownMetrics(layer).filter((id) => !rows.some((row) => says(row, id)));
    expect(silent.map((id) => layer.columns[id]?.label)).toEqual([]);
  });

  it('lists the incidents that wait, and none that is resolved', async () => {
    const layer = layers.find(({ name }) => name.endsWith('› Sự việc chưa khép')) as ExportedLayer;
    const rows = rowsOf(layer, await client.search(searchOf(layer, NOW)));
    expect(rows.map(({ keys }) => keys)).toEqual([
      ['Chưa ai nhận', 'Sự việc tại bệnh viện số 0', 'critical'],
      ['Đang xử lý', 'Sự việc tại bệnh viện số 1', 'serious'],
    ]);
  });

  it('counts shares as what they are', async () => {
    const layer = layers.find(
      ({ name }) => name === 'Nhịp Y tế: Toàn cảnh › Tỷ lệ tiêu cực',
    ) as ExportedLayer;
    const [row] = rowsOf(layer, await client.search(searchOf(layer, NOW)));
    const within = { range: { firstSeenAt: { gte: '2026-11-08T03:00:00.000Z', lte: NOW.toISOString() } } };
    const count = async (filter: estypes.QueryDslQueryContainer[]) =>
      (await client.count({ index: `${PREFIX}-articles`, query: { bool: { filter } } })).count;
    const negative = await count([within, { term: { 'sentiment.polarity': 'negative' } }]);
    expect(Object.values(row?.values ?? {})[0]).toBeCloseTo(negative / (await count([within])), 10);
  });

  it.each(
    objects.filter(({ type }) => type === 'search').map((each) => [each.attributes.title, each] as const),
  )('the search «%s» finds documents and reads its columns', async (_title, search) => {
    const { query, indexRefName } = JSON.parse(search.attributes.kibanaSavedObjectMeta.searchSourceJSON);
    const { title } = dataViewBehind(search.references, indexRefName, objects);
    const { hits } = await client.search({
      index: title,
      query: asked(query),
      sort: search.attributes.sort.map(([field, order]: [string, 'asc' | 'desc']) => ({ [field]: order })),
      fields: search.attributes.columns,
      size: 50,
    });
    expect(hits.hits.length).toBeGreaterThan(0);
    const read = new Set(hits.hits.flatMap(({ fields = {} }) => Object.keys(fields)));
    expect([...read]).toEqual(expect.arrayContaining(required(search)));
  });

  it('the map has circles with the names of provinces', async () => {
    const [map] = objects.filter(({ type }) => type === 'map') as [ExportedObject];
    for (const { sourceDescriptor, query } of JSON.parse(map.attributes.layerListJSON)) {
      const { title } = dataViewBehind(map.references, sourceDescriptor.indexPatternRefName, objects);
      const { aggregations = {} } = await client.search({
        index: title,
        size: 0,
        query: asked(query),
        aggs: {
          cells: {
            geotile_grid: { field: sourceDescriptor.geoField, precision: 8 },
            aggs: {
              centroid: { geo_centroid: { field: sourceDescriptor.geoField } },
              name: { terms: { field: sourceDescriptor.metrics[1].field, size: 1 } },
            },
          },
        },
      });
      const { buckets } = aggregations.cells as unknown as {
        buckets: { doc_count: number; name: { buckets: { key: string }[] } }[];
      };
      expect(buckets.length).toBeGreaterThan(5);
      const names = buckets.map(({ name }) => name.buckets[0]?.key);
      expect(names).not.toContain(undefined);
      // What is written beside a circle is the place it stands on, not its neighbour.
      expect(new Set(names).size).toBeGreaterThan(names.length / 2);
    }
  });

  it.each(
    dashboardsOf(objects).flatMap((dashboard) =>
      controlsOf(dashboard, objects).map(
        ({ alias, fieldName }) => [dashboard.attributes.title, fieldName, alias] as const,
      ),
    ),
  )('%s: the control over %s has something to choose', async (_title, field, index) => {
    const { aggregations = {} } = await client.search({
      index,
      size: 0,
      aggs: { values: { terms: { field } } },
    });
    const { buckets } = aggregations.values as unknown as { buckets: unknown[] };
    expect(buckets).not.toEqual([]);
  });
});

function asked({ query }: { query: string }) {
  return toQuery(query, NOW) ?? {};
}

/** Metrics that say something; what only feeds a formula is judged by it, and the ends of a gauge are no measure. */
function shownMetrics({ columns, columnOrder }: ExportedLayer): string[] {
  const feeding = Object.values(columns).flatMap(({ references = [] }) => references);
  const isMeasured = (id: string) =>
    columns[id]?.isBucketed === false && columns[id]?.operationType !== 'static_value';
  return columnOrder.filter((id) => isMeasured(id) && !feeding.includes(id));
}

function says({ values }: Row, id: string): boolean {
  const value = values[id];
  return typeof value === 'string'
    ? value !== ''
    : typeof value === 'number' && !Number.isNaN(value) && value !== 0;
}

/** Columns without which a list is of no use; the others may be empty in every document. */
function required({ attributes }: ExportedObject): string[] {
  const always = ['title', 'url', 'outletName', 'tier', 'outletId', 'severity', 'status', 'countedReason'];
  return attributes.columns.filter((column: string) => always.includes(column));
}
