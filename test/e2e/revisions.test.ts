import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import { entryId } from '../../src/domain/entry.ts';
import { type Revision, sha256Of } from '../../src/domain/revision.ts';
import { type LocalServer, startServer } from '../adapters/http/local-server.ts';
import { type Program, startProgram } from '../support/child-process.ts';
import { configDirFor } from '../support/config-dir.ts';
import { anOutlet } from '../support/deps.ts';

const ARTICLE = '/suc-khoe/ngo-doc-1.html';
const TITLES = ['Ba ca tử vong nghi do ngộ độc rượu', 'Năm ca tử vong nghi do ngộ độc rượu'];
const pageOf = (title: string, deaths: number) =>
  `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${title}</title></head><body><article><h1>${title}</h1>
<p>Sở Y tế cho biết ${deaths} ca tử vong đều uống rượu không rõ nguồn gốc, 12 người khác đang điều trị tại bệnh viện tỉnh.</p>
<p>Bác sĩ khoa Hồi sức tích cực nói các bệnh nhân nhập viện trong tình trạng nguy kịch, toan chuyển hoá nặng.</p>
<p>Cơ quan chức năng đã lấy mẫu rượu để xét nghiệm methanol và đình chỉ cơ sở bán rượu.</p></article></body></html>`;
const [FIRST, CORRECTED] = [pageOf(TITLES[0] as string, 3), pageOf(TITLES[1] as string, 5)];

/** What the outlet does with its article, one look after the other: it says the same, corrects, removes, restores. */
const LOOKS: readonly ((response: ServerResponse) => void)[] = [
  (response) => answer(response, FIRST, '"1"'),
  (response) => response.writeHead(304, { etag: '"1"' }).end(),
  (response) => answer(response, CORRECTED, '"2"'),
  (response) => response.writeHead(410, { date: new Date().toUTCString(), server: 'bao-a' }).end(),
  (response) => answer(response, CORRECTED, '"2"'),
];

function answer(response: ServerResponse, html: string, etag: string) {
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag, 'set-cookie': 'who=reader' })
    .end(html);
}

let outlet: LocalServer;
let env: Record<string, string>;
let looks = 0;
beforeAll(async () => {
  let polls = 0;
  outlet = await startServer({
    '/rss': (_request, response) => {
      // The first poll's entries are a backlog, which is not followed.
      polls += 1;
      const items =
        polls === 1
          ? []
          : [`<item><title>${TITLES[0]}</title><link>${outlet.origin}${ARTICLE}</link></item>`];
      response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(
          `<rss version="2.0"><channel><title>Báo A</title>${items.join('')}<item><title>Bệnh viện khám bệnh miễn phí</title><link>${outlet.origin}/cu.html</link></item></channel></rss>`,
        );
    },
    [ARTICLE]: (_request, response) => {
      const look = LOOKS[Math.min(looks, LOOKS.length - 1)];
      looks += 1;
      look?.(response);
    },
  });
  const feeds = anOutlet().feeds.map((feed) => ({ ...feed, url: `${outlet.origin}/rss`, pollEveryMs: 2000 }));
  env = {
    DATA_DIR: mkdtempSync(join(tmpdir(), 'nhip-yte-revisions-')),
    CONFIG_DIR: configDirFor([anOutlet({ homepage: `${outlet.origin}/`, feeds })]),
    ALLOW_PRIVATE_HOSTS: '127.0.0.1',
    CONSOLE_PORT: '0',
    // Nine seconds apart. A slow machine skips some; four are needed.
    REVISIT_AFTER_HOURS: Array.from({ length: 12 }, (_, at) => ((at + 1) * 0.0025).toFixed(4)).join(),
  };
});
afterAll(() => outlet.close());

const consoleOf = (program: Program) => /https?:\/\/\S+/.exec(program.stderr())?.[0] ?? '';

it('follows an article through a correction, its removal and its return, and proves all of it', async () => {
  const program = startProgram(['start'], env);
  await expect.poll(() => looks, { timeout: 120_000, interval: 500 }).toBeGreaterThan(0);
  const id = entryId(`${outlet.origin}${ARTICLE}`);
  const ask = async <T>(path: string) =>
    (await (await fetch(new URL(`/api/v1/articles/${id}${path}`, consoleOf(program)))).json()) as T;

  let revisions: Revision[] = [];
  await expect
    .poll(
      async () => {
        ({ revisions = [] } = await ask<{ revisions?: Revision[] }>('/revisions'));
        return revisions.map(({ changes }) => changes);
      },
      { timeout: 240_000, interval: 1000 },
    )
    .toEqual([[], ['title', 'body', 'numbers'], ['removed'], ['restored']]);
  expect(revisions.map(({ status, sha256 }) => [status, sha256])).toEqual([
    [200, sha256Of(Buffer.from(FIRST))],
    [200, sha256Of(Buffer.from(CORRECTED))],
    [410, undefined],
    [200, sha256Of(Buffer.from(CORRECTED))],
  ]);
  expect(revisions[2]).toMatchObject({ removedReason: 'http-410', headers: { server: 'bao-a' } });
  expect(JSON.stringify(revisions)).not.toContain('reader');

  const asked = outlet.requests
    .filter(({ url }) => url === ARTICLE)
    .map(({ headers }) => headers['if-none-match']);
  expect(asked.slice(0, 4)).toEqual([undefined, '"1"', '"1"', '"2"']);

  await expect
    .poll(async () => ({ ...(await ask<Article>('')), body: '' }), { timeout: 60_000, interval: 1000 })
    .toMatchObject({ title: TITLES[1], revisedAt: revisions[1]?.fetchedAt });
  expect((await ask<Article>('')).removedAt).toBeUndefined();

  // Asked of the running process, and of the folder once that has ended: the same proof.
  const prove = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nhip-yte-proof-'));
    const command = startProgram(['revisions', id, '--proof', folder], env);
    expect(await command.ended, command.stderr()).toBe(0);
    return folder;
  };
  const folders = [await prove()];
  expect(await program.stop()).toBe(0);
  folders.push(await prove());
  for (const folder of folders) {
    expect(readdirSync(folder).sort()).toEqual(
      [1, 2, 3, 4]
        .flatMap((number) => [
          `${id}-${number}.headers.txt`,
          ...(number === 3 ? [] : [`${id}-${number}.html.txt`]),
        ])
        .concat('manifest.json'),
    );
    expect(readFileSync(join(folder, `${id}-1.html.txt`), 'utf8')).toBe(FIRST);
    expect(readFileSync(join(folder, `${id}-2.headers.txt`), 'utf8')).toContain('etag: "2"\n');
    const { versions } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      versions: { sha256: string | null; isIntact: boolean | null }[];
    };
    expect(versions.map(({ isIntact }) => isIntact)).toEqual([true, true, null, true]);
    expect(versions.map(({ sha256 }) => sha256 ?? undefined)).toEqual(revisions.map(({ sha256 }) => sha256));
  }
}, 600_000);
