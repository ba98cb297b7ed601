import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Drills } from '../../src/console/console-deps.ts';
import type { DrillRun } from '../../src/domain/drill-run.ts';
import { HOUR_MS } from '../../src/domain/time.ts';
import { analysed, openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;

beforeAll(async () => {
  fixture = await openTestConsole();
}, 120_000);
afterEach(() => fixture.clear());
afterAll(() => fixture.close());

async function get(url: string, cookies: Record<string, string> = {}) {
  const answer = await fixture.server.inject({ url, cookies, headers: { host: 'localhost' } });
  return { ...answer, body: answer.body, status: answer.statusCode };
}

describe('the first page', () => {
  it('keeps the addresses of the list that once stood there', async () => {
    const { status, headers } = await get('/?q=ngo+doc&period=30d');
    expect([status, headers.location]).toEqual([308, '/articles?q=ngo+doc&period=30d']);
  });

  it('says what to do while there is nothing', async () => {
    const { status, body } = await get('/');
    expect(status).toBe(200);
    expect(body).toContain('Chưa có tin bài nào trong 24 giờ qua.');
    expect(body).toContain('href="/welcome"');
  });

  it('tells of policy documents that take effect soon, and of no others', async () => {
    const { policies } = fixture.deps;
    const [first] = policies;
    if (first === undefined) throw new Error('No policy document is configured');
    const soon = { ...first, id: 'sap-toi', name: 'Văn bản sắp tới', effectiveAt: '2026-03-05' };
    const later = { ...soon, id: 'con-lau', name: 'Văn bản còn lâu', effectiveAt: '2026-05-05' };
    const other = await openTestConsole({ ...fixture.deps, policies: [later, soon] });
    const { body } = await other.server.inject('/');
    expect(body).toContain('<a href="/policies/sap-toi">Văn bản sắp tới</a>');
    expect(body).toContain('có hiệu lực sau 3 ngày');
    expect(body).not.toContain('Văn bản còn lâu');
    await other.close();
  });

  it('puts the story that grows first, with what it has gained', async () => {
    await fixture.seed();
    const { body } = await get('/');
    const rising = body.slice(body.indexOf('class="rising"'));
    expect(rising).toContain('href="/stories/story-poisoning"');
    expect(rising).toContain('+4 trong 6 giờ');
    expect(rising).toContain('mới trong ngày');
    expect(body).toContain('chưa ai nhận, đã chờ');
  });

  it('counts the day so far, and each number leads to the articles counted', async () => {
    await fixture.seed();
    const { body } = await get('/');
    const [, href = '', count = ''] =
      /<h2>Tin bài hôm nay<\/h2><p class="today-number"><a href="([^"]+)">(\d+)</.exec(body) ?? [];
    expect(Number(count)).toBeGreaterThan(0);
    const list = await get(href.replaceAll('&amp;', '&'));
    expect(list.body).toContain(`${count} bài`);
    expect(await fixture.deps.articles.count({ from: '2026-03-01T17:00:00.000Z' })).toBe(Number(count));
  });

  it('tells a reader who comes back what has come meanwhile, and forgets it when told to', async () => {
    await fixture.seed();
    const lastHere = Date.parse('2026-03-02T07:30:00.000Z') / 1000 - 2 * 3600;
    const back = await get('/', { nyt_visit: `${lastHere - 7200}.${lastHere}` });
    const since = new Date(lastHere * 1000).toISOString();
    const fresh = await fixture.deps.articles.count({ from: since });
    expect(fresh).toBeGreaterThan(0);
    expect(back.body).toContain('kể từ 12:30');
    expect(back.body).toContain(`from=${encodeURIComponent(since)}">${fresh}<`);

    const token = /name="token" value="([^"]+)"/.exec(back.body)?.[1] ?? '';
    const form = back.cookies.find(({ name }) => name === 'nyt_form')?.value ?? '';
    const seen = await fixture.server.inject({
      method: 'POST',
      url: '/today/seen',
      headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
      cookies: { nyt_form: form },
      payload: new URLSearchParams({ token }).toString(),
    });
    expect(seen.statusCode).toBe(303);
    const visit = seen.cookies.find(({ name }) => name === 'nyt_visit')?.value ?? '';
    expect((await get('/', { nyt_visit: visit })).body).toContain('kể từ 14:30');
  });

  it('shows first what the office watches, and links to just that', async () => {
    await fixture.seed();
    await fixture.deps.office.insert('office-profile', {
      id: 'office',
      at: '2026-03-02T00:00:00.000Z',
      by: 'Thu Hà',
      provinces: [],
      facilities: ['bv-cho-ray'],
    });
    const within = { provinces: [], facilities: ['bv-cho-ray'] };
    const from = '2026-03-01T17:00:00.000Z';
    const narrowed = await fixture.deps.articles.count({ within, from });
    const all = await fixture.deps.articles.count({ from });
    expect(narrowed).toBeLessThan(all);
    const own = /<h2>Tin bài hôm nay<\/h2><p class="today-number"><a href="([^"]+)">(\d+)</;
    const [, href = '', count] = own.exec((await get('/')).body) ?? [];
    expect(Number(count)).toBe(narrowed);
    expect(decodeURIComponent(href)).toContain('q=facility:bv-cho-ray');
    expect(own.exec((await get('/?scope=all')).body)?.[2] ?? '').toBe(String(all));
  });
});

