import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { describeOutlet } from '../../src/commands/outlets.ts';
import type { OutletReport } from '../../src/console/outlet-report.ts';
import { anEntry, anOutletState } from '../support/factories.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole();
});
beforeEach(() => fixture.clear());
afterAll(() => fixture.close());

const ENGLISH = { cookie: 'nyt_lang=en' };
const HOUR_MS = 3_600_000;

async function get(url: string, headers: Record<string, string> = {}) {
  const { statusCode, body } = await fixture.server.inject({ url, headers });
  return { statusCode, body, missing: (...texts: string[]) => texts.filter((text) => !body.includes(text)) };
}

/** Puts what may be known of an outlet into the store. */
async function learn(outletId = 'bao-tinh', overrides = {}): Promise<void> {
  await fixture.deps.outletStates.update(outletId, () => anOutletState({ outletId, ...overrides }));
}

async function reportOf(outletId: string): Promise<OutletReport> {
  const { outlets } = JSON.parse((await get('/api/v1/outlets')).body) as { outlets: OutletReport[] };
  const report = outlets.find((each) => each.outletId === outletId);
  if (report === undefined) throw new RangeError(`No report of ${outletId}`);
  return report;
}

describe('the overview of outlets', () => {
  it('says of each outlet how well it is heard and what was learnt of it', async () => {
    await fixture.seed();
    await learn();
    const { missing, body } = await get('/outlets');
    expect(
      missing(
        'nguồn RSS: <strong>in sớm 7 giờ</strong>',
        'hỏng: thân bài',
        '80 %',
        '<td data-label="Bộ chọn">không có</td>',
        'Bài y tế vào kho: 90 %',
        'aria-label="Độ phủ trong 1 ngày đo gần nhất"',
        '<a href="/outlets/bao-tinh">',
      ),
    ).toEqual([]);
    // What somebody should look at stands first.
    expect(/data-outlet="([^"]+)"/.exec(body)?.[1]).toBe('bao-tinh');
    expect(
      (await get('/outlets', ENGLISH)).missing('prints 7 h early', 'failing: body', 'not measured'),
    ).toEqual([]);
  });

  it('says since when an outlet is silent that never was for so long', async () => {
    const now = fixture.deps.now().getTime();
    await fixture.deps.entries.add(
      Array.from({ length: 100 }, (_, at) =>
        anEntry({
          url: `https://bao-tinh.example/${at}`,
          outletId: 'bao-tinh',
          firstSeenAt: new Date(now - (at + 9) * HOUR_MS).toISOString(),
        }),
      ),
    );
    expect((await reportOf('bao-tinh')).silence).toEqual({
      sinceAt: '2026-03-01T23:00:00.000Z',
      usualMs: HOUR_MS,
    });
    expect((await get('/outlets')).missing('thường nghỉ không quá 1 giờ', '8 giờ trước')).toEqual([]);
  });
});

describe('the page of one outlet', () => {
  it('shows clocks, days, missed addresses, and the pages before and after a selector failed', async () => {
    await fixture.seed();
    await learn();
    const { statusCode, missing } = await get('/outlets/bao-tinh');
    expect(statusCode).toBe(200);
    expect(
      missing(
        'Đồng hồ của báo',
        'in sớm 7 giờ',
        '01/03/2026',
        '96 (80 %)',
        '18 (90 %)',
        'https://bao.example/suc-khoe/a2.html',
      ),
    ).toEqual([]);
    expect((await get('/outlets/bao-trung-uong')).missing('không có bộ chọn riêng', 'chưa đo')).toEqual([]);
  });

  it('shows the last page that agreed with a selector beside the first that did not', async () => {
    await learn();
    const { missing } = await get('/outlets/bao-tinh');
    expect(
      missing(
        'Bộ chọn của thân bài có vẻ đã hỏng',
        'div.noi-dung',
        'Đã đối chiếu 14 trang',
        'https://bao.example/suc-khoe/a1.html',
        'Bác sĩ làm việc',
        'https://bao.example/suc-khoe/a3.html',
        '(không có gì)',
        'Bệnh nhân chờ lâu',
      ),
    ).toEqual([]);
  });

  it('makes no link of an address that is none, and no markup of what pages said', async () => {
    const state = anOutletState();
    const [day] = state.coverage ?? [];
    if (day === undefined) throw new RangeError('No day');
    await learn('bao-tinh', {
      coverage: [{ ...day, missed: ['javascript:alert(1)', 'https://x.example/"><b>'] }],
    });
    const { body } = await get('/outlets/bao-tinh');
    expect(body).toContain('javascript:alert(1)');
    expect(body).not.toContain('href="javascript:');
    expect(body).not.toContain('"><b>');
  });

  it('is not there for an outlet that nobody configured', async () => {
    expect((await get('/outlets/nobody')).statusCode).toBe(404);
    expect((await get('/api/v1/outlets/nobody')).statusCode).toBe(404);
  });
});

describe('the API and the command', () => {
  it('give the same report, and the state it rests on', async () => {
    await fixture.seed();
    await learn();
    const report = await reportOf('bao-tinh');
    expect(report).toMatchObject({
      feeds: { configured: 2, working: 2 },
      clocks: [{ source: 'feed', behindMinutes: 420, samples: 60 }],
      coverage: [{ day: '2026-03-01', listed: 120, found: 0.8, indexed: 0.25, health: 0.9 }],
      pagesCompared: 14,
      rot: [{ part: 'body', openedAt: '2026-03-02T00:00:00.000Z' }],
    });
    expect(report.articles.day).toBeGreaterThan(0);
    expect(report.entries.week).toBeGreaterThanOrEqual(report.entries.day);
    const { body } = await get('/api/v1/outlets/bao-tinh');
    expect(JSON.parse(body)).toEqual({ ...report, state: anOutletState({ outletId: 'bao-tinh' }) });

    const line = describeOutlet(report);
    expect(line).toContain('clock of feed 420 min early (60 entries)');
    expect(line).toContain('coverage 2026-03-01 80 %, health 90 %');
    expect(line).toContain('\n  SELECTOR ROT: body since 2026-03-02T00:00:00.000Z\n');
  });

  it('count feeds that were never polled, or fail, as not working', async () => {
    expect((await reportOf('bao-tinh')).feeds).toEqual({ configured: 2, working: 0 });
    await fixture.setFeeds('blocked', 'http-403');
    expect((await reportOf('bao-tinh')).feeds.working).toBe(0);
  });
});
