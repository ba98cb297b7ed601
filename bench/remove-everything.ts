import type { Client } from '@elastic/elasticsearch';

/** Removes what a benchmark made under its prefix: indices and index templates. */
export async function removeEverything(client: Client, prefix: string): Promise<void> {
  const indices = Object.keys(await client.indices.get({ index: `${prefix}-*`, expand_wildcards: 'all' }));
  for (const index of indices) await client.indices.delete({ index, ignore_unavailable: true });
  await client.indices.deleteIndexTemplate({ name: `${prefix}-*` }, { ignore: [404] });
}
