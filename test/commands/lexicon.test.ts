import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const shipped = readFileSync(join(ROOT, 'config/lexicon.tsv'), 'utf8');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nhip-yte-lexicon-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file beside the others. @returns its path */
function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The real command line, to its end, on a data folder of its own. */
async function run(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'src/cli.ts'), ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      DATA_DIR: join(folder, 'data'),
      CONFIG_DIR: join(ROOT, 'config'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: ROOT,
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, ...written };
}

describe('nhip-yte lexicon', { timeout: 240_000 }, () => {
  it('checks the lexicon that ships, and tells what there is', async () => {
    const { code, stdout } = await run('lexicon', 'check', '--json');
    expect(code).toBe(0);
    const { faults, statistics } = JSON.parse(stdout);
    expect(faults).toEqual([]);
    const inClasses = statistics.byClass.reduce((sum: number, [, count]: [string, number]) => sum + count, 0);
    expect(inClasses).toBe(statistics.terms);
    expect(statistics.contradictoryWhenFolded).toContainEqual(
      expect.arrayContaining(['thiên tai', 'thiên tài']),
    );
  });

  it('lists every fault with its line and says no', async () => {
    const file = write(
      'faulty.tsv',
      'version\t1\nqua khỏi\t0.6\tV\trescue\town\nkhông qua khỏi\t-1\tV\tharm\town\nx\t3\tN\tharm\town\n',
    );
    const { code, stdout } = await run('lexicon', 'check', file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/faulty\.tsv:3: .*`qua khỏi`/);
    expect(stdout).toMatch(/faulty\.tsv:4: a weight/);
  });

  it('tells two lexicons apart', async () => {
    const older = write(
      'old.tsv',
      'version\t1\ntử vong\t-1\tV\tharm\town\nkhen\t0.5\tV\tpraise\town\nchê\t-0.5\tV\tcriticism\town\n',
    );
    const newer = write(
      'new.tsv',
      'version\t2\ntử vong\t-0.9\tV\taccident\town\nkhen\t0.5\tV\tpraise\town\t\ta note\nmới\t0.1\tA\ttone\town\n',
    );
    const { code, stdout } = await run('lexicon', 'diff', older, newer, '--json');
    expect(code).toBe(0);
    const diff = JSON.parse(stdout);
    const terms = (list: { term: string }[]) => list.map(({ term }) => term);
    const changed = (list: { after: { term: string } }[]) => list.map(({ after }) => after.term);
    expect({ from: diff.from, to: diff.to }).toEqual({ from: '1', to: '2' });
    expect([terms(diff.added), terms(diff.removed)]).toEqual([['mới'], ['chê']]);
    expect([changed(diff.reweighted), changed(diff.reclassed)]).toEqual([['tử vong'], ['tử vong']]);
    expect(changed(diff.redescribed)).toEqual(['khen']);
    expect((await run('lexicon', 'diff', older, newer)).stdout).toContain('tử vong: -1 → -0.9');
  });

  it('says what a change would do to the archive, and judges it anew once it is made', async () => {
    const archive = write(
      'archive.jsonl',
      `${JSON.stringify({
        url: 'https://bao.example/khoang-xu.html',
        title: 'Bệnh viện huyện Ví Dụ thông báo về việc khoang xứ lượt khám buổi sáng',
        summary: 'Bệnh viện khoang xứ từ đầu tuần.',
        body: 'Bệnh viện cho biết khoang xứ sẽ kéo dài đến cuối tháng.',
        publishedAt: '2026-03-01T01:00:00+07:00',
      })}\n`,
    );
    expect((await run('import', archive)).code).toBe(0);
    const changed = write(
      'changed.tsv',
      `${shipped.replace(/^version\t\S+/, 'version\ttest-2')}\nkhoang xứ\t-0.85\tV\tharm\town\n`,
    );
    const { code, stdout } = await run('lexicon', 'impact', changed, '--json');
    expect(code).toBe(0);
    const [article, last] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(article).toMatchObject({ url: 'https://bao.example/khoang-xu.html' });
    expect(article.decidedAfter[0]).toContain('khoang xứ');
    expect(last.summary).toMatchObject({ articles: 1, changed: 1, disagreeing: 0 });
    expect((await run('lexicon', 'impact')).code).not.toBe(0);

    const same = await run('reanalyse');
    expect(same.code).toBe(0);
    expect(same.stdout).toContain('1 articles, 0 of them not yet judged');
    expect(same.stdout).toContain('adds up');
  });
});
