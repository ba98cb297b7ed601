import { describe, expect, it } from 'vitest';

import { statementPickup } from '../../src/reports/statement-pickup.ts';
import { anArticle, aStatement } from '../support/factories.ts';

const statement = aStatement({
  text: [
    'Sở Y tế đã thành lập hội đồng chuyên môn để xem xét quá trình điều trị của người bệnh.',
    'Bệnh viện tạm dừng sử dụng lô thuốc này cho đến khi có kết quả kiểm nghiệm của Viện Kiểm nghiệm thuốc.',
    'Trân trọng.',
  ].join('\n'),
  url: 'https://soyte.example/thong-cao-12',
});
const found = (body: string) =>
  statementPickup(statement, [anArticle({ id: 'a', body, title: 'Tin', summary: '' })])[0];

describe('statementPickup', () => {
  it('finds who carries a sentence word for word', () => {
    expect(
      found(`Chiều nay, ${statement.text.split('\n')[0]} Gia đình chưa đồng ý với lời giải thích.`),
    ).toMatchObject({ articleId: 'a', sentences: 1, of: 2, isLinked: false });
  });

  it('finds it shortened, with a speaker put in, and without diacritics', () => {
    expect(
      found(
        'Theo đại diện ngành, Sở Y tế đã thành lập hội đồng chuyên môn để xem xét quá trình điều trị. Bệnh viện tạm dừng sử dụng lô thuốc này, ông nói, cho đến khi có kết quả kiểm nghiệm.',
      ),
    ).toMatchObject({ sentences: 2 });
    expect(
      found(
        'benh vien tam dung su dung lo thuoc nay cho den khi co ket qua kiem nghiem cua vien kiem nghiem',
      ),
    ).toMatchObject({ sentences: 1 });
  });

  it('finds who links to it', () => {
    expect(found('Xem thông cáo tại https://soyte.example/thong-cao-12.')).toMatchObject({
      sentences: 0,
      isLinked: true,
    });
  });

  it('is not taken in by the same words about something else', () => {
    expect(
      found(
        'Sở Y tế đã thành lập đoàn kiểm tra. Hội đồng chuyên môn của bệnh viện họp để xem xét khen thưởng.',
      ),
    ).toBeUndefined();
    expect(found('Trân trọng.')).toBeUndefined();
  });
});
