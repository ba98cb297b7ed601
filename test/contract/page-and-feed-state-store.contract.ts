import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { FeedState } from '../../src/domain/feed-state.ts';
import type { FetchedPage } from '../../src/domain/page.ts';
import type { FeedStateStore } from '../../src/ports/feed-state-store.ts';
import type { PageStore } from '../../src/ports/page-store.ts';

/** Every `PageStore` must pass this suite unchanged. */
export function pageStoreContract(
  name: string,
  open: () => Promise<{ store: PageStore; clear: () => Promise<unknown> }>,
): void {
  describe(`PageStore contract: ${name}`, () => {
    let store: PageStore;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ store, clear } = await open());
    });
    beforeEach(() => clear());

    const page: FetchedPage = {
      requestedUrl: 'https://bao.example/1',
      url: 'https://bao.example/1.html',
      status: 200,
      headers: { 'content-type': 'text/html' },
      bytes: new Uint8Array([0, 255, 60, 104, 49, 62]),
      fetchedAt: '2026-03-02T01:00:00.000Z',
    };

    it('gives back the same bytes', async () => {
      await store.save('e1', page);
      const found = await store.find('e1');
      expect(found && { ...found, bytes: [...found.bytes] }).toEqual({ ...page, bytes: [...page.bytes] });
      expect(await store.find('e2')).toBeUndefined();
    });

    it('keeps the newest of two saves, and drops what is old', async () => {
      await store.save('e1', page);
      await store.save('e1', { ...page, status: 203 });
      await store.save('e2', { ...page, fetchedAt: '2026-03-03T01:00:00.000Z' });
      expect((await store.find('e1'))?.status).toBe(203);
      expect(await store.dropBefore('2026-03-03T00:00:00.000Z')).toBe(1);
      expect(await store.find('e1')).toBeUndefined();
      expect(await store.find('e2')).toBeDefined();
    });
  });
}

/** Every `FeedStateStore` must pass this suite unchanged. */
export function feedStateStoreContract(
  name: string,
  open: () => Promise<{ store: FeedStateStore; clear: () => Promise<unknown> }>,
): void {
  describe(`FeedStateStore contract: ${name}`, () => {
    let store: FeedStateStore;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ store, clear } = await open());
    });
    beforeEach(() => clear());

    it('replaces a state with nobody else in between, and makes one where there is none', async () => {
      const first: FeedState = {
        feedId: 'f1',
        outletId: 'bao-a',
        status: 'ok',
        consecutiveFailures: 0,
        entriesLastPoll: 0,
        newLastPoll: 0,
        rhythm: { polls: 3, hours: [0, 1.25, 2], overMs: 3_600_000 },
        nextPollAt: '2026-03-02T01:05:00.000Z',
        intervalMs: 300_000,
        intervalReason: 'rhythm',
        hub: { hub: 'https://hub.example/', topic: 'https://bao.example/rss' },
        subscription: {
          status: 'trusted',
          changedAt: '2026-03-02T01:00:00.000Z',
          hub: 'https://hub.example/',
          topic: 'https://bao.example/rss',
          callbackUrl: 'https://nhip.example/websub',
          token: 'a',
          secret: 'b',
          failures: 0,
          pushes: 1,
          misses: 0,
        },
      };
      const count = (state: FeedState | undefined): FeedState =>
        state === undefined ? first : { ...state, newLastPoll: state.newLastPoll + 1 };
      await Promise.all(Array.from({ length: 8 }, () => store.update('f1', count)));
      expect(await store.find('f1')).toEqual({ ...first, newLastPoll: 7 });
      const refuse = () => {
        throw new Error('no');
      };
      await expect(store.update('f1', refuse)).rejects.toThrow('no');
      expect((await store.find('f1'))?.newLastPoll).toBe(7);
    });

    it('keeps the newest state of each feed', async () => {
      const state: FeedState = {
        feedId: 'f1',
        outletId: 'bao-a',
        status: 'ok',
        consecutiveFailures: 0,
        entriesLastPoll: 20,
        newLastPoll: 3,
      };
      await store.save(state);
      await store.save({ ...state, status: 'blocked', reason: 'http-403' });
      await store.save({ ...state, feedId: 'f0' });
      expect((await store.find('f1'))?.reason).toBe('http-403');
      expect(await store.find('f9')).toBeUndefined();
      expect((await store.all()).map(({ feedId }) => feedId)).toEqual(['f0', 'f1']);
    });
  });
}
