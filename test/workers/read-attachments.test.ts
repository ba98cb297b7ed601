import { createHash } from 'node:crypto';

import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { readDocument } from '../../src/adapters/documents/read-document.ts';
import { createPageFetcher } from '../../src/adapters/http/fetch-page.ts';
import { loadConfig } from '../../src/config.ts';
import { MAX_DOCUMENT_CHARS } from '../../src/domain/document.ts';
import type { Attachment, FetchedPage } from '../../src/domain/page.ts';
import { PermanentError } from '../../src/errors.ts';
import { analyseArticle } from '../../workers/analyse-article.ts';
import { extractArticle } from '../../workers/extract-article.ts';
import { fetchPage } from '../../workers/fetch-page.ts';
import { indexArticle } from '../../workers/index-article.ts';
import type { AnyStage } from '../../workers/pipeline.ts';
import { readAttachments } from '../../workers/read-attachments.ts';
import type { Deps, Job, PageRequest } from '../../workers/stage.ts';
import { html, startServer } from '../adapters/http/local-server.ts';
import { anOutlet, aPage, openTestDeps } from '../support/deps.ts';
import { aDocx, aPdf } from '../support/documents.ts';
import { anEntry } from '../support/factories.ts';

/** Documents are read in real processes. */
const LIMIT = { timeout: 120_000 };
const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
const SITE = 'https://soyte.tinh.gov.vn';

let deps: Deps & { close(): Promise<void> };
let web: Record<string, Uint8Array | string | Error>;
let asked: PageRequest[];

beforeAll(async () => {
  const outlets = [
    anOutlet({ id: 'so-y-te', homepage: `${SITE}/`, tier: 'provincial', feeds: [] }),
    anOutlet({ id: 'bao-a' }),
  ];
  deps = await openTestDeps({
    outlets: new Map(outlets.map((outlet) => [outlet.id, outlet])),
    readDocument,
    fetchPage: async (request): Promise<FetchedPage> => {
      asked.push(request);
      const answer = web[request.url] ?? new PermanentError('http-404');
      if (answer instanceof Error) throw answer;
      if (typeof answer === 'string') return aPage(request.url, answer);
      return aPage(request.url, '', {
        bytes: answer,
        headers: { 'content-type': 'application/octet-stream' },
      });
    },
  });
}, 60_000);
afterAll(() => deps.close());
beforeEach(() => {
  web = {};
  asked = [];
});

const PAGE = `<!doctype html><html lang="vi"><head><title>Hướng dẫn phòng chống sốt xuất huyết</title></head><body><article>
  <h1>Hướng dẫn phòng chống sốt xuất huyết</h1>
  <p>Sở Y tế ban hành hướng dẫn giám sát và phòng chống bệnh sốt xuất huyết tại các trạm y tế trên địa bàn tỉnh.</p>
  <p>Các bệnh viện thực hiện chế độ báo cáo hằng ngày và phân công cán bộ thường trực trong cả các ngày nghỉ lễ.</p>
  <p><a href="/hd.pdf">Văn bản hướng dẫn</a> <a href="/phu-luc.docx">Phụ lục</a> <a href="/quet.pdf">Bản quét</a>
  <a href="/mat.pdf">Không còn</a> <a href="/web.pdf">Đăng nhập</a></p></article></body></html>`;

const TEXT = 'Điều 1. Đơn vị phun hoá chất deltamethrin tại ổ dịch theo hướng dẫn này.';

/** From the fetched page as far as the index, which is where attachments come in. */
async function indexed(url: string, outletId: string) {
  const entry = anEntry({ url, outletId, title: 'Hướng dẫn phòng chống sốt xuất huyết' });
  await deps.entries.add([entry]);
  const { id: entryId } = entry;
  await fetchPage.run({ entryId }, deps, context);
  await extractArticle.run({ entryId }, deps, context);
  await analyseArticle.run({ entryId }, deps, context);
  const { next } = await indexArticle.run({ entryId }, deps, context);
  return { entryId, attach: next.filter(({ stage }) => stage === 'attach') };
}

const attachmentsOf = async (id: string): Promise<readonly Attachment[]> =>
  (await deps.articles.find(id))?.attachments ?? [];

