import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';

import { withFilterOptions } from './article-filter.ts';
import { askApi, type Remote } from './with-app.ts';

/** A verb that asks one of the API's questions about articles. */
interface Query {
  readonly name: string;
  readonly description: string;
  /** Of the API, without its query. */
  readonly path: string;
  /** What it takes beside a filter: flags, what they mean, what they are unless given. */
  readonly options: readonly (readonly [flags: string, description: string, usual?: string])[];
}

/** Asked of the console whatever the form of the answer. */
interface AskedOptions {
  readonly url?: string;
  readonly output?: string;
}

export const SEARCH_HELP =
  'a search, as in the console: "phrases", OR, topic:…, facility:…; after --, also -without';

/** Adds a verb: words and options become the query, the answer is written as it comes. */
export function addQuery(program: Command, query: Query): void {
  const command = withRemote(
    withFilterOptions(program.command(query.name).argument('[words...]', SEARCH_HELP)),
  ).description(query.description);
  for (const [flags, description, usual] of query.options) command.option(flags, description, usual);
  command
    .option('--output <file>', 'where to write it; standard output otherwise')
    .action((words: string[], { url, output, ...options }: AskedOptions) =>
      askApi(`${query.path}?${queryOf(words, options)}`, remoteOf(url), (answer) => write(answer, output)),
    );
}

export function withRemote(command: Command): Command {
  return command.option('--url <address>', 'ask this console; its token is read from NHIP_YTE_TOKEN');
}

export function remoteOf(url: string | undefined): Remote {
  return url === undefined ? {} : { url, token: process.env.NHIP_YTE_TOKEN };
}

/** Words and options as the API takes them. */
export function queryOf(words: readonly string[], options: object): URLSearchParams {
  const query = new URLSearchParams(Object.entries(options) as [string, string][]);
  if (words.length > 0) query.set('q', words.join(' '));
  return query;
}

async function write({ body }: Response, output: string | undefined): Promise<void> {
  if (body === null) return;
  const readable = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
  if (output === undefined) await pipeline(readable, process.stdout, { end: false });
  else await pipeline(readable, createWriteStream(output));
}
