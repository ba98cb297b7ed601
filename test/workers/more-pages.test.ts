import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { entryId } from '../../src/domain/entry.ts';
import type { FetchedPage } from '../../src/domain/page.ts';
import { PermanentError, RetryLaterError } from '../../src/errors.ts';
import { extractArticle } from '../../workers/extract-article.ts';
import { fetchPage } from '../../workers/fetch-page.ts';
import type { Deps, Job } from '../../workers/stage.ts';
import { anOutlet, aPage, openTestDeps } from '../support/deps.ts';
import { anEntry } from '../support/factories.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };

let deps: Deps & { close(): Promise<void> };
let web: Record<string, string | Error>;
let asked: string[];
let site = 0;

beforeAll(async () => {
  const outlet = anOutlet({ hostAliases: { 'amp.bao.example': 'bao.example' } });
  deps = await openTestDeps({
    outlets: new Map([[outlet.id, outlet]]),
    fetchPage: async ({ url }): Promise<FetchedPage> => {
      asked.push(url);
      const answer = web[url] ?? new PermanentError('http-404');
      if (answer instanceof Error) throw answer;
      return aPage(url, answer);
    },
  });
});
afterAll(() => deps.close());
beforeEach(() => {
  web = {};
  asked = [];
});

const line = (n: number) =>
  `Đoạn ${n}: bác sĩ của bệnh viện đa khoa tỉnh kể lại diễn biến vụ ngộ độc và việc cấp cứu cho các học sinh.`;

function html(body: string, head = ''): string {
  return `<!doctype html><html lang="vi"><head><title>Ngộ độc tại trường học</title>${head}</head><body>
    <article><h1>Ngộ độc tại trường học</h1>${body}</article></body></html>`;
}

const text = (...numbers: number[]) => numbers.map((n) => `<p>${line(n)}</p>`).join('');
const pager = (...pages: number[]) =>
  `<div class="pagination">${pages.map((n) => `<a href="?page=${n}">${n}</a>`).join(' ')}</div>`;

/** An entry of its own for each test, on its way from `fetch` on as far as `analyse`. */
async function run(path = `/bai-${site++}.html`, url = `https://bao.example${path}`) {
  const entry = anEntry({ url });
  await deps.entries.add([entry]);
  const stages: string[] = [];
  const due: Job[] = [{ stage: 'fetch', key: '', payload: { entryId: entry.id } }];
  for (let job = due.shift(); job !== undefined; job = due.shift()) {
    if (job.stage === 'analyse') break;
    const outcome =
      job.stage === 'fetch'
        ? await fetchPage.run(job.payload, deps, context)
        : await extractArticle.run(job.payload as { entryId: string }, deps, context);
    stages.push(`${job.stage} ${outcome.reason ?? outcome.status}`);
    due.push(...outcome.next);
  }
  return { stages, entry: await deps.entries.find(entry.id), id: entry.id };
}

describe('an article in several pages', () => {
  it('is fetched in full, once, and read as one', async () => {
    const url = 'https://bao.example/nhieu-trang.html';
    web = {
      [url]: html(text(1, 2) + pager(2, 3)),
      [`${url}?page=2`]: html(text(2, 3) + pager(1, 2, 3)),
      [`${url}?page=3`]: html(text(4) + pager(1, 2, 3)),
    };
    const { stages, entry, id } = await run('/nhieu-trang.html');
    expect(stages).toEqual(['fetch done', 'extract more-pages', 'fetch done', 'extract done']);
    expect(asked).toEqual([url, `${url}?page=2`, `${url}?page=3`]);
    expect(entry?.text?.body.split('\n')).toEqual([1, 2, 3, 4].map(line));

    // What a crash repeats asks the outlet nothing, and what is read again is the same.
    await fetchPage.run({ entryId: id, more: 'pages' }, deps, context);
    await extractArticle.run({ entryId: id, isAll: true }, deps, context);
    expect(asked).toHaveLength(3);
    expect((await deps.entries.find(id))?.text?.body).toBe(entry?.text?.body);
  });

  it('is what there is of it where a page cannot be had, and says so', async () => {
    const url = 'https://bao.example/thieu-trang.html';
    web = { [url]: html(text(1, 2) + pager(2)), [`${url}?page=2`]: new Error('connection lost') };
    const { stages, entry } = await run('/thieu-trang.html');
    expect(stages).toEqual(['fetch done', 'extract more-pages', 'fetch further-page-unread', 'extract done']);
    expect(entry?.text?.body.split('\n')).toEqual([1, 2].map(line));
  });

  it('waits where the host asks for it', async () => {
    const url = 'https://bao.example/doi.html';
    web = { [url]: html(text(1, 2) + pager(2)), [`${url}?page=2`]: new RetryLaterError('429', 5000) };
    await expect(run('/doi.html')).rejects.toBeInstanceOf(RetryLaterError);
  });

  it('ends where a page says nothing new, leads back, or is the tenth', async () => {
    const url = 'https://bao.example/danh-sach.html';
    web = { [url]: html(text(1, 2) + pager(2)), [`${url}?page=2`]: html(text(1, 2) + pager(2, 3)) };
    expect((await run('/danh-sach.html')).stages).toContain('fetch done');
    expect(asked).toHaveLength(2);

    asked = [];
    const endless = 'https://bao.example/khong-het.html';
    for (let n = 1; n < 40; n += 1)
      web[n === 1 ? endless : `${endless}?page=${n}`] = html(text(n * 10, n * 10 + 1) + pager(n + 1));
    const { entry } = await run('/khong-het.html');
    expect(asked).toHaveLength(10);
    expect(entry?.text?.body.split('\n')).toHaveLength(20);
  });
});

