import { describe, expect, it } from 'vitest';

import { plainText } from '../../src/reading/html-text.ts';

describe('plainText', () => {
  it.each([
    ['Sởi &amp; ho gà', 'Sởi & ho gà'],
    ['H&agrave; N&#7897;i', 'Hà Nội'],
    ['H&amp;agrave; N&amp;#7897;i', 'Hà Nội'],
    ['một<br>hai<p>ba</p>bốn', 'một hai ba bốn'],
    ['<b>Bộ</b> <i>Y tế</i>', 'Bộ Y tế'],
    ['b<b>ệ</b>nh', 'bệnh'],
    ['&lt;p&gt;Tin &lt;b&gt;mới&lt;/b&gt;&lt;/p&gt;', '<p>Tin <b>mới</b></p>'],
    ['a<script>alert(1)</script><style>p{}</style>b', 'ab'],
    ['1 < 2 & 3 > 2', '1 < 2 & 3 > 2'],
    ['AT&T', 'AT&T'],
    ['&khongco;', '&khongco;'],
    ['a\u00a0b\u200bc\u00add \n e', 'a bcd e'],
    ['a\ud800b\u0000c 😷', 'abc 😷'],
    ['trước <!-- không đóng', 'trước'],
    ['', ''],
  ])('%j → %j', (markup, text) => {
    expect(plainText(markup)).toBe(text);
  });

  it('composes', () => {
    expect(plainText('<p>Sở Y tế</p>'.normalize('NFD'))).toBe('Sở Y tế');
  });

  it.each(['a<p', '<b>', '</b><i>', '&amp;', '<a href="', '<!--', '&amp;lt;p'])(
    'answers in linear time on %j repeated',
    (piece) => {
      const start = performance.now();
      plainText(piece.repeat(500_000));
      expect(performance.now() - start).toBeLessThan(10_000);
    },
  );
});
