import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { parseTopicRules } from '../../src/language/topic-rules.ts';
import { findTopics } from '../../src/language/topics.ts';

const rules = parseTopicRules(
  readFileSync(new URL('../../config/health-topics.yaml', import.meta.url), 'utf8'),
  'health-topics.yaml',
);
const topicsOf = (title: string, summary = '') =>
  findTopics({ title, summary, body: '' }, rules).map(({ topic }) => topic);

describe('findTopics', () => {
  it.each([
    ['Bộ Y tế ban hành thông tư mới về kê đơn', 'policy'],
    ['Lần đầu tiên tại Việt Nam ghép tim xuyên Việt bằng kỹ thuật mới', 'achievements'],
    ['Sốt xuất huyết tăng, CDC phun hóa chất diệt muỗi', 'epidemics'],
    ['Bác sĩ phẫu thuật cấp cứu bệnh nhân đa chấn thương', 'treatment'],
    ['Hơn 50 học sinh ngộ độc thực phẩm sau bữa ăn bán trú', 'food-safety'],
    ['Mức sinh giảm, già hoá dân số tăng nhanh', 'population'],
    ['Bệnh viện thiếu thuốc, vật tư y tế do đấu thầu chậm', 'medicines'],
    ['Trạm y tế xã vùng cao có thêm bác sĩ', 'grassroots'],
    ['Từ tháng 7, thẻ BHYT được thanh toán thêm nhiều dịch vụ', 'insurance'],
    ['Chuyên gia khuyến cáo chế độ ăn cho người mất ngủ', 'health-knowledge'],
    ['Gia đình tố bác sĩ tắc trách khiến sản phụ tử vong', 'incidents'],
  ])('%s → %s', (title, topic) => {
    expect(topicsOf(title)).toContain(topic);
  });

  it('gives several topics, best first, each with its terms', () => {
    const found = findTopics(
      { title: 'Bộ Y tế ban hành chỉ thị phòng chống dịch sởi', summary: '', body: '' },
      rules,
    );
    expect(found.map(({ topic }) => topic)).toEqual(expect.arrayContaining(['epidemics', 'policy']));
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    expect(found[0]?.terms.length).toBeGreaterThan(0);
  });

  it('adds where the lists of a combination meet, in title and summary only', () => {
    const title = 'Tạm đình chỉ nhân viên tại Bệnh viện Đa khoa huyện Ví Dụ';
    expect(topicsOf(title)).toContain('incidents');
    const [first] = findTopics({ title, summary: '', body: '' }, rules).filter(
      ({ topic }) => topic === 'incidents',
    );
    expect(first?.terms.some((term) => term.includes(' + '))).toBe(true);
    const apart = { title: 'Bệnh viện Đa khoa huyện Ví Dụ', summary: '', body: 'Đình chỉ một cửa hàng.' };
    expect(findTopics(apart, rules).map(({ topic }) => topic)).not.toContain('incidents');
  });

  it('hears the shorter terms of other topics inside a longer one', () => {
    expect(topicsOf('Phát hiện thuốc giả bán trên mạng')).toEqual(
      expect.arrayContaining(['medicines', 'incidents']),
    );
  });

  it('falls back to the best topic where none is clear, and to advice where a title asks', () => {
    expect(topicsOf('Viêm da cơ địa')).toEqual(['health-knowledge']);
    expect(topicsOf('Đau khớp gối khi lên cầu thang?')).toEqual(['health-knowledge']);
  });

  it.each([
    ['Yếu tố khiến bác sĩ lo ngại khi trẻ tăng cân nhanh', 'incidents'],
    ['Đoàn viên công an tặng quà bệnh nhi tại bệnh viện', 'incidents'],
    ['Ca sĩ ngừng biểu diễn, nhập viện vì kiệt sức', 'treatment'],
    ['Người bệnh tiểu đường nên ăn gì?', 'treatment'],
    ['Uống rượu bia rồi lái xe, tài xế bị phạt vì nồng độ cồn', 'food-safety'],
    ["Cười là 'liều thuốc' cho người cao tuổi", 'medicines'],
  ])('%s is not of %s', (title, topic) => {
    expect(topicsOf(title)).not.toContain(topic);
  });

  it.each([
    ['Ba người cấp cứu vì ngạt khí do đốt than sưởi ấm', 'incidents'],
    ['Bệnh viện bị phát hiện kê khống hàng trăm ca mổ', 'incidents'],
    ['Năm người nguy kịch sau khi ăn loại nấm hái trong rừng', 'food-safety'],
    ['Nông sản, thực phẩm ách tắc ở cửa khẩu chờ kiểm nghiệm', 'food-safety'],
    ['Triệt phá đường dây làm giả thực dưỡng, viên uống', 'medicines'],
    ['Anh An, 45 tuổi, đau ngực, bác sĩ chẩn đoán hẹp mạch vành', 'treatment'],
  ])('%s is of %s', (title, topic) => {
    expect(topicsOf(title)).toContain(topic);
  });

  it('gives three topics at most', () => {
    const title =
      'Bộ Y tế đề xuất bảo hiểm y tế trả tiền vaccine phòng dịch sởi tại trạm y tế xã, thiếu thuốc, mức sinh giảm';
    expect(topicsOf(title)).toHaveLength(3);
  });

  it('gives none to what is about none', () => {
    expect(topicsOf('Giá vàng lập đỉnh mới')).toEqual([]);
  });
});
