import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { StoreUnavailableError } from '../../src/errors.ts';
import { analysed, HOSTILE_TITLE, openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole();
});
beforeEach(() => fixture.clear());
afterAll(() => fixture.close());

const ENGLISH = { cookie: 'nyt_lang=en' };

/** Status and page; a failed expectation on a whole page would print all of it. */
async function get(url: string, headers: Record<string, string> = {}) {
  const { statusCode, body } = await fixture.server.inject({ url, headers });
  return { statusCode, body, missing: (...texts: string[]) => texts.filter((text) => !body.includes(text)) };
}

const listed = (body: string) => [...body.matchAll(/data-article="([^"]+)"/g)].map(([, id]) => id);
const counted = (body: string) =>
  Object.fromEntries(
    [...body.matchAll(/data-count="(\w+)">([\d.,]+)</g)].map(([, key, count]) => [key, count]),
  );

describe('the list of articles', () => {
  it('shows each article with its judgement, outlet, topics, copies and both kinds of time', async () => {
    await fixture.seed();
    const { statusCode, missing } = await get('/articles');
    expect(statusCode).toBe(200);
    expect(
      missing(
        '<html lang="vi">',
        'Hàng chục công nhân nhập viện nghi ngộ độc',
        'Tiêu cực <span class="figure">−1,00',
        '4 bài cùng chuyện',
        'Báo Trung Ương Mẫu',
        'title="13:20 02/03/2026"',
        '70 phút trước',
        'Sự cố và phản ánh',
      ),
    ).toEqual([]);
  });

  it('says the same in English, names of outlets and headlines left as they are', async () => {
    await fixture.seed();
    const { missing } = await get('/articles', ENGLISH);
    expect(
      missing(
        '<html lang="en">',
        'Negative <span class="figure">−1.00',
        '4 on this story',
        '70 minutes ago',
        'Incidents and complaints',
        'Báo Trung Ương Mẫu',
      ),
    ).toEqual([]);
  });

  it('finds with and without diacritics and marks what it found', async () => {
    await fixture.seed();
    const accented = await get('/articles?q=ng%E1%BB%99+%C4%91%E1%BB%99c&period=all');
    const plain = await get('/articles?q=NGO+DOC&period=all');
    expect(listed(accented.body).length).toBeGreaterThan(3);
    expect(listed(plain.body)).toEqual(listed(accented.body));
    expect(plain.missing('<mark class="found">ngộ</mark> <mark class="found">độc</mark>')).toEqual([]);
  });

  it('counts polarities under every filter but polarity, and pages through the rest', async () => {
    await fixture.seed();
    const all = counted((await get('/articles?period=all')).body);
    const negative = await get('/articles?period=all&polarity=negative');
    expect(counted(negative.body)).toEqual(all);
    const sum = ['negative', 'neutral', 'positive'].reduce((total, key) => total + Number(all[key]), 0);
    expect(sum).toBe(125);
    const ids = new Set<string | undefined>();
    for (let page = 1; page <= 7; page += 1) {
      for (const id of listed((await get(`/articles?period=all&page=${page}`)).body)) ids.add(id);
    }
    expect(ids.size).toBe(125);
  });

  it('narrows by every filter, and keeps the whole state in the address', async () => {
    await fixture.seed();
    const query =
      'polarity=negative&topic=food-safety&outlet=bao-tinh&tier=provincial&province=79&facility=bv-cho-ray&period=24h';
    const { body, missing } = await get(`/articles?q=ngo+doc&${query}`);
    expect(listed(body)).toEqual(['poisoning-3']);
    // Each filter is offered for removal with all the others kept.
    const without =
      'q=ngo+doc&polarity=negative&outlet=bao-tinh&tier=provincial&province=79&facility=bv-cho-ray&period=24h';
    expect(
      missing(
        `href="/articles?${without.replaceAll('&', '&amp;')}"`,
        'Chủ đề: An toàn thực phẩm',
        'Tỉnh, thành: TP.HCM',
      ),
    ).toEqual([]);
    expect(missing('<option value="food-safety" selected')).toEqual([]);
  });

  it('takes days as Vietnamese days, both included', async () => {
    await fixture.seed();
    const { body } = await get('/articles?from=2026-03-02&to=2026-03-02');
    // 17:00 UTC is midnight in Vietnam: everything listed was seen after it.
    const times = [...body.matchAll(/<time class="wire-time" datetime="([^"]+)"/g)].map(([, at]) => at ?? '');
    expect(times.length).toBeGreaterThan(4);
    expect(times.every((at) => at >= '2026-03-01T17:00' && at < '2026-03-02T17:00')).toBe(true);
  });

  it('sends a page beyond the last one to the last one', async () => {
    await fixture.seed();
    const reply = await fixture.server.inject('/articles?period=all&page=99');
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/articles?period=all&page=7']);
  });

  it.each([
    ['before the first poll', 'new', undefined, 'Chưa đọc nguồn báo nào.'],
    [
      'when no outlet can be reached',
      'unreachable',
      'ENOTFOUND',
      'Không truy cập được nguồn nào trong 8 nguồn đã thử',
    ],
    ['when nothing was about health', 'ok', undefined, 'chưa có bài nào về ngành y tế'],
  ] as const)('says why it is empty %s', async (_when, status, reason, text) => {
    await fixture.setFeeds(status, reason);
    expect((await get('/articles')).missing(text, 'Kho chưa có tin bài nào')).toEqual([]);
  });

  it('says what to do when only the period is too narrow', async () => {
    await fixture.seed();
    const { missing } = await get('/articles?from=2020-01-01&to=2020-01-02&polarity=positive');
    expect(missing('toàn bộ kho có', 'href="/articles?polarity=positive&amp;period=all"')).toEqual([]);
  });
});

