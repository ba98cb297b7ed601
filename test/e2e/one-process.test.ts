import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { startProgram } from '../support/child-process.ts';
import { configDirFor } from '../support/config-dir.ts';
import { anOutlet } from '../support/deps.ts';

it('refuses a second process on its data folder, answers questions for it, and says when nothing is reachable', async () => {
  const outlet = anOutlet({
    homepage: 'https://bao.invalid/',
    feeds: anOutlet().feeds.map((feed) => ({ ...feed, url: 'https://bao.invalid/rss' })),
  });
  const env = {
    DATA_DIR: mkdtempSync(join(tmpdir(), 'nhip-yte-one-')),
    CONFIG_DIR: configDirFor([outlet]),
    CONSOLE_PORT: '0',
  };
  const owner = startProgram(['start'], env);
  await owner.waitFor((record) => record.msg === 'job' && record.stage === 'discover', 120_000);

  const second = startProgram(['start'], env);
  expect(await second.ended).toBe(1);
  expect(second.stderr()).toContain('is in use by process');

  const ledger = startProgram(['ledger'], env);
  expect(await ledger.ended).toBe(0);
  expect((await ledger.waitFor(({ msg }) => /^found 0 =/.test(msg ?? ''), 1000)).msg).toContain('pending 0');

  await expect.poll(() => owner.stderr(), { timeout: 60_000 }).toContain('No outlet can be reached');
  expect(await owner.stop()).toBe(0);

  // The folder is free again.
  const after = startProgram(['ledger'], env);
  expect(await after.ended).toBe(0);
}, 300_000);

it('names every fault of the configuration at once and exits with 2', async () => {
  const program = startProgram(['check-config'], {
    LOG_LEVEL: 'loud',
    CONSOLE_PORT: 'many',
    CONFIG_DIR: 'config',
  });
  expect(await program.ended).toBe(2);
  expect(program.stderr()).toMatch(/LOG_LEVEL[\s\S]*CONSOLE_PORT|CONSOLE_PORT[\s\S]*LOG_LEVEL/);
}, 60_000);
