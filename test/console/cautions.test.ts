import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { analysed, openTestConsole, type TestConsole } from './console-fixture.ts';

/** Written for these tests; nothing in them happened. */
const TEXT = {
  title: 'Sở Y tế bác tin đồn dịch lạ ở xã Ví Dụ',
  summary: 'Hơn 120 học sinh nhập viện vì ngộ độc thực phẩm, không phải vì dịch.',
  body: 'Đến nay 118 em đã xuất viện.',
};

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole();
  await fixture.seed();
  await fixture.deps.articles.save([
    analysed(TEXT, { id: 'rumour-1', firstSeenAt: '2026-03-02T06:00:00.000Z' }),
  ]);
});
afterAll(() => fixture.close());

const html = async (url: string, lang = 'vi') =>
  (await fixture.server.inject({ url, headers: { 'accept-language': lang } })).body;

describe('cautions and case counts in the console', () => {
  it('tells on the article page what asks for care, who says so and in which words, and judges nothing', async () => {
    const page = await html('/articles/rumour-1');
    expect(page).toContain('Cần đọc kỹ');
    expect(page).toContain('không phải kết luận rằng bài đúng hay sai');
    expect(page).toMatch(/có nơi bác bỏ thông tin \([^)]+\)/u);
    expect(page).toContain('<mark class="found">tin đồn</mark>');
  });

  it('shows each count with its words', async () => {
    const page = await html('/articles/rumour-1');
    expect(page).toMatch(/Bị ảnh hưởng: khoảng <strong class="figure">120<\/strong>/u);
    expect(page).toContain('<mark class="found">Hơn 120 học sinh</mark>');
  });

  it('has no empty boxes beside an article that gives no cause', async () => {
    expect(await html('/articles/rescue-1')).not.toContain('id="cautions"');
  });

  it('marks it in a list, and narrows a list to one kind', async () => {
    const list = await html('/articles?period=all&caution=rumour');
    expect(list).toContain('href="/articles/rumour-1#cautions"');
    expect(list).toContain('Cần đọc kỹ: ');
    expect(list).not.toContain('href="/articles/rescue-1"');
    expect(await html('/articles?period=all&caution=harmful-advice')).not.toContain('rumour-1');
  });

  it('narrows the API alike, and refuses a kind that there is not', async () => {
    const found = await fixture.server.inject('/api/v1/articles?caution=denial');
    expect(found.json()).toMatchObject({
      meta: { matched: 1 },
      articles: [{ id: 'rumour-1', caseCounts: [{ measure: 'affected', value: 120 }] }],
    });
    expect((await fixture.server.inject('/api/v1/articles?caution=lie')).statusCode).toBe(400);
  });
});
