import type { Command } from 'commander';

import type { ArticleSummary } from '../console/article-summary.ts';
import { withFilterOptions } from './article-filter.ts';
import { queryOf, remoteOf, SEARCH_HELP, withRemote } from './ask-query.ts';
import { writeLine } from './json-lines.ts';
import { askApi } from './with-app.ts';

interface Answer {
  readonly meta: { readonly matched: number };
  readonly articles: readonly ArticleSummary[];
}

export function addSearch(program: Command): void {
  withRemote(withFilterOptions(program.command('search').argument('[words...]', SEARCH_HELP)))
    .description(
      'Find articles; one JSON line each, best match first, else newest first. All of them: export',
    )
    .option('--order <order>', 'rank, newest or oldest')
    .option('--limit <n>', 'at most this many, up to 200', '20')
    .action(async (words: string[], { url, ...options }: { url?: string }) => {
      const path = `/api/v1/articles?${queryOf(words, options)}`;
      const { meta, articles } = await askApi(
        path,
        remoteOf(url),
        async (answer) => (await answer.json()) as Answer,
      );
      for (const article of articles) await writeLine(article);
      process.stderr.write(`${articles.length} of ${meta.matched}\n`);
    });
}
