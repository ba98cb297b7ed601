import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { entryId } from '../src/domain/entry.ts';
import { importArchive } from '../src/import-archive.ts';
import type { Deps } from '../workers/stage.ts';
import { openTestDeps } from './support/deps.ts';

const log = pino({ level: 'silent' });
let deps: Deps & { close(): Promise<void> };
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

const records = [
  {
    url: 'https://bao.example/ngo-doc.html?utm_source=x',
    title: 'Hàng chục công nhân nhập viện nghi ngộ độc thực phẩm',
    summary: null,
    body: 'Các bệnh nhân được cấp cứu tại bệnh viện tỉnh.',
    publishedAt: '2026-03-01T01:00:00+07:00',
    fetchedAt: '2026-03-01T09:00:00+07:00',
    outlet: 'Báo A',
    section: null,
  },
  {
    url: 'https://bao.example/bong-da.html',
    title: 'Đội tuyển thắng đậm',
    publishedAt: '2026-03-01T02:00:00+07:00',
  },
  { url: 'https://khac.example/khong-gio.html', title: 'Bệnh viện mở khoa mới' },
  { url: 'không phải địa chỉ', title: 'x', publishedAt: '2026-03-01T02:00:00+07:00' },
  { title: 'thiếu địa chỉ' },
  new Error('not JSON: Unexpected token'),
];

it('brings in what it can, says why not for the rest, and the account adds up', async () => {
  const summary = await importArchive(records, deps, log);
  expect(summary).toMatchObject({ lines: 6, added: 2, known: 0 });
  expect(summary.rejected.map(({ line }) => line)).toEqual([3, 4, 5, 6]);
  expect(summary.rejected[0]?.reason).toContain('neither fetchedAt nor publishedAt');
  expect(await deps.entries.foundCount()).toBe(2);
  const outcomes = (await deps.entries.ledger()).map(({ outcome, count }) => `${outcome} ${count}`);
  expect(outcomes.sort()).toEqual(['indexed 1', 'irrelevant 1']);
});

it('takes fetchedAt for the moment of first sight, and the outlet by its name', async () => {
  const article = await deps.articles.find(entryId('https://bao.example/ngo-doc.html'));
  expect(article).toMatchObject({
    outletId: 'bao-a',
    tier: 'national',
    firstSeenAt: '2026-03-01T02:00:00.000Z',
    publishedAt: { at: '2026-02-28T18:00:00.000Z', source: 'import' },
    imported: true,
    isLate: false,
    sentiment: { polarity: 'negative' },
  });
});

it('changes nothing when it is repeated', async () => {
  expect(await importArchive(records, deps, log)).toMatchObject({ added: 0, known: 2 });
  expect(await deps.articles.count({})).toBe(1);
});

it('takes up what a crash left pending', async () => {
  const id = entryId('https://bao.example/ngo-doc.html');
  await deps.articles.remove(id);
  await deps.entries.update(id, (entry) => ({ ...entry, outcome: 'pending', stage: 'analyse' }));
  await importArchive(records, deps, log);
  expect(await deps.articles.count({})).toBe(1);
  expect((await deps.entries.find(id))?.outcome).toBe('indexed');
});