describe('hostile content', () => {
  it('is shown as text wherever a headline is shown', async () => {
    await fixture.seed();
    for (const url of ['/articles', '/articles/hostile', '/articles?q=benh+vien+so']) {
      const { body } = await get(url);
      expect(body.includes('<script>alert')).toBe(false);
      expect(body.includes('<img src=x')).toBe(false);
      expect(body.includes('&lt;script>alert')).toBe(true);
    }
    expect(HOSTILE_TITLE).toContain('<script>');
  });

  it('never becomes a link that runs', async () => {
    await fixture.seed();
    const { body, missing } = await get('/articles/hostile');
    expect(body.includes('javascript:')).toBe(false);
    expect(missing('Địa chỉ bài gốc không hợp lệ')).toEqual([]);
  });

  it('is escaped in the search field and in the title of the filter', async () => {
    const { body } = await get('/articles?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E');
    expect(body.includes('<script>alert')).toBe(false);
  });
});

describe('the page of an article', () => {
  it('marks the evidence where it stands in the text', async () => {
    const text = {
      title: 'Ba người tử vong',
      summary: '',
      body: 'Bệnh nhân nguy kịch.\nMột người đã tử vong.',
    };
    const article = analysed(text, { id: 'marked', storyId: 'none' });
    await fixture.deps.articles.save([article]);
    const { body } = await get('/articles/marked');
    const marked = [
      ...body.matchAll(/<mark class="evidence \w+"><a href="#evidence-(\d+)" id="word-\d+">([^<]+)</g),
    ];
    expect(marked.length).toBe(article.sentiment.evidence.length);
    const whole = `${text.title}\n${text.summary}\n${text.body}`;
    for (const [, number, word] of marked) {
      const evidence = article.sentiment.evidence[Number(number) - 1];
      expect(word).toBe(whole.slice(evidence?.start, evidence?.end));
    }
  });

  it('tells both axes, who says it and at whom it is aimed', async () => {
    const text = { title: 'Người nhà phản ánh Bệnh viện Chợ Rẫy tắc trách', summary: '', body: '' };
    const article = analysed(text, { id: 'accused', storyId: 'none' });
    await fixture.deps.articles.save([article]);
    const { body, missing } = await get('/articles/accused');
    expect(body).toContain('data-axis="stance" data-polarity="negative"');
    expect(missing('theo người bệnh, người nhà', 'nhắm tới Bệnh viện Chợ Rẫy')).toEqual([]);
    const found = await get('/articles?period=all&stance=negative');
    expect(found.missing(text.title)).toEqual([]);
    expect((await get('/articles?period=all&stance=positive')).missing(text.title)).toEqual([text.title]);
  });

  it('gives reasons, mentions, topics, copies and the original', async () => {
    await fixture.seed();
    const { missing } = await get('/articles/poisoning-1');
    expect(
      missing(
        'Từ ngữ quyết định',
        'Bệnh viện Chợ Rẫy',
        'An toàn thực phẩm',
        '4 bài, 2 toà soạn viết riêng',
        'href="https://bao-toan-quoc.example/poisoning-1.html"',
        'đọc từ dữ liệu JSON-LD',
        'href="/stories/story-poisoning"',
      ),
    ).toEqual([]);
  });

  it('says so when only the feed has been read, and why', async () => {
    const text = { title: 'Bệnh viện mở khoa mới', summary: 'Tóm tắt.', body: '' };
    await fixture.deps.articles.save([
      analysed(text, { id: 'entry', readFrom: 'entry', unreadReason: 'http-403' }),
    ]);
    expect((await get('/articles/entry')).missing('máy chủ của báo trả lời 403')).toEqual([]);
  });
});

