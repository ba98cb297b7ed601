import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { keepHouse } from '../../workers/keep-house.ts';
import type { Deps } from '../../workers/stage.ts';
import { aPage, NOW, openTestDeps } from '../support/deps.ts';
import { anArticle, anEntry, aRevision } from '../support/factories.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
let deps: Deps & { close(): Promise<void> };
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS).toISOString();

it('drops old pages, keeps articles where no time is set for them, and drops whole months where one is', async () => {
  const months = ['2025-12-31T23:00:00.000Z', '2026-01-15T00:00:00.000Z', '2026-02-01T00:00:00.000Z'];
  for (const [index, firstSeenAt] of months.entries()) {
    const entry = anEntry({ url: `https://bao.example/${index}`, firstSeenAt });
    await deps.entries.add([entry]);
    await deps.articles.save([anArticle({ id: entry.id, firstSeenAt })]);
    await deps.revisions.save(aRevision({ entryId: `of-${index}`, firstSeenAt, fetchedAt: daysAgo(0) }));
  }
  await deps.pages.save('old', aPage('https://bao.example/old', 'x', { fetchedAt: daysAgo(31) }));
  await deps.pages.save('new', aPage('https://bao.example/new', 'x', { fetchedAt: daysAgo(29) }));
  let tidied = 0;
  const tidy = async () => {
    await deps.tidy();
    tidied += 1;
  };

  await keepHouse.run({ task: 'retain' }, { ...deps, tidy }, context);
  expect(await deps.pages.find('old')).toBeUndefined();
  expect(await deps.pages.find('new')).toBeDefined();
  expect(await deps.articles.count({})).toBe(3);
  expect(await deps.revisions.of('of-0')).toHaveLength(1);

  // In March one month beside the current one is February.
  await keepHouse.run(
    { task: 'retain' },
    { ...deps, tidy, retention: { pageDays: 30, articleMonths: 1 } },
    context,
  );
  expect(await deps.articles.count({})).toBe(1);
  expect(await deps.entries.foundCount()).toBe(1);
  const kept = await Promise.all(['of-0', 'of-1', 'of-2'].map((id) => deps.revisions.of(id)));
  expect(kept.map(({ length }) => length)).toEqual([0, 0, 1]);
  expect(tidied).toBe(2);
});

it('makes the jobs of what is pending and has none', async () => {
  const [bare, read] = [
    anEntry({ url: 'https://bao.example/bare' }),
    anEntry({ url: 'https://bao.example/read', text: { title: 'x', summary: '', body: 'y' } }),
  ];
  await deps.entries.add([bare, read]);
  const { next } = await keepHouse.run({ task: 'recover' }, deps, context);
  const keys = next.map(({ key }) => key).filter((key) => key.includes(bare.id) || key.includes(read.id));
  expect(keys.sort()).toEqual(
    [`analyse-${bare.id}-entry`, `analyse-${read.id}-page`, `fetch-${bare.id}`].sort(),
  );
});
