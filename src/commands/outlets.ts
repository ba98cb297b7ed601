import type { Command } from 'commander';

import { type OutletReport, outletReports } from '../console/outlet-report.ts';
import { askStoreOrConsole } from './with-app.ts';

export function addOutlets(program: Command): void {
  program
    .command('outlets')
    .description(
      'Print what is known of each outlet: feeds that work, entries and articles, silence, clock, coverage, selectors',
    )
    .option('--json', 'as one JSON object')
    .action(async ({ json }: { json?: boolean }) => {
      const answer = await askStoreOrConsole<{ outlets: OutletReport[] }>(
        async (app) => ({ outlets: await outletReports(app.deps) }),
        '/api/v1/outlets',
      );
      process.stdout.write(
        json ? `${JSON.stringify(answer)}\n` : answer.outlets.map(describeOutlet).join(''),
      );
    });
}

/** One line, and one more for each selector that has failed. */
export function describeOutlet(report: OutletReport): string {
  const { outletId, tier, feeds, entries, articles, silence, rot } = report;
  const facts = [
    `${outletId} (${tier})`,
    `feeds ${feeds.working}/${feeds.configured}`,
    `entries ${entries.day}/${entries.week}`,
    `articles ${articles.day}/${articles.week}`,
    ...clockFacts(report),
    ...coverageFacts(report),
    ...(silence === undefined ? [] : [`SILENT since ${silence.sinceAt}`]),
  ];
  const notices = rot.map(({ part, openedAt }) => `  SELECTOR ROT: ${part} since ${openedAt}`);
  return `${[facts.join('  '), ...notices].join('\n')}\n`;
}

function clockFacts({ clocks }: OutletReport): string[] {
  return clocks
    .filter(({ behindMinutes }) => behindMinutes !== 0)
    .map(({ source, behindMinutes, samples }) => {
      const by = `${Math.abs(behindMinutes)} min ${behindMinutes > 0 ? 'early' : 'late'}`;
      return `clock of ${source} ${by} (${samples} entries)`;
    });
}

function coverageFacts({ coverage }: OutletReport): string[] {
  const last = coverage.at(-1);
  if (last === undefined) return [];
  const { found, health, reason = 'nothing listed' } = last;
  if (found === undefined) return [`coverage ${last.day} ${reason}`];
  const ofHealth = health === undefined ? '' : `, health ${Math.round(health * 100)} %`;
  return [`coverage ${last.day} ${Math.round(found * 100)} %${ofHealth}`];
}
