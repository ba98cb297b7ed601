import { expect, it } from 'vitest';

import { removalByRedirect } from '../../src/reading/removal.ts';

const ASKED = 'https://www.bao.example/suc-khoe/tin-tuc/ngo-doc-123.html';

it.each([
  ['https://www.bao.example/', undefined, 'redirect-home'],
  ['https://bao.example/?ref=404', 'listing', 'redirect-home'],
  ['https://bao.example/trang-chu.html', 'listing', 'redirect-home'],
  ['https://khac.example/index.php', 'listing', 'redirect-home'],
  ['https://www.bao.example/suc-khoe', 'no-text', 'redirect-section'],
  ['https://www.bao.example/suc-khoe/tin-tuc/', 'listing', 'redirect-section'],
  ['https://www.bao.example/moi-nhat', 'listing', 'redirect-section'],
  // An article elsewhere, under another name, or the same address spelt otherwise.
  ['https://www.bao.example/suc-khoe/ngo-doc-ruou-123.html', undefined, undefined],
  ['https://www.bao.example/suc-khoe', undefined, undefined],
  ['http://bao.example/suc-khoe/tin-tuc/ngo-doc-123.html/', 'listing', undefined],
  [ASKED, 'listing', undefined],
  // A wall or a fault says nothing of the article.
  ['https://www.bao.example/dang-nhap', 'paywall', undefined],
  ['https://www.bao.example/loi.html', 'error-page', undefined],
  ['not an address', 'listing', undefined],
])('%s, where reading says %s: %s', (reached, failure, expected) => {
  expect(removalByRedirect(ASKED, reached, failure)).toBe(expected);
});
