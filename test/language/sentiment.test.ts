import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { analysedText } from '../../src/domain/analysis.ts';
import { parseLexicon } from '../../src/language/lexicon.ts';
import { fold, normalise } from '../../src/language/normalise.ts';
import { polaritiesWithout, scoreSentiment } from '../../src/language/sentiment.ts';

const lexicon = parseLexicon(
  readFileSync(new URL('../../config/lexicon.tsv', import.meta.url), 'utf8'),
  'lexicon.tsv',
);
const judge = (title: string, summary = '', body = '') => scoreSentiment({ title, summary, body }, lexicon);

describe('scoreSentiment', () => {
  it.each([
    'Bé gái 3 tuổi tử vong sau bữa ăn tại nhà trẻ',
    'Hơn 80 công nhân nhập viện vì ngộ độc thực phẩm',
    'Người nhà bệnh nhân tố bác sĩ tắc trách',
    'Khởi tố giám đốc bệnh viện vì thông thầu mua thiết bị y tế',
    'Bệnh viện tuyến cuối quá tải, bệnh nhân nằm hành lang',
    'Nhiều bệnh viện thiếu thuốc, người bệnh phải mua ngoài',
    'Dịch sởi bùng phát, số ca mắc tăng mạnh',
    'HÀNG TRĂM NGƯỜI NGỘ ĐỘC SAU KHI ĂN BÁNH MÌ',
    'Tạm đình chỉ phòng khám hành nghề trái phép',
    'Cấp cứu bất thành, nam thanh niên không qua khỏi',
  ])('calls negative: %s', (title) => {
    expect(judge(title).polarity).toBe('negative');
  });

  it.each([
    'Bệnh viện Bạch Mai cứu sống sản phụ nguy kịch vì băng huyết',
    'Ghép tim thành công cho bé trai 7 tuổi',
    'Bệnh nhân đột quỵ hồi phục kỳ diệu sau 20 ngày hôn mê',
    'Khống chế thành công ổ dịch bạch hầu',
    'Khám bệnh miễn phí và tặng quà cho 500 người nghèo vùng cao',
    'Bộ trưởng Bộ Y tế khen ngợi ê-kíp cứu bệnh nhi',
    'Hơn 20.000 bệnh nhân được chữa khỏi',
  ])('calls positive: %s', (title) => {
    expect(judge(title).polarity).toBe('positive');
  });

  it.each([
    'Ăn gì khi bị gout?',
    'Lịch tiêm chủng mở rộng tháng 3',
    '5 dấu hiệu sớm của bệnh tiểu đường',
    'Bộ Y tế họp bàn phương án nhân sự',
    'Người bị cao huyết áp có nên uống cà phê?',
  ])('calls neutral: %s', (title) => {
    expect(judge(title).polarity).toBe('neutral');
  });

  it('turns a negative noun under a shifter, and says so', () => {
    const { evidence, harmTerms } = judge('Tập huấn phòng tránh đuối nước cho học sinh');
    const drowning = evidence.find(({ term }) => term === 'đuối nước');
    expect(drowning?.weight).toBeGreaterThan(0);
    expect(drowning?.modifiers).toEqual(['phòng tránh → shifted']);
    expect(harmTerms).toEqual([]);
  });

  it('carries a shifter over an enumeration', () => {
    const { evidence } = judge('Ngăn tai nạn, thương tích ở trẻ nhỏ');
    expect(evidence.map(({ weight }) => weight > 0)).toEqual([true, true]);
  });

  it('reads a rise and a fall after what rises and falls', () => {
    const falls = judge('Số ca mắc giảm').score;
    const rises = judge('Số ca mắc tăng mạnh').score;
    expect(falls).toBeGreaterThan(0);
    expect(rises).toBeLessThan(judge('Số ca mắc').score);
  });

  it('negates', () => {
    expect(judge('Không hiệu quả').score).toBeLessThan(0);
    expect(judge('Chưa ghi nhận ca tử vong').harmTerms).toEqual([]);
  });

  it('lists harm and misconduct that nothing turns, once each', () => {
    expect(judge('Sốc phản vệ, tắc trách, lại sốc phản vệ').harmTerms).toEqual(['sốc phản vệ', 'tắc trách']);
  });

  it('keeps the sign inside the neutral band', () => {
    const { polarity, score } = judge('Vaccine cho trẻ em');
    expect(polarity).toBe('neutral');
    expect(score).toBeGreaterThan(0);
  });

  it('scores text without any term 0', () => {
    expect(judge('Cuộc họp chiều thứ ba')).toMatchObject({ polarity: 'neutral', score: 0, evidence: [] });
    expect(judge('')).toMatchObject({ polarity: 'neutral', score: 0, evidence: [] });
  });

  it('judges text without diacritics, less surely', () => {
    const title = 'Hàng chục người nhập viện cấp cứu vì ngộ độc thực phẩm';
    const folded = judge(fold(title));
    expect(folded.polarity).toBe('negative');
    expect(Math.abs(folded.score)).toBeLessThan(Math.abs(judge(title).score));
  });

  it('lets the headline decide over summary and body', () => {
    const sad = 'Trước đó nhiều người tử vong vì tai nạn, gia đình tố bác sĩ tắc trách. ';
    expect(judge('Bệnh viện cứu sống bé trai', sad, sad.repeat(20)).polarity).not.toBe('negative');
  });

  it('points every span into the text as given', () => {
    const part = fc.string({
      unit: fc.constantFrom(
        'ngộ độc ',
        'tử vong ',
        'khỏe ',
        'khoẻ mạnh ',
        'không ',
        'giảm ',
        '“',
        '”',
        ', ',
        '. ',
        '&amp;',
        '\u200b',
        'a ',
        'Hoà ',
      ),
    });
    fc.assert(
      fc.property(part, part, part, fc.boolean(), (title, summary, body, decomposed) => {
        const form = (text: string) => (decomposed ? text.normalize('NFD') : text);
        const text = { title: form(title), summary: form(summary), body: form(body) };
        for (const { start, end, term } of scoreSentiment(text, lexicon).evidence) {
          const words = normalise(analysedText(text).slice(start, end)).toLowerCase();
          expect(words.replace(/[^\p{L}\d]+/gu, ' ')).toBe(term);
        }
      }),
    );
  });
});

describe('polaritiesWithout', () => {
  const without = (title: string, summary = '', body = '') => {
    const text = { title, summary, body };
    return polaritiesWithout(text, scoreSentiment(text, lexicon).evidence);
  };

  it('shows that a label hangs on the only word that speaks', () => {
    const text = 'Bệnh viện thiếu thuốc';
    expect(judge(text).evidence).toHaveLength(1);
    expect([judge(text).polarity, ...without(text)]).toEqual(['negative', 'neutral']);
  });

  it('shows that it hangs on no single one of several', () => {
    const text = 'Bé gái tử vong, hơn 80 công nhân nhập viện vì ngộ độc thực phẩm';
    expect(judge(text).evidence.length).toBeGreaterThan(1);
    expect(new Set(without(text))).toEqual(new Set(['negative']));
  });

  it('shows that the sign turns where the heavier of two is left out', () => {
    const text = { title: 'Cứu sống sản phụ, một người tử vong', summary: '', body: '' };
    const { evidence } = scoreSentiment(text, lexicon);
    const found = polaritiesWithout(text, evidence);
    for (const [at, { weight }] of evidence.entries()) {
      const others = evidence.filter((_, other) => other !== at).reduce((sum, one) => sum + one.weight, 0);
      expect(found[at], `${weight}`).toBe(others < 0 ? 'negative' : 'positive');
    }
  });
});
