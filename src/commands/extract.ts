import type { Command } from 'commander';
import { z } from 'zod';

import { onOutletClock } from '../domain/published-at.ts';
import { readArticlePage } from '../reading/article-page.ts';
import { readInputFile } from './input-file.ts';
import { answerLines } from './json-lines.ts';

const input = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  path: z.string(),
  url: z
    .string()
    .nullish()
    .transform((url) => url || 'http://localhost/'),
});

export function addExtract(program: Command): void {
  program
    .command('extract')
    .description(
      'Read articles out of pages. Reads {id, path, url} per line on standard input (HTML files, also .gz); writes ' +
        '{id, title, summary, body, author, publishedAt, section, image, canonicalUrl, language, reason?} per line',
    )
    .action(async () => {
      const failures = await answerLines(async (value) => {
        const { id, path, url } = input.parse(value);
        const reading = readArticlePage(await readInputFile(path), { url });
        if (!reading.ok) return { id, reason: reading.reason };
        const { publishedAt, ...text } = reading.text;
        return {
          id,
          ...text,
          ...(publishedAt === undefined
            ? {}
            : { publishedAt: onOutletClock(publishedAt), publishedAtSource: publishedAt.source }),
        };
      });
      if (failures > 0) process.exitCode = 1;
    });
}
