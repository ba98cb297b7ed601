import { type Command, InvalidArgumentError, Option } from 'commander';

import { loadConfig } from '../config.ts';
import { type DrillReport, type DrillStep, runDrill } from '../drill.ts';
import { openLog } from '../logger.ts';
import { loadSettings } from '../settings.ts';
import { untilTold } from './until-told.ts';

interface Options {
  readonly channels: 'real' | 'log';
  readonly facility?: string;
  readonly wait: number;
  readonly port: number;
  readonly url?: string;
}

export function addDrill(program: Command): void {
  program
    .command('drill')
    .description(
      'Send a marked synthetic crisis from crawl to phone, by the office’s own rules, rota and channels, on data of its ' +
        'own that are removed afterwards; exit 1 if a step failed or took too long',
    )
    .addOption(
      new Option(
        '--channels <which>',
        'real: officers are told, each message marked as a drill; log: nobody is',
      )
        .choices(['real', 'log'])
        .default('log'),
    )
    .option(
      '--facility <id>',
      'where the crisis happens: a facility of config/facilities.yaml; an invented one if left out',
    )
    .option('--wait <minutes>', 'wait so long for an officer to acknowledge', wholeNumber, 0)
    .option(
      '--port <number>',
      'port of the drill’s own console while it waits; 0 takes any free one',
      wholeNumber,
      0,
    )
    .option(
      '--url <address>',
      'address under which officers reach that console, for the links in the messages',
    )
    .action(async ({ channels, facility, wait, port, url }: Options) => {
      const config = loadConfig(process.env);
      const settings = loadSettings(config.configDir, new Date());
      const log = openLog({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, destination: 2 });
      const cut = new AbortController();
      void untilTold().then(() => cut.abort());
      say('DIỄN TẬP / DRILL: nạp lưu trữ … / importing an archive …');
      const drill = {
        channels,
        waitMs: wait * 60_000,
        console: { port, ...(url === undefined ? {} : { url }) },
        ...(facility === undefined ? {} : { facility }),
      };
      const report = await runDrill(config, settings, log, drill, { say, cut: cut.signal });
      say(describe(report));
      if (report.faults.length > 0) process.exitCode = 1;
    });
}

const STEP_NAMES: Readonly<Record<string, string>> = {
  found: 'Tìm thấy sau khi đăng / published → found',
  searchable: 'Tìm được trong kho / published → searchable',
  fetched: 'Tải trang / found → fetched',
  extracted: 'Trích nội dung / → extracted',
  analysed: 'Phân tích / → analysed',
  indexed: 'Vào kho đầy đủ / → indexed',
  judged: 'Xét cảnh báo / → judged',
  'incident opened': 'Mở sự cố / deciding article → incident',
  'handed to channel': 'Trao cho kênh / deciding article → channel',
  acknowledged: 'Có người nhận / → acknowledged',
};

function describe({ steps, incidents, notifications, faults }: DrillReport): string {
  const width = Math.max(...Object.values(STEP_NAMES).map((name) => name.length));
  return [
    '',
    `${'Bước / step'.padEnd(width)}  ${['n', 'p50', 'max', 'bound'].map((head) => head.padStart(9)).join('')}`,
    ...steps.map((step) => `${(STEP_NAMES[step.name] ?? step.name).padEnd(width)}  ${figures(step)}`),
    '',
    ...incidents.map(({ severity, title }) => `Sự cố / incident: [${severity}] ${title}`),
    ...notifications.map(
      ({ step, channel, officerId, status, error }) =>
        `Thông báo / notification: ${step} → ${officerId ?? '-'} (${channel}): ${status}${error === undefined ? '' : `, ${error}`}`,
    ),
    ...faults.map((fault) => `FAULT: ${fault}`),
    faults.length === 0 ? 'Đạt / passed' : 'Chưa đạt / failed',
  ].join('\n');
}

function figures({ count, of, p50Ms, maxMs, boundMs }: DrillStep): string {
  const cells = [
    `${count}/${of}`,
    seconds(p50Ms),
    seconds(maxMs),
    boundMs === undefined ? '' : seconds(boundMs),
  ];
  return cells.map((cell) => cell.padStart(9)).join('');
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function wholeNumber(value: string): number {
  if (/^\d{1,5}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('a whole number');
}

/** For the person at the terminal. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
