import { aliasFor, idFor } from './names.ts';
import { type SavedObject, savedObject } from './saved-object.ts';

/** How Kibana shows a field's values; the ids are those of its field formats. */
export type FieldFormat =
  | { readonly id: 'url'; readonly params: Readonly<Record<string, unknown>> }
  | { readonly id: 'duration'; readonly params: Readonly<Record<string, unknown>> }
  | { readonly id: 'number' | 'percent'; readonly params: { readonly pattern: string } }
  | { readonly id: 'static_lookup'; readonly params: Readonly<Record<string, unknown>> };

/** One field that readers of a dashboard meet: its Vietnamese name and, where the value alone says little, its form. */
export interface DataViewField {
  readonly label: string;
  readonly format?: FieldFormat;
}

export interface DataViewDefinition {
  /** Kind of index, as in its name. */
  readonly kind: string;
  /** Vietnamese; what lists show. */
  readonly name: string;
  readonly timeField: string;
  readonly fields: Readonly<Record<string, DataViewField>>;
}

/** The value is the address of a page. */
export const ADDRESS: FieldFormat = {
  id: 'url',
  params: { type: 'a', urlTemplate: '', labelTemplate: 'Mở bài', openLinkInCurrentTab: false },
};

/** The value is a duration in milliseconds. */
export const DURATION: FieldFormat = {
  id: 'duration',
  params: {
    inputFormat: 'milliseconds',
    outputFormat: 'humanizePrecise',
    outputPrecision: 1,
    useShortSuffix: false,
    includeSpaceWithSuffix: true,
  },
};

/** The value is a code that people know by a name; codes without one are shown as they are. */
export function named(names: Readonly<Record<string, string>>): FieldFormat {
  return {
    id: 'static_lookup',
    params: {
      lookupEntries: Object.entries(names).map(([key, value]) => ({ key, value })),
      unknownKeyValue: null,
    },
  };
}

export function dataViewId(prefix: string, kind: string): string {
  return idFor(prefix, 'data-view', kind);
}

/** A data view over the alias of one kind of index: no runtime fields, no scripts, and no wait for an index to exist. */
export function dataView(prefix: string, { kind, name, timeField, fields }: DataViewDefinition): SavedObject {
  const formats = Object.entries(fields).flatMap(([field, { format }]) =>
    format === undefined ? [] : [[field, format] as const],
  );
  return savedObject('index-pattern', dataViewId(prefix, kind), {
    title: aliasFor(prefix, kind),
    name,
    timeFieldName: timeField,
    fieldAttrs: JSON.stringify(
      Object.fromEntries(Object.entries(fields).map(([field, { label }]) => [field, { customLabel: label }])),
    ),
    fieldFormatMap: JSON.stringify(Object.fromEntries(formats)),
    fields: '[]',
    sourceFilters: '[]',
    runtimeFieldMap: '{}',
    allowNoIndex: true,
    allowHidden: false,
  });
}
