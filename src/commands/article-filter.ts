import type { Command } from 'commander';
import { z } from 'zod';

import { articleQuery, toFilter } from '../console/article-query.ts';
import { CAUTIONS, POLARITIES } from '../domain/analysis.ts';
import { TIERS } from '../domain/outlet.ts';
import type { ArticleFilter } from '../ports/article-store.ts';

/** Adds the options that narrow a set of articles: the fields that the console has in its addresses. */
export function withFilterOptions(command: Command): Command {
  return command
    .option('--polarity <polarity>', POLARITIES.join(', '))
    .option('--stance <polarity>', 'what is said of the health sector, whatever happened')
    .option('--topic <topic>', 'key of a topic in config/health-topics.yaml')
    .option('--outlet <id>', 'id of an outlet in config/outlets.yaml')
    .option('--tier <tier>', TIERS.join(', '))
    .option('--province <code>', 'code of a province in config/provinces.yaml')
    .option('--facility <id>', 'id of a facility in config/facilities.yaml')
    .option(
      '--series <key>',
      'what it is of: disease:soi, medicine:paracetamol, policy-document:46-2026-nd-cp',
    )
    .option('--caution <kind>', CAUTIONS.join(', '))
    .option('--from <day>', 'first seen on this Vietnamese day or after, YYYY-MM-DD; or an instant, ISO 8601')
    .option('--to <day>', 'first seen on this Vietnamese day or before; or before an instant');
}

/**
 * The filter that words and options name, and the same as a query for the console's API.
 *
 * @throws {Error} naming each option that cannot be used
 */
export function readFilter(
  words: readonly string[],
  options: object,
): { filter: ArticleFilter; query: URLSearchParams } {
  const parsed = articleQuery.safeParse({ ...options, ...(words.length > 0 ? { q: words.join(' ') } : {}) });
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const given = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  return {
    filter: toFilter(parsed.data, new Date(), 'all'),
    query: new URLSearchParams(given as [string, string][]),
  };
}
