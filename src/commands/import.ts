import type { Command } from 'commander';

import { importArchive } from '../import-archive.ts';
import { openLog } from '../logger.ts';
import { readLines } from './json-lines.ts';
import { describeBalance } from './ledger.ts';
import { withApp } from './with-app.ts';

/** Rejected lines shown one by one; the rest is only counted. */
const SHOWN = 20;

export function addImport(program: Command): void {
  program
    .command('import')
    .argument('<file>', 'JSON Lines, also .gz; - for standard input')
    .description(
      'Bring in archived articles {url, title, summary?, body?, publishedAt?, fetchedAt?, outlet?, section?}; they ' +
        'count in baselines and never alarm',
    )
    .action(async (file: string) => {
      await withApp(async (app, config) => {
        const log = openLog({ level: 'warn', destination: 2 });
        const isShared = config.profile === 'production';
        const summary = await importArchive(
          records(file),
          app.deps,
          log,
          (lines) => process.stderr.write(`\r${lines} lines`),
          // Where others may be indexing, two that join stories at once would contradict each other.
          isShared ? (jobs) => app.queues.add(jobs) : undefined,
        );
        process.stderr.write('\n');
        for (const { line, reason } of summary.rejected.slice(0, SHOWN)) {
          process.stderr.write(`line ${line}: ${reason}\n`);
        }
        process.stdout.write(
          `${summary.lines} lines: ${summary.added} new, ${summary.known} known, ${summary.rejected.length} rejected\n`,
        );
        if (isShared) {
          process.stdout.write('What is pending waits in the queues for the analyse and index workers.\n');
        }
        const balance = await app.ledgerBalance();
        process.stdout.write(describeBalance(balance));
        if (summary.rejected.length > 0 || balance.faults.length > 0) process.exitCode = 1;
      });
    });
}

async function* records(file: string): AsyncGenerator<unknown> {
  for await (const line of readLines(file)) yield 'error' in line ? new Error(line.error) : line.value;
}
