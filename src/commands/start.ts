import type { Command } from 'commander';

import { type App, openApp } from '../app.ts';
import { loadConfig } from '../config.ts';
import { summarizeFeeds } from '../domain/feed-state.ts';
import { openLog } from '../logger.ts';
import { loadSettings } from '../settings.ts';
import { untilTold } from './until-told.ts';

/** How often the terminal is told how polling goes, when there is something to tell. */
const STATUS_EVERY_MS = 30_000;

export function addStart(program: Command): void {
  program
    .command('start')
    .description(
      'Poll the outlets of config/outlets.yaml, judge what they publish, warn, and serve the console',
    )
    .action(async () => {
      const config = loadConfig(process.env);
      const log = openLog({ level: config.logLevel, destination: 1 });
      const app = await openApp(config, loadSettings(config.configDir, new Date()), log);
      const told = untilTold();
      try {
        const url = await app.startConsole();
        await app.startPipeline();
        say(`Nhịp Y tế: ${url}`);
        say(`${app.deps.outlets.size} cơ quan báo chí, ${app.deps.feeds.size} nguồn / outlets, feeds`);
        const status = setInterval(() => {
          reportReach(app).catch((err) => log.error({ err }, 'reach'));
        }, STATUS_EVERY_MS);
        await told;
        clearInterval(status);
        say('Đang dừng / stopping');
      } finally {
        await app.close();
      }
    });
}

/** Says plainly that nothing can be reached: an empty console must not look like a quiet day. */
async function reportReach(app: App): Promise<void> {
  const { polled, reached, reasons } = summarizeFeeds(await app.deps.feedStates.all());
  if (polled === 0 || reached > 0) return;
  say(
    `Chưa kết nối được nguồn báo nào (${polled} nguồn đã thử; ${reasons}). Vẫn tiếp tục thử. / ` +
      `No outlet can be reached (${polled} feeds tried). Still trying.`,
  );
}

/** For the person at the terminal: standard error, so that the log on standard output stays one record per line. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
