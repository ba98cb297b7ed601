import type { Command } from 'commander';
import { z } from 'zod';

import { readFeed } from '../reading/feed.ts';
import { readInputFile } from './input-file.ts';
import { answerLines } from './json-lines.ts';

const input = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  path: z.string(),
  url: z.string().nullish(),
});

export function addReadFeed(program: Command): void {
  program
    .command('read-feed')
    .description(
      'Read feeds. Reads {id, path, url?} per line on standard input (bytes as served); writes {id, format, title, ' +
        'link, entries: [{id, url, title, summary, author, publishedAt}], error?} per line',
    )
    .action(async () => {
      const failures = await answerLines(async (value) => {
        const { id, path, url } = input.parse(value);
        const reading = readFeed(await readInputFile(path), url ? { url } : {});
        const { format, title, link, entries, error } = reading;
        return {
          id,
          format,
          title,
          link,
          entries: entries.map((entry) => ({
            id: entry.id,
            url: entry.url,
            title: entry.title,
            summary: entry.summary,
            author: entry.author,
            publishedAt: entry.publishedAt?.at,
          })),
          ...(error === undefined ? {} : { error }),
        };
      });
      if (failures > 0) process.exitCode = 1;
    });
}
