import type { Command } from 'commander';

import type { LedgerBalance } from '../domain/ledger.ts';
import { askStoreOrConsole } from './with-app.ts';

export function addLedger(program: Command): void {
  program
    .command('ledger')
    .description(
      'Print found = indexed + duplicate + irrelevant + failed(reason) + pending; exit 1 if it does not add up',
    )
    .option('--json', 'as one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const balance = await askStoreOrConsole((app) => app.ledgerBalance(), '/api/v1/ledger');
      process.stdout.write(json ? `${JSON.stringify(balance)}\n` : describeBalance(balance));
      if (balance.faults.length > 0) process.exitCode = 1;
    });
}

/** The account in two lines and one per fault. */
export function describeBalance(balance: LedgerBalance): string {
  const failed = Object.entries(balance.failed);
  const failedTotal = failed.reduce((total, [, count]) => total + count, 0);
  const reasons = failed.map(([reason, count]) => `${reason} ${count}`).join(', ');
  const account =
    `found ${balance.found} = indexed ${balance.indexed} + duplicate ${balance.duplicate}` +
    ` + irrelevant ${balance.irrelevant} + failed ${failedTotal}${reasons === '' ? '' : ` (${reasons})`}` +
    ` + pending ${balance.pending}`;
  const verdict =
    balance.faults.length === 0 ? ['adds up'] : balance.faults.map((fault) => `FAULT: ${fault}`);
  return `${[account, ...verdict].join('\n')}\n`;
}
