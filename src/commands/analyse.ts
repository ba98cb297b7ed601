import type { Command } from 'commander';
import { z } from 'zod';

import { loadConfig } from '../config.ts';
import { loadLanguageOf } from '../settings.ts';
import { answerLines } from './json-lines.ts';

const input = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  title: z.string(),
  summary: z.string().nullish(),
  body: z.string().nullish(),
});

export function addAnalyse(program: Command): void {
  program
    .command('analyse')
    .description(
      'Judge texts. Reads {id?, title, summary?, body?} per line on standard input; writes {id, relevance, ' +
        'sentiment (both axes; evidence with who says it and at whom it is aimed), topics, mentions, caseCounts, cautions} per line',
    )
    .action(async () => {
      const language = loadLanguageOf(loadConfig(process.env).configDir);
      const failures = await answerLines((value) => {
        const { id, title, summary, body } = input.parse(value);
        const text = { title, summary: summary ?? '', body: body ?? '' };
        const analysis = language.analyse(text, { fromHealthFeed: false });
        const { relevance, sentiment, topics, mentions, caseCounts, cautions } = analysis;
        return { id, relevance, sentiment, topics, mentions, caseCounts, cautions };
      });
      if (failures > 0) process.exitCode = 1;
    });
}
