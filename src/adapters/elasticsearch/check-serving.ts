import type { Client } from '@elastic/elasticsearch';

import { StoreUnavailableError } from '../../errors.ts';
import { translate } from './elasticsearch-error.ts';
import { aliasOf } from './index-names.ts';

/** What a block means to an operator; a full disk sets the last of them by itself. */
const BLOCKS: Readonly<Record<string, string>> = {
  read_only: 'is read-only (index.blocks.read_only)',
  write: 'takes no writes (index.blocks.write): a migration is under way, or somebody set it',
  read_only_allow_delete: 'is read-only: the disk is too full, or was (index.blocks.read_only_allow_delete)',
};

/**
 * Whether the cluster answers and takes writes, as a probe asks every few seconds.
 *
 * @throws {StoreUnavailableError} with what is wrong
 */
export async function checkServing(client: Client, prefix: string, signal: AbortSignal): Promise<void> {
  const blocked = await client.indices
    .getSettings(
      { index: aliasOf(prefix, '*'), name: 'index.blocks.*', flat_settings: true },
      { signal, maxRetries: 0 },
    )
    .catch((error: unknown) => {
      throw translate(error);
    });
  const faults = Object.entries(blocked).flatMap(([index, { settings }]) =>
    Object.entries(settings ?? {})
      .filter(([, value]) => String(value) === 'true')
      .map(([name]) => `${index} ${BLOCKS[name.replace('index.blocks.', '')] ?? `has ${name}`}`),
  );
  if (faults.length > 0) throw new StoreUnavailableError(faults.slice(0, 3).join('; '));
}
