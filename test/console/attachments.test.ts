import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { anArticle } from '../support/factories.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

let fixture: TestConsole;
const attachments = [
  {
    url: 'https://soyte.tinh.gov.vn/hd.pdf',
    title: 'Hướng dẫn <b>số 12</b>',
    kind: 'pdf' as const,
    text: 'Điều 1. Phạm vi\n<script>alert(1)</script> Điều 2.',
    sha256: 'ab'.repeat(32),
  },
  {
    url: 'https://soyte.tinh.gov.vn/quet.pdf',
    title: 'Bản quét',
    kind: 'pdf' as const,
    unreadReason: 'no-text-layer',
  },
  { url: 'javascript:alert(1)', title: 'Phụ lục', kind: 'docx' as const },
];

beforeAll(async () => {
  fixture = await openTestConsole();
  await fixture.deps.articles.save([
    anArticle({ id: 'kem-tep', attachments }),
    anArticle({ id: 'khong-tep' }),
  ]);
});
afterAll(() => fixture.close());

const page = async (id: string, headers = {}) =>
  (await fixture.server.inject({ url: `/articles/${id}`, headers })).body;

describe('attached files', () => {
  it('are listed with link, kind and state, and their text unfolds, escaped', async () => {
    const body = await page('kem-tep');
    for (const text of [
      'Tệp kèm theo',
      '<a href="https://soyte.tinh.gov.vn/hd.pdf" rel="noopener noreferrer external"',
      'Hướng dẫn &lt;b>số 12&lt;/b>',
      'PDF · ',
      'đã đọc, 49 ký tự',
      '<p>Điều 1. Phạm vi</p>',
      '&lt;script>alert(1)&lt;/script> Điều 2.',
      'chưa đọc được: tệp chỉ có ảnh chụp, không có chữ',
      'DOCX · ',
      'chỉ ghi đường dẫn',
    ])
      expect(body).toContain(text);
    expect(body).not.toContain('href="javascript:');
  });

  it('are told in English too, and not where there are none', async () => {
    const body = await page('kem-tep', { cookie: 'nyt_lang=en' });
    for (const text of ['Attached files', 'read, 49 characters', 'pictures of pages only', 'linked only'])
      expect(body).toContain(text);
    expect(await page('khong-tep')).not.toContain('id="attachments"');
  });

  it('are part of the article in the API', async () => {
    const { body } = await fixture.server.inject({ url: '/api/v1/articles/kem-tep' });
    expect(JSON.parse(body).attachments).toEqual(attachments);
  });
});
