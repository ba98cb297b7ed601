import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole();
  await fixture.seed();
}, 60_000);
afterAll(() => fixture.close());

const get = async (url: string) => (await fixture.server.inject(url.replaceAll('&amp;', '&'))).body;
const hrefsTo = (body: string) =>
  [...body.matchAll(/<h3><a href="(\/articles\/[^"]+)"/g)].map(([, href = '']) => href);
const linkOf = (body: string, rel: string) =>
  new RegExp(`<a href="([^"]+)" rel="${rel}"`).exec(body)?.[1] ?? '';
const idOf = (href: string) => new URL(href, 'http://x').pathname.split('/').at(-1);

describe('a search that finds nothing', () => {
  it('offers words of the registries that are nearest to those in no article, with what they find', async () => {
    const body = await get('/articles?q=ngo+doc+benhh&period=30d');
    expect(body).toContain('Có phải bạn muốn tìm');
    const [, href = '', text = ''] = /class="instead"><li><a href="([^"]+)">([^<]+)</.exec(body) ?? [];
    expect(text).toBe('ngo doc bệnh');
    expect(hrefsTo(await get(href)).length).toBeGreaterThan(0);
  });

  it('offers none where every word is in some article', async () => {
    const body = await get('/articles?q=%22doc+ngo%22&period=30d');
    expect(body).toContain('Không có bài');
    expect(body).not.toContain('Có phải bạn muốn tìm');
  });
});

describe('an article opened from a list', () => {
  it.each([
    ['the best matches', '/articles?q=ngo+doc&period=30d'],
    ['the newest', '/articles?period=30d'],
    ['an order of time', '/articles?period=30d&sort=oldest'],
    ['the second page', '/articles?period=30d&page=2'],
  ])('leads to those before and after it in %s, and back', async (_, list) => {
    const listed = hrefsTo(await get(list));
    expect(listed.length).toBeGreaterThan(3);
    const forth: (string | undefined)[] = [];
    for (let href = listed[0] ?? ''; forth.length < 3; href = linkOf(await get(href), 'next')) {
      forth.push(idOf(href));
    }
    expect(forth).toEqual(listed.slice(0, 3).map(idOf));
    const third = await get(listed[2] ?? '');
    expect(idOf(linkOf(third, 'prev'))).toBe(forth[1]);
    const back = /<a href="([^"]+)">Về danh sách/.exec(third)?.[1] ?? '';
    expect(hrefsTo(await get(back)).map(idOf)).toContain(forth[2]);
  });

  it('keeps only the way back where the list has moved', async () => {
    const body = await get('/articles/poisoning-1?period=30d&at=99');
    expect(body).toContain('Về danh sách');
    expect([linkOf(body, 'prev'), linkOf(body, 'next')]).toEqual(['', '']);
  });

  it('is left in its list by a correction, also by one that is refused', async () => {
    const [, second = ''] = hrefsTo(await get('/articles?q=ngo+doc&period=30d'));
    const page = await fixture.server.inject(second.replaceAll('&amp;', '&'));
    const next = linkOf(page.body, 'next');
    const action = /<form class="act" method="post" action="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const send = (fields: Record<string, string>) =>
      fixture.server.inject({
        method: 'POST',
        url: action.replaceAll('&amp;', '&'),
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
        payload: new URLSearchParams({
          token: /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '',
          by: 'Thu Hà',
          ...fields,
        }).toString(),
      });
    const refused = await send({});
    expect([refused.statusCode, linkOf(refused.body, 'next')]).toEqual([400, next]);
    const done = await send({ polarity: 'neutral', reason: 'Bài nêu kết quả' });
    expect(done.statusCode).toBe(303);
    const back = await get(String(done.headers.location));
    expect(back).toContain('Đã ghi');
    expect(linkOf(back, 'next')).toBe(next);
  });

  it('has no such links without a list', async () => {
    expect(await get('/articles/poisoning-1')).not.toContain('class="neighbours"');
    expect(await get('/articles/poisoning-1?at=-1')).not.toContain('class="neighbours"');
  });
});

describe('completions', () => {
  it('are given in the language of the reader', async () => {
    const ask = async (lang: string) =>
      (
        await fixture.server.inject({
          url: '/api/v1/completions?term=t%E1%BB%89nh',
          cookies: { nyt_lang: lang },
        })
      ).json();
    expect(await ask('vi')).toEqual({ completions: [{ text: 'tỉnh:', label: 'Tỉnh, thành phố' }] });
    expect(await ask('en')).toEqual({ completions: [] });
  });
});
