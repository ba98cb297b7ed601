import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { analysedText } from '../../src/domain/analysis.ts';
import { withArticle } from '../../src/domain/story.ts';
import { createMentionFinder } from '../../src/language/mentions.ts';
import { signatureOf } from '../../src/language/similarity.ts';
import { joinStory, type StoryArticle, type StoryCandidate, storyKeys } from '../../src/language/story.ts';

const read = (name: string) => readFileSync(new URL(`../../config/${name}.yaml`, import.meta.url), 'utf8');
const finder = createMentionFinder({
  provinces: read('provinces'),
  facilities: read('facilities'),
  policyDocuments: read('policy-documents'),
  diseases: read('diseases'),
  medicines: read('medicines'),
  offices: read('offices'),
});

let next = 0;
function article(
  title: string,
  summary: string,
  facts: { newsroom?: string; at?: string; creditedTo?: string; body?: string } = {},
): StoryArticle {
  next += 1;
  const text = { title, summary, body: facts.body ?? '' };
  return {
    id: `a${next}`,
    ...text,
    signature: signatureOf(text),
    mentions: finder.find(analysedText(text)),
    newsroom: facts.newsroom ?? `newsroom-${next}`,
    firstSeenAt: facts.at ?? '2026-02-03T01:00:00.000Z',
    creditedTo: facts.creditedTo,
  };
}

/** Joins each article to those before it, found by their keys as the store would find them. */
function tell(articles: readonly StoryArticle[]) {
  const members: (StoryCandidate & { keys: readonly string[] })[] = [];
  return articles.map((each) => {
    const { keys } = storyKeys(each);
    const join = joinStory(
      each,
      members.filter((member) => member.keys.some((key) => keys.includes(key))),
    );
    const earlier = members.findIndex(({ articleId }) => articleId === each.id);
    if (earlier !== -1) members.splice(earlier, 1);
    members.push({ articleId: each.id, signature: each.signature, ...join });
    return join;
  });
}

const wire: [string, string] = [
  'Cấp cứu 43 học sinh sau bữa ăn bán trú ở Trà Vinh',
  'Bốn mươi ba học sinh tiểu học đau bụng, nôn ói sau bữa cơm gà; ngành y tế nghi ngộ độc thực phẩm và đã lấy mẫu thức ăn.',
];
const own: [string, string] = [
  '43 trẻ ngộ độc thực phẩm, bếp ăn bán trú bị đình chỉ',
  'Trường tiểu học ở Trà Vinh tạm dừng bếp sau khi 43 học sinh ăn cơm gà phải vào viện; phụ huynh đòi công khai nguồn thịt.',
];

describe('joinStory', () => {
  it('begins a story with the first article', () => {
    const [join] = tell([article(...wire)]);
    expect(join).toMatchObject({ relation: 'new', isCopy: false, isIndependent: true });
    expect(join?.storyId).toBe(`story-a${next}`);
  });

  it('counts a copy in another outlet as no newsroom of its own', () => {
    const first = article(...wire, { newsroom: 'one' });
    const [, copy] = tell([
      first,
      article(wire[0], `${wire[1]} `, { newsroom: 'two', at: '2026-02-03T02:00:00.000Z' }),
    ]);
    expect(copy).toMatchObject({
      relation: 'copy',
      isCopy: true,
      isIndependent: false,
      nearestArticleId: first.id,
    });
  });

  it('joins another newsroom’s own text on the event, and counts it', () => {
    const [first, second] = tell([article(...wire), article(...own, { at: '2026-02-03T09:00:00.000Z' })]);
    expect(second).toMatchObject({
      storyId: first?.storyId,
      relation: 'event',
      isCopy: false,
      isIndependent: true,
    });
  });

  it('counts a text that credits somebody else for that one only', () => {
    const [, second] = tell([article(...wire), article(...own, { creditedTo: 'TTXVN', newsroom: 'three' })]);
    expect(second).toMatchObject({ relation: 'event', isIndependent: false });
    const [own_] = tell([article(...wire, { creditedTo: 'Báo Ba Miền', newsroom: 'Ba Miền' })]);
    expect(own_?.isIndependent).toBe(true);
  });

  it('keeps another poisoning in the same province apart', () => {
    const [first, second] = tell([
      article(...wire),
      article(
        'Hai vợ chồng ở Trà Vinh nhập viện sau khi ăn cá nóc',
        'Người chồng 51 tuổi tê môi, khó thở, phải thở máy; bác sĩ xác định ngộ độc thực phẩm do độc tố tetrodotoxin.',
      ),
    ]);
    expect(second?.relation).toBe('new');
    expect(second?.storyId).not.toBe(first?.storyId);
  });

  it('does not reach back to last week’s event', () => {
    const [, second] = tell([article(...wire), article(...own, { at: '2026-02-08T09:00:00.000Z' })]);
    expect(second?.relation).toBe('new');
  });

  it('does not let a digest tie events together', () => {
    const [, digest] = tell([
      article(...wire),
      article(
        'Toàn cảnh 17h: 43 học sinh ở Trà Vinh ngộ độc thực phẩm | Mở lại cầu tạm',
        'Học sinh nôn ói sau bữa cơm gà bán trú; cầu tạm qua sông thông xe; giá xăng giảm nhẹ.',
      ),
    ]);
    expect(digest?.relation).toBe('new');
  });

  it('says the same again when the article comes again, now with its page', () => {
    const first = article(...wire);
    const entry = article(...own, { at: '2026-02-03T09:00:00.000Z' });
    const before = joinStory(entry, [
      { articleId: first.id, storyId: 'story-x', signature: first.signature, facts: storyKeys(first).facts },
    ]);
    const page = { ...entry, body: 'Đại diện nhà trường xin lỗi phụ huynh.' };
    const after = joinStory(page, [
      { articleId: first.id, storyId: 'story-x', signature: first.signature, facts: storyKeys(first).facts },
      { articleId: entry.id, storyId: before.storyId, signature: entry.signature, facts: before.facts },
    ]);
    expect(after).toMatchObject({ storyId: 'story-x', relation: 'event', isCopy: false });
  });
});

describe('withArticle', () => {
  it('grows a story by an article once', () => {
    const facts = {
      outletId: 'o',
      tier: 'national',
      title: 't',
      firstSeenAt: '2026-02-03T01:00:00.000Z',
    } as const;
    const begun = withArticle(
      undefined,
      { id: '1', newsroom: 'one', ...facts },
      { storyId: 's', isIndependent: true },
    );
    const copied = withArticle(
      begun,
      { id: '2', newsroom: 'two', ...facts, tier: 'central' },
      { storyId: 's', isIndependent: false },
    );
    expect(copied).toMatchObject({
      articleIds: ['1', '2'],
      independentNewsrooms: ['one'],
      tiers: ['national', 'central'],
    });
    expect(
      withArticle(
        copied,
        { id: '2', newsroom: 'two', ...facts, tier: 'central' },
        { storyId: 's', isIndependent: false },
      ),
    ).toEqual(copied);
  });

  it('numbers copies by who was earlier, also when an article is read again after its copies came', () => {
    const first = article(...wire, { newsroom: 'agency' });
    const copies = ['b', 'c'].map((newsroom, minute) =>
      article(...wire, { newsroom, at: `2026-02-03T01:1${minute}:00.000Z` }),
    );
    const again = tell([first, ...copies, first, ...copies]);
    expect(again.map(({ copyNumber, isIndependent }) => [copyNumber, isIndependent])).toEqual([
      [1, true],
      [2, false],
      [3, false],
      [1, true],
      [2, false],
      [3, false],
    ]);
  });
});
