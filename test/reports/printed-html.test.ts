import { describe, expect, it } from 'vitest';

import { printedHtml } from '../../src/reports/printed-html.ts';

const HOSTILE = `"><script>alert('x')</script>`;

describe('printedHtml', () => {
  const html = printedHtml({
    lang: 'vi',
    title: HOSTILE,
    header: { agency: HOSTILE, number: HOSTILE, place: HOSTILE, day: '2026-11-23', subject: HOSTILE },
    blocks: [
      { kind: 'heading', level: 2, text: HOSTILE },
      {
        kind: 'paragraph',
        runs: [{ text: `${HOSTILE}\nx`, bold: true, italic: true, href: `https://a.example/${HOSTILE}` }],
      },
      { kind: 'paragraph', runs: [{ text: 'y', href: 'javascript:alert(1)' }] },
      { kind: 'list', items: [[{ text: HOSTILE }]] },
      {
        kind: 'table',
        caption: HOSTILE,
        columns: [{ title: HOSTILE, align: 'end', width: 1 }],
        rows: [[[{ text: HOSTILE }]], []],
      },
      { kind: 'figure', svg: `<svg>${HOSTILE}</svg>`, alt: HOSTILE, caption: HOSTILE },
    ],
    recipients: [HOSTILE],
    signature: { office: HOSTILE, name: HOSTILE },
  });

  it('escapes whatever comes from outside', () => {
    expect(html).not.toContain('<script');
    expect(html).not.toContain('javascript:');
    expect(html).toContain('<a href="https://a.example/&quot;&gt;&lt;script');
  });

  it('forbids to load or run anything', () => {
    expect(html).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
    expect(html.match(/<(?:link|iframe|object|embed|base)\b/g)).toBeNull();
    expect([...html.matchAll(/src="([^"]{0,30})/g)].map(([, src]) => src)).toEqual([
      'data:image/svg+xml;base64,PHN2',
    ]);
  });

  it('keeps a caption that stands above already for who hears the table', () => {
    const captionOf = (isToldAbove: boolean) =>
      /<caption.*<\/caption>/.exec(
        printedHtml({
          lang: 'vi',
          title: 'x',
          blocks: [{ kind: 'table', caption: 'Bảng', isToldAbove, columns: [], rows: [] }],
        }),
      )?.[0];
    expect(captionOf(false)).toBe('<caption>Bảng</caption>');
    expect(captionOf(true)).toBe('<caption class="heard">Bảng</caption>');
  });

  it('ends lines where the text does', () => {
    expect(html).toContain('<br>x');
  });
});
