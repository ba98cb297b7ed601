import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Command, Option } from 'commander';

import { openArchive, STORES, type StoreName } from '../app.ts';
import { loadConfig } from '../config.ts';
import { type CopyCount, type CopyProgress, copyRecords } from '../copy-records.ts';

export function addCopy(program: Command): void {
  const side = (flag: string, meaning: string) =>
    new Option(`${flag} <stores>`, meaning).choices([...STORES]).makeOptionMandatory();
  program
    .command('copy')
    .description(
      'Copy the whole archive from the embedded store to Elasticsearch, or back. Stop the program first; an ' +
        'interrupted copy goes on where it stopped; exit 1 if the two sides do not count the same',
    )
    .addOption(side('--from', 'where to read'))
    .addOption(side('--to', 'where to write'))
    .action(async ({ from, to }: { from: StoreName; to: StoreName }) => {
      if (from === to) program.error('--from and --to must differ');
      const config = loadConfig(process.env);
      const source = await openArchive(config, from);
      const target = await openArchive(config, to);
      try {
        mkdirSync(config.dataDir, { recursive: true });
        const progress = progressFile(join(config.dataDir, `copy-${from}-${to}.json`));
        const counts = await copyRecords(
          source.tables,
          target.tables,
          progress.read(),
          (reached, kind, written) => {
            progress.write(reached);
            process.stderr.write(`\r${kind}: ${written}   `);
          },
        );
        process.stderr.write('\n');
        process.stdout.write(counts.map(describe).join(''));
        if (counts.some(isShort)) {
          process.exitCode = 1;
          return;
        }
        progress.forget();
        process.stdout.write(
          'Everything is there. Start the program on the new profile: it makes the jobs of what is pending.\n',
        );
      } finally {
        await target.close();
        await source.close();
      }
    });
}

function isShort({ from, to }: CopyCount): boolean {
  return from !== to;
}

function describe(count: CopyCount): string {
  const { kind, from, to } = count;
  return `${kind}: ${from} read, ${to} there${isShort(count) ? '  FAULT: the counts differ' : ''}\n`;
}

/** Where an interrupted copy left off; replaced in one step, so that a crash leaves the old or the new. */
function progressFile(path: string) {
  return {
    read(): CopyProgress {
      try {
        return JSON.parse(readFileSync(path, 'utf8')) as CopyProgress;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
        throw error;
      }
    },
    write(progress: CopyProgress) {
      writeFileSync(`${path}.new`, JSON.stringify(progress));
      renameSync(`${path}.new`, path);
    },
    forget() {
      rmSync(path, { force: true });
    },
  };
}
