import type { Command } from 'commander';
import { z } from 'zod';

import { POLARITIES } from '../domain/analysis.ts';
import { TIERS } from '../domain/outlet.ts';
import type { ArticleFilter } from '../ports/article-store.ts';

const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'an ISO 8601 time or day');

const filter = z.object({
  text: z.string().optional(),
  polarity: z.enum(POLARITIES).optional(),
  topic: z.string().optional(),
  outlet: z.string().optional(),
  tier: z.enum(TIERS).optional(),
  province: z.string().optional(),
  facility: z.string().optional(),
  from: time.optional(),
  to: time.optional(),
});

/** Adds the options that narrow a set of articles. */
export function withFilterOptions(command: Command): Command {
  return command
    .option('--polarity <polarity>', POLARITIES.join(', '))
    .option('--topic <topic>', 'key of a topic in config/health-topics.yaml')
    .option('--outlet <id>', 'id of an outlet in config/outlets.yaml')
    .option('--tier <tier>', TIERS.join(', '))
    .option('--province <code>', 'code of a province in config/provinces.yaml')
    .option('--facility <id>', 'id of a facility in config/facilities.yaml')
    .option('--from <time>', 'first seen at or after, ISO 8601')
    .option('--to <time>', 'first seen before, ISO 8601');
}

/**
 * The filter that the options name, and the same as a query for the console's API.
 *
 * @throws {Error} naming each option that cannot be used
 */
export function readFilter(options: unknown): { filter: ArticleFilter; query: URLSearchParams } {
  const parsed = filter.safeParse(options);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { outlet, ...rest } = parsed.data;
  const entries = Object.entries(parsed.data).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const defined = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    filter: { ...defined, ...(outlet === undefined ? {} : { outletId: outlet }) },
    query: new URLSearchParams(entries as [string, string][]),
  };
}