describe('the page of a story', () => {
  it('tells own texts from copies and how long each took', async () => {
    await fixture.seed();
    const { body, missing } = await get('/stories/story-poisoning');
    expect(body.match(/<li class="own"/g)?.length).toBe(2);
    expect(body.match(/<li class="copy"/g)?.length).toBe(2);
    expect(missing('Báo Trung Ương Mẫu', '11:20 02/03/2026', 'sau 1 giờ 20 phút', 'mở đầu')).toEqual([]);
  });
});

describe('the trends', () => {
  it('draws one chart per figure and width, without inline style, and the same figures as a table', async () => {
    await fixture.seed();
    const { body, missing } = await get('/trends');
    expect(body.match(/<svg class="chart /g)?.length).toBe(4);
    expect(/ style=|<style/.test(body)).toBe(false);
    expect(
      missing('class="fill-negative', 'role="img" aria-label="Biểu đồ cột', 'Bảng số liệu', 'TP.HCM'),
    ).toEqual([]);
    const rows = [
      ...body.matchAll(
        /from=\d{4}-\d\d-\d\d[^>]*>(?:[^<]*)<\/a><\/th><td class="figure">(\d+)<\/td><td class="figure">(\d+)<\/td><td class="figure">(\d+)</g,
      ),
    ];
    const total = rows.reduce(
      (sum, [, ...counts]) => sum + counts.reduce((part, count) => part + Number(count), 0),
      0,
    );
    expect(total).toBe(Number(counted((await get('/articles?period=30d')).body).all));
  });

  it('goes by the hour when the period is a day', async () => {
    await fixture.seed();
    expect((await get('/trends?period=24h')).missing('Số bài mỗi giờ theo sắc thái')).toEqual([]);
  });

  it('says so when there is nothing to count', async () => {
    expect((await get('/trends')).missing('Chưa có số liệu.')).toEqual([]);
  });
});

describe('outlets and ledger', () => {
  it('says plainly that no outlet can be reached', async () => {
    await fixture.setFeeds('unreachable', 'ENOTFOUND');
    expect(
      (await get('/outlets')).missing('Không truy cập được nguồn báo nào', 'Cả 8 nguồn đã thử đều thất bại'),
    ).toEqual([]);
    expect((await get('/outlets', ENGLISH)).missing('No outlet can be reached')).toEqual([]);
  });

  it('shows status and reason of each feed, and when and why then it is polled again', async () => {
    await fixture.seed();
    expect(
      (await get('/outlets')).missing(
        '7 trong 8 nguồn',
        'Bị chặn',
        'máy chủ của báo trả lời 403',
        'sau 5 phút: theo nhịp ra tin của nguồn',
        'sau 5 phút: nguồn đang hỏng',
        '40 mục, 3 mới',
      ),
    ).toEqual([]);
  });

  it('writes the account as an equation that adds up', async () => {
    await fixture.seed();
    const { body, missing } = await get('/ledger');
    const parts = Object.fromEntries(
      [...body.matchAll(/data-ledger="(\w+)">(\d+)</g)].map(([, key, count]) => [key, Number(count)]),
    );
    expect(parts).toEqual({ found: 128, indexed: 125, duplicate: 0, irrelevant: 1, failed: 1, pending: 1 });
    expect(missing('Sổ khớp', 'fetch-0f3a', 'không phải trang HTML')).toEqual([]);
  });

  it('says each fault in the reader’s language', async () => {
    await fixture.seed();
    await fixture.deps.articles.remove('poisoning-1');
    expect(
      (await get('/ledger')).missing(
        'Sổ không khớp',
        '125 bài ghi là đã vào kho nhưng kho tìm được 124 bài.',
      ),
    ).toEqual([]);
    expect(
      (await get('/ledger', ENGLISH)).missing(
        '125 entries count as indexed, but 124 articles are searchable.',
      ),
    ).toEqual([]);
  });
});

describe('errors', () => {
  it.each([
    ['/no-such-page', 404, 'Không có trang này'],
    ['/articles/nope', 404, 'Không có trang này'],
    ['/articles/%00', 400, 'Trường “id”'],
    ['/articles?polarity=evil', 400, 'Trường “polarity”'],
    ['/articles?from=yesterday', 400, 'Trường “from”'],
    ['/articles?to=9999-12-31', 400, 'Trường “to”'],
    ['/articles?page=0', 400, 'Trường “page”'],
  ])('%s is answered with %i and in words', async (url, status, text) => {
    const { statusCode, missing } = await get(url);
    expect(statusCode).toBe(status);
    expect(missing(text)).toEqual([]);
  });

  it('a failing store is a page with a request id and no stack', async () => {
    const failing = await openTestConsole({
      ledgerBalance: () => Promise.reject(new Error('secret detail')),
    });
    const { statusCode, body } = await failing.server.inject('/ledger');
    await failing.close();
    expect(statusCode).toBe(500);
    expect(body.includes('Có lỗi trong chương trình')).toBe(true);
    expect(/secret detail|at .*\.ts/.test(body)).toBe(false);
  });

  it('a store that is away is told apart from a fault, with what to look at', async () => {
    const away = await openTestConsole({
      ledgerBalance: () => Promise.reject(new StoreUnavailableError('The disk is too full: make room')),
    });
    const page = await away.server.inject('/ledger');
    const api = await away.server.inject('/api/v1/ledger');
    await away.close();
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('Không có gì bị mất');
    expect(page.body).toContain('make room');
    expect(api.json()).toMatchObject({ error: { code: 'store-unavailable' } });
  });

  it('search text with control characters finds nothing and breaks nothing', async () => {
    expect((await get('/articles?q=%00%01')).statusCode).toBe(200);
  });
});

describe('the choice of language', () => {
  it('is kept in a cookie and comes back to the page it was made on', async () => {
    const { statusCode, headers } = await fixture.server.inject('/lang?to=en&back=%2Ftrends%3Fperiod%3D7d');
    expect([statusCode, headers.location]).toEqual([303, '/trends?period=7d']);
    expect(String(headers['set-cookie'])).toContain('nyt_lang=en');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/%0d%0aSet-Cookie:a=b'])(
    'never leads elsewhere: %s',
    async (back) => {
      const { headers } = await fixture.server.inject(`/lang?to=vi&back=${encodeURIComponent(back)}`);
      expect(['/', '/%0d%0aSet-Cookie:a=b']).toContain(headers.location);
      expect(String(headers['set-cookie'])).not.toContain('a=b');
    },
  );
});