describe('attach', LIMIT, () => {
  it('reads the files of a public body’s article, and makes it found by their words', async () => {
    const pdf = aPdf([[TEXT]]);
    web = {
      [`${SITE}/van-ban`]: PAGE,
      [`${SITE}/hd.pdf`]: pdf,
      [`${SITE}/phu-luc.docx`]: aDocx(['Phụ lục: danh mục vật tư permethrin dự trữ.']),
      [`${SITE}/quet.pdf`]: aPdf([[]]),
      [`${SITE}/web.pdf`]: '<html>Mời đăng nhập</html>',
    };
    const { entryId, attach } = await indexed(`${SITE}/van-ban`, 'so-y-te');
    expect(attach).toEqual([{ stage: 'attach', key: `attach-${entryId}`, payload: { entryId } }]);
    const before = await deps.articles.find(entryId);

    const { next } = await readAttachments.run({ entryId }, deps, context);
    expect(next.map(({ key }) => key)).toEqual([`index-${entryId}-attached`]);
    const again = await indexArticle.run({ entryId }, deps, context);
    expect(again.next.some(({ stage }) => stage === 'attach')).toBe(false);

    expect(await attachmentsOf(entryId)).toEqual([
      {
        url: `${SITE}/hd.pdf`,
        title: 'Văn bản hướng dẫn',
        kind: 'pdf',
        text: TEXT,
        sha256: createHash('sha256').update(pdf).digest('hex'),
      },
      expect.objectContaining({ kind: 'docx', text: 'Phụ lục: danh mục vật tư permethrin dự trữ.' }),
      expect.objectContaining({ unreadReason: 'no-text-layer' }),
      expect.objectContaining({ unreadReason: 'http-404' }),
      expect.objectContaining({ unreadReason: 'not-a-document' }),
    ]);
    for (const text of ['deltamethrin', 'permethrin'])
      expect((await deps.articles.search({ text }, { offset: 0, limit: 9 })).articles[0]?.id).toBe(entryId);
    // What a file says does not judge the article.
    const after = await deps.articles.find(entryId);
    expect([after?.sentiment, after?.mentions, after?.topics]).toEqual([
      before?.sentiment,
      before?.mentions,
      before?.topics,
    ]);
    expect(asked.slice(1).every(({ mayBeDocument }) => mayBeDocument === true)).toBe(true);

    // Read once: a page read anew keeps what its files said.
    asked = [];
    await extractArticle.run({ entryId }, deps, context);
    expect((await readAttachments.run({ entryId }, deps, context)).next).toHaveLength(1);
    expect(asked).toEqual([]);
  });

  it('leaves a newspaper’s links as they are', async () => {
    web = { 'https://bao.example/hd.html': PAGE.replaceAll('href="/', 'href="https://bao.example/') };
    const { entryId, attach } = await indexed('https://bao.example/hd.html', 'bao-a');
    expect(attach).toEqual([]);
    expect((await attachmentsOf(entryId)).map(({ text, unreadReason }) => [text, unreadReason])).toEqual(
      Array.from({ length: 5 }, () => [undefined, undefined]),
    );
  });

  it('tries again what may pass, reads the others meanwhile, and says in the end that it could not', async () => {
    web = {
      [`${SITE}/thu-lai`]: PAGE,
      [`${SITE}/hd.pdf`]: new Error('connection lost'),
      [`${SITE}/phu-luc.docx`]: aDocx(['Phụ lục: danh mục trang thiết bị y tế.']),
    };
    const { entryId } = await indexed(`${SITE}/thu-lai`, 'so-y-te');
    await expect(readAttachments.run({ entryId }, deps, context)).rejects.toThrow('connection lost');
    await readAttachments.onGivenUp?.({ entryId }, 'connection-lost', deps);
    const found = await attachmentsOf(entryId);
    expect(found[0]?.unreadReason).toBe('connection-lost');
    expect(found[1]?.text).toContain('trang thiết bị');
  });
});