const SHELL = (amp: string) => html('<div id="app"></div>', `<link rel="amphtml" href="${amp}">`);

describe('an AMP twin', () => {
  it('is read where the page itself shows no text', async () => {
    const url = 'https://bao.example/vo-rong.html';
    const amp = 'https://amp.bao.example/vo-rong.html';
    web = { [url]: SHELL(amp), [amp]: html(text(1, 2, 3), `<link rel="canonical" href="${url}">`) };
    const { stages, entry } = await run('/vo-rong.html');
    expect(stages).toEqual(['fetch done', 'extract more-twin', 'fetch done', 'extract done']);
    expect(entry?.text?.body.split('\n')).toEqual([1, 2, 3].map(line));
    expect(entry?.outcome).toBe('pending');
  });

  it('that cannot be had, or says nothing either, leaves the page unread for its own reason', async () => {
    const url = 'https://bao.example/vo-rong-2.html';
    web = { [url]: SHELL('/amp/vo-rong-2.html') };
    await expect(run('/vo-rong-2.html')).rejects.toMatchObject({ reason: 'no-text' });
    expect(asked).toEqual([url, 'https://bao.example/amp/vo-rong-2.html']);
  });

  it('on another site is not asked for', async () => {
    web = { 'https://bao.example/vo-rong-3.html': SHELL('https://khac.example/vo-rong-3.html') };
    await expect(run('/vo-rong-3.html')).rejects.toMatchObject({ reason: 'no-text' });
    expect(asked).toHaveLength(1);
  });

  it('on the host that the configuration names is asked where the page is refused', async () => {
    web = {
      'https://bao.example/cam.html': new PermanentError('http-403'),
      'https://amp.bao.example/cam.html': html(text(1, 2, 3)),
    };
    expect((await run('/cam.html')).entry?.text?.body.split('\n')).toEqual([1, 2, 3].map(line));
    web = { 'https://bao.example/khong-co.html': new PermanentError('http-404') };
    asked = [];
    await expect(run('/khong-co.html')).rejects.toMatchObject({ reason: 'http-404' });
    expect(asked).toHaveLength(1);
  });

  it('met first hands over to the page that it names as its own', async () => {
    const amp = 'https://amp.bao.example/gap-truoc.html';
    const url = 'https://bao.example/gap-truoc.html';
    web = { [amp]: html(text(1, 2, 3), `<link rel="canonical" href="${url}">`) };
    const { entry } = await run('', amp);
    expect(entry).toMatchObject({ outcome: 'duplicate', reason: `canonical:${entryId(url)}` });
    expect((await deps.entries.find(entryId(url)))?.text?.body.split('\n')).toEqual([1, 2, 3].map(line));
  });
});

describe('what stands twice in a page', () => {
  it('is read once: copies in noscript, of lazily loaded pictures and of paragraphs', async () => {
    const figure = `<figure><img data-src="/a.jpg" src="data:,"><noscript><img src="/a.jpg" alt="Ảnh"><p>${line(2)}</p></noscript><figcaption>Chú thích</figcaption></figure>`;
    web = {
      'https://bao.example/anh.html': html(
        `<p>${line(1)}</p>${figure}<p>${line(2)}</p><noscript>${text(1, 2, 3)}</noscript><p>${line(3)}</p>`,
      ),
    };
    expect((await run('/anh.html')).entry?.text?.body.split('\n')).toEqual([1, 2, 3].map(line));
  });
});
