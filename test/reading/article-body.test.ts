import { describe, expect, it } from 'vitest';

import { readArticlePage } from '../../src/reading/article-page.ts';

const NOW = new Date('2026-11-01T00:00:00Z');
const PROSE = [
  'The inspectors will spend two days at the hospital to find out how the emergency room was staffed that night.',
  'The family has asked for the records and for the findings of the medical board before the end of the month.',
  'The hospital admits that a consultation was late and has moved the team on duty to other wards for now.',
];
const LEAD = 'Inspectors are to look into the death of a patient who waited four hours for a doctor.';
const prose = PROSE.map((text) => `<p>${text}</p>`).join('');

function linesOf(body: string, head = ''): string[] {
  const html = `<html lang="en"><head><title>Hospital inspected</title>${head}</head><body>${body}</body></html>`;
  const reading = readArticlePage(Buffer.from(html), { url: 'https://example.org/a', now: NOW });
  if (!reading.ok) throw new Error(`unread: ${reading.reason}`);
  return reading.text.body.split('\n');
}

describe('the lead above the container', () => {
  const title = '<h1>Hospital inspected</h1>';
  const container = `<div class="article-body">${prose}</div>`;

  it('is read where a name calls it so', () => {
    expect(linesOf(`${title}<div class="standfirst">${LEAD}</div>${container}`)).toEqual([LEAD, ...PROSE]);
  });

  it('is read where the page describes itself with it', () => {
    const head = `<meta name="description" content="${LEAD}">`;
    expect(linesOf(`<div class="x1">${LEAD}</div>${container}`, head)).toEqual([LEAD, ...PROSE]);
  });

  it('is read where it is prose below the title', () => {
    expect(linesOf(`<header>${title}<p>${LEAD}</p></header>${container}`)).toEqual([LEAD, ...PROSE]);
  });

  it('is not read twice', () => {
    expect(
      linesOf(`${title}<p class="lead">${LEAD}</p><div class="article-body"><p>${LEAD}</p>${prose}</div>`),
    ).toEqual([LEAD, ...PROSE]);
  });

  it('is no caption, byline or form', () => {
    const noise = `<figure><figcaption>The hospital at night.</figcaption></figure><p>By Jane Roe</p><form><p>${PROSE[0]}</p></form>`;
    expect(linesOf(`${title}${noise}${container}`)).toEqual(PROSE);
  });
});

describe('the tree', () => {
  it('keeps in the body what stands behind its end tag', () => {
    expect(linesOf(`<div class="article-body">${prose}</body></html><p>${LEAD}</p></div>`)).toEqual([
      ...PROSE,
      LEAD,
    ]);
  });

  it('ends a link at its end tag though a block inside it stays open', () => {
    const body = `<div class="article-body"><a href="/x"><div>Next</a></div>${prose}</div>`;
    expect(linesOf(body).slice(-3)).toEqual(PROSE);
  });

  it('ends an unclosed drawing where text begins again', () => {
    expect(linesOf(`<div class="article-body"><svg><path d="M0 0">${prose}</div>`)).toEqual(PROSE);
  });

  it('takes no code for text, also where its tag is written as an empty one', () => {
    const body = `<div class="article-body"><script type="text/javascript"/>var code = "<p>not text</p>";</script>${prose}</div>`;
    expect(linesOf(body)).toEqual(PROSE);
  });
});

describe('a body stated in JSON-LD', () => {
  const stated = (text: string) =>
    `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Hospital inspected', articleBody: text })}</script>`;

  it('is read as markup where it is markup', () => {
    expect(linesOf('<div id="app"></div>', stated(prose))).toEqual(PROSE);
  });

  it('is read as markup where that is escaped once more', () => {
    const escaped = prose.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    expect(linesOf('<div id="app"></div>', stated(escaped))).toEqual(PROSE);
  });
});
