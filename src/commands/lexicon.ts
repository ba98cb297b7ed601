import { join } from 'node:path';

import type { Command } from 'commander';

import { loadConfig } from '../config.ts';
import { ConfigError } from '../errors.ts';
import { type Lexicon, type LexiconTerm, parseLexicon } from '../language/lexicon.ts';
import { diffLexicons, type LexiconDiff, type TermChange } from '../language/lexicon-diff.ts';
import { type LexiconStatistics, lexiconStatistics } from '../language/lexicon-statistics.ts';
import { readInputFile } from './input-file.ts';
import { addImpact } from './lexicon-impact.ts';

export function addLexicon(program: Command): void {
  const lexicon = program
    .command('lexicon')
    .description('Look after the polarity lexicon: what is wrong in it, and what a change would do');
  lexicon
    .command('check')
    .argument('[file]', 'config/lexicon.tsv if left out')
    .description(
      'List every fault with its line, and what there is by class, part of speech and origin; exit 1 if any',
    )
    .option('--json', 'as one JSON object')
    .action(async (file: string | undefined, { json }: { json?: boolean }) => {
      const path = file ?? join(loadConfig(process.env).configDir, 'lexicon.tsv');
      const checked = await check(path);
      process.stdout.write(json ? `${JSON.stringify(checked)}\n` : describeCheck(path, checked));
      if (checked.faults.length > 0) process.exitCode = 1;
    });
  lexicon
    .command('diff')
    .argument('<old>', 'a lexicon file')
    .argument('<new>', 'another')
    .description('Terms added, removed, reweighted and reclassed between two lexicons')
    .option('--json', 'as one JSON object')
    .action(async (older: string, newer: string, { json }: { json?: boolean }) => {
      const diff = diffLexicons(await readLexicon(older), await readLexicon(newer));
      process.stdout.write(json ? `${JSON.stringify(diff)}\n` : describeDiff(diff));
    });
  addImpact(lexicon);
}

interface Checked {
  readonly faults: ConfigError['faults'];
  readonly statistics?: LexiconStatistics;
}

async function check(file: string): Promise<Checked> {
  try {
    return { faults: [], statistics: lexiconStatistics(await readLexicon(file)) };
  } catch (error) {
    if (error instanceof ConfigError) return { faults: error.faults };
    throw error;
  }
}

/** @throws {ConfigError} with every fault */
async function readLexicon(file: string): Promise<Lexicon> {
  return parseLexicon(new TextDecoder().decode(await readInputFile(file)), file);
}

function describeCheck(file: string, { faults, statistics }: Checked): string {
  if (statistics === undefined) return `${new ConfigError(faults).message}\n${faults.length} faults\n`;
  const { terms, overruling, noted, contradictoryWhenFolded } = statistics;
  const counted = (counts: LexiconStatistics['byClass']) =>
    counts.map(([name, count]) => `${name} ${count}`).join(', ');
  const lines = [
    `${file}: ${terms} terms, ${overruling} that overrule others, ${noted} with a note: all sound`,
    `class: ${counted(statistics.byClass)}`,
    `part of speech: ${counted(statistics.byPartOfSpeech)}`,
    `origin: ${counted(statistics.byOrigin)}`,
    `without diacritics ${contradictoryWhenFolded.length} forms contradict themselves and count for nothing: ` +
      contradictoryWhenFolded.map((group) => group.join(' / ')).join(', '),
  ];
  return `${lines.join('\n')}\n`;
}

function describeDiff(diff: LexiconDiff): string {
  const changed = (change: TermChange, show: (term: LexiconTerm) => string) =>
    `${change.after.term}: ${show(change.before)} → ${show(change.after)}`;
  const whole = ({ term, weight, class: termClass }: LexiconTerm) => `${term} ${weight} ${termClass}`;
  const sections: [string, string[]][] = [
    ['added', diff.added.map(whole)],
    ['removed', diff.removed.map(whole)],
    ['reweighted', diff.reweighted.map((change) => changed(change, ({ weight }) => `${weight}`))],
    ['reclassed', diff.reclassed.map((change) => changed(change, (term) => term.class))],
    ['redescribed', diff.redescribed.map(({ after }) => after.term)],
  ];
  const lines = sections.flatMap(([title, terms]) => [
    `${title}: ${terms.length}`,
    ...terms.map((line) => `  ${line}`),
  ]);
  return `${[`${diff.from} → ${diff.to}`, ...lines].join('\n')}\n`;
}
