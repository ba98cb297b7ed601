import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { stringify } from 'yaml';

import type { Outlet } from '../../src/domain/outlet.ts';

const MINUTE_MS = 60_000;

/** A configuration folder like the shipped one, but with these outlets: what an operator would have written. */
export function configDirFor(outlets: readonly Outlet[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'nhip-yte-config-'));
  cpSync(resolve(import.meta.dirname, '../../config'), dir, { recursive: true });
  const rows = outlets.map(({ feeds, ...outlet }) => ({
    ...outlet,
    feeds: feeds.map(({ outletId: _outlet, isHealth, pollEveryMs, ...feed }) => ({
      ...feed,
      health: isHealth,
      pollEveryMinutes: pollEveryMs / MINUTE_MS,
    })),
  }));
  writeFileSync(join(dir, 'outlets.yaml'), stringify({ outlets: rows }));
  return dir;
}
