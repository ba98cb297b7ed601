import type { Command } from 'commander';

import { writeLine } from './json-lines.ts';
import { askStoreOrConsole } from './with-app.ts';

export function addQuarantine(program: Command): void {
  const quarantine = program
    .command('quarantine')
    .description('Jobs that can no longer succeed as they stand');
  quarantine
    .command('list')
    .description('One JSON line per job: stage, key, payload, reason, attempts, failedAt')
    .action(async () => {
      const { jobs } = await askStoreOrConsole(
        async (app) => ({ jobs: await app.queues.quarantined() }),
        '/api/v1/quarantine',
      );
      for (const job of jobs) await writeLine(job);
    });
  quarantine
    .command('replay')
    .description('Put jobs back to work: all, those of one stage, or one by its key')
    .option('--stage <stage>', 'only this stage')
    .option('--key <key>', 'only the job with this key')
    .action(async ({ stage, key }: { stage?: string; key?: string }) => {
      const { replayed } = await askStoreOrConsole(
        async (app) => ({ replayed: await app.replay(stage, key) }),
        '/api/v1/quarantine/replay',
        { stage, key },
      );
      process.stdout.write(`${replayed} jobs put back to work\n`);
    });
}
