import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** By which commands on this machine prove to the process that owns the folder that they may read it. */
const FILE = 'console-token';

/** Keeps a token for as long as the process runs, for whoever may read the folder alone. */
export function keepOperatorToken(dataDir: string, token: string): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(dataDir, FILE), token, { mode: 0o600 });
}

/** The token of the process that owns the folder; `undefined` where there is none. */
export function readOperatorToken(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, FILE), 'utf8');
  } catch {
    return undefined;
  }
}
