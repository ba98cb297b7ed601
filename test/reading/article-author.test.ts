import { describe, expect, it } from 'vitest';

import { readAuthor } from '../../src/reading/article-author.ts';
import { readTitle } from '../../src/reading/article-title.ts';
import { readPageMetadata } from '../../src/reading/page-metadata.ts';
import { parseHtml } from '../../src/reading/parse-html.ts';

function authorOf(html: string, url = 'https://baovidu.example/tin/1'): string | undefined {
  const { root } = parseHtml(html);
  const metadata = readPageMetadata(root, url);
  return readAuthor(root, metadata, [], { url, title: readTitle(metadata) });
}

const ld = (value: object) =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Tin', ...value })}</script>`;
const person = (name: string) => ({ '@type': 'Person', name });

describe('the author', () => {
  const cases: [string, string, string | undefined][] = [
    [
      'are all persons that JSON-LD names',
      ld({ author: [person('Lan Anh'), person('Minh Trí')] }),
      'Lan Anh, Minh Trí',
    ],
    [
      'is one person where JSON-LD names several in one',
      ld({ author: person('Lan Anh và Minh Trí') }),
      'Lan Anh, Minh Trí',
    ],
    [
      'is found behind the address that JSON-LD refers to',
      `<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"Tin","author":{"@id":"#p"}},{"@type":"Person","@id":"#p","name":"Lan Anh"}]}</script>`,
      'Lan Anh',
    ],
    [
      'is the byline’s where JSON-LD names the outlet only',
      `${ld({ author: { '@type': 'Organization', name: 'Báo Ví Dụ' }, publisher: { '@type': 'Organization', name: 'Báo Ví Dụ' } })}<p class="author">Lan Anh</p>`,
      'Lan Anh',
    ],
    [
      'is never the outlet, not as a person either',
      ld({ author: person('Bao vi du'), publisher: { '@type': 'Organization', name: 'Báo Ví Dụ' } }),
      undefined,
    ],
    [
      'is the longer list where another place names the same and more in full',
      `${ld({ author: person('Jane Doe') })}<meta name="parsely-author" content="Jane Doe"><meta name="parsely-author" content="John Roe">`,
      'Jane Doe, John Roe',
    ],
    [
      'is whom two places agree on against a third',
      `${ld({ author: person('Web Producer Max') })}<meta name="parsely-author" content="Jane Doe"><div class="byline">By <a href="/author/jane-doe">Jane Doe</a></div>`,
      'Jane Doe',
    ],
    [
      'is what messengers are told',
      '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">',
      'Jane Doe',
    ],
    [
      'is that of the byline nearest to the title, not of the stories beside it',
      `<meta property="og:title" content="The headline of this page"><h1>The headline of this page</h1><span class="byline">By Jane Doe</span>
       ${'<p>Text.</p>'.repeat(30)}<div><h3>Another story</h3><span class="byline">By Richard Roe</span></div>`,
      'Jane Doe',
    ],
    [
      'is marked up inside the byline',
      '<div class="byline">By <a href="/people/1">Jane Doe</a>, Health Editor<br>May 3, 2021</div>',
      'Jane Doe',
    ],
    ['is nobody who comments', '<div class="comments"><span class="author">Bạn Đọc</span></div>', undefined],
    [
      'is the name behind a label in a line of its own',
      '<p>Ein Artikel von <strong>Pamela Muster</strong> | 27.01.2022</p>',
      'Pamela Muster',
    ],
    ['is a desk where only a desk signs', `<meta name="author" content="Redaktion">`, 'Redaktion'],
    [
      'is no desk where a person signs',
      `<meta name="author" content="Redaktion"><p class="author">Jane Doe</p>`,
      'Jane Doe',
    ],
    [
      'is no address of the publisher',
      '<meta name="author" content="Beispiel Verlag GmbH, Munich, Germany">',
      undefined,
    ],
    [
      'is no profile',
      '<meta property="article:author" content="https://www.facebook.com/baovidu">',
      undefined,
    ],
  ];
  for (const [claim, html, author] of cases) it(claim, () => expect(authorOf(html)).toBe(author));

  it('is read in time from thousands of bylines', () => {
    const html = '<div class="byline"><a href="/author/x">'.repeat(20_000);
    expect(authorOf(html)).toBeUndefined();
  });
});
