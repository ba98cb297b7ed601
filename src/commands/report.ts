import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';

import { monthlyReports } from '../../workers/monthly-reports.ts';
import { monthlyCsv } from '../reports/monthly-csv.ts';
import { printedHtml } from '../reports/printed-html.ts';
import { withAppOrConsole } from './with-app.ts';

const FORMATS = ['json', 'csv', 'docx', 'html', 'pdf'] as const;

interface Options {
  readonly month: string;
  readonly format: string;
  readonly lang: string;
  readonly output?: string;
}

/** `nhip-yte report`: the report of a month, counted now. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('The report of a month, as JSON, CSV, DOCX, HTML or PDF')
    .requiredOption('--month <month>', 'YYYY-MM')
    .option('--format <format>', FORMATS.join(', '), 'json')
    .option('--lang <lang>', 'vi or en', 'vi')
    .option('--output <file>', 'where to write it; standard output otherwise')
    .action(async ({ month, format: asked, lang: said, output }: Options) => {
      if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) throw new Error(`Expected YYYY-MM, not ${month}`);
      const format = FORMATS.find((one) => one === asked);
      if (format === undefined) throw new Error(`Expected one of ${FORMATS.join(', ')}, not ${asked}`);
      if (said !== 'vi' && said !== 'en') throw new Error(`Expected vi or en, not ${said}`);
      const bytes = await withAppOrConsole(
        async ({ deps }) => {
          const reports = monthlyReports(deps);
          const made = await reports.make(month);
          if (format === 'json') return Buffer.from(`${JSON.stringify(made)}\n`);
          if (format === 'csv') return Buffer.from(monthlyCsv(made.report));
          const document = reports.printed(made.report, said);
          if (format === 'docx') return deps.writeDocx(document);
          if (format === 'html') return Buffer.from(printedHtml(document));
          if (deps.printPdf === undefined) throw new Error('No Chromium was found: set CHROMIUM_PATH');
          return deps.printPdf(printedHtml(document), new AbortController().signal);
        },
        async (ask) =>
          new Uint8Array(await (await ask(`/api/v1/reports/${month}.${format}?lang=${said}`)).arrayBuffer()),
      );
      if (output === undefined) process.stdout.write(bytes);
      else await writeFile(output, bytes);
    });
}
