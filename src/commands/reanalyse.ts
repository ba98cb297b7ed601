import type { Command } from 'commander';

import { type Reanalysis, reanalyseArchive } from '../../workers/reanalyse-archive.ts';
import { readPeriod } from './article-filter.ts';
import { describeBalance } from './ledger.ts';
import { describeFlips } from './lexicon-impact.ts';
import { withApp } from './with-app.ts';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly dryRun?: boolean;
}

export function addReanalyse(program: Command): void {
  program
    .command('reanalyse')
    .description(
      'Judge anew the archived articles that an older lexicon or older topics judged; may be broken off and repeated. ' +
        'What people have corrected stays as they said. Exit 1 if the ledger does not add up afterwards',
    )
    .option('--from <day>', 'first seen on this Vietnamese day or after, YYYY-MM-DD; or an instant, ISO 8601')
    .option('--to <day>', 'first seen on this Vietnamese day or before; or before an instant')
    .option('--dry-run', 'only say what would change')
    .action(async ({ dryRun: isDryRun = false, ...period }: Options) => {
      const { from, to } = readPeriod(period);
      await withApp(async (app) => {
        const total = await app.deps.articles.count({
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        });
        const onProgress = (articles: number) => process.stderr.write(`\r${articles} of ${total} articles`);
        const done = await reanalyseArchive({ from, to }, app.deps, { isDryRun, onProgress });
        process.stderr.write('\n');
        process.stdout.write(describeReanalysis(done, app.deps.language.version, isDryRun));
        if (isDryRun) return;
        const balance = await app.ledgerBalance();
        process.stdout.write(describeBalance(balance));
        if (balance.faults.length > 0) process.exitCode = 1;
      });
    });
}

function describeReanalysis(done: Reanalysis, version: string, isDryRun: boolean): string {
  const { articles, outdated, judged, removed, left } = done;
  return (
    `${articles} articles, ${outdated} of them not yet judged by ${version}\n` +
    `${isDryRun ? 'would be ' : ''}judged anew ${judged}, taken out of the archive ${removed}, left as they were ${left}\n` +
    describeFlips(done.flips)
  );
}
