import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { openTestConsole, type TestConsole } from './console-fixture.ts';

const run = promisify(execFile);
const NOTEBOOK = new URL('../../docs/notebooks/analysis.ipynb', import.meta.url);

let fixture: TestConsole;
let url: string;
beforeAll(async () => {
  fixture = await openTestConsole();
  await fixture.seed();
  url = await fixture.server.listen({ port: 0 });
}, 60_000);
afterAll(() => fixture.close());

it('the notebook runs against a console and counts what it counts', { timeout: 60_000 }, async () => {
  const { cells } = JSON.parse(readFileSync(NOTEBOOK, 'utf8')) as {
    cells: { cell_type: string; source: string[] }[];
  };
  const code = cells.flatMap(({ cell_type, source }) => (cell_type === 'code' ? [source.join('')] : []));
  const env = { PATH: process.env.PATH ?? '', NHIP_YTE_URL: url, PYTHONIOENCODING: 'utf-8' };
  const { stdout } = await run('python3', ['-c', code.join('\n\n')], { env });
  const { meta } = (await fixture.server.inject('/api/v1/articles?period=30d')).json();
  expect(stdout).toContain(`${meta.matched} articles until ${meta.dataWatermarkAt}`);
  expect(stdout).toContain(`${meta.matched} articles; id, url, outlet_id`);
  expect(stdout).toMatch(/: \d+ → \d+, ×/);
});
