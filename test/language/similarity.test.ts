import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bandsOf, isNearCopy, signatureOf, similarity } from '../../src/language/similarity.ts';

const entry = (title: string, summary: string) => signatureOf({ title, summary, body: '' });

const first = entry(
  'Hơn 60 công nhân nhập viện sau bữa trưa',
  'Sáu mươi hai công nhân một công ty may ở Đồng Nai đau bụng, nôn ói sau bữa ăn trưa tại bếp tập thể, cơ quan chức năng đã lấy mẫu thức ăn.',
);
const edited = entry(
  '62 công nhân nhập viện sau bữa ăn trưa ở Đồng Nai',
  'Sáu mươi hai công nhân một công ty may ở Đồng Nai đau bụng, nôn ói sau bữa ăn trưa, ngành y tế đã lấy mẫu thức ăn tại bếp tập thể.',
);
const other = entry(
  'Bệnh viện quận mở thêm khu khám theo yêu cầu',
  'Khu khám mới có mười hai phòng, nhận đặt lịch qua điện thoại, dự kiến giảm một nửa thời gian chờ của người dân.',
);

const paragraphs = (seed: string) =>
  Array.from(
    { length: 120 },
    (_, index) => `${seed}a${'xyz'[index % 3]} ${seed}b${'uvw'[index % 7]} ${seed}${index}`,
  ).join(' ');

describe('near-copies', () => {
  it('are edited texts, not other ones', () => {
    expect(isNearCopy(first, edited)).toBe(true);
    expect(isNearCopy(first, other)).toBe(false);
    expect(similarity(first, edited)).toBeGreaterThan(similarity(first, other));
  });

  it('do not depend on spelling of tones, composition or case', () => {
    const plain = entry('Hoà giải ở cơ sở y tế', 'Thuỷ đậu lan nhanh tại trường mầm non');
    const same = entry('HÒA GIẢI Ở CƠ SỞ Y TẾ', 'Thủy đậu lan nhanh tại trường mầm non'.normalize('NFD'));
    expect(similarity(plain, same)).toBe(1);
  });

  it('keep a new headline over the same summary', () => {
    const summary =
      'Bé trai ba tuổi được các bác sĩ gắp thành công đồng xu mắc trong thực quản suốt hai ngày';
    expect(
      isNearCopy(
        entry('Cứu bé ba tuổi nuốt đồng xu', summary),
        entry('Hai ngày mới biết con nuốt dị vật', summary),
      ),
    ).toBe(true);
  });

  it('are found between an entry and a page of the same article, and between pages by their bodies', () => {
    const text = {
      title: 'Hơn 60 công nhân nhập viện sau bữa trưa',
      summary: 'Công nhân một công ty may ở Đồng Nai đau bụng sau bữa ăn.',
    };
    const page = signatureOf({ ...text, body: paragraphs('m') });
    expect(isNearCopy(signatureOf({ ...text, body: '' }), page)).toBe(true);

    const retitled = signatureOf({
      title: 'Vụ ngộ độc ở khu công nghiệp',
      summary: 'Kết quả ban đầu.',
      body: paragraphs('m'),
    });
    const unrelated = signatureOf({
      title: 'Vụ ngộ độc ở khu công nghiệp',
      summary: 'Kết quả ban đầu.',
      body: paragraphs('n'),
    });
    expect(isNearCopy(page, retitled)).toBe(true);
    expect(isNearCopy(page, unrelated)).toBe(false);
  });

  it('are not two issues of a daily column', () => {
    const issue = (day: string, news: string) =>
      entry(
        `Tin tức sức khỏe ngày ${day}: những điều cần biết hôm nay`,
        `Bản tin tổng hợp các vấn đề sức khỏe nổi bật trong ngày ${day}: ${news}`,
      );
    const monday = issue('5/2', 'mẹo ngủ ngon khi trời rét và cách giữ ấm cho người già');
    const tuesday = issue('6/2', 'vì sao nên khám răng định kỳ và lợi ích của đi bộ');
    expect(isNearCopy(monday, tuesday)).toBe(false);
    expect(isNearCopy(monday, issue('5/2', 'mẹo ngủ ngon khi trời rét và cách giữ ấm cho người già'))).toBe(
      true,
    );
  });
});

describe('signatures', () => {
  it('are equal for equal text, bounded, and of unsigned 32-bit integers', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ maxLength: 5000 }),
        fc.string({ maxLength: 5000 }),
        (title, summary, body) => {
          const signature = signatureOf({ title, summary, body });
          expect(signatureOf({ title, summary, body })).toEqual(signature);
          expect(signature.length).toBeLessThanOrEqual(211);
          expect(
            signature.every((value) => Number.isInteger(value) && value >= 0 && value <= 0xffffffff),
          ).toBe(true);
          expect(bandsOf(signature).length).toBeLessThanOrEqual(32);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of a text without words are like nothing', () => {
    const empty = entry('', '…');
    expect(empty).toEqual([]);
    expect(bandsOf(empty)).toEqual([]);
    expect(similarity(empty, first)).toBe(0);
    expect(isNearCopy(empty, empty)).toBe(false);
  });

  it('of copies share a key, of strangers none as a rule', () => {
    const keys = new Set(bandsOf(first));
    expect(bandsOf(edited).some((key) => keys.has(key))).toBe(true);
    expect(bandsOf(other).some((key) => keys.has(key))).toBe(false);
  });
});
