import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Config } from '../config.ts';
import { acknowledgementKey } from '../domain/acknowledgement-link.ts';

/**
 * The key that signs acknowledgement links.
 *
 * Where none is set, the embedded profile, which is one process with one folder, makes a secret and keeps it there for
 * our eyes alone. In production processes share no folder, so that they can only be told: without a secret there is no
 * key, and messages bear no such links.
 */
export function openAcknowledgementKey({ acknowledgeSecret, profile, dataDir }: Config): Buffer | undefined {
  if (acknowledgeSecret !== undefined) return acknowledgementKey(acknowledgeSecret);
  return profile === 'embedded' ? acknowledgementKey(storedSecret(dataDir)) : undefined;
}

function storedSecret(dataDir: string): string {
  const file = join(dataDir, 'acknowledge-secret');
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}
