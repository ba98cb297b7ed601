import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { startProgram } from '../support/child-process.ts';

it('raises one incident for the crisis and none for what only looks like one, and the ledger adds up', async () => {
  const env = { DATA_DIR: mkdtempSync(join(tmpdir(), 'nhip-yte-demo-')), CONSOLE_PORT: '0' };
  const program = startProgram(['demo', '--once'], env);
  const said = (pattern: RegExp) => program.waitFor(({ msg }) => pattern.test(msg ?? ''), 600_000);
  const account = await said(/^found \d+ = indexed/);
  const verdict = await said(/^adds up$|^FAULT/);
  const incident = await said(/^Sự cố \/ incident: .*Sông Mai/);
  expect(account.msg).toContain('+ pending 0');
  expect(verdict.msg).toBe('adds up');
  expect(incident.msg).toContain('[crisis');
  expect(await program.ended).toBe(0);
}, 700_000);
