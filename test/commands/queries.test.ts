import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openDatabase } from '../../src/adapters/pglite/database.ts';
import { openStores } from '../../src/adapters/pglite/stores.ts';
import { anArticle } from '../support/factories.ts';

const run = promisify(execFile);
const CLI = resolve(import.meta.dirname, '../../src/cli.ts');
const DAYS = ['2026-03-02', '2026-03-03', '2026-03-03', '2026-03-04'];

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhip-yte-queries-'));
  const { db, close } = await openDatabase(folder);
  const { articles } = await openStores(db);
  await articles.save(
    DAYS.map((day, at) =>
      anArticle({
        id: `a${at}`,
        storyId: `s${at}`,
        title: `Tin mẫu ${at}`,
        firstSeenAt: `${day}T05:00:00.000Z`,
      }),
    ),
  );
  await close();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function verb(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH ?? '', DATA_DIR: folder };
  try {
    const said = await run(process.execPath, ['--import', 'tsx', CLI, ...args], { env });
    return { code: 0, ...said };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the verbs of the analyst', { timeout: 300_000 }, () => {
  it('search finds by what was typed, and says how many there are', async () => {
    const { stdout, stderr } = await verb(
      'search',
      '--limit',
      '2',
      '--order',
      'oldest',
      '--',
      'mẫu',
      '-"mẫu 3"',
    );
    expect(linesOf(stdout).map(({ id }) => id)).toEqual(['a0', 'a1']);
    expect(stderr).toContain('2 of 3');
  });

  it('trend counts by day', async () => {
    const { stdout } = await verb('trend', '--from', '2026-03-02');
    expect(linesOf(stdout).map(({ bucket, count }) => [bucket, count])).toEqual([
      ['2026-03-02', 1],
      ['2026-03-03', 2],
      ['2026-03-04', 1],
    ]);
  });

  it('compare sets one time against another', async () => {
    const period = [
      '--from',
      '2026-03-03',
      '--to',
      '2026-03-03',
      '--vsFrom',
      '2026-03-02',
      '--vsTo',
      '2026-03-02',
    ];
    const { now, before, volume } = JSON.parse((await verb('compare', ...period)).stdout);
    expect([now.count, before.count, volume.ratio]).toEqual([2, 1, 2]);
  });

  it('export writes every article as a file', async () => {
    const file = join(folder, 'tin.parquet');
    expect((await verb('export', '--format', 'parquet', '--output', file)).code).toBe(0);
    const bytes = readFileSync(file);
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
    const rows = (await parquetReadObjects({ file: buffer })) as { id: string }[];
    expect(rows.map(({ id }) => id)).toEqual(['a0', 'a1', 'a2', 'a3']);
  });

  it('says what was asked wrongly', async () => {
    const { code, stderr } = await verb('trend', '--interval', 'minute');
    expect(code).not.toBe(0);
    expect(stderr).toContain('interval');
  });
});
