import type { Command } from 'commander';

import type { TrendBucket } from '../ports/article-store.ts';
import { readFilter, withFilterOptions } from './article-filter.ts';
import { writeLine } from './json-lines.ts';
import { askStoreOrConsole } from './with-app.ts';

export function addTrend(program: Command): void {
  withFilterOptions(
    program.command('trend').argument('[words...]', 'all must occur; diacritics may be left out'),
  )
    .description('Count articles by day or hour in Vietnamese time and by polarity; one JSON line per bucket')
    .option('--by <interval>', 'day or hour', 'day')
    .action(async (words: string[], { by, ...options }: { by: string }) => {
      if (by !== 'day' && by !== 'hour') throw new Error(`--by is day or hour, not ${by}`);
      const { filter, query } = readFilter(words, options);
      query.set('interval', by);
      const { buckets } = await askStoreOrConsole<{ buckets: TrendBucket[] }>(
        async (app) => ({ buckets: await app.deps.articles.trend(filter, by) }),
        `/api/v1/trend?${query}`,
      );
      for (const bucket of buckets) await writeLine(bucket);
    });
}
