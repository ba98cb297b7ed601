import { describe, expect, it } from 'vitest';

import type { RevisedText } from '../../src/domain/revision.ts';
import { changesBetween } from '../../src/domain/text-changes.ts';

const PUBLISHED_AT = {
  at: '2026-03-02T01:00:00.000Z',
  source: 'json-ld',
  zoneAssumed: false,
  dayOnly: false,
} as const;
const TEXT: RevisedText = {
  title: 'Ba ca tử vong sau bữa tiệc ở huyện miền núi',
  summary: 'Sở Y tế đã lấy 12 mẫu thực phẩm để xét nghiệm.',
  body: 'Sáng 2/3, ba người được đưa vào bệnh viện trong tình trạng nguy kịch.\nTổng thiệt hại khoảng 1.500 triệu đồng, 35,5% số hộ bị ảnh hưởng.',
  author: 'Thu Hà',
  publishedAt: PUBLISHED_AT,
};
const changed = (overrides: Partial<RevisedText>) => changesBetween(TEXT, { ...TEXT, ...overrides });
const inBody = (from: string, to: string) => changed({ body: TEXT.body.replace(from, to) });

describe('what does not count', () => {
  it.each([
    ['nothing at all', {}],
    ['decomposed letters', { title: TEXT.title.normalize('NFD'), body: TEXT.body.normalize('NFD') }],
    ['capitals', { title: TEXT.title.toUpperCase() }],
    ['quotes, dashes and full stops', { summary: '“Sở Y tế” đã lấy 12 mẫu thực phẩm – để xét nghiệm' }],
    ['where paragraphs break', { body: TEXT.body.replace('\n', ' ') }],
    ['spaces of every kind', { body: TEXT.body.replaceAll(' ', '\u00a0 ') }],
    ['a pointer to other articles', { body: `${TEXT.body}\nXem thêm: Giá vàng hôm nay tăng 2 triệu đồng.` }],
    ['a pointer between paragraphs', { body: TEXT.body.replace('\n', '\n>> Đọc thêm: Bão số 3 vào bờ.\n') }],
    ['counters', { body: `1.204 lượt xem\n${TEXT.body}\nBình luận (12)\n3 giờ trước` }],
    ['headlines after the text', { body: `${TEXT.body}\nĐội tuyển thắng đậm 4-0\nBão số 3 vào bờ` }],
    ['an author found on one visit only', { author: '' }],
    [
      'a number in digits',
      { title: TEXT.title.replace('Ba ca', '3 ca'), body: TEXT.body.replace('ba người', '3 người') },
    ],
    ['how thousands are set apart', { body: TEXT.body.replace('1.500', '1500') }],
  ])('%s', (what, overrides) => {
    const changes = changed(overrides);
    // What is spelt out is another word, but no other figure.
    if (what === 'a number in digits') expect(changes).toEqual(['title', 'body']);
    else if (what === 'how thousands are set apart') expect(changes).toEqual(['body']);
    else expect(changes).toEqual([]);
  });

  it('a time of publication that one visit did not find', () => {
    const { publishedAt: _none, ...undated } = TEXT;
    expect(changesBetween(TEXT, undated)).toEqual([]);
    expect(changesBetween(undated, TEXT)).toEqual([]);
  });
});

describe('what counts', () => {
  it('names the part', () => {
    expect(changed({ title: 'Bữa tiệc ở huyện miền núi: ba ca tử vong' })).toEqual(['title']);
    expect(changed({ summary: 'Sở Y tế lấy 12 mẫu thực phẩm.' })).toEqual(['summary']);
    expect(inBody('nguy kịch', 'ổn định')).toEqual(['body']);
    expect(changed({ author: 'Minh Anh' })).toEqual(['author']);
    expect(changed({ publishedAt: { ...PUBLISHED_AT, at: '2026-03-02T02:00:00.000Z' } })).toEqual([
      'published-at',
    ]);
  });

  it('sees one word in a long text, and one that is gone', () => {
    const body = Array.from({ length: 400 }, (_, at) => `Đoạn thứ ${at} kể về công tác khám chữa bệnh.`).join(
      '\n',
    );
    const long = { ...TEXT, body };
    expect(changesBetween(long, { ...long, body: body.replace('thứ 200 kể', 'thứ 200 không kể') })).toEqual([
      'body',
    ]);
    expect(changesBetween(long, { ...long, body: '' })).toContain('body');
  });
});

describe('numbers', () => {
  it.each([
    ['another figure', '12 mẫu', '21 mẫu'],
    ['another figure in words', 'ba người', 'năm người'],
    ['another scale', '1.500 triệu đồng', '1.500 tỷ đồng'],
    ['another unit', '35,5%', '35,5 điểm'],
    ['another decimal', '35,5%', '35,6%'],
    ['another day', 'Sáng 2/3', 'Sáng 3/3'],
    ['a figure that is gone', 'ba người được đưa', 'nhiều người được đưa'],
  ])('%s', (_what, from, to) => {
    const [old, fresh] = [TEXT.summary, TEXT.body].map((text) => text.replace(from, to));
    expect(changed({ summary: old as string, body: fresh as string })).toContain('numbers');
  });

  it('a new figure of a unit that was counted before', () => {
    expect(changed({ body: `${TEXT.body}\nĐến chiều có thêm 4 người nhập viện.` })).toEqual([
      'body',
      'numbers',
    ]);
  });

  it('but not a new paragraph that counts something else', () => {
    expect(changed({ body: `${TEXT.body}\nHuyện có 14 xã và một thị trấn.` })).toEqual(['body']);
  });

  it('nor a year or a name with a digit that is left out', () => {
    const dated = { ...TEXT, title: 'U22 Việt Nam dự lễ phát động hiến máu năm 2026' };
    const plain = { ...TEXT, title: 'U22 Việt Nam dự lễ phát động hiến máu' };
    expect(changesBetween(dated, plain)).toEqual(['title']);
    expect(changesBetween(plain, { ...plain, title: plain.title.replace('U22 ', '') })).toEqual(['title']);
  });

  it('nor the same figures told in another order', () => {
    const [one = '', two = ''] = TEXT.body.split('\n');
    expect(changed({ body: `${two}\n${one}` })).toEqual(['body']);
  });
});

it('takes hostile texts in its stride', () => {
  const hostile = ['1.', '%', ' \n', '«"', '9', '9 triệu ', 'triệu ', 'xem thêm\n', '- ', 'ba ca '];
  for (const part of hostile) {
    const body = part.repeat(100_000);
    const changes = changesBetween({ ...TEXT, body }, { ...TEXT, body: `${body}. Thêm một câu.` });
    expect(changes, part).toContain('body');
  }
}, 120_000);
