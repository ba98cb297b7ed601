import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Entry } from '../../src/domain/entry.ts';
import { indexArticle } from '../../workers/index-article.ts';
import { judgeEntry } from '../../workers/judge-entry.ts';
import type { Deps } from '../../workers/stage.ts';
import { openTestDeps } from '../support/deps.ts';
import { anEntry } from '../support/factories.ts';

const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
let deps: Deps & { close(): Promise<void> };
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

let next = 0;
/** Brings an entry into the index, and gives the article it made. */
async function indexed(overrides: Partial<Entry>, sinceJudged: Partial<Entry> = {}) {
  next += 1;
  const judged = judgeEntry(
    anEntry({ url: `https://bao.example/${next}`, title: `Bệnh viện số ${next} quá tải`, ...overrides }),
    deps.language,
    '2026-03-02T02:00:00.000Z',
  );
  const entry = { ...judged, ...sinceJudged };
  await deps.entries.add([entry]);
  const outcome = await indexArticle.run({ entryId: entry.id }, deps, context);
  return { outcome, entry, article: await deps.articles.find(entry.id) };
}

const printed = (at: string) => ({
  publishedAt: { at, source: 'feed', zoneAssumed: false, dayOnly: false } as const,
});

it('makes an entry searchable, settles it and hands it on, the same a second time', async () => {
  const { outcome, entry, article } = await indexed({});
  expect(outcome.next).toEqual([
    { stage: 'detect', key: `detect-${entry.id}-entry`, payload: { articleId: entry.id } },
  ]);
  expect(article).toMatchObject({ outletName: 'Báo A', readFrom: 'entry', copyNumber: 1 });
  expect(article?.series).toContain(`story:${article?.storyId}`);
  expect((await deps.entries.find(entry.id))?.outcome).toBe('indexed');
  await indexArticle.run({ entryId: entry.id }, deps, context);
  expect(await deps.articles.find(entry.id)).toEqual(article);
});

it('leaves alone what its page has shown to be something else', async () => {
  const { outcome, article } = await indexed({}, { outcome: 'irrelevant', stage: 'analyse' });
  expect(outcome).toMatchObject({ status: 'skipped', reason: 'irrelevant', next: [] });
  expect(article).toBeUndefined();
});

describe('late', () => {
  it.each([
    ['a backlog of seven hours', { isBacklog: true, ...printed('2026-03-01T18:00:00.000Z') }, true],
    ['a backlog of five hours', { isBacklog: true, ...printed('2026-03-01T20:00:00.000Z') }, false],
    ['a backlog that names no time', { isBacklog: true }, true],
    ['a followed feed whose clock is seven hours off', printed('2026-03-01T18:00:00.000Z'), false],
    ['a reprint in a followed feed', printed('2026-02-27T18:00:00.000Z'), true],
    ['a followed feed that names no time', {}, false],
    ['an import', { imported: true, ...printed('2026-02-01T18:00:00.000Z') }, false],
  ])('%s: %o → %s', async (_what, entry, expected) => {
    expect((await indexed(entry)).article?.isLate).toBe(expected);
  });
});

describe('together', () => {
  const text = (title: string) => ({
    title,
    summary: 'Ba bệnh nhân phải cấp cứu sau khi tiêm tại phòng khám tư.',
    body: Array.from(
      { length: 12 },
      (_, i) => `Câu thứ ${i} kể lại sự việc ở phòng khám và lời gia đình.`,
    ).join('\n'),
  });
  const judged = (url: string, overrides: Partial<Entry>) =>
    judgeEntry(anEntry({ url, ...overrides }), deps.language, '2026-03-02T02:00:00.000Z');
  const together = (entries: readonly Entry[]) =>
    indexArticle.runTogether?.(
      entries.map(({ id }) => ({ entryId: id })),
      deps,
      context,
    ) ?? Promise.reject(new Error('runs alone'));

  it('joins copies that come in one batch, as if they came one after the other', async () => {
    const title = 'Ba bệnh nhân cấp cứu sau khi tiêm ở phòng khám tư';
    const entries = ['bao-a', 'bao-b', 'bao-c'].map((outletId, index) =>
      judged(`https://${outletId}.example/tiem`, {
        outletId,
        title,
        text: text(title),
        firstSeenAt: `2026-03-02T01:1${index}:00.000Z`,
      }),
    );
    await deps.entries.add(entries);
    const outcomes = await together([...entries, entries[0] as Entry]);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done', 'done']);
    const articles = await deps.articles.findMany(entries.map(({ id }) => id));
    expect(new Set(articles.map(({ storyId }) => storyId)).size).toBe(1);
    expect(articles.map(({ copyNumber }) => copyNumber)).toEqual([1, 2, 3]);
    const story = await deps.stories.find(articles[0]?.storyId ?? '');
    expect(story?.articleIds).toEqual(entries.map(({ id }) => id));
  });

  it('tells what was made searchable once, by its first appearance', async () => {
    const told: unknown[] = [];
    const observing = { ...deps, observe: (observation: unknown) => void told.push(observation) };
    const entry = judged('https://bao.example/do-tre', {
      title: 'Bệnh viện mở thêm phòng mổ',
      publishedAt: { at: '2026-03-02T02:59:00.000Z', source: 'feed', zoneAssumed: false, dayOnly: false },
    });
    await deps.entries.add([entry]);
    await indexArticle.run({ entryId: entry.id }, observing, context);
    await indexArticle.run({ entryId: entry.id }, observing, context);
    expect(told).toEqual([{ kind: 'searchable', tier: 'national', lagMs: 60_000 }]);
  });

  it('refuses an entry that nobody has judged', async () => {
    await expect(indexArticle.run({ entryId: 'no-such-entry' }, deps, context)).rejects.toThrow(
      'unknown-entry',
    );
  });
});
