import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { readDocument } from '../../src/adapters/documents/read-document.ts';
import type { KeptMonthlyReport, MonthlyReport } from '../../src/domain/monthly-report.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

/** The month of the fixture's poisoning. */
const MONTH = '2026-03';
const PAGE = `/reports/${MONTH}`;

const NOW = new Date('2026-03-02T07:30:00.000Z');

let fixture: TestConsole;
let now = NOW;

beforeAll(async () => {
  fixture = await openTestConsole({ now: () => now });
});
beforeEach(async () => {
  now = NOW;
  await fixture.clear();
  await fixture.seed();
  expect((await post('/reports', { by: 'Biên tập A', month: MONTH })).headers.location).toBe(PAGE);
}, 60_000);
afterAll(() => fixture.close());

const get = (url: string) => fixture.server.inject({ url });
const stored = () => fixture.deps.office.find('monthly-report', MONTH) as Promise<KeptMonthlyReport>;

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

/** The form of the page at the version that the report has now. */
async function act(action: string, fields: Record<string, string> = {}) {
  const { version } = await stored();
  return post(PAGE, { by: 'Biên tập A', version: String(version), do: action, ...fields });
}

async function loseAnArticle(): Promise<void> {
  const { from = '', to = '' } = (await stored()).report.now ?? {};
  const { articles } = await fixture.deps.articles.search({ from, to }, { offset: 0, limit: 1 });
  await fixture.deps.articles.remove(articles[0]?.id ?? '');
}

describe('the months', () => {
  it('stand in a list with what has been made of them, and the navigation leads to it', async () => {
    const { body } = await get('/reports');
    expect(body).toContain(`<a href="${PAGE}">03/2026</a>`);
    expect(body).toContain('Bản nháp');
    expect((await get('/')).body).toContain('href="/reports"');
  });

  it('say so where there is no news at all', async () => {
    await fixture.clear();
    expect((await get('/reports')).body).toContain('Kho chưa có tin nào');
  });

  it.each([{ month: '2020-01' }, { month: '2026-13' }, { month: MONTH, by: '' }])(
    'refuse %o',
    async (fields) => {
      const { statusCode, body } = await post('/reports', { by: 'A', ...fields });
      expect(statusCode).toBe(400);
      expect(body).toContain('Không lập được');
    },
  );
});

describe('the report of a month', () => {
  it('is made once: a second order finds the first', async () => {
    const { madeAt, report } = await stored();
    await loseAnArticle();
    await post('/reports', { by: 'Biên tập B', month: MONTH });
    expect(await stored()).toMatchObject({ madeAt, report, history: [{ by: 'Biên tập A', what: 'made' }] });
  });

  it('has figures that lead to as many articles', async () => {
    const { body } = await get(PAGE);
    const links = [...body.matchAll(/<a href="\/articles\?([^"]+)">(\d+)<\/a>/g)];
    expect(links.length).toBeGreaterThan(10);
    for (const [, query = '', figure] of links) {
      const answer = await get(`/api/v1/articles?${query.replaceAll('&amp;', '&')}&limit=1`);
      expect((answer.json() as { meta: { matched: number } }).meta.matched, query).toBe(Number(figure));
    }
  });

  it('keeps its figures, tells what has changed since, and is counted again by order', async () => {
    expect((await get(`${PAGE}?check=1`)).body).toContain('Kho vẫn như lúc lập');
    const before = (await stored()).report.total.count;
    await loseAnArticle();
    expect((await stored()).report.total.count).toBe(before);
    expect((await get(`${PAGE}?check=1`)).body).toContain(`Số bài: ${before} → ${before - 1}`);
    await act('save', { remarks: 'Giữ nguyên câu này' });
    expect((await act('remake')).statusCode).toBe(303);
    expect(await stored()).toMatchObject({
      report: { total: { count: before - 1 } },
      edits: { remarks: 'Giữ nguyên câu này' },
    });
  });

  it('keeps what it said before it was counted again, to be read and compared', async () => {
    const { madeAt, report } = await stored();
    expect((await get(PAGE)).body).not.toContain('Số liệu các lần tính trước');
    await loseAnArticle();
    now = new Date(NOW.getTime() + 60_000);
    await act('remake');
    const { total } = (await stored()).report;
    expect(total.count).toBe(report.total.count - 1);
    const earlier = `${PAGE}?counted=${madeAt}`;
    expect((await get(PAGE)).body).toContain(`href="${earlier}"`);
    const { body } = await get(earlier);
    expect(body).toContain(`Số bài: ${report.total.count} → ${total.count}`);
    expect(body).not.toContain('name="remarks"');
    const csv = await get(`${PAGE}.csv?counted=${madeAt}`);
    expect(csv.body).toContain(`all,,articles,${report.total.count},`);
  });

  it('keeps nothing of a counting that was refused among the earlier ones', async () => {
    await act('approve');
    expect((await act('remake')).statusCode).toBe(409);
    expect((await get(PAGE)).body).not.toContain('Số liệu các lần tính trước');
  });

  it('takes remarks until it is approved, and again once it is reopened', async () => {
    await act('save', { remarks: 'Dòng <một>\r\nDòng hai', number: '12/BC-VP' });
    expect((await get(PAGE)).body).toContain('Dòng &lt;một>\nDòng hai');
    await act('approve', { remarks: 'Xong', number: '12/BC-VP' });
    expect((await act('save', { remarks: 'Sửa sau khi duyệt' })).statusCode).toBe(409);
    expect(await stored()).toMatchObject({ status: 'approved', edits: { remarks: 'Xong' } });
    await act('reopen');
    await act('save', { remarks: 'Sửa lại' });
    expect(await stored()).toMatchObject({ status: 'draft', edits: { remarks: 'Sửa lại' } });
  });

  it('gives back what was typed where somebody was quicker', async () => {
    await act('save', { remarks: 'Của người khác' });
    const late = await post(PAGE, { by: 'B', version: '1', do: 'save', remarks: 'Của tôi' });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('Của tôi</textarea>');
    expect((await stored()).edits.remarks).toBe('Của người khác');
  });

  it.each([
    '/reports/2020-01',
    '/reports/2026-13',
    '/reports/x',
    '/reports/2020-01.csv',
    `${PAGE}?counted=2020-01-01T00:00:00.000Z`,
    `${PAGE}?counted=x`,
  ])('is not at %s', async (url) => {
    expect((await get(url)).statusCode).toBe(404);
  });
});

