import { type Client, errors, type estypes } from '@elastic/elasticsearch';

import type { IndexDefinition } from './index-definition.ts';

/** Mappings and settings of an index, with what all kinds share. */
export function bodyOf({ kind, version, mappings, settings, unkept }: IndexDefinition): {
  readonly mappings: estypes.MappingTypeMapping;
  readonly settings: estypes.IndicesIndexSettings;
} {
  return {
    mappings: {
      ...mappings,
      dynamic: 'strict',
      ...(unkept === undefined ? {} : { _source: { excludes: [...unkept] } }),
      _meta: { ...mappings._meta, kind, version },
    },
    // A month of articles is far below what one shard takes; a second node, where there is one, holds a copy.
    settings: { ...settings, number_of_shards: 1, auto_expand_replicas: '0-1' },
  };
}

/**
 * Makes an index with its aliases in one step.
 *
 * @returns false if it was there already, as when two processes make it at once
 */
export async function createIndex(
  client: Client,
  index: string,
  definition: IndexDefinition,
  aliases: readonly string[],
): Promise<boolean> {
  try {
    await client.indices.create({
      index,
      ...bodyOf(definition),
      aliases: Object.fromEntries(aliases.map((alias) => [alias, {}])),
    });
    return true;
  } catch (error) {
    if (isAlreadyThere(error)) return false;
    throw error;
  }
}

/** Whether the server refused to make an index since there is one of that name. */
export function isAlreadyThere(error: unknown): boolean {
  if (!(error instanceof errors.ResponseError)) return false;
  const { error: cause } = (error.body ?? {}) as { error?: { type?: string } };
  return cause?.type === 'resource_already_exists_exception';
}
