import { describe, expect, it } from 'vitest';

import { analysedText, type Mention } from '../../src/domain/analysis.ts';
import { findCaseCounts } from '../../src/language/case-counts.ts';
import { syllabify } from '../../src/language/syllables.ts';

const NAMES: readonly Omit<Mention, 'start' | 'end'>[] = [
  { kind: 'province', id: '01', name: 'Hà Nội' },
  { kind: 'province', id: '79', name: 'TP.HCM' },
  { kind: 'disease', id: 'soi', name: 'sởi' },
  { kind: 'disease', id: 'sot-xuat-huyet', name: 'sốt xuất huyết' },
];

function counts(title: string, body = '') {
  const text = { title, summary: '', body };
  const whole = analysedText(text);
  const mentions: Mention[] = NAMES.flatMap((name) =>
    [...whole.matchAll(new RegExp(name.name, 'giu'))].map(({ index }) => ({
      ...name,
      start: index,
      end: index + name.name.length,
    })),
  ).sort((a, b) => a.start - b.start);
  return findCaseCounts(text, whole, syllabify(whole), mentions).map((count) => ({
    ...count,
    quoted: whole.slice(count.start, count.end),
  }));
}

const shortly = (title: string, body = '') =>
  counts(title, body).map(({ measure, value }) => `${measure} ${value}`);

describe('findCaseCounts', () => {
  it.each([
    ['Tỉnh ghi nhận 1.250 ca mắc sởi', ['cases 1250']],
    ['Xã Ví Dụ có 12 ca sốt xuất huyết', ['cases 12']],
    ['Phát hiện hai trường hợp dương tính', ['cases 2']],
    ['Ba người tử vong, 5 người bị thương', ['deaths 3', 'affected 5']],
    ['Hàng chục công nhân nhập viện sau bữa trưa', ['affected 10']],
    ['Khoảng 50 học sinh Trường Tiểu học Ví Dụ, xã Mẫu, đau bụng, nôn ói', ['affected 50']],
    ['Ngộ độc hàng trăm người sau tiệc cưới', ['affected 100']],
    ['Hai bé gái bị đuối nước tử vong', ['deaths 2']],
    ['79 công nhân và học sinh nhập viện', ['affected 79']],
    ['3 người trong một gia đình ở xã Ví Dụ bị ngạt khí', ['affected 3']],
    ['Gần 700 người Việt bệnh sởi', ['cases 700']],
    ['Xét nghiệm hơn 10.000 công nhân, phát hiện 15 người dương tính', ['cases 15']],
    ['Mưa lũ: 4 chết, 2 mất tích', ['deaths 4', 'affected 2']],
    ['Số ca mắc tăng lên 1.200', ['cases 1200']],
    ['Số ca tử vong trong tuần qua là 7', ['deaths 7']],
    ['Hai triệu người mắc bệnh hiếm', ['cases 2000000']],
    ['Bão làm 6 người chết và 16 người bị thương', ['deaths 6', 'affected 16']],
  ])('%s', (title, expected) => {
    expect(shortly(title)).toEqual(expected);
  });

  it.each([
    'Bệnh nhân 45 tuổi nhập viện ngày 3/2',
    'Bệnh viện thực hiện 12 ca ghép thận',
    'Ca sĩ 30 tuổi cấp cứu',
    'Tiêm vaccine cho 7.000 trẻ em',
    'Hơn 5.000 người đi bộ vì nạn nhân chất độc da cam',
    'Khởi tố 5 người liên quan vụ ngộ độc',
    'Bác sĩ cứu sống 3 người đột quỵ',
    'Bệnh có thể khiến 100 người mắc',
    'Mỗi năm có 200.000 người tử vong vì tim mạch',
    'Cứ 10 người lớn thì một người mắc bệnh thận',
    'Số ca mắc tăng 200 ca',
    'Khi một người mắc bệnh, cơ thể mệt mỏi',
    '3.000 đồng mỗi trường hợp nhập viện',
    'Phòng 302 bệnh nhân nhập viện',
    'Tặng quà 60 bệnh nhân',
    'Ung thư máu gây ra 7.000 ca tử vong/năm',
    'Kỷ lục 66 ca chết não hiến tạng',
  ])('counts nobody in: %s', (title) => {
    expect(shortly(title)).toEqual([]);
  });

  it('keeps what is now and leaves out what is compared with', () => {
    expect(shortly('Tỉnh ghi nhận 1.200 ca mắc sởi, cùng kỳ năm ngoái 300 ca mắc')).toEqual(['cases 1200']);
    expect(shortly('So với cùng kỳ (300 ca mắc), nay có 1.200 ca mắc')).toEqual(['cases 1200']);
    expect(shortly('Ghi nhận 500 ca mắc so với 300 ca mắc của tuần trước')).toEqual(['cases 500']);
  });

  it('places each count where its sentence does, else where the title does', () => {
    const found = counts(
      'Dịch sởi lan rộng ở Hà Nội',
      'Hà Nội có 300 ca mắc, TP.HCM 500 ca mắc. Đã có 2 ca tử vong.\nCả nước ghi nhận 9.000 ca mắc.',
    );
    expect(found).toMatchObject([
      { value: 300, province: '01', disease: 'soi' },
      { value: 500, province: '79' },
      { value: 2, measure: 'deaths', province: '01' },
      { value: 9000 },
    ]);
    expect(found[3]).not.toHaveProperty('province');
  });

  it('takes the disease that follows', () => {
    const found = counts('Hà Nội ghi nhận 12 ca sốt xuất huyết và 7 ca sởi');
    expect(found).toMatchObject([
      { value: 12, disease: 'sot-xuat-huyet' },
      { value: 7, disease: 'soi' },
    ]);
  });

  it('spans number and unit, and gives the unit as printed', () => {
    expect(counts('TP.HCM: Gần 600 Ca mắc sởi')).toMatchObject([
      { quoted: 'Gần 600 Ca mắc', unit: 'Ca mắc', isApproximate: true },
    ]);
  });

  it('gives what is said twice once', () => {
    expect(shortly('131 người nhập viện', 'Đã có 131 người nhập viện.')).toEqual(['affected 131']);
  });

  it('stays linear in a text without sentences', () => {
    const body = 'ghi nhận 12 ca mắc sởi so với 7 người nhập viện '.repeat(4000);
    expect(counts('Bảng số liệu', body).length).toBeLessThan(10);
  });
});
