import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { ConfigError } from '../../src/errors.ts';
import { judgeRelevance } from '../../src/language/relevance.ts';
import { parseTopicRules } from '../../src/language/topic-rules.ts';

const shipped = readFileSync(new URL('../../config/health-topics.yaml', import.meta.url), 'utf8');
const rules = parseTopicRules(shipped, 'health-topics.yaml');
const judge = (title: string, { summary = '', body = '', fromHealthFeed = false } = {}) =>
  judgeRelevance({ title, summary, body }, rules, { fromHealthFeed });

describe('judgeRelevance', () => {
  it.each([
    'Bệnh viện Chợ Rẫy tiếp nhận 12 người ngộ độc rượu',
    'Bộ Y tế đề xuất lộ trình miễn viện phí',
    'Người cao tuổi nên tầm soát ung thư đại tràng',
    'Thêm 30 ca sốt xuất huyết trong tuần',
    'Benh vien qua tai vi dich soi',
  ])('keeps: %s', (title) => {
    expect(judge(title).isHealth).toBe(true);
  });

  it.each([
    'Sức khoẻ tài chính của ngân hàng vẫn tốt',
    'Giao dịch bất động sản tăng trở lại',
    'Tiền đạo U23 dính chấn thương trước trận đấu',
    'Quán phở gây sốt vì món mới',
    'Dịch tả lợn châu Phi lan rộng, người chăn nuôi lao đao',
    'Kết quả xổ số hôm nay',
    'Virus máy tính mới tấn công ngân hàng',
    'Đội bóng đặt một chân vào chung kết',
    'Học sinh thiết kế robot cho hoạt động kinh tế xanh',
    'Bé gái nguy hiểm giữa dòng nước, người dân cảnh báo',
    'Người chăn nuôi tiêu hủy đàn heo bệnh',
    'Khánh thành trung tâm dịch vụ hành chính',
  ])('drops: %s', (title) => {
    expect(judge(title).isHealth).toBe(false);
  });

  it('lets context double what stands beside it, and no more', () => {
    expect(judge('Bé gái, phụ nữ và nạn nhân').score).toBe(0);
    expect(judge('Bé gái, phụ nữ và nạn nhân cần uống').score).toBe(1);
    expect(judge('Chuyên gia cảnh báo nguy cơ với thận').isHealth).toBe(true);
  });

  it('says why, strongest reason first', () => {
    expect(judge('Bệnh viện và sức khoẻ tài chính').reasons).toEqual([
      '+3.0 bệnh viện',
      '-3.0 sức khỏe tài chính',
    ]);
  });

  it('lets the summary tip a vague headline, and a health feed too', () => {
    const title = 'Thực đơn cuối tuần';
    expect(judge(title).isHealth).toBe(false);
    expect(judge(title, { summary: 'Bác sĩ Bệnh viện K nói về ung thư dạ dày' }).isHealth).toBe(true);
    expect(judge(title, { fromHealthFeed: true }).isHealth).toBe(true);
  });

  it('is not overturned by a long body', () => {
    const body =
      'Bệnh viện, bác sĩ, bệnh nhân, ung thư, tim mạch, huyết áp, vaccine, virus, viêm gan. '.repeat(30);
    expect(judge('Giá vàng và chứng khoán hôm nay', { body }).isHealth).toBe(false);
  });

  it('is not decided by a body alone, unless the feed carries nothing else', () => {
    const body = 'Bệnh viện, bác sĩ, bệnh nhân, ung thư, tim mạch, huyết áp, vaccine, virus, viêm gan. ';
    const title = 'Hai mươi năm đi tìm dòng sông';
    expect(judge(title, { body }).isHealth).toBe(false);
    expect(judge(title, { body, fromHealthFeed: true }).isHealth).toBe(true);
    expect(judge(title, { body, summary: 'Chuyện của một bác sĩ' }).isHealth).toBe(true);
  });
});

describe('parseTopicRules', () => {
  it('names a repeated term, a positive negative and a repeated topic', () => {
    const topic =
      '  - key: policy\n    name: { vi: a, en: b }\n    threshold: 1\n    terms: [{ weight: 1, terms: [x, X] }]\n';
    const text = `version: "1"\nrelevance:\n  threshold: 2\n  healthFeedBonus: 1\n  terms: [{ weight: 1, terms: [khoẻ, khỏe] }]\n  negatives: [{ weight: 1, terms: [y] }]\ntopics:\n${topic}${topic}`;
    let faults: readonly { expected: string }[] = [];
    try {
      parseTopicRules(text, 'health-topics.yaml');
    } catch (error) {
      if (error instanceof ConfigError) faults = error.faults;
    }
    expect(faults.map(({ expected }) => expected)).toHaveLength(5);
  });

  it('holds the topics that the sector follows, in both languages', () => {
    expect(rules.topics.map(({ key }) => key)).toEqual([
      'policy',
      'achievements',
      'epidemics',
      'treatment',
      'food-safety',
      'population',
      'medicines',
      'grassroots',
      'insurance',
      'health-knowledge',
      'incidents',
    ]);
    for (const { name } of rules.topics) expect(name.vi).not.toBe(name.en);
  });
});
