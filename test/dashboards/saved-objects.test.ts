import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { INDEX_DEFINITIONS } from '../../src/adapters/elasticsearch/index-definitions.ts';
import { dashboardsNdjson } from '../../src/bring-dashboards.ts';
import { metric } from '../../src/dashboards/lens-chart.ts';
import { count } from '../../src/dashboards/lens-column.ts';
import { KIBANA_VERSION } from '../../src/dashboards/saved-object.ts';
import { ATTRIBUTES, LENS_ATTRIBUTES } from '../support/dashboards/kibana-schemas.ts';
import { fieldsOf } from '../support/dashboards/kql.ts';
import { fieldsOfMapping, type MappedField } from '../support/dashboards/mapped-fields.ts';
import {
  type ColumnState,
  controlsOf,
  dashboardsOf,
  dataViewBehind,
  type ExportedObject,
  lensLayersOf,
  panelsOf,
  readExport,
} from '../support/dashboards/read-export.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PREFIX = 'nhip-yte';

const exported = readFileSync(join(ROOT, 'dashboards/nhip-yte.ndjson'), 'utf8');
const objects = readExport(exported);
const dashboards = dashboardsOf(objects);
const byKey = new Map(objects.map((object) => [`${object.type} ${object.id}`, object]));

/** Fields by alias, as the stores define them. */
const mapped = new Map(
  INDEX_DEFINITIONS.map(({ kind, mappings }) => [`${PREFIX}-${kind}`, fieldsOfMapping(mappings)]),
);

function field(alias: string, name: string): MappedField | undefined {
  return mapped.get(alias)?.get(name);
}

describe('the export file', () => {
  it('is what the builder makes of the shipped configuration (else: npx tsx src/cli.ts dashboards export dashboards/nhip-yte.ndjson)', () => {
    const made = dashboardsNdjson({ configDir: join(ROOT, 'config'), elasticsearchPrefix: PREFIX });
    expect(exported === made).toBe(true);
  });

  it('is one JSON object a line, in the envelope that Kibana exports', () => {
    expect(exported.endsWith('}\n')).toBe(true);
    for (const object of objects) {
      expect(Object.keys(object).sort()).toEqual([
        'attributes',
        'coreMigrationVersion',
        'id',
        'managed',
        'references',
        'type',
        'typeMigrationVersion',
      ]);
    }
  });

  it('holds the four dashboards and what they stand on', () => {
    const countOf = (wanted: string) => objects.filter(({ type }) => type === wanted).length;
    expect(dashboards.map(({ id }) => id)).toEqual([
      `${PREFIX}-dashboard-overview`,
      `${PREFIX}-dashboard-crisis-room`,
      `${PREFIX}-dashboard-policy-and-campaigns`,
      `${PREFIX}-dashboard-outlets-and-ledger`,
    ]);
    expect(countOf('index-pattern')).toBe(9);
    expect(countOf('search')).toBe(8);
    expect(countOf('map')).toBe(1);
  });

  it('states versions that Kibana 9.4 knows: none later than those read in its source', () => {
    // In dashboards/README.md: where each was read.
    const known: Readonly<Record<string, string>> = {
      'index-pattern': '8.0.0',
      tag: '8.0.0',
      map: '8.4.0',
      search: '10.5.0',
      dashboard: '10.3.0',
    };
    for (const { type, coreMigrationVersion, typeMigrationVersion } of objects) {
      expect([type, coreMigrationVersion, typeMigrationVersion]).toEqual([type, '8.8.0', known[type]]);
    }
  });

  it('gives every object the attributes that its type and version have, and no others', () => {
    for (const { id, type, attributes } of objects) {
      expect([id, ATTRIBUTES[type]?.safeParse(attributes).error?.issues]).toEqual([id, undefined]);
    }
    for (const { embeddableConfig, type } of dashboards.flatMap(panelsOf)) {
      if (type !== 'lens') continue;
      const { issues } = LENS_ATTRIBUTES.safeParse(embeddableConfig.attributes).error ?? {};
      expect([embeddableConfig.title, issues]).toEqual([embeddableConfig.title, undefined]);
    }
  });

  it('is for the Kibana that docker-compose.yml starts', () => {
    const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
    expect(compose).toContain(`kibana/kibana:\${ELASTIC_STACK_VERSION:-${KIBANA_VERSION}}`);
  });

  it('has unique ids, which follow the prefix', () => {
    expect(byKey.size).toBe(objects.length);
    const other = readExport(
      dashboardsNdjson({ configDir: join(ROOT, 'config'), elasticsearchPrefix: 'so-y-te' }),
    );
    const ids = new Set(objects.map(({ id }) => id));
    expect(other.filter(({ id }) => ids.has(id) || !id.startsWith('so-y-te-'))).toEqual([]);
    const views = other.filter(({ type }) => type === 'index-pattern');
    expect(views.filter(({ attributes }) => !attributes.title.startsWith('so-y-te-'))).toEqual([]);
  });

  it('leads every reference to an object of its own', () => {
    const dangling = objects.flatMap(({ id, references }) =>
      references
        .filter((reference) => !byKey.has(`${reference.type} ${reference.id}`))
        .map(({ name }) => [id, name]),
    );
    expect(dangling).toEqual([]);
    for (const { id, references } of objects) {
      expect([id, new Set(references.map(({ name }) => name)).size]).toEqual([id, references.length]);
    }
  });

  it('asks for no script: no runtime field, no scripted field, no Vega', () => {
    for (const { attributes } of objects.filter(({ type }) => type === 'index-pattern')) {
      expect(attributes.runtimeFieldMap).toBe('{}');
      expect(attributes.fields).toBe('[]');
    }
    expect(exported).not.toMatch(/"script"|painless|vega/i);
  });
});

