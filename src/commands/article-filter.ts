import type { Command } from 'commander';
import { z } from 'zod';

import { type ArticleQuery, articleQuery, toFilter } from '../console/article-query.ts';
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
 * When something is to have been first seen, as options name it.
 *
 * @throws {Error} naming each option that cannot be used
 */
export function readPeriod(options: object): Pick<ArticleFilter, 'from' | 'to'> {
  const parsed = articleQuery.pick({ from: true, to: true }).safeParse(options);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return toFilter(parsed.data as ArticleQuery, new Date(), 'all');
}
