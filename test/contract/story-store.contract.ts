import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Story } from '../../src/domain/story.ts';
import type { KeyedStoryMember, StoryMember, StoryStore } from '../../src/ports/story-store.ts';

function aStory(overrides: Partial<Story> = {}): Story {
  return {
    id: 's1',
    title: 'Bệnh viện tỉnh quá tải',
    firstArticleId: 'a1',
    firstOutletId: 'bao-a',
    firstSeenAt: '2026-03-02T01:00:00.000Z',
    lastSeenAt: '2026-03-02T01:00:00.000Z',
    articleIds: ['a1'],
    independentNewsrooms: ['bao-a'],
    tiers: ['national'],
    ...overrides,
  };
}

/** Every `StoryStore` must pass this suite unchanged: it is the executable half of the port's docstring. */
export function storyStoreContract(
  name: string,
  open: () => Promise<{
    store: StoryStore;
    clear: () => Promise<unknown>;
    member: (id: string, storyId: string) => StoryMember;
  }>,
): void {
  describe(`StoryStore contract: ${name}`, () => {
    let store: StoryStore;
    let clear: () => Promise<unknown>;
    let member: (id: string, storyId: string) => StoryMember;
    beforeAll(async () => {
      ({ store, clear, member } = await open());
    });
    beforeEach(() => clear());

    const save = (story: Story, ...members: KeyedStoryMember[]) =>
      store.update(story.id, () => story, members);

    it('finds members that share a band and are recent enough', async () => {
      const firstSeenAt = '2026-03-02T01:00:00.000Z';
      await save(aStory(), { ...member('a1', 's1'), bands: ['x', 'y'], firstSeenAt });
      expect(await store.candidates(['y', 'z'], '2026-03-01T00:00:00Z')).toEqual([member('a1', 's1')]);
      expect(await store.candidates(['z'], '2026-03-01T00:00:00Z')).toEqual([]);
      expect(await store.candidates(['x'], '2026-03-02T02:00:00Z')).toEqual([]);
    });

    it('keeps one member when it is saved again, under its newest bands', async () => {
      const firstSeenAt = '2026-03-02T01:00:00.000Z';
      await save(aStory(), { ...member('a1', 's1'), bands: ['x'], firstSeenAt });
      await save(aStory({ title: 'Tiêu đề mới' }), {
        ...member('a1', 's1'),
        bands: ['y'],
        firstSeenAt,
      });
      expect(await store.candidates(['x'], firstSeenAt)).toEqual([]);
      expect(await store.candidates(['y'], firstSeenAt)).toHaveLength(1);
      expect((await store.find('s1'))?.title).toBe('Tiêu đề mới');
      expect(await store.storyOf('a1')).toBe('s1');
      expect(await store.storyOf('a2')).toBeUndefined();
      expect(await store.find('s9')).toBeUndefined();
    });

    it('keeps every member that is given with a story, under its own keys', async () => {
      const firstSeenAt = '2026-03-02T01:00:00.000Z';
      const keyed = (id: string, band: string) => ({
        ...member(id, 's1'),
        bands: [band, 'z', 'z'],
        firstSeenAt,
      });
      await save(aStory({ articleIds: ['a1', 'a2'] }), keyed('a1', 'x'), keyed('a2', 'y'));
      await save(aStory({ articleIds: ['a1', 'a2'] }), keyed('a2', 'w'));
      expect(
        (await store.candidates(['x', 'y', 'w'], firstSeenAt)).map(({ articleId }) => articleId),
      ).toEqual(['a1', 'a2']);
      expect(await store.candidates(['y'], firstSeenAt)).toEqual([]);
      expect(await store.membersOf('s1')).toEqual([member('a1', 's1'), member('a2', 's1')]);
      expect(await store.membersOf('s9')).toEqual([]);
    });

    it('moves a member, and finds it in its new story by its old keys', async () => {
      const firstSeenAt = '2026-03-02T01:00:00.000Z';
      await save(aStory(), { ...member('a1', 's1'), bands: ['x'], firstSeenAt });
      await store.moveMember('a1', 's2');
      await store.moveMember('nobody', 's2');
      expect(await store.storyOf('a1')).toBe('s2');
      expect(await store.membersOf('s1')).toEqual([]);
      expect(await store.membersOf('s2')).toEqual([member('a1', 's2')]);
      expect(await store.candidates(['x'], firstSeenAt)).toEqual([member('a1', 's2')]);
    });

    it('loses no change of many at once, and begins a story once', async () => {
      const ids = Array.from({ length: 12 }, (_, at) => `a${at}`);
      await Promise.all(
        ids.map((id) =>
          store.update('s1', (current) => ({
            ...(current ?? aStory({ articleIds: [] })),
            articleIds: [...(current?.articleIds ?? []), id],
          })),
        ),
      );
      expect([...((await store.find('s1'))?.articleIds ?? [])].sort()).toEqual([...ids].sort());
    });

    it('lists the largest of the recent stories first', async () => {
      const firstSeenAt = '2026-03-02T01:00:00.000Z';
      await save(aStory(), { ...member('a1', 's1'), bands: ['x'], firstSeenAt });
      await save(aStory({ id: 's2', articleIds: ['b1', 'b2'] }), {
        ...member('b2', 's2'),
        bands: ['y'],
        firstSeenAt,
      });
      expect((await store.largest('2026-03-01T00:00:00Z', 5)).map(({ id }) => id)).toEqual(['s2', 's1']);
      expect(await store.largest('2026-03-03T00:00:00Z', 5)).toEqual([]);
    });
  });
}