describe('dashboards', () => {
  it.each(dashboards.map((dashboard) => [dashboard.attributes.title as string, dashboard] as const))(
    '%s: panels fill their places without overlap',
    (_title, dashboard) => {
      const taken = new Set<string>();
      for (const { gridData, panelIndex } of panelsOf(dashboard)) {
        expect(gridData.i).toBe(panelIndex);
        expect(gridData.x + gridData.w).toBeLessThanOrEqual(48);
        for (let x = gridData.x; x < gridData.x + gridData.w; x++) {
          for (let y = gridData.y; y < gridData.y + gridData.h; y++) {
            expect(taken.has(`${x} ${y}`)).toBe(false);
            taken.add(`${x} ${y}`);
          }
        }
      }
    },
  );

  it.each(dashboards.map((dashboard) => [dashboard.attributes.title as string, dashboard] as const))(
    '%s: every panel finds what it refers to, and nothing is referred to in vain',
    (_title, dashboard) => {
      const used = new Set<string>();
      for (const panel of panelsOf(dashboard)) {
        for (const name of namesUsedBy(panel.type, panel)) used.add(`${panel.panelIndex}:${name}`);
      }
      for (const { id } of controlsOf(dashboard, objects)) used.add(`controlGroup_${id}:optionsListDataView`);
      const given = dashboard.references.filter(({ type }) => type !== 'tag').map(({ name }) => name);
      expect([...used].sort()).toEqual(given.sort());
    },
  );

  it('has Vietnamese titles and English descriptions throughout', () => {
    for (const dashboard of dashboards) {
      expect(dashboard.attributes.title).toMatch(/^Nhịp Y tế: /);
      for (const { type, embeddableConfig } of panelsOf(dashboard)) {
        expect(embeddableConfig.description).toMatch(/^[\x20-\x7e’]{20,}$/);
        const isNamed = !['links', 'visualization'].includes(type);
        expect(embeddableConfig.title !== '').toBe(isNamed);
        if (isNamed) expect(embeddableConfig.title).toBe(embeddableConfig.title.normalize('NFC'));
      }
    }
  });

  it('gives every reader the controls for topic, province, facility and tier, save where the account is kept', () => {
    const controls = dashboards.map((dashboard) =>
      controlsOf(dashboard, objects).map(({ fieldName }) => fieldName),
    );
    const four = ['facets.topicName', 'facets.provinceName', 'facets.facilityName', 'tier'];
    expect(controls).toEqual([four, four, ['facets.policyDocument', ...four], ['outletId']]);
  });

  it('lets controls filter only panels whose index has their fields', () => {
    const others = objects.filter(({ type }) => type !== 'dashboard');
    for (const dashboard of dashboards) {
      const fieldNames = controlsOf(dashboard, objects).map(({ fieldName }) => fieldName);
      for (const { name, alias, ignoresControls } of lensLayersOf([...others, dashboard])) {
        const lacks = fieldNames.some((fieldName) => field(alias, fieldName) === undefined);
        expect([name, ignoresControls]).toEqual([name, lacks]);
      }
      // A session in a panel cannot be told to ignore a filter.
      for (const alias of aliasesOfSearchPanels(dashboard)) {
        expect([alias, fieldNames.filter((fieldName) => field(alias, fieldName) === undefined)]).toEqual([
          alias,
          [],
        ]);
      }
    }
  });
});

