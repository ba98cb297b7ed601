import type { estypes } from '@elastic/elasticsearch';

/** A field of an index as far as a chart can use it. */
export interface MappedField {
  readonly type: string;
  /** Can be filtered by. */
  readonly isSearchable: boolean;
  /** Can be sorted, counted and shown from its column. */
  readonly isAggregatable: boolean;
}

const WITHOUT_COLUMNS = ['text', 'object', 'binary'];

/** Every field of a mapping by its full name, multi-fields included; what is switched off is no field. */
export function fieldsOfMapping(mapping: estypes.MappingTypeMapping): ReadonlyMap<string, MappedField> {
  const fields = new Map<string, MappedField>();
  const walk = (properties: Readonly<Record<string, estypes.MappingProperty>>, path: string) => {
    for (const [name, property] of Object.entries(properties)) add(`${path}${name}`, property);
  };
  const add = (name: string, property: estypes.MappingProperty) => {
    const {
      type = 'object',
      properties,
      fields: multi,
      enabled,
      index,
      doc_values,
    } = property as {
      type?: string;
      properties?: Record<string, estypes.MappingProperty>;
      fields?: Record<string, estypes.MappingProperty>;
      enabled?: boolean;
      index?: boolean;
      doc_values?: boolean;
    };
    if (enabled === false) return;
    if (properties !== undefined) {
      walk(properties, `${name}.`);
      return;
    }
    fields.set(name, {
      type,
      isSearchable: index !== false,
      isAggregatable: doc_values !== false && !WITHOUT_COLUMNS.includes(type),
    });
    for (const [suffix, each] of Object.entries(multi ?? {})) add(`${name}.${suffix}`, each);
  };
  walk(mapping.properties ?? {}, '');
  return fields;
}
