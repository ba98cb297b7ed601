#!/usr/bin/env node
/** The command line. Each verb is one file under `commands/`; this one only names them. */
import { Command, CommanderError } from 'commander';

import { addAccounts } from './commands/accounts.ts';
import { addAnalyse } from './commands/analyse.ts';
import { addBacktest } from './commands/backtest.ts';
import { addBrief } from './commands/brief.ts';
import { addCampaign, addPolicy } from './commands/campaign.ts';
import { addCheckConfig } from './commands/check-config.ts';
import { addCopy } from './commands/copy.ts';
import { addCorrections } from './commands/corrections.ts';
import { addDashboards } from './commands/dashboards.ts';
import { addDemo } from './commands/demo.ts';
import { addDetect } from './commands/detect.ts';
import { addDiscover } from './commands/discover.ts';
import { addDrill } from './commands/drill.ts';
import { addExtract } from './commands/extract.ts';
import { addFeeds } from './commands/feeds.ts';
import { addImport } from './commands/import.ts';
import { addIncidents } from './commands/incidents.ts';
import { addLedger } from './commands/ledger.ts';
import { addLexicon } from './commands/lexicon.ts';
import { addNotifyTest } from './commands/notify-test.ts';
import { addOnCall } from './commands/on-call.ts';
import { addOutlets } from './commands/outlets.ts';
import { addQuarantine } from './commands/quarantine.ts';
import { addQueries } from './commands/queries.ts';
import { addReadFeed } from './commands/read-feed.ts';
import { addReanalyse } from './commands/reanalyse.ts';
import { addReport } from './commands/report.ts';
import { addRevisions } from './commands/revisions.ts';
import { addSearch } from './commands/search.ts';
import { addSetup } from './commands/setup.ts';
import { addStart } from './commands/start.ts';
import { ConfigError } from './errors.ts';
import { VERSION } from './version.ts';

/** Exit codes: 0 all is well, 1 the answer is no (a ledger that does not add up), 2 it was asked wrongly. */
const EXIT_MISUSE = 2;

const program = new Command('nhip-yte')
  .description(
    'Listens to the Vietnamese press about the health sector and warns before a story becomes a crisis',
  )
  .version(VERSION)
  .showHelpAfterError()
  .exitOverride();

for (const add of [
  addStart,
  addAccounts,
  addDemo,
  addDrill,
  addBacktest,
  addBrief,
  addCampaign,
  addPolicy,
  addDetect,
  addDiscover,
  addCheckConfig,
  addFeeds,
  addLedger,
  addOnCall,
  addOutlets,
  addNotifyTest,
  addQuarantine,
  addImport,
  addIncidents,
  addSetup,
  addCopy,
  addSearch,
  addReport,
  addRevisions,
  addCorrections,
  addQueries,
  addAnalyse,
  addReanalyse,
  addLexicon,
  addExtract,
  addReadFeed,
  addDashboards,
]) {
  add(program);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT_MISUSE;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof ConfigError ? EXIT_MISUSE : 1;
  }
}
