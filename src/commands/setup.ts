import { type Command, InvalidArgumentError } from 'commander';

import { loadConfig } from '../config.ts';
import { setUpElasticsearch } from '../set-up-elasticsearch.ts';

export function addSetup(program: Command): void {
  program
    .command('setup')
    .option('--wait <seconds>', 'how long to wait for an Elasticsearch that is starting', seconds, 120)
    .description(
      'Make Elasticsearch ready: check it, bring templates and indices up to date; safe to run again',
    )
    .action(async ({ wait }: { wait: number }) => {
      await setUpElasticsearch(
        loadConfig(process.env),
        (line) => process.stdout.write(`${line}\n`),
        wait * 1000,
      );
    });
}

function seconds(value: string): number {
  if (/^\d{1,5}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('a whole number of seconds');
}