describe('mailing a report', () => {
  const note = (mailing: KeptMonthlyReport['mailing']) =>
    fixture.deps.office.update('monthly-report', MONTH, ({ mailing: _before, ...kept }) =>
      mailing === undefined ? kept : { ...kept, mailing },
    );

  it('is offered once it is approved and there is a way, and refused else', async () => {
    await act('approve');
    const { body } = await get(PAGE);
    expect(body).toContain('Chưa gửi được thư');
    expect(body).not.toContain('value="send"');
    expect((await act('send')).statusCode).toBe(409);
  });

  it('says what came of it, a refusal with its reason', async () => {
    const at = '2026-03-02T03:00:00.000Z';
    await note({ at, by: 'x', outcome: 'refused', reason: 'smtp-550' });
    expect((await get(PAGE)).body).toContain('Máy chủ thư không nhận báo cáo');
    await note({ at, by: 'x', outcome: 'sent' });
    expect((await get(PAGE)).body).toContain('Đã gửi thư lúc');
    await note({ at, by: 'x' });
    expect((await get(PAGE)).body).toContain('Đang gửi thư');
  });
});

describe('the files of a report', () => {
  it('say in Word what the API says, and what people wrote', async () => {
    await act('save', { remarks: 'Đề nghị họp giao ban', number: '' });
    const { report } = (await get(`/api/v1/reports/${MONTH}`)).json() as { report: MonthlyReport };
    const { rawPayload } = await get(`${PAGE}.docx`);
    const reading = await readDocument(rawPayload, new AbortController().signal);
    const text = reading.ok ? reading.text : '';
    const [, figures = ''] = /So cùng kỳ\s+Tất cả bài\s+([\d\s.]+)/.exec(text) ?? [];
    const { count, negative, positive, stance } = report.total;
    expect(figures.trim().split(/\s+/).map(Number)).toEqual([
      count,
      negative,
      positive,
      stance.negative,
      stance.positive,
    ]);
    expect(text).toContain('Đề nghị họp giao ban');
  });

  it('are the same as CSV by page and API, and open alone as HTML', async () => {
    const csv = await get(`${PAGE}.csv`);
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body).toBe((await get(`/api/v1/reports/${MONTH}.csv`)).body);
    const { total } = (await stored()).report;
    expect(csv.body).toContain(`all,,articles,${total.count},`);
    const html = await get(`${PAGE}.html?lang=en`);
    expect(html.headers['content-security-policy']).toContain("default-src 'none'");
    expect(html.body).toContain('Health news report for 03/2026');
  });
});
