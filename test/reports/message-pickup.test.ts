import { describe, expect, it } from 'vitest';

import { messagePickup } from '../../src/reports/message-pickup.ts';
import { anArticle } from '../support/factories.ts';

const MESSAGE = {
  id: 'm',
  text: 'Khám sàng lọc miễn phí cho người cao tuổi',
  variants: ['Người già được khám không mất tiền'],
};
const found = (body: string) => messagePickup([MESSAGE], [anArticle({ title: 'Tin', summary: '', body })])[0];

describe('messagePickup', () => {
  it('finds a message word for word, with its sentence', () => {
    expect(
      found('Trời mưa. Tỉnh sẽ khám sàng lọc miễn phí cho người cao tuổi từ tháng 4. Hết.'),
    ).toMatchObject({
      how: 'exact',
      likeness: 1,
      sentence: 'Tỉnh sẽ khám sàng lọc miễn phí cho người cao tuổi từ tháng 4.',
    });
  });

  it('finds it edited, without diacritics, and in another wording', () => {
    expect(found('Khám sàng lọc hoàn toàn miễn phí cho người cao tuổi.')?.how).toBe('near');
    expect(found('kham sang loc mien phi cho nguoi cao tuoi')?.how).toBe('exact');
    expect(found('Người già được khám không mất tiền.')?.how).toBe('exact');
  });

  it('leaves alone what only shares a theme, or is scattered over sentences', () => {
    expect(found('Người cao tuổi nên khám định kỳ.')).toBeUndefined();
    expect(found('Khám sàng lọc. Miễn phí. Cho người. Cao tuổi.')).toBeUndefined();
  });
});
