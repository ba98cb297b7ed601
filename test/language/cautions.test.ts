import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { analysedText } from '../../src/domain/analysis.ts';
import { ConfigError } from '../../src/errors.ts';
import { parseCautionRules } from '../../src/language/caution-rules.ts';
import { findCautions } from '../../src/language/cautions.ts';
import { findSpeakers } from '../../src/language/speakers.ts';
import { syllabify } from '../../src/language/syllables.ts';

const file = readFileSync(new URL('../../config/cautions.yaml', import.meta.url), 'utf8');
const rules = parseCautionRules(file, 'cautions.yaml');

function cautions(title: string, summary = '', body = '') {
  const text = { title, summary, body };
  const whole = analysedText(text);
  const syllables = syllabify(whole);
  return findCautions(text, whole, rules, syllables, findSpeakers(whole, syllables)).map((caution) => ({
    ...caution,
    quoted: whole.slice(caution.start, caution.end),
  }));
}

const kinds = (title: string, summary = '', body = '') => [
  ...new Set(cautions(title, summary, body).map(({ kind }) => kind)),
];

describe('findCautions', () => {
  it.each([
    ['Xôn xao tin đồn trạm y tế xã Ví Dụ đóng cửa', 'rumour'],
    ['Phạt người đăng tin sai sự thật về dịch sởi', 'rumour'],
    ['Thực hư thông tin uống nước lá mẫu trị sởi', 'rumour'],
    ['Một video lan truyền cho rằng vaccine có chip', 'rumour'],
    ['Bộ Y tế bác thông tin thiếu vaccine', 'denial'],
    ['Bệnh viện Đa khoa huyện Ví Dụ phủ nhận việc từ chối cấp cứu', 'denial'],
    ['Sở Y tế tỉnh Mẫu khẳng định không có ca bệnh lạ', 'denial'],
    ['Công an: tin trạm y tế thu phí xét nghiệm là bịa đặt', 'denial'],
    ['Bài thuốc gia truyền chữa khỏi ung thư chỉ sau ba tháng', 'harmful-advice'],
    ['Bí quyết uống nước lá mẫu: bỏ thuốc tây, đường huyết vẫn ổn', 'harmful-advice'],
    ['Nhịn ăn để chữa ung thư, cơ thể nhẹ nhõm từng ngày', 'harmful-advice'],
    ['Mẹ trẻ nói không với vắc xin, con vẫn khỏe mạnh', 'harmful-advice'],
  ])('%s: %s', (title, kind) => {
    expect(kinds(title)).toContain(kind);
  });

  it.each([
    'Bệnh viện khai trương khoa cấp cứu mới',
    'Virus lan truyền qua đường hô hấp',
    'Clip bác sĩ cứu em bé lan truyền trên mạng xã hội',
    'Không thể phủ nhận đóng góp của điều dưỡng',
    'Nữ diễn viên phủ nhận chuyện nâng mũi',
    'Người nhà phủ nhận việc hành hung bác sĩ',
    'Tòa án bác bỏ kháng cáo của cựu giám đốc',
    'Bỏ thuốc lá để ngừa ung thư phổi',
    'Thuốc mới đẩy lùi ung thư máu trong thử nghiệm lâm sàng',
    'Bệnh lao có thể điều trị khỏi hoàn toàn',
  ])('sees none in: %s', (title) => {
    expect(kinds(title)).toEqual([]);
  });

  it.each([
    ['Nguy kịch vì bỏ thuốc tây, uống thuốc nam'],
    ['Bác sĩ cảnh báo: nhịn ăn chữa ung thư là sai lầm'],
    ['Bài thuốc gia truyền có chữa khỏi ung thư?'],
    [
      'Tự chữa tiểu đường bằng bài thuốc gia truyền',
      'Người đàn ông nhập viện sau khi nghe lời thầy lang bỏ insulin.',
    ],
    ['Chữa bách bệnh bằng thực phẩm chức năng', '', 'Công an đã khởi tố nhóm bán hàng lừa đảo người già.'],
  ])('is not handed on where it is warned against: %s', (...texts: string[]) => {
    const [title = '', summary, body] = texts;
    expect(kinds(title, summary, body)).not.toContain('harmful-advice');
  });

  it('says who denies, and points at the words', () => {
    expect(cautions('Lãnh đạo Sở Y tế bác bỏ tin đồn thiếu thuốc')).toEqual([
      { kind: 'denial', term: 'bác bỏ', start: 17, end: 23, speaker: 'health-authority', quoted: 'bác bỏ' },
      { kind: 'rumour', term: 'tin đồn', start: 24, end: 31, quoted: 'tin đồn' },
    ]);
  });

  it('takes a headline without subject where the summary names who speaks', () => {
    expect(
      kinds('Bác tin bỏ mặc bệnh nhân', 'Bệnh viện huyện Ví Dụ cho biết kíp trực đã làm đúng quy trình.'),
    ).toEqual(['denial']);
    expect(kinds('Bác tin rời nhóm nhạc', 'Nam ca sĩ viết như vậy trên trang cá nhân.')).toEqual([]);
  });

  it('finds them in text without diacritics', () => {
    expect(kinds('Bo Y te bac bo tin don thieu vaccine')).toEqual(['denial', 'rumour']);
  });

  it('gives each term once', () => {
    expect(cautions('Tin giả', 'Tin giả lại xuất hiện.', 'Tin giả lan nhanh. '.repeat(50))).toHaveLength(1);
  });
});

describe('parseCautionRules', () => {
  it('names every term that is given twice for one kind', () => {
    const repeated = file.replace('    - tin giả\n', '    - tin giả\n    - Tin giả\n');
    expect(() => parseCautionRules(repeated, 'cautions.yaml')).toThrow(ConfigError);
    expect(() => parseCautionRules(repeated, 'cautions.yaml')).toThrow(/tin giả/u);
  });

  it('refuses keys that it does not know', () => {
    expect(() => parseCautionRules(`${file}\nother: []\n`, 'cautions.yaml')).toThrow(/other/u);
  });
});
