import { Client } from '@elastic/elasticsearch';
import { inject } from 'vitest';

/** Address of the run's Elasticsearch; `undefined` where none can run here, which has been printed. */
export const elasticsearchUrl: string | undefined = inject('elasticsearchUrl') || undefined;

/** A plain client of that server, to look at it from outside. */
export function openTestClient(): Client {
  if (elasticsearchUrl === undefined)
    throw new Error('No Elasticsearch runs; skip the suite without its address');
  return new Client({ node: elasticsearchUrl });
}

/** Removes whatever a test file made under its prefix: indices and index templates. */
export async function removeEverything(client: Client, prefix: string): Promise<void> {
  const indices = Object.keys(await client.indices.get({ index: `${prefix}-*`, expand_wildcards: 'all' }));
  for (const index of indices) await client.indices.delete({ index, ignore_unavailable: true });
  const { index_templates } = await client.indices.getIndexTemplate({ name: `${prefix}-*` });
  for (const { name } of index_templates)
    await client.indices.deleteIndexTemplate({ name }, { ignore: [404] });
}
