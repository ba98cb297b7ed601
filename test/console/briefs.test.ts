import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { readDocument } from '../../src/adapters/documents/read-document.ts';
import type { PressBrief } from '../../src/domain/press-brief.ts';
import { docxLinks } from '../support/docx-links.ts';
import { HOSTILE_TITLE, openTestConsole, type TestConsole } from './console-fixture.ts';

/** The morning of the fixture's poisoning: from 07:00 to 14:30 on a Monday. */
const PERIOD = { from: '2026-03-02T07:00', to: '2026-03-02T14:30' };
const POISONING = 'story-poisoning';

let fixture: TestConsole;
let page: string;
let id: string;

beforeAll(async () => {
  fixture = await openTestConsole();
});
beforeEach(async () => {
  await fixture.clear();
  await fixture.seed();
  const made = await post('/briefs', { by: 'Biên tập A', ...PERIOD });
  expect(made.statusCode).toBe(303);
  page = made.headers.location ?? '';
  id = decodeURIComponent(page.replace('/briefs/', ''));
}, 60_000);
afterAll(() => fixture.close());

const get = (url: string) => fixture.server.inject({ url });
const stored = () => fixture.deps.office.find('press-brief', id) as Promise<PressBrief>;

/** A form as a browser sends it, with the cookie and the token that a page gave it. */
async function post(url: string, fields: Record<string, string>) {
  const { body, headers } = await get('/briefs');
  const token = /name="token" value="([^"]+)"/.exec(body)?.[1] ?? '';
  const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  return fixture.server.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
    body: new URLSearchParams({ token, ...fields }).toString(),
  });
}

/** The editor's form at the version that the brief has now. */
async function act(action: string, fields: Record<string, string> = {}) {
  const { version } = await stored();
  return post(page, { by: 'Biên tập A', version: String(version), do: action, ...fields });
}

const unescaped = (text: string) => text.replaceAll('&amp;', '&');

/** How many articles the query of a link counts, as a program asks for it. */
async function countBehind(href: string): Promise<number> {
  const { search } = new URL(href, 'http://127.0.0.1');
  const { statusCode, body } = await get(`/api/v1/articles${search}&limit=1`);
  expect(statusCode, body).toBe(200);
  return (JSON.parse(body) as { meta: { matched: number } }).meta.matched;
}

const numberIn = (text: string) => Number(/\d[\d.]*/.exec(text)?.[0].replaceAll('.', ''));

describe('the list of press briefs', () => {
  it('lists what there is, and says what to do where there is nothing', async () => {
    const { body } = await get('/briefs');
    expect(body).toContain(`href="${page}"`);
    expect(body).toContain('07:00 02/03/2026 – 14:30 02/03/2026');
    await fixture.clear();
    expect((await get('/briefs')).body).toContain('Chưa có bản điểm báo nào');
  });

  it('makes the brief of a morning, since the last working one', async () => {
    const made = await post('/briefs', { by: 'A', day: '2026-03-02' });
    expect(made.headers.location).toBe('/briefs/2026-03-02');
    expect((await get('/briefs/2026-03-02')).body).toContain(
      'Điểm báo từ 07:00 27/02/2026 đến 07:00 02/03/2026',
    );
    expect((await post('/briefs', { by: 'A', day: '2026-03-02' })).headers.location).toBe(
      '/briefs/2026-03-02',
    );
  });

  it.each([
    { from: PERIOD.to, to: PERIOD.from },
    { from: '2026-01-01T00:00', to: PERIOD.to },
    { from: 'hôm qua', to: PERIOD.to },
    { day: '2026-13-01' },
  ])('gives back what was typed where there is no such period: %o', async (fields) => {
    const { statusCode, body } = await post('/briefs', {
      by: 'Biên tập <A>',
      ...(fields as Record<string, string>),
    });
    expect(statusCode).toBe(400);
    expect(body).toContain('Kỳ không hợp lệ');
    expect(body).toContain('value="Biên tập &lt;A>"');
  });

  it('reaches older briefs page by page', async () => {
    for (let day = 1; day <= 31; day++) {
      const from = `2026-01-${String(day).padStart(2, '0')}T07:00`;
      await post('/briefs', { by: 'A', from, to: from.replace('T07', 'T08') });
    }
    const older = unescaped(/href="(\/briefs\?before=[^"]+)"/.exec((await get('/briefs')).body)?.[1] ?? '');
    expect((await get(older)).body).toContain('07:00 01/01/2026');
    expect((await get(older)).body).not.toContain('07:00 31/01/2026');
  }, 60_000);
});

