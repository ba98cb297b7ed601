import type { Command } from 'commander';

import { addQuery } from './ask-query.ts';

const TABLE = ['--format <format>', 'json with where the numbers come from; csv, jsonl, parquet'] as const;

/** The verbs of the analyst: each is a question of the API, with the same answer. */
export function addQueries(program: Command): void {
  addQuery(program, {
    name: 'trend',
    description: 'Count articles over time and by polarity; one JSON line per bucket',
    path: '/api/v1/trend',
    options: [
      ['--interval <interval>', 'hour, day, week or month, in Vietnamese time', 'day'],
      ['--split <field>', 'count each bucket by the values of this field too'],
      ['--baseline <yes>', 'with what is usual, and which outlets were up', 'no'],
      [...TABLE, 'jsonl'],
    ],
  });
  addQuery(program, {
    name: 'compare',
    description: 'One time against another: volume and share negative, each with an interval',
    path: '/api/v1/compare',
    options: [
      ['--period <period>', '24h, 7d, 30d or 90d, where --from is not given'],
      ['--vs <time>', 'before or year-before', 'before'],
      ['--vsFrom <day>', 'with --vsTo: another time to compare with'],
      ['--vsTo <day>', 'its end'],
      ['--by <field>', 'also for each value of this field: topic, outletId, province, facility…'],
      [...TABLE, 'json'],
    ],
  });
  addQuery(program, {
    name: 'terms',
    description: 'Terms that tell these articles from others',
    path: '/api/v1/terms',
    options: [
      ['--period <period>', '24h, 7d, 30d or 90d, where --from is not given'],
      ['--vs <set>', 'before, year-before, or rest: everything of the same time', 'before'],
      ['--against <search>', 'another search in the same time, instead of --vs'],
      ['--limit <n>', 'at most this many', '30'],
      [...TABLE, 'jsonl'],
    ],
  });
  addQuery(program, {
    name: 'export',
    description: 'Every article of a search as a file, without the texts',
    path: '/api/v1/articles',
    options: [['--format <format>', 'csv, jsonl or parquet', 'csv']],
  });
}
