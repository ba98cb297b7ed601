import { expect, it } from 'vitest';

import { independentNewsrooms } from '../../src/detection/independent-newsrooms.ts';
import type { Story } from '../../src/domain/story.ts';
import { anArticle } from '../support/factories.ts';

const story: Story = {
  id: 's1',
  title: 'Bệnh viện tỉnh quá tải',
  firstArticleId: 'a1',
  firstOutletId: 'bao-a',
  firstSeenAt: '2026-03-02T01:05:00.000Z',
  lastSeenAt: '2026-03-02T02:05:00.000Z',
  articleIds: ['a1', 'a2', 'a3'],
  independentNewsrooms: ['bao-a', 'bao-b', 'bao-c'],
  tiers: ['national'],
};
const stories = new Map([[story.id, story]]);
const inNewsroom = (newsroom: string, rest: Parameters<typeof anArticle>[0] = {}) =>
  anArticle({ id: newsroom, newsroom, ...rest });

it('counts who the story says wrote a text of their own, once each', () => {
  const articles = [inNewsroom('bao-a'), inNewsroom('bao-b'), inNewsroom('bao-b'), inNewsroom('bao-z')];
  expect(independentNewsrooms(articles, stories)).toEqual(['bao-a', 'bao-b']);
});

it('counts no copy, whatever the story took it for before its page was read', () => {
  expect(
    independentNewsrooms([inNewsroom('bao-a'), inNewsroom('bao-b', { copyNumber: 2 })], stories),
  ).toEqual(['bao-a']);
});

it('counts a bare headline only once its page is known to be out of reach', () => {
  const bare = { readFrom: 'entry', summary: '' } as const;
  expect(independentNewsrooms([inNewsroom('bao-a'), inNewsroom('bao-b', bare)], stories)).toEqual(['bao-a']);
  const refused = inNewsroom('bao-b', { ...bare, unreadReason: 'http-403' });
  expect(independentNewsrooms([inNewsroom('bao-a'), refused], stories)).toEqual(['bao-a', 'bao-b']);
});

it('counts a text for whom it credits', () => {
  expect(independentNewsrooms([inNewsroom('bao-a', { creditedTo: 'TTXVN' })], stories)).toEqual(['TTXVN']);
});