describe('a press brief', () => {
  it('leads with every number to the articles that it counts', async () => {
    const { body } = await get(page);
    const links = [...body.matchAll(/<a href="(\/articles\?[^"]+)"[^>]*>(.*?)<\/a>/gs)].map(
      ([, href = '', text = '']) => ({
        href: unescaped(href),
        text: text.replace(/<[^>]+>/g, ''),
      }),
    );
    expect(links.length).toBeGreaterThan(10);
    for (const { href, text } of links)
      expect(await countBehind(href), `${text} → ${href}`).toBe(numberIn(text));
  });

  it('keeps proposals, remarks and who signs, and prints them', async () => {
    const saved = await act('save', {
      [`proposal-${POISONING}`]: 'Đề nghị Sở Y tế thông tin\r\ntrong sáng nay',
      remarks: 'Báo chí quan tâm ngộ độc.',
      number: '12/ĐB-VP',
      place: 'Tỉnh Mẫu',
      office: 'Phó Chánh Văn phòng',
      name: 'Người Ký Mẫu',
      recipients: 'Lãnh đạo Sở\r\n\r\nLưu: VT',
    });
    expect(saved.headers.location).toBe(`${page}?notice=save`);
    const { edits, version, history } = await stored();
    expect(version).toBe(2);
    expect(edits).toMatchObject({
      proposals: { [POISONING]: 'Đề nghị Sở Y tế thông tin\ntrong sáng nay' },
      recipients: ['Lãnh đạo Sở', 'Lưu: VT'],
      signature: { office: 'Phó Chánh Văn phòng', name: 'Người Ký Mẫu' },
    });
    expect(history.at(-1)?.fields).toEqual(
      expect.arrayContaining(['proposals', 'remarks', 'number', 'place', 'signature', 'recipients']),
    );
    const { rawPayload, headers } = await get(`${page}.docx`);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="diem-bao-[\w-]+\.docx"$/);
    const reading = await readDocument(rawPayload, new AbortController().signal);
    const text = reading.ok ? reading.text : '';
    for (const word of [
      'Số: 12/ĐB-VP',
      'Đề nghị Sở Y tế thông tin',
      'NGƯỜI',
      'PHÓ CHÁNH VĂN PHÒNG',
      '- Lãnh đạo Sở;',
      '- Lưu: VT.',
      'Báo chí quan tâm ngộ độc.',
    ]) {
      expect(word === 'NGƯỜI' ? text.toUpperCase() : text).toContain(word);
    }
  });

  it('exports a Word file whose numbers are those of the model and of the archive', async () => {
    const { model } = await stored();
    const links = docxLinks((await get(`${page}.docx`)).rawPayload);
    const counting = links.filter(({ href }) => new URL(href).pathname === '/articles');
    expect(counting.length).toBeGreaterThan(10);
    for (const { href, text } of counting) {
      const count = /\d/.test(text) ? numberIn(text) : undefined;
      if (count !== undefined) expect(await countBehind(href), `${text} → ${href}`).toBe(count);
    }
    const ofStory = (story: string) =>
      counting.find(
        ({ href }) => new URL(href).searchParams.get('story') === story && !href.includes('polarity'),
      );
    for (const { id: story, articles } of model.stories)
      expect(numberIn(ofStory(story)?.text ?? '')).toBe(articles);
  });

  it('moves a story within its topic, and at its edge the topic with it; leaves out and takes in', async () => {
    const { edits } = await stored();
    expect(edits.order.length).toBeGreaterThan(1);
    const last = edits.order.at(-1) ?? '';
    const typed = { remarks: 'gõ dở' };
    for (let step = edits.order.length; step > 0; step--) await act(`up:${last}`, typed);
    const after = await stored();
    expect(after.edits.order[0]).toBe(last);
    expect([...after.edits.order].sort()).toEqual([...edits.order].sort());
    expect(after.edits.remarks).toBe('gõ dở');
    await act(`down:${last}`);
    expect((await stored()).edits.order[0]).not.toBe(last);
    await act(`out:${last}`, { [`proposal-${last}`]: 'không mất' });
    expect((await stored()).edits).toMatchObject({ proposals: { [last]: 'không mất' } });
    expect((await stored()).edits.order).not.toContain(last);
    expect((await get(page)).body).toContain(`value="in:${last}"`);
    await act(`in:${last}`);
    expect((await stored()).edits.order).toContain(last);
  });

  it('takes in an article by its address or id, or by hand where the archive does not have it', async () => {
    await act('add:', { addUrl: 'http://127.0.0.1:8190/articles/quiet-3' });
    await act('add:', {
      addUrl: 'https://bao-giay.example/a',
      addTitle: 'Bài báo giấy',
      addOutlet: 'Báo Giấy Mẫu',
      addQuotation: 'Một câu trích từ báo giấy.',
    });
    const { edits } = await stored();
    expect(edits.added).toMatchObject([
      { id: 'added-1', articleId: 'quiet-3' },
      { id: 'added-2', title: 'Bài báo giấy', outletName: 'Báo Giấy Mẫu', topic: '' },
    ]);
    expect(edits.order.slice(-2)).toEqual(['added-1', 'added-2']);
    expect((await get(`${page}.html`)).body).toContain('“Một câu trích từ báo giấy.”');
    const missing = await act('add:', { addUrl: 'https://bao.example/khong-co', remarks: 'không mất' });
    expect(missing.statusCode).toBe(400);
    expect(missing.body).toContain('không thấy bài này trong kho');
    expect(missing.body).toContain('không mất');
    expect(missing.body).toContain('value="https://bao.example/khong-co"');
  });

  it('quotes another whole sentence of an article, or none, and nothing else', async () => {
    const before = (await stored()).model.stories.find((story) => story.id === POISONING)?.quotation?.text;
    const to = (await act(`quote:${POISONING}`)).headers.location ?? '';
    const { body } = await get(to);
    const choices = [...body.matchAll(/name="choice" value="([^"]+)"[^>]*><label for="[^"]+">([^<]+)</g)]
      .map(([, value = '', text = '']) => ({ value, text }))
      .filter(({ value, text }) => value.includes(':') && text !== before);
    const [chosen = { value: '', text: '' }] = choices;
    const choose = async (choice: string) => {
      const { version } = await stored();
      const fields = { by: 'A', version: String(version), story: POISONING, choice };
      return (await post(`${page}/quotation`, fields)).statusCode;
    };
    expect(await choose(chosen.value)).toBe(303);
    expect((await stored()).edits.quotations[POISONING]?.text).toBe(chosen.text);
    expect((await get(page)).body).toContain(`“${chosen.text}”`);
    expect(await choose('poisoning-0:7')).toBe(400);
    expect(await choose('quiet-3:5')).toBe(400);
    expect(await choose('none')).toBe(303);
    expect((await get(page)).body).toContain('Không trích câu nào');
    expect(await choose('program')).toBe(303);
    expect((await stored()).edits.quotations).toEqual({});
  });

  it('loses nothing that was typed where somebody else was quicker', async () => {
    const { version } = await stored();
    await act('save', { remarks: 'của người nhanh hơn' });
    const late = await post(page, {
      by: 'Biên tập B',
      version: String(version),
      do: 'save',
      remarks: 'của người chậm hơn',
      [`proposal-${POISONING}`]: 'đề xuất gõ dở',
    });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('Có người đã sửa bản này');
    for (const text of [
      'của người chậm hơn',
      'đề xuất gõ dở',
      'Bản hiện có: của người nhanh hơn',
      'value="Biên tập B"',
    ]) {
      expect(late.body).toContain(text);
    }
    const now = /name="version" value="(\d+)"/.exec(late.body)?.[1] ?? '';
    const again = await post(page, {
      by: 'Biên tập B',
      version: now,
      do: 'save',
      remarks: 'của người chậm hơn',
    });
    expect(again.statusCode).toBe(303);
    expect((await stored()).edits.remarks).toBe('của người chậm hơn');
  });

  it('is read only once it is approved, and a draft again where somebody says so', async () => {
    await act('approve:', { remarks: 'Lời cuối' });
    expect(await stored()).toMatchObject({ status: 'approved', edits: { remarks: 'Lời cuối' } });
    const { body } = await get(page);
    expect(body).not.toContain('value="up:');
    expect(body).toContain('Chưa gửi được: đặt SMTP_URL');
    expect((await act('save', { remarks: 'quá muộn' })).statusCode).toBe(409);
    expect((await act('send:')).statusCode).toBe(409);
    expect((await get(`${page}.html`)).body).not.toContain('chưa biên tập');
    await act('reopen:');
    expect((await stored()).status).toBe('draft');
  });

  it('takes long proposals for many stories, and says where one is too long', async () => {
    const long = 'Đề xuất '.repeat(240);
    const fields = Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`proposal-s${at}`, long]));
    expect((await act('save', fields)).statusCode).toBe(303);
    expect(Object.keys((await stored()).edits.proposals)).toHaveLength(80);
    const refused = await act('save', { remarks: 'x'.repeat(10_001), number: '7' });
    expect(refused.statusCode).toBe(400);
    expect(refused.body).toContain('x'.repeat(10_001));
    expect(refused.body).toContain('value="7"');
  });

  it('tells what has changed in the archive since, and counts again', async () => {
    expect((await get(`${page}?check=1`)).body).toContain('Kho vẫn như lúc lập');
    const late = await fixture.deps.articles.find('quiet-0');
    if (late === undefined) throw new Error('The fixture lost its article');
    await fixture.deps.articles.save([
      { ...late, id: 'late', storyId: 'story-late', firstSeenAt: '2026-03-02T03:00:00.000Z' },
    ]);
    const { body } = await get(`${page}?check=1`);
    expect(body).toContain('1 bài về muộn');
    expect(body).toContain('href="/articles/late"');
    const { articles } = (await stored()).model.totals;
    await act('remake:');
    expect((await stored()).model.totals.articles).toBe(articles + 1);
  });

  it('shows a hostile headline as text, on the page and in every file', async () => {
    for (const url of [page, `${page}.html`]) {
      const { body } = await get(url);
      expect(body).not.toContain('<script>alert');
      expect(body).not.toContain('javascript:');
      expect(body).toContain('&lt;script');
    }
    const reading = await readDocument((await get(`${page}.docx`)).rawPayload, new AbortController().signal);
    expect(reading.ok && reading.text).toContain(HOSTILE_TITLE.slice(0, 30));
  });

  it('is shown by itself under a policy that lets nothing in', async () => {
    const { headers } = await get(`${page}.html`);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('script-src');
  });

  it('needs the token of its page, and is not where there is none', async () => {
    const { statusCode } = await fixture.server.inject({
      method: 'POST',
      url: page,
      payload: { by: 'A', version: 1, do: 'save' },
    });
    expect(statusCode).toBe(403);
    expect((await get('/briefs/2020-01-01')).statusCode).toBe(404);
    expect((await get('/briefs/2020-01-01.docx')).statusCode).toBe(404);
    expect((await get(`${page}.pdf`)).statusCode).toBe(404);
    expect((await get(`${page}/quotation?story=none`)).statusCode).toBe(404);
  });
});

