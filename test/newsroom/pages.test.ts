import { beforeAll, describe, expect, it } from 'vitest';

import { escapeMarkup } from '../../src/newsroom/markup.ts';
import { OUTLET_PROFILES } from '../../src/newsroom/outlet-profiles.ts';
import type { ArchivedArticle } from '../../src/newsroom/published-article.ts';
import { readArticlePage } from '../../src/reading/article-page.ts';
import { type StagedNewsroom, stage } from '../support/staged-newsroom.ts';

/** One outlet per template: the archive knows what stands on each page. */
const OUTLETS = [...new Map(OUTLET_PROFILES.map((profile) => [profile.template, profile])).values()];

describe('pages of the newsroom', () => {
  let newsroom: StagedNewsroom;
  let archive: ArchivedArticle[];

  beforeAll(async () => {
    newsroom = await stage();
    newsroom.at(newsroom.durationMs);
    archive = [...newsroom.archive(1)];
  });

  async function pageOf(outletId: string) {
    const article = archive.find(({ outlet }) => outlet === outletId);
    if (article === undefined) throw new Error(`No article of ${outletId}`);
    const response = await fetch(article.url);
    return { article, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  it('has seven templates', () => {
    expect(OUTLETS.map(({ template }) => template).sort()).toEqual([
      'agency',
      'blog',
      'cluttered',
      'rounded',
      'singular',
      'table',
      'wide',
    ]);
  });

  it.each(OUTLETS)('$template carries title, sapo and every paragraph', async ({ id }) => {
    const { article, bytes } = await pageOf(id);
    const html = new TextDecoder().decode(bytes);
    for (const text of [article.title, article.summary, ...article.body.split('\n')]) {
      expect(html).toContain(escapeMarkup(text));
    }
  });

  it.each(OUTLETS)(
    '$template can be read with the selectors that its outlet has, if any',
    async ({ id, selectors }) => {
      const { article, bytes } = await pageOf(id);
      const reading = readArticlePage(bytes, {
        url: article.url,
        ...(selectors === undefined ? {} : { selectors }),
      });
      expect(reading.ok).toBe(true);
      if (!reading.ok) return;
      expect(reading.text.title).toBe(article.title);
      for (const paragraph of article.body.split('\n')) expect(reading.text.body).toContain(paragraph);
    },
  );

  it('surrounds one outlet’s text with more related news than text', async () => {
    const article = newsroom
      .published()
      .find(({ outletId, kind }) => outletId === 'cao-nguyen-xanh' && kind === 'wire');
    const html = await (await fetch(article?.url ?? '')).text();
    const related = html.match(/class="item-news"/g)?.length ?? 0;
    expect(related).toBeGreaterThan(8);
  });
});
