import type { Command } from 'commander';

import { type ChangedArticle, type Impact, weighLanguage } from '../../workers/weigh-language.ts';
import type { FlipCounts } from '../domain/flips.ts';
import { loadLanguageOf } from '../settings.ts';
import { readPeriod } from './article-filter.ts';
import { readInputFile } from './input-file.ts';
import { writeLine } from './json-lines.ts';
import { withApp } from './with-app.ts';

interface Options {
  readonly topics?: string;
  readonly last: string;
  readonly since?: string;
  readonly json?: boolean;
}

export function addImpact(lexicon: Command): void {
  lexicon
    .command('impact')
    .argument('[new]', 'the lexicon that is to be put to use')
    .description(
      'Judge the newest articles of the archive with the lexicon in use and with another; list those that come out ' +
        'differently, with the terms that decided, and count them. Writes nothing',
    )
    .option('--topics <file>', 'another health-topics.yaml, instead or besides')
    .option('--last <n>', 'weigh the newest so many', '5000')
    .option(
      '--since <day>',
      'and only what was first seen on this Vietnamese day or after; or since an instant',
    )
    .option('--json', 'one JSON line per article, and one with the counts')
    .action(async (file: string | undefined, { topics, last, since, json }: Options) => {
      if (file === undefined && topics === undefined) throw new Error('Name a lexicon, or --topics');
      if (!/^[1-9]\d{0,8}$/.test(last)) throw new Error(`--last is a whole number, not ${last}`);
      const { from } = readPeriod(since === undefined ? {} : { from: since });
      const instead = {
        ...(file === undefined ? {} : { 'lexicon.tsv': await readText(file) }),
        ...(topics === undefined ? {} : { 'health-topics.yaml': await readText(topics) }),
      };
      const impact = await withApp(({ deps }, { configDir }) =>
        weighLanguage(
          { before: deps.language, after: loadLanguageOf(configDir, instead) },
          { last: Number(last), ...(from === undefined ? {} : { since: from }) },
          deps,
          (article) => (json ? writeLine(article) : void process.stdout.write(describe(article))),
        ),
      );
      if (json) await writeLine({ summary: impact });
      else process.stdout.write(describeImpact(impact));
    });
}

async function readText(file: string): Promise<string> {
  return new TextDecoder().decode(await readInputFile(file));
}

function describe(article: ChangedArticle): string {
  const flips = article.flips.map(({ of, from, to }) => `${of} ${from} → ${to}`).join(', ');
  const person = article.person === undefined ? '' : `  a person ${article.person}\n`;
  const terms = (decided: readonly string[]) => decided.join(', ') || 'nothing';
  return (
    `${article.title}\n  ${article.outletId} ${article.url}\n  ${flips}\n${person}` +
    `  decided by ${terms(article.decidedBefore)}; then by ${terms(article.decidedAfter)}\n`
  );
}

function describeImpact({ articles, changed, flips, agreeing, disagreeing }: Impact): string {
  return (
    `${changed} of ${articles} articles come out differently\n${describeFlips(flips)}` +
    `${agreeing} towards what a person said of them, ${disagreeing} away from it\n`
  );
}

/** One line per kind of flip, most frequent first. */
export function describeFlips(flips: FlipCounts): string {
  return Object.entries(flips.toJSON())
    .map(([flip, count]) => `  ${count} × ${flip}\n`)
    .join('');
}