describe('form tokens', () => {
  it('differ in every answer, since answers are compressed', async () => {
    const one = await get('/welcome');
    const form = one.cookies.find(({ name }) => name === 'nyt_form')?.value ?? '';
    const two = await get('/welcome', { nyt_form: form });
    const tokenOf = (body: string) => /name="token" value="([^"]+)"/.exec(body)?.[1];
    expect(tokenOf(one.body)).toBeDefined();
    expect(tokenOf(one.body)).not.toBe(tokenOf(two.body));
  });
});

describe('the first steps', () => {
  it('keep what the office watches, and refuse what nobody knows', async () => {
    const page = await get('/welcome');
    const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const form = page.cookies.find(({ name }) => name === 'nyt_form')?.value ?? '';
    const post = (fields: [string, string][]) =>
      fixture.server.inject({
        method: 'POST',
        url: '/welcome',
        headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
        cookies: { nyt_form: form },
        payload: new URLSearchParams([['token', token], ...fields]).toString(),
      });
    const refused = await post([
      ['by', 'Thu Hà'],
      ['facility', 'Bệnh viện Không Có Thật'],
    ]);
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('Bệnh viện Không Có Thật');
    const kept = await post([
      ['by', 'Thu Hà'],
      ['province', '79'],
      ['province', 'nowhere'],
      ['facility', 'Bệnh viện Chợ Rẫy'],
    ]);
    expect(kept.statusCode).toBe(303);
    expect(await fixture.deps.office.find('office-profile', 'office')).toMatchObject({
      by: 'Thu Hà',
      provinces: ['79'],
      facilities: ['bv-cho-ray'],
    });
  });
});

describe('a drill from the first steps', () => {
  it('begins once, says who is told, and is announced on Today while it calls people', async () => {
    const begun: Pick<DrillRun, 'by' | 'isReal'>[] = [];
    let run: DrillRun | undefined;
    const drills: Drills = {
      last: () => run,
      start(options) {
        if (run !== undefined && run.end === undefined) return false;
        begun.push(options);
        run = { ...options, startedAt: fixture.deps.now().toISOString(), said: 'Bước một' };
        return true;
      },
    };
    const testChannel = async () => undefined;
    const { server } = await openTestConsole({
      ...fixture.deps,
      setUp: { channels: ['log'], officers: [], testChannel, drills },
    });
    const page = await server.inject({ url: '/welcome', headers: { host: 'localhost' } });
    const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const form = page.cookies.find(({ name }) => name === 'nyt_form')?.value ?? '';
    const begin = async () => {
      const { statusCode, headers } = await server.inject({
        method: 'POST',
        url: '/welcome/drill',
        headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
        cookies: { nyt_form: form },
        payload: new URLSearchParams({ token, by: 'Thu Hà', channels: 'real' }).toString(),
      });
      return [statusCode, headers.location];
    };
    expect(await begin()).toEqual([303, '/welcome?notice=drill#drill']);
    expect(await begin()).toEqual([303, '/welcome?notice=drill-runs#drill']);
    expect(begun).toEqual([{ by: 'Thu Hà', isReal: true }]);
    const running = (await server.inject('/welcome')).body;
    expect(running).toContain('<span class="chip">DIỄN TẬP</span> Đang chạy');
    expect(running).not.toContain('action="/welcome/drill"');
    expect((await server.inject('/')).body).toContain('Đang diễn tập');
    run = { ...(run as DrillRun), end: { at: fixture.deps.now().toISOString(), outcome: 'passed' } };
    expect((await server.inject('/welcome')).body).toContain('action="/welcome/drill"');
    expect((await server.inject('/')).body).not.toContain('Đang diễn tập');
    await server.close();
  });
});

describe('the list of stories', () => {
  it('counts a story in the period and names its newsrooms', async () => {
    await fixture.seed();
    const { body } = await get('/stories?period=24h');
    expect(body).toContain('href="/stories/story-poisoning"');
    expect(body).toContain('href="/articles?period=24h&amp;story=story-poisoning">4<');
    expect((await get('/stories?sort=growth')).body).toContain('+4 trong 6 giờ');
    expect((await get('/stories?least=10')).body).toContain('Không có câu chuyện nào trong khoảng này.');
  });
});

describe('the page of a story', () => {
  it('says who credits whom, and where numbers differ', async () => {
    await fixture.seed();
    const at = (hours: number) =>
      new Date(Date.parse('2026-03-02T07:30:00.000Z') - hours * HOUR_MS).toISOString();
    const text = (deaths: number) => ({
      title: `Ngộ độc tại Hà Nội, ${deaths} người tử vong`,
      summary: '',
      body: `Sáng nay, ${deaths} người tử vong tại Hà Nội sau bữa tiệc.`,
    });
    const story = 'story-counts';
    await fixture.deps.articles.save([
      analysed(text(2), { id: 'first', storyId: story, firstSeenAt: at(3) }),
      analysed(text(3), {
        id: 'second',
        storyId: story,
        firstSeenAt: at(2),
        newsroom: 'b',
        creditedTo: 'bao-a',
      }),
    ]);
    await fixture.deps.stories.update(story, () => ({
      id: story,
      title: text(2).title,
      firstArticleId: 'first',
      firstOutletId: 'bao-a',
      firstSeenAt: at(3),
      lastSeenAt: at(2),
      articleIds: ['first', 'second'],
      independentNewsrooms: ['bao-a'],
      tiers: ['national'],
    }));
    const { body } = await get(`/stories/${story}`);
    expect(body).toContain('ghi nguồn bao-a');
    expect(body).toContain('Con số các báo đưa khác nhau');
    expect(body).toMatch(/<strong>2<\/strong>.*<strong>3<\/strong>/s);
  });
});
