import type { Command } from 'commander';

import { type ArticleSummary, articleSummary } from '../console/article-summary.ts';
import { readFilter, withFilterOptions } from './article-filter.ts';
import { writeLine } from './json-lines.ts';
import { askStoreOrConsole } from './with-app.ts';

export function addSearch(program: Command): void {
  withFilterOptions(
    program.command('search').argument('[words...]', 'all must occur; diacritics may be left out'),
  )
    .description('Find articles; one JSON line each, best match first, else newest first')
    .option('--limit <n>', 'at most this many, up to 200', '20')
    .option('--offset <n>', 'leave out this many', '0')
    .action(async (words: string[], { limit, offset, ...options }: { limit: string; offset: string }) => {
      const { filter, query } = readFilter(words, options);
      const page = { offset: wholeNumber(offset), limit: wholeNumber(limit) };
      query.set('offset', String(page.offset));
      query.set('limit', String(page.limit));
      const { total, articles } = await askStoreOrConsole<{ total: number; articles: ArticleSummary[] }>(
        async ({ deps }) => {
          const found = await deps.articles.search(filter, page);
          return { total: found.total, articles: found.articles.map(articleSummary) };
        },
        `/api/v1/articles?${query}`,
      );
      for (const article of articles) await writeLine(article);
      process.stderr.write(`${articles.length} of ${total}\n`);
    });
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`Expected a whole number, not ${text}`);
  return Number(text);
}