describe('an entry that is a file itself', LIMIT, () => {
  it('is read as an article: its opening the body, the whole attached', async () => {
    const line = 'Bệnh viện thực hiện phác đồ điều trị sốt xuất huyết theo hướng dẫn của Bộ Y tế. '
      .repeat(10)
      .trim();
    const bytes = aDocx(Array.from({ length: 400 }, (_, n) => `${n}. ${line}`));
    web = { [`${SITE}/tep/cong-van.docx`]: bytes };
    const { entryId } = await indexed(`${SITE}/tep/cong-van.docx`, 'so-y-te');
    const article = await deps.articles.find(entryId);
    expect(article).toMatchObject({ title: 'Hướng dẫn phòng chống sốt xuất huyết', readFrom: 'page' });
    expect(article?.body.startsWith(`0. ${line}\n1. `)).toBe(true);
    expect(article?.body.length).toBeLessThanOrEqual(20_000);
    expect(article?.attachments?.[0]).toMatchObject({ kind: 'docx', url: `${SITE}/tep/cong-van.docx` });
    expect(article?.attachments?.[0]?.text?.length).toBe(MAX_DOCUMENT_CHARS);
  });

  it('stays with its title where it cannot be read, and says why', async () => {
    web = { [`${SITE}/tep/quet.pdf`]: aPdf([[], []]) };
    await expect(indexed(`${SITE}/tep/quet.pdf`, 'so-y-te')).rejects.toMatchObject({
      reason: 'no-text-layer',
    });
  });
});

describe('over HTTP', LIMIT, () => {
  it('an article in two pages with a file is fetched, joined, read and found', async () => {
    const server = await startServer();
    const config = loadConfig({ ALLOW_PRIVATE_HOSTS: `127.0.0.1:${server.port}` });
    const fetcher = createPageFetcher(config);
    const outlet = anOutlet({
      id: 'bo',
      homepage: `${server.origin}/`,
      tier: 'ministry',
      feeds: [],
      paceMs: 20,
    });
    const real = { ...deps, outlets: new Map([['bo', outlet]]), fetchPage: fetcher.fetchPage };
    const second =
      'Phần tiếp theo của hướng dẫn quy định việc báo cáo ca bệnh lên cổng thông tin trong ngày.';
    server.on('/robots.txt', html('User-agent: *\nDisallow: /mat.pdf\n', { 'content-type': 'text/plain' }));
    server.on('/hd/1.html', (request, response) => {
      const isSecond = request.url?.includes('page=2') === true;
      const page = isSecond
        ? PAGE.replace(/<p>Sở.*<\/article>/s, `<p>${second}</p></article>`)
        : PAGE.replace('</article>', '<a href="?page=2">Trang sau</a></article>');
      html(page)(request, response);
    });
    server.on(
      '/hd.pdf',
      html(aPdf([['Thuốc abendanol dùng cho trẻ em.']]), { 'content-type': 'application/pdf' }),
    );
    server.on('/phu-luc.docx', html(aDocx(['Phụ lục.']), { 'content-type': 'application/zip' }));
    try {
      const entry = anEntry({ url: `${server.origin}/hd/1.html`, outletId: 'bo' });
      await deps.entries.add([entry]);
      const due: Job[] = [{ stage: 'fetch', key: '', payload: { entryId: entry.id } }];
      const stages = [fetchPage, extractArticle, analyseArticle, indexArticle, readAttachments];
      for (let job = due.shift(); job !== undefined; job = due.shift()) {
        const stage = (stages as readonly AnyStage[]).find(({ name }) => name === job?.stage);
        if (stage !== undefined) due.push(...(await stage.run(job.payload as never, real, context)).next);
      }
      const [article] = (await deps.articles.search({ text: 'abendanol' }, { offset: 0, limit: 9 })).articles;
      expect(article?.id).toBe(entry.id);
      expect(article?.body).toContain(second);
      expect(article?.attachments?.map(({ title, unreadReason }) => [title, unreadReason])).toEqual([
        ['Văn bản hướng dẫn', undefined],
        ['Phụ lục', 'no-text-layer'],
        ['Bản quét', 'http-404'],
        ['Không còn', 'robots-disallowed'],
        ['Đăng nhập', 'http-404'],
      ]);
      expect(server.paths()).not.toContain('/mat.pdf');
    } finally {
      await fetcher.close();
      await server.close();
    }
  });
});
