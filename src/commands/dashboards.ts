import { writeFileSync } from 'node:fs';

import { type Command, InvalidArgumentError } from 'commander';

import { bringDashboards, dashboardsNdjson } from '../bring-dashboards.ts';
import { type Config, loadConfig } from '../config.ts';
import { StoreUnavailableError } from '../errors.ts';

/** Between two looks whether Kibana is ready. */
const LOOK_EVERY_MS = 3000;

export function addDashboards(program: Command): void {
  const dashboards = program.command('dashboards').description('The Kibana dashboards of this configuration');

  dashboards
    .command('export')
    .argument('[file]', 'where to write it; standard output if left out')
    .description('Write the saved objects (NDJSON) that `import` would send, for importing by hand')
    .action((file?: string) => {
      const ndjson = dashboardsNdjson(loadConfig(process.env));
      if (file === undefined) process.stdout.write(ndjson);
      else writeFileSync(file, ndjson);
    });

  dashboards
    .command('import')
    .option('--wait <seconds>', 'how long to wait for a Kibana that is starting', seconds, 0)
    .description('Bring the dashboards into the Kibana at KIBANA_URL, replacing earlier ones of the same ids')
    .action(async ({ wait }: { wait: number }) => {
      const { imported, replaced, failures } = await onceReady(loadConfig(process.env), wait * 1000);
      process.stdout.write(`${imported} objects imported, ${replaced} of them replaced\n`);
      for (const { type, id, reason } of failures) {
        process.stderr.write(`not imported: ${type} ${id}: ${reason}\n`);
      }
      if (failures.length > 0) process.exitCode = 1;
    });
}

async function onceReady(config: Config, waitMs: number): ReturnType<typeof bringDashboards> {
  const until = Date.now() + waitMs;
  for (;;) {
    try {
      return await bringDashboards(config);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || Date.now() + LOOK_EVERY_MS > until) throw error;
      process.stderr.write(`${error.reason}; trying again\n`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

function seconds(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('Expected whole seconds, at most 9999.');
  return Number(text);
}
