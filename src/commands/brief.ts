import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';

import { pressBriefs } from '../../workers/press-briefs.ts';
import type { App } from '../app.ts';
import { given } from '../domain/given.ts';
import type { PressBrief } from '../domain/press-brief.ts';
import { vietnameseDay } from '../domain/time.ts';
import { printedHtml } from '../reports/printed-html.ts';
import { withAppOrConsole } from './with-app.ts';

const FORMATS = ['json', 'docx', 'html', 'pdf'] as const;
type Format = (typeof FORMATS)[number];

interface Options {
  readonly day?: string;
  readonly from?: string;
  readonly to?: string;
  readonly topic?: string;
  readonly province?: string;
  readonly facility?: string;
  readonly by: string;
  readonly format: string;
  readonly lang: string;
  readonly output?: string;
  readonly send?: boolean;
}

/** `nhip-yte brief`: makes the press brief of a period, or takes the one that there is, and writes or mails it. */
export function addBrief(program: Command): void {
  program
    .command('brief')
    .description('The press brief of a morning or of any period, as JSON, DOCX, HTML or PDF')
    .option('--day <day>', 'the morning of this day, YYYY-MM-DD; today where no period is given')
    .option('--from <time>', 'with --to: any period, as in 2026-02-26T07:00+07:00')
    .option('--to <time>')
    .option('--topic <key>', 'only what is about this topic')
    .option('--province <code>', 'only what is about this province')
    .option('--facility <id>', 'only what is about this facility')
    .option('--by <name>', 'who makes it', 'nhip-yte')
    .option('--format <format>', FORMATS.join(', '), 'json')
    .option('--lang <lang>', 'vi or en', 'vi')
    .option('--output <file>', 'where to write it; standard output otherwise')
    .option('--send', 'mail it to the recipients in config/office.yaml; it must be approved')
    .action(async (options: Options) => {
      const format = oneOf(FORMATS, options.format);
      const lang = oneOf(['vi', 'en'] as const, options.lang);
      const asked = requestOf(options);
      const bytes = await withAppOrConsole(
        (app) => fromStore(app, { asked, isSent: options.send === true }, format, lang),
        async (ask) => {
          const made = (await (await ask('/api/v1/briefs', asked)).json()) as PressBrief;
          const path = `/api/v1/briefs/${encodeURIComponent(made.id)}`;
          const { version } = made;
          if (options.send === true) await ask(`${path}/send`, { version, by: options.by });
          const ending = format === 'json' ? '' : `.${format}?lang=${lang}`;
          return new Uint8Array(await (await ask(`${path}${ending}`)).arrayBuffer());
        },
      );
      if (options.output === undefined) process.stdout.write(bytes);
      else await writeFile(options.output, bytes);
    });
}

async function fromStore(
  { deps }: App,
  { asked, isSent }: { asked: ReturnType<typeof requestOf>; isSent: boolean },
  format: Format,
  lang: 'vi' | 'en',
): Promise<Uint8Array> {
  const briefs = pressBriefs(deps);
  const { by, day, from = '', to = '', ...filter } = asked;
  const request =
    day === undefined ? { by, filter, period: { from: iso(from), to: iso(to) } } : { by, filter, day };
  let brief = await briefs.make(request);
  if (isSent) {
    if (briefs.send === undefined)
      throw new Error('SMTP_URL, MAIL_FROM and recipients in office.yaml are needed');
    brief = (await briefs.send({ id: brief.id, version: brief.version, by })) ?? brief;
    process.stderr.write(`${brief.mailing?.state ?? 'not sent'}\n`);
  }
  const document = briefs.printed(brief, lang);
  switch (format) {
    case 'json':
      return Buffer.from(`${JSON.stringify(brief)}\n`);
    case 'docx':
      return deps.writeDocx(document);
    case 'html':
      return Buffer.from(printedHtml(document));
    case 'pdf':
      if (deps.printPdf === undefined) throw new Error('No Chromium was found: set CHROMIUM_PATH');
      return deps.printPdf(printedHtml(document), new AbortController().signal);
  }
}

function requestOf({ by, day, from, to, topic, province, facility }: Options) {
  if ((from === undefined) !== (to === undefined)) throw new Error('--from and --to go together');
  if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day))
    throw new Error(`Expected YYYY-MM-DD, not ${day}`);
  const period = from === undefined ? { day: day ?? vietnameseDay(new Date()) } : { from, to };
  const filter = { topic, province, facility };
  return { by, ...period, ...given(filter) } as {
    by: string;
    day?: string;
    from?: string;
    to?: string;
    topic?: string;
    province?: string;
    facility?: string;
  };
}

function iso(time: string): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) throw new Error(`Expected a time such as 2026-02-26T07:00+07:00, not ${time}`);
  return new Date(ms).toISOString();
}

function oneOf<const T extends string>(known: readonly T[], value: string): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw new Error(`Expected one of ${known.join(', ')}, not ${value}`);
  return found;
}
