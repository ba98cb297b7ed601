import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readDocument } from '../../src/adapters/documents/read-document.ts';
import { openDatabase } from '../../src/adapters/pglite/database.ts';
import { openStores } from '../../src/adapters/pglite/stores.ts';
import type { PressBrief } from '../../src/domain/press-brief.ts';
import { anArticle } from '../support/factories.ts';

const run = promisify(execFile);
const CLI = resolve(import.meta.dirname, '../../src/cli.ts');

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nhip-yte-brief-'));
  const { db, close } = await openDatabase(folder);
  const { articles } = await openStores(db);
  await articles.save([
    anArticle({ id: 'a', title: 'Tin buổi sáng mẫu', firstSeenAt: '2026-03-03T05:00:00.000Z' }),
    anArticle({ id: 'b', storyId: 's2', firstSeenAt: '2026-03-04T05:00:00.000Z' }),
  ]);
  await close();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function brief(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env.PATH ?? '', DATA_DIR: folder };
  try {
    const said = await run(process.execPath, ['--import', 'tsx', CLI, 'brief', ...args], { env });
    return { code: 0, ...said };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

describe('nhip-yte brief', { timeout: 300_000 }, () => {
  it('makes the brief of a morning and writes it as it is kept', async () => {
    const made = JSON.parse((await brief('--day', '2026-03-04', '--by', 'Biên tập A')).stdout) as PressBrief;
    expect(made).toMatchObject({
      id: '2026-03-04',
      status: 'draft',
      history: [{ what: 'made', by: 'Biên tập A' }],
    });
    expect(made.model.totals.articles).toBe(1);
  });

  it('writes a Word file of any period', async () => {
    const file = join(folder, 'ban.docx');
    const period = ['--from', '2026-03-04T00:00+07:00', '--to', '2026-03-05T00:00+07:00'];
    expect((await brief(...period, '--format', 'docx', '--output', file)).code).toBe(0);
    const reading = await readDocument(readFileSync(file), new AbortController().signal);
    expect(reading.ok && reading.text).toContain('ĐIỂM BÁO Y TẾ TỪ 00:00 04/03/2026 ĐẾN 00:00 05/03/2026');
  });

  it('says what was asked wrongly', async () => {
    const answers = await Promise.all([
      brief('--day', 'hôm nay'),
      brief('--from', '2026-03-04'),
      brief('--format', 'xls'),
    ]);
    expect(answers.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(answers.map(({ stderr }) => stderr)).toEqual([
      expect.stringContaining('Expected YYYY-MM-DD, not hôm nay'),
      expect.stringContaining('--from and --to go together'),
      expect.stringContaining('Expected one of json, docx, html, pdf, not xls'),
    ]);
  });

  it('sends nothing without a mail server', async () => {
    const { code, stderr } = await brief('--day', '2026-03-04', '--send');
    expect(code).toBe(1);
    expect(stderr).toContain('SMTP_URL');
  });
});
