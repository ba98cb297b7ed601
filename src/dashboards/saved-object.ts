/**
 * The form of a Kibana saved object in an export file, and the versions that ours are written in.
 *
 * Kibana brings objects of an earlier version forward while it imports them and refuses objects of a later one. So each
 * type is written in a version whose form we know whole from Kibana's public source and which Kibana 9.4 already has;
 * `dashboards/README.md` says where each number was read.
 */

/** The Kibana that the dashboards are written for: the version of Elasticsearch in `docker-compose.yml`. */
export const KIBANA_VERSION = '9.4.3';

/** Version of what all types share; the last that Kibana introduced. */
export const CORE_MIGRATION_VERSION = '8.8.0';

/** Version of each type's own attributes. */
export const TYPE_MIGRATION_VERSIONS = {
  'index-pattern': '8.0.0',
  tag: '8.0.0',
  map: '8.4.0',
  // The last version before sessions had tabs: Kibana's own backfill makes the one tab out of it.
  search: '10.5.0',
  dashboard: '10.3.0',
} as const;

export type SavedObjectType = keyof typeof TYPE_MIGRATION_VERSIONS;

export interface Reference {
  readonly name: string;
  readonly type: SavedObjectType;
  readonly id: string;
}

export interface SavedObject {
  readonly id: string;
  readonly type: SavedObjectType;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly references: readonly Reference[];
  readonly coreMigrationVersion: string;
  readonly typeMigrationVersion: string;
  /** False, so that analysts may change their copy in Kibana. */
  readonly managed: boolean;
}

export function savedObject(
  type: SavedObjectType,
  id: string,
  attributes: Readonly<Record<string, unknown>>,
  references: readonly Reference[] = [],
): SavedObject {
  return {
    id,
    type,
    attributes,
    references,
    coreMigrationVersion: CORE_MIGRATION_VERSION,
    typeMigrationVersion: TYPE_MIGRATION_VERSIONS[type],
    managed: false,
  };
}

/** A query in Kibana's own language, as saved objects hold it. */
export function kuery(query: string): { readonly query: string; readonly language: 'kuery' } {
  return { query, language: 'kuery' };
}

/** Newline-delimited JSON, one object a line, as Kibana exports and imports it; equal objects give equal bytes. */
export function toNdjson(objects: readonly SavedObject[]): string {
  return objects.map((object) => `${JSON.stringify(object)}\n`).join('');
}