function aliasesOfSearchPanels(dashboard: ExportedObject): string[] {
  return panelsOf(dashboard)
    .filter(({ type }) => type === 'search')
    .map(({ panelIndex }) => {
      const wanted = `${panelIndex}:panel_${panelIndex}`;
      const reference = dashboard.references.find(({ name }) => name === wanted);
      const search = byKey.get(`search ${reference?.id}`);
      return dataViewBehind(search?.references ?? [], 'kibanaSavedObjectMeta.searchSourceJSON.index', objects)
        .title;
    });
}

describe('Lens', () => {
  const layers = lensLayersOf(objects);

  it('reads the layers', () => {
    expect(layers.length).toBeGreaterThan(35);
  });

  it('lists every column of a layer, and computes and orders only by such', () => {
    for (const { columns, columnOrder, name } of layers) {
      expect([name, [...columnOrder].sort()]).toEqual([name, Object.keys(columns).sort()]);
      const needed = Object.values(columns).flatMap(({ references = [], params }) => [
        ...references,
        ...(params.orderBy?.type === 'column' ? [params.orderBy.columnId] : []),
      ]);
      expect([name, needed.filter((id) => columns[id] === undefined)]).toEqual([name, []]);
    }
  });

  it('shows only columns that its layers have', () => {
    const charts = dashboards.flatMap(panelsOf).filter(({ type }) => type === 'lens');
    for (const { embeddableConfig } of charts) {
      const { visualization, datasourceStates } = embeddableConfig.attributes.state;
      const states: { columns: object }[] = Object.values(datasourceStates.formBased.layers);
      const known = states.flatMap(({ columns }) => Object.keys(columns));
      const shown = [...JSON.stringify(visualization).matchAll(/"(layer-\d+-(?:bucket|metric)-\d+)"/g)];
      expect(shown.length).toBeGreaterThan(0);
      expect(shown.map(([, id = '']) => id).filter((id) => !known.includes(id))).toEqual([]);
    }
  });

  it('has no query of its own where a chart ignores the controls, since Kibana would drop it', () => {
    expect(() =>
      metric({
        title: 'Thử',
        description: 'A chart that must not be.',
        kql: 'status : "open"',
        kind: 'incidents',
        metric: count({ label: 'Số' }),
        ignoresControls: true,
      }),
    ).toThrow(/ignores the controls/);
  });

  it('states formulas that say what their hidden columns compute', () => {
    const formulas = layers.flatMap(({ columns }) =>
      Object.values(columns)
        .filter(({ operationType }) => operationType === 'formula')
        .map((formula) => ({ formula, columns })),
    );
    expect(formulas.length).toBeGreaterThan(5);
    for (const { formula, columns } of formulas) {
      const { params } = columns[formula.references?.[0] ?? ''] as ColumnState;
      const parts = (params.tinymathAst.args as string[]).map((id) => {
        const filter = columns[id]?.filter;
        return filter === undefined ? 'count()' : `count(kql='${filter.query}')`;
      });
      expect(formula.params.formula).toBe(parts.join(' / '));
    }
  });

  /** Operation → types of field that it takes. */
  const TAKES: Readonly<Record<string, readonly string[]>> = {
    terms: ['keyword', 'boolean', 'integer', 'long'],
    date_histogram: ['date'],
    unique_count: ['keyword', 'date', 'integer', 'long', 'boolean'],
    sum: ['integer', 'long', 'float', 'double'],
    average: ['integer', 'long', 'float', 'double'],
    min: ['integer', 'long', 'float', 'double', 'date'],
    max: ['integer', 'long', 'float', 'double', 'date'],
    median: ['integer', 'long', 'float', 'double'],
    percentile: ['integer', 'long', 'float', 'double'],
    last_value: ['keyword', 'date', 'integer', 'long', 'float', 'double', 'boolean'],
  };
  const DATA_TYPES: Readonly<Record<string, string>> = {
    keyword: 'string',
    date: 'date',
    boolean: 'boolean',
    integer: 'number',
    long: 'number',
    float: 'number',
    double: 'number',
  };
  const VALUE_OF_FIELD = ['terms', 'date_histogram', 'min', 'max', 'last_value'];

  it('works on fields that the index has, of a type fit for the operation', () => {
    const wrong = layers.flatMap(({ name, alias, columns }) =>
      Object.values(columns)
        .filter(({ sourceField }) => sourceField !== undefined && sourceField !== '___records___')
        .filter(({ operationType, sourceField = '', dataType }) => {
          const found = field(alias, sourceField);
          if (!found?.isAggregatable || !TAKES[operationType]?.includes(found.type)) return true;
          return VALUE_OF_FIELD.includes(operationType) && DATA_TYPES[found.type] !== dataType;
        })
        .map(({ operationType, sourceField }) => `${name}: ${operationType} of ${alias} ${sourceField}`),
    );
    expect(wrong).toEqual([]);
  });

  it('queries fields that the index has and can search', () => {
    const wrong = layers.flatMap(({ name, alias, kql, columns }) =>
      [
        kql,
        ...Object.values(columns).flatMap(({ filter, params }) => [
          ...(filter === undefined ? [] : [filter.query]),
          ...((params.filters ?? []) as { input: { query: string } }[]).map(({ input }) => input.query),
        ]),
      ]
        .flatMap(fieldsOf)
        .filter((used) => !canBeAsked(field(alias, used.field), used))
        .map((used) => `${name}: ${used.field}`),
    );
    expect(wrong).toEqual([]);
  });
});

