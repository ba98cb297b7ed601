import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { quotableSentences, strongestSentence } from '../../src/reports/quotation.ts';
import { loadLanguageOf } from '../../src/settings.ts';
import { anArticle } from '../support/factories.ts';

const language = loadLanguageOf(resolve(import.meta.dirname, '../../config'));

function article(summary: string, body: string, title = 'Bệnh viện Mẫu') {
  const text = { title, summary, body };
  return anArticle({ ...text, ...language.analyse(text, { fromHealthFeed: true }) });
}

const texts = (summary: string, body: string) =>
  quotableSentences(article(summary, body)).map(({ text }) => text);

describe('quotableSentences', () => {
  it('are cut where sentences end, and nowhere else', () => {
    expect(
      texts(
        'Theo BS. Nguyễn Mẫu ở TP. HCM, bệnh nhân đã ổn định. Chi phí 1.200.000 đồng được miễn hoàn toàn!',
        'Vì sao phải chờ lâu đến như vậy? “Chúng tôi sẽ xem xét kỹ việc này.” Ông nói thêm với báo chí\nDòng mới là một câu khác hẳn.',
      ),
    ).toEqual([
      'Theo BS. Nguyễn Mẫu ở TP. HCM, bệnh nhân đã ổn định.',
      'Chi phí 1.200.000 đồng được miễn hoàn toàn!',
      'Vì sao phải chờ lâu đến như vậy?',
      '“Chúng tôi sẽ xem xét kỹ việc này.”',
      'Ông nói thêm với báo chí',
      'Dòng mới là một câu khác hẳn.',
    ]);
  });

  it('stand in the article letter by letter, have 5 to 60 words and are given once', () => {
    const long = `Câu ${'dài '.repeat(60)}quá.`;
    const one = article(`Ngắn quá. ${long} Câu vừa đủ dài để trích ra.`, 'Câu vừa đủ dài để trích ra.');
    const sentences = quotableSentences(one);
    expect(sentences.map(({ text }) => text)).toEqual(['Câu vừa đủ dài để trích ra.']);
    const whole = `${one.title}\n${one.summary}\n${one.body}`;
    for (const { start, end, text } of sentences) expect(whole.slice(start, end)).toBe(text);
  });

  it('takes time linear in the text', () => {
    const huge = article('', 'Một câu có đủ năm chữ. '.repeat(40_000));
    expect(quotableSentences(huge)).toHaveLength(1);
  });
});

describe('strongestSentence', () => {
  it('is the one whose evidence says most of what the article says', () => {
    const found = strongestSentence([
      article(
        'Bệnh viện tổ chức khám cho người dân trong tuần.',
        'Gia đình tố cáo bác sĩ tắc trách khiến bệnh nhân tử vong. Bệnh viện đang xác minh nội dung phản ánh.',
        'Bệnh viện bị tố tắc trách, bệnh nhân tử vong',
      ),
    ]);
    expect(found?.sentence.text).toBe('Gia đình tố cáo bác sĩ tắc trách khiến bệnh nhân tử vong.');
  });

  it('is none where nothing is short enough', () => {
    expect(strongestSentence([article('', 'Ngắn.')])).toBeUndefined();
  });
});
