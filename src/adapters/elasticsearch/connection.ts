import type { Client, estypes } from '@elastic/elasticsearch';
import type { BulkOperation, BulkOutcome } from './bulk-writer.ts';
import { BulkWriter } from './bulk-writer.ts';
import { translate } from './elasticsearch-error.ts';
import { GroupedCalls } from './grouped-calls.ts';
import { itemError } from './item-error.ts';
import { Refresher } from './refresher.ts';

/** Documents asked for in one `_mget`, searches in one `_msearch`. */
const MOST_GETS = 500;
const MOST_SEARCHES = 50;

export type GetRequest = { readonly index: string; readonly id: string };
export type GetAnswer = estypes.GetGetResult<unknown> | estypes.MgetMultiGetError;
export interface SearchRequest {
  readonly index: string;
  readonly body: estypes.SearchSearchRequestBody;
  /** Whether there may be no index yet. */
  readonly mayBeMissing: boolean;
}

/** What all stores of one process share: one road for writes, grouped reads, and who has to see what. */
export interface Connection {
  readonly client: Client;
  readonly prefix: string;
  readonly writer: BulkWriter;
  readonly refresher: Refresher;
  readonly gets: GroupedCalls<GetRequest, GetAnswer>;
  readonly searches: GroupedCalls<SearchRequest, estypes.SearchResponse<unknown>>;
}

export function connect(client: Client, prefix: string): Connection {
  return {
    client,
    prefix,
    writer: new BulkWriter(client),
    refresher: new Refresher(client),
    gets: new GroupedCalls((requests) => getMany(client, requests), MOST_GETS),
    searches: new GroupedCalls((requests) => searchMany(client, requests), MOST_SEARCHES),
  };
}

/**
 * Writes and remembers that searches have something new to see.
 *
 * @param searchedAs  the alias that searches name, where it is not the one that is written to
 * @throws as `BulkWriter.write`
 */
export async function write(
  { writer, refresher }: Connection,
  operations: readonly BulkOperation[],
  searchedAs?: string,
): Promise<BulkOutcome[]> {
  try {
    return await writer.write(operations);
  } finally {
    // Also after an error: some may have been written.
    for (const alias of new Set(operations.map(({ alias }) => searchedAs ?? alias))) refresher.wrote(alias);
  }
}

async function getMany(client: Client, requests: readonly GetRequest[]): Promise<GetAnswer[]> {
  try {
    const { docs } = await client.mget({
      docs: requests.map(({ index, id }) => ({ _index: index, _id: id })),
    });
    return docs;
  } catch (error) {
    throw translate(error);
  }
}

async function searchMany(client: Client, requests: readonly SearchRequest[]) {
  try {
    const { responses } = await client.msearch({
      searches: requests.flatMap(({ index, body, mayBeMissing }) => [
        {
          index,
          ignore_unavailable: mayBeMissing,
          allow_partial_search_results: false,
        },
        body,
      ]),
    });
    return responses.map((response) => {
      if ('error' in response) throw itemError(response.error, response.status ?? 500);
      return response as estypes.SearchResponse<unknown>;
    });
  } catch (error) {
    throw translate(error);
  }
}
