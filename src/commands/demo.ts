import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Command } from 'commander';
import pino from 'pino';

import { loadConfig } from '../config.ts';
import { type DemoProgress, type DemoSummary, startDemo } from '../demo.ts';
import { loadSettings } from '../settings.ts';
import { describeBalance } from './ledger.ts';
import { untilTold } from './until-told.ts';

/** Progress lines on the terminal, not more often than this. */
const SAY_EVERY_MS = 5000;

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'Crawl a newsroom simulator on loopback: eight weeks of archive, a crisis, and three false friends',
    )
    .option('--once', 'end with a summary when the script is over; exit 1 if the ledger does not add up')
    .action(async ({ once = false }: { once?: boolean }) => {
      const config = loadConfig(process.env);
      mkdirSync(config.dataDir, { recursive: true });
      const logFile = join(config.dataDir, 'demo.log');
      const log = pino(
        { level: config.logLevel, base: null },
        pino.destination({ dest: logFile, append: false }),
      );
      say(`Nhịp Y tế, bản trình diễn / demo. Nhật ký / log: ${logFile}`);
      say('Nạp tám tuần lưu trữ … / importing eight weeks of archive …');
      const demo = await startDemo(config, loadSettings(config.configDir, new Date()), log, say);
      const told = untilTold();
      try {
        say(`Bảng theo dõi / console: ${demo.consoleUrl}`);
        const finished = demo.finish(progressReporter());
        const summary = await Promise.race([finished, told]);
        if (summary === undefined) return;
        say(describeSummary(summary));
        if (summary.faults.length > 0) process.exitCode = 1;
        if (once) return;
        say(`Bảng theo dõi vẫn mở / the console stays open: ${demo.consoleUrl} (Ctrl+C)`);
        await told;
      } finally {
        await demo.close();
      }
    });
}

function progressReporter(): (progress: DemoProgress) => void {
  let saidAt = Number.NEGATIVE_INFINITY;
  let incidents = 0;
  return (progress) => {
    const isNews = progress.incidents.length > incidents;
    incidents = progress.incidents.length;
    if (isNews) say(`!! ${progress.incidents[0]?.title ?? ''}`);
    if (progress.elapsedMs - saidAt < SAY_EVERY_MS) return;
    saidAt = progress.elapsedMs;
    const seconds = String(Math.round(progress.elapsedMs / 1000)).padStart(3);
    say(
      `${seconds} s  đã đăng/published ${progress.published}  tìm được/searchable ${progress.searchable}` +
        `  đang xử lý/pending ${progress.pending}  sự cố/incidents ${progress.incidents.length}`,
    );
  };
}

function describeSummary(summary: DemoSummary): string {
  const { balance, archived, published, searchable, incidents, durationsMs, delaysMs, faults } = summary;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const kinds = Object.entries(published).map(
    ([kind, count]) => `${kind} ${searchable[kind as keyof typeof searchable]}/${count}`,
  );
  return [
    '',
    `Lưu trữ / archive: ${archived} bài trong ${seconds(durationsMs.import)}`,
    `Thu thập / crawl: ${seconds(durationsMs.crawl)}`,
    `Tìm được trên đã đăng / searchable of published: ${kinds.join(', ')}`,
    `Từ lúc đăng đến lúc tìm được / publication → searchable: p50 ${seconds(quantile(delaysMs, 0.5))}, ` +
      `p95 ${seconds(quantile(delaysMs, 0.95))}; báo toàn quốc / central, ministry, national: ` +
      `p95 ${seconds(quantile(summary.firstTierDelaysMs, 0.95))}`,
    `Từ bài quyết định đến khi trao cho kênh / deciding article searchable → handed to channel: ` +
      `p50 ${quantile(summary.noticeDelaysMs, 0.5)} ms, max ${quantile(summary.noticeDelaysMs, 1)} ms ` +
      `(n = ${summary.noticeDelaysMs.length})`,
    describeBalance(balance).trimEnd(),
    ...incidents.map(
      ({ incident, kinds: behind }) => `Sự cố / incident: ${incident.title} [${behind.join(', ')}]`,
    ),
    ...(durationsMs.firstIncident === undefined
      ? []
      : [`Sự cố đầu tiên sau / first incident after: ${seconds(durationsMs.firstIncident)}`]),
    ...faults.map((fault) => `FAULT: ${fault}`),
  ].join('\n');
}

/** @param sorted  ascending */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

/** For the person at the terminal. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
