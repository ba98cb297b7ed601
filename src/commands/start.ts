import { type Command, InvalidArgumentError } from 'commander';

import { type App, openApp } from '../app.ts';
import { loadConfig } from '../config.ts';
import { type QueueName, STAGES } from '../domain/entry.ts';
import { reachOf } from '../domain/feed-state.ts';
import { DrillRunner } from '../drill-runner.ts';
import { ConfigError } from '../errors.ts';
import { openLog } from '../logger.ts';
import { loadSettings } from '../settings.ts';
import { untilTold } from './until-told.ts';

/** What a process may be told to run: the queues' stages, and the console. */
const PARTS = [
  ...STAGES,
  'attach',
  'revisit',
  'housekeeping',
  'report',
  'console',
] as const satisfies readonly (QueueName | 'console')[];
type Part = (typeof PARTS)[number];

/** How often the terminal is told how polling goes, when there is something to tell. */
const STATUS_EVERY_MS = 30_000;

export function addStart(program: Command): void {
  program
    .command('start')
    .description(
      'Poll the outlets of config/outlets.yaml, judge what they publish, warn, and serve the console',
    )
    .option(
      '--stages <names>',
      `run these parts only, comma-separated, others elsewhere (production): ${PARTS.join(', ')}`,
      parseParts,
    )
    .action(async ({ stages: parts = new Set(PARTS) }: { stages?: ReadonlySet<Part> }) => {
      const config = loadConfig(process.env);
      if (config.profile === 'embedded' && parts.size < PARTS.length) {
        throw new ConfigError([
          {
            file: '--stages',
            expected: 'left out where PROFILE is embedded: one process runs everything there',
          },
        ]);
      }
      const log = openLog({ level: config.logLevel, destination: 1 });
      const stages = new Set(PARTS.filter((part) => part !== 'console').filter((part) => parts.has(part)));
      const settings = loadSettings(config.configDir, new Date());
      const program = [process.execPath, ...process.execArgv, process.argv[1] ?? ''];
      const drills = new DrillRunner(program, () => new Date(), log);
      const app = await openApp(config, settings, log, stages, { drills });
      const told = untilTold();
      try {
        const operations = await app.startOperations();
        if (parts.has('console')) say(`Nhịp Y tế: ${await app.startConsole()}`);
        const webSub = parts.has('console') ? await app.startWebSub() : undefined;
        if (stages.size > 0) await app.startPipeline();
        await app.startWatchdog();
        say(`Vận hành / operations: ${operations}/readyz`);
        if (webSub !== undefined) say(`WebSub: ${webSub}`);
        say(`Chạy / running: ${[...parts].join(', ')}`);
        say(`${app.deps.outlets.size} cơ quan báo chí, ${app.deps.feeds.size} nguồn / outlets, feeds`);
        const status = setInterval(() => {
          reportReach(app).catch((err) => log.error({ err }, 'reach'));
        }, STATUS_EVERY_MS);
        await told;
        clearInterval(status);
        say('Đang dừng / stopping');
      } finally {
        await drills.close();
        await app.close();
      }
    });
}

function parseParts(names: string): ReadonlySet<Part> {
  const parts = new Set<Part>();
  for (const name of names.split(',').map((one) => one.trim())) {
    const part = PARTS.find((known) => known === name);
    if (part === undefined) throw new InvalidArgumentError(`${name} is none of ${PARTS.join(', ')}.`);
    parts.add(part);
  }
  return parts;
}

/** Says plainly that nothing can be reached: an empty console must not look like a quiet day. */
async function reportReach(app: App): Promise<void> {
  const { feeds, feedStates } = app.deps;
  const { state, tried, failures } = reachOf(new Set(feeds.keys()), await feedStates.all());
  if (state !== 'none') return;
  const reasons = failures.map(({ reason, feeds: count }) => `${reason} ${count}`).join(', ');
  say(
    `Chưa kết nối được nguồn báo nào (${tried} nguồn đã thử; ${reasons}). Vẫn tiếp tục thử. / ` +
      `No outlet can be reached (${tried} feeds tried). Still trying.`,
  );
}

/** For the person at the terminal: standard error, so that the log on standard output stays one record per line. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
