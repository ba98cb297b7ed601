import type { IndexDefinition } from '../../../src/adapters/elasticsearch/index-definition.ts';

/** A plain and a monthly kind, small enough to migrate often; version 2 has one more field, filled by its upgrade. */
export function sampleDefinitions(version: 1 | 2): IndexDefinition[] {
  const mappings: IndexDefinition['mappings'] = {
    properties: {
      group: { type: 'keyword' },
      count: { type: 'long' },
      ...(version === 2 ? { isUpgraded: { type: 'boolean' } } : {}),
    },
  };
  const upgrade = (source: Record<string, unknown>, fromVersion: number) => ({
    ...source,
    isUpgraded: fromVersion === 1,
  });
  const shared = { version, mappings, settings: {}, ...(version === 2 ? { upgrade } : {}) };
  return [
    { kind: 'things', isMonthly: false, ...shared },
    { kind: 'notes', isMonthly: true, ...shared },
  ];
}
