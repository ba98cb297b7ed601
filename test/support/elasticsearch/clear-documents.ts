import type { Client } from '@elastic/elasticsearch';

/** Most documents that one test writes into one kind of index. */
const MOST = 10_000;

/** Removes every document under a prefix; indices stay, which is far quicker than making them again. */
export async function clearDocuments(client: Client, prefix: string): Promise<void> {
  const index = `${prefix}-*`;
  await client.indices.refresh({ index });
  const { hits } = await client.search({ index, size: MOST, _source: false });
  if (hits.hits.length === 0) return;
  await client.bulk({
    operations: hits.hits.map(({ _index, _id }) => ({ delete: { _index, _id: _id ?? '' } })),
    refresh: true,
  });
}
