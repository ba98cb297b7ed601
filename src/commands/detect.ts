import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';

import { loadConfig } from '../config.ts';
import { parseAlertRules } from '../detection/alert-rules-file.ts';
import { detectStream, falseBulletinsPerYear, type StreamAlert } from '../detection/stream/detect-stream.ts';
import { type Observation, readObservation } from '../detection/stream/observation.ts';
import { readLines, writeLine } from './json-lines.ts';

const BATCH_CHARACTERS = 64 * 1024;

export function addDetect(program: Command): void {
  program
    .command('detect')
    .description(
      'Judge a stream of counted articles. Reads observations {type: article | outage | calendar, at, …} per line ' +
        'in time order on standard input; writes one alert per line',
    )
    .option('--rules <file>', 'alert rules; their expected false pages a week set the threshold')
    .option(
      '--all-scores',
      'write {at, series, score} for every evaluation above the floor instead of alerts',
    )
    .action(async (options: { rules?: string; allScores?: boolean }) => {
      const file = options.rules ?? join(loadConfig(process.env).configDir, 'alert-rules.yaml');
      const rules = parseAlertRules(readFileSync(file, 'utf8'), file);
      const alerts = detectStream(observations(), {
        falseBulletinsPerYear: falseBulletinsPerYear(rules),
        allScores: options.allScores === true,
      });
      await (options.allScores === true ? writeInBatches(alerts) : writeEach(alerts));
    });
}

/** An alert is printed when it is known, not when a buffer is full. */
async function writeEach(alerts: AsyncIterable<StreamAlert>): Promise<void> {
  for await (const alert of alerts) await writeLine(alert);
}

/** Scores come by the million: one write each would take longer than judging them. */
async function writeInBatches(alerts: AsyncIterable<StreamAlert>): Promise<void> {
  let batch = '';
  const flush = async () => {
    if (!process.stdout.write(batch)) await once(process.stdout, 'drain');
    batch = '';
  };
  for await (const alert of alerts) {
    batch += `${JSON.stringify(alert)}\n`;
    if (batch.length > BATCH_CHARACTERS) await flush();
  }
  await flush();
}

/** Lines that are no observations are told of on standard error and passed over. */
async function* observations(): AsyncGenerator<Observation> {
  for await (const line of readLines()) {
    try {
      if ('error' in line) throw new Error(line.error);
      yield readObservation(line.value);
    } catch (error) {
      process.stderr.write(`line ${line.number}: ${(error as Error).message}\n`);
      process.exitCode = 1;
    }
  }
}
