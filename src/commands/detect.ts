import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';

import { loadConfig } from '../config.ts';
import { parseAlertRules } from '../detection/alert-rules-file.ts';
import { detectStream, falseBulletinsPerYear } from '../detection/stream/detect-stream.ts';
import { type Observation, readObservation } from '../detection/stream/observation.ts';
import { readLines, writeLine } from './json-lines.ts';

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
      for await (const alert of alerts) await writeLine(alert);
    });
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