function canBeAsked(found: MappedField | undefined, { isRange }: { isRange: boolean }): boolean {
  if (found === undefined || !found.isSearchable) return false;
  return !isRange || !['keyword', 'text', 'boolean'].includes(found.type);
}

describe('data views, searches, map and controls', () => {
  const views = objects.filter(({ type }) => type === 'index-pattern');

  it.each(views.map(({ attributes }) => [attributes.title as string, attributes] as const))(
    '%s names fields that exist, each with a Vietnamese label',
    (title, { timeFieldName, fieldAttrs, fieldFormatMap }) => {
      expect(field(title, timeFieldName)?.type).toBe('date');
      const labels = JSON.parse(fieldAttrs) as Record<string, { customLabel: string }>;
      expect(Object.keys(labels).filter((name) => field(title, name) === undefined)).toEqual([]);
      const texts = Object.values(labels).map(({ customLabel }) => customLabel);
      expect(new Set(texts).size).toBe(texts.length);
      const formats = JSON.parse(fieldFormatMap) as Record<string, { id: string }>;
      for (const [name, { id }] of Object.entries(formats)) {
        const type = field(title, name)?.type ?? '';
        const fits = { url: ['keyword'], static_lookup: ['keyword'] }[id] ?? [
          'long',
          'integer',
          'float',
          'double',
        ];
        expect([name, fits.includes(type)]).toEqual([name, true]);
      }
    },
  );

  it('labels every field that a chart, a list or a control shows', () => {
    const labelled = new Map(
      views.map(({ attributes }) => [attributes.title, JSON.parse(attributes.fieldAttrs)] as const),
    );
    const shown = [
      ...lensLayersOf(objects).flatMap(({ alias, columns }) =>
        Object.values(columns).map(({ sourceField }) => [alias, sourceField ?? '___records___'] as const),
      ),
      ...dashboards.flatMap((dashboard) =>
        controlsOf(dashboard, objects).map(({ alias, fieldName }) => [alias, fieldName] as const),
      ),
    ].filter(([, name]) => name !== '___records___');
    expect(shown.filter(([alias, name]) => labelled.get(alias)?.[name] === undefined)).toEqual([]);
  });

  it.each(
    objects
      .filter(({ type }) => type === 'search')
      .map((search) => [search.attributes.title, search] as const),
  )('the search «%s» lists, sorts and asks for fields that exist', (_title, { attributes, references }) => {
    const source = JSON.parse(attributes.kibanaSavedObjectMeta.searchSourceJSON);
    const { title } = dataViewBehind(references, source.indexRefName, objects);
    for (const column of attributes.columns)
      expect([column, field(title, column) !== undefined]).toEqual([column, true]);
    for (const [name] of attributes.sort) expect(field(title, name)?.isAggregatable).toBe(true);
    for (const used of fieldsOf(source.query.query))
      expect(canBeAsked(field(title, used.field), used)).toBe(true);
    for (const name of Object.keys(attributes.grid.columns)) expect(attributes.columns).toContain(name);
  });

  it('draws the map from a geo_point and names places by a keyword', () => {
    const [map] = objects.filter(({ type }) => type === 'map') as [ExportedObject];
    const layers = JSON.parse(map.attributes.layerListJSON);
    expect(layers.length).toBe(2);
    for (const { sourceDescriptor, query, style } of layers) {
      const { title } = dataViewBehind(map.references, sourceDescriptor.indexPatternRefName, objects);
      expect(field(title, sourceDescriptor.geoField)?.type).toBe('geo_point');
      const [, named] = sourceDescriptor.metrics;
      expect(field(title, named.field)?.type).toBe('keyword');
      expect(style.properties.labelText.options.field.name).toBe(`terms_of_${named.field}`);
      for (const used of fieldsOf(query.query)) expect(canBeAsked(field(title, used.field), used)).toBe(true);
    }
    // No tiles and no boundaries from outside.
    expect(map.attributes.layerListJSON).not.toMatch(/EMS_|WMS|http/);
  });

  it('offers lists of keywords as controls', () => {
    for (const dashboard of dashboards) {
      for (const { alias, fieldName } of controlsOf(dashboard, objects)) {
        expect(field(alias, fieldName)).toEqual({
          type: 'keyword',
          isSearchable: true,
          isAggregatable: true,
        });
      }
    }
  });
});

/** Names of references that a panel looks up in its dashboard. */
// biome-ignore lint/suspicious/noExplicitAny: depends on the type
function namesUsedBy(type: string, { embeddableConfig, panelRefName }: any): string[] {
  if (type === 'lens')
    return embeddableConfig.attributes.references.map(({ name }: { name: string }) => name);
  if (type === 'links') {
    return embeddableConfig.links.map(
      ({ destinationRefName }: { destinationRefName: string }) => destinationRefName,
    );
  }
  return panelRefName === undefined ? [] : [panelRefName];
}
