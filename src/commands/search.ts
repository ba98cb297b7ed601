import type { Command } from 'commander';

import type { ArticlePage } from '../ports/article-store.ts';
import { readFilter, withFilterOptions } from './article-filter.ts';
import { writeLine } from './json-lines.ts';
import { askStoreOrConsole } from './with-app.ts';

export function addSearch(program: Command): void {
  withFilterOptions(
    program.command('search').argument('[words...]', 'all must occur; diacritics may be left out'),
  )
    .description('Find articles; one JSON line each, best match first, else newest first')
    .option('--limit <n>', 'at most this many', '20')
    .option('--offset <n>', 'leave out this many', '0')
    .action(async (words: string[], options: { limit: string; offset: string }) => {
      const { filter, query } = readFilter({
        ...options,
        ...(words.length > 0 ? { text: words.join(' ') } : {}),
      });
      const page = { offset: wholeNumber(options.offset), limit: wholeNumber(options.limit) };
      query.set('offset', String(page.offset));
      query.set('limit', String(page.limit));
      const found = await askStoreOrConsole<ArticlePage>(
        (app) => app.deps.articles.search(filter, page),
        `/api/v1/articles?${query}`,
      );
      for (const article of found.articles) await writeLine(article);
      process.stderr.write(`${found.articles.length} of ${found.total}\n`);
    });
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`Expected a whole number, not ${text}`);
  return Number(text);
}
