import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PipelineWatchStore } from '../../src/ports/pipeline-watch-store.ts';
import { aPipelineWatch } from '../support/factories.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
beforeAll(async () => {
  fixture = await openTestConsole();
}, 60_000);
afterAll(() => fixture.close());
beforeEach(() => fixture.clear());

const ago = (minutes: number) => new Date(fixture.deps.now().getTime() - minutes * 60_000).toISOString();

async function page(path: string, language = 'vi'): Promise<string> {
  const cookies = { nyt_lang: language };
  return (await fixture.server.inject({ url: path, cookies })).body;
}

async function remember(watch: ReturnType<typeof aPipelineWatch>): Promise<void> {
  // The fixture's store is a whole one; the console is promised no more than reading.
  const store = fixture.deps.pipelineWatch as PipelineWatchStore;
  await store.update(() => watch);
}

it('says nothing while the watchdog is well, or has never looked', async () => {
  expect(await page('/articles')).not.toContain('Hệ thống đang trục trặc');
  await remember(aPipelineWatch({ lookedAt: ago(1), faults: [] }));
  const body = await page('/articles');
  expect(body).not.toContain('Hệ thống đang trục trặc');
  expect(body).not.toContain('Bộ phận giám sát đã ngừng');
});

it('names every fault on top of every page, with what to do, in the language of the reader', async () => {
  await remember(aPipelineWatch({ lookedAt: ago(1) }));
  for (const path of ['/articles', '/incidents', '/outlets', '/trends', '/ledger']) {
    const body = await page(path);
    expect(body, path).toContain('Ngừng dò tin: 2/3 nguồn đã quá giờ dò');
    expect(body, path).toContain('Việc cần làm');
  }
  expect(await page('/articles', 'en')).toContain('Polling has stopped: 2 of 3 feeds are overdue');
});

it('does not take the silence of the watchdog for health', async () => {
  await remember(aPipelineWatch({ lookedAt: ago(30), faults: [] }));
  expect(await page('/articles')).toContain('Bộ phận giám sát đã ngừng');
});
