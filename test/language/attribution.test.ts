import { describe, expect, it } from 'vitest';

import { creditedTo } from '../../src/language/attribution.ts';

const body =
  'Sáng nay, bệnh viện tiếp nhận ba ca nghi ngộ độc.\nTheo bác sĩ trực, cả ba đã qua cơn nguy kịch.';

describe('creditedTo', () => {
  it.each([
    ['Theo TTXVN', 'TTXVN'],
    ['(Theo VnExpress)', 'VnExpress'],
    ['Theo Sức khỏe và Đời sống', 'Sức khỏe và Đời sống'],
    ['Nguồn: Báo Tin Y tế', 'Báo Tin Y tế'],
    ['Nguồn tin: TTXVN.', 'TTXVN'],
    ['TTXVN/Vietnam+', 'TTXVN/Vietnam+'],
    ['(TTXVN/Vietnam+)', 'TTXVN/Vietnam+'],
    ['THEO TTXVN', 'TTXVN'],
    ['Theo Chinhphu.vn', 'Chinhphu.vn'],
  ])('reads the credit line %s', (line, name) => {
    expect(creditedTo(`${body}\n${line}`)).toBe(name);
    expect(creditedTo(`${body}\n${line}\n`)).toBe(name);
  });

  it('reads a signature that closes the last paragraph', () => {
    expect(creditedTo(`${body}\nBộ Y tế yêu cầu báo cáo trước ngày 5/2. (TTXVN/Vietnam+)`)).toBe(
      'TTXVN/Vietnam+',
    );
    expect(creditedTo(`${body}\nBộ Y tế yêu cầu báo cáo trước ngày 5/2. (Theo TTXVN)`)).toBe('TTXVN');
  });

  it.each([
    body,
    'Theo Bộ Y tế, số ca mắc đã giảm.',
    'Theo Bệnh viện Chợ Rẫy cho biết, bệnh nhân đã tỉnh',
    'Người nhà làm theo Hướng dẫn của bác sĩ',
    '',
    '\n\n',
  ])('takes nobody quoted within the text for its origin: %s', (text) => {
    expect(creditedTo(text)).toBeUndefined();
  });

  it('reads composed and decomposed text alike', () => {
    expect(creditedTo(`${body}\nNguồn: Thông tấn xã Việt Nam`.normalize('NFD'))).toBe(
      'Thông tấn xã Việt Nam',
    );
  });

  it('takes linear time', () => {
    const began = performance.now();
    creditedTo(`${'theo '.repeat(100_000)}\n${'('.repeat(100_000)}`);
    creditedTo('\n'.repeat(1_000_000));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