describe('/api/v1/briefs', () => {
  const send = (url: string, payload: object) => fixture.server.inject({ method: 'POST', url, payload });

  it('lists, makes and gives briefs as they are kept, and as files', async () => {
    const { briefs } = (await get('/api/v1/briefs')).json() as { briefs: { id: string; totals: object }[] };
    expect(briefs.map((brief) => brief.id)).toEqual([id]);
    const { model } = await stored();
    expect(briefs[0]?.totals).toEqual(model.totals);
    expect((await get(`/api/v1/briefs/${id}`)).json()).toMatchObject({ id, version: 1, status: 'draft' });
    const made = await send('/api/v1/briefs', {
      by: 'may-khach',
      from: '2026-03-02T03:00:00Z',
      to: '2026-03-02T05:00:00Z',
    });
    expect(made.statusCode).toBe(201);
    expect(
      (await get(`/api/v1/briefs/${(made.json() as PressBrief).id}.docx`)).rawPayload
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect((await get('/api/v1/briefs/none')).statusCode).toBe(404);
  });

  it('answers bad periods and what is not possible', async () => {
    const bad = await send('/api/v1/briefs', {
      by: 'A',
      from: '2026-03-02T05:00:00Z',
      to: '2026-03-02T03:00:00Z',
    });
    expect([bad.statusCode, bad.json().error.code]).toEqual([400, 'bad-period']);
    const sent = await send(`/api/v1/briefs/${id}/send`, { by: 'A', version: 1 });
    expect([sent.statusCode, sent.json().error.code]).toEqual([409, 'not-possible']);
  });
});
