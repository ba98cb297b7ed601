import type { QueueName } from '../src/domain/entry.ts';
import { analyseArticle } from './analyse-article.ts';
import { detectIncidents } from './detect-incidents.ts';
import { discoverEntries } from './discover-entries.ts';
import { extractArticle } from './extract-article.ts';
import { fetchPage } from './fetch-page.ts';
import { indexArticle } from './index-article.ts';
import { keepHouse } from './keep-house.ts';
import { notifyOfficers } from './notify-officers.ts';
import { prepareReports } from './prepare-reports.ts';
import { readAttachments } from './read-attachments.ts';
import { revisitArticle } from './revisit-article.ts';
import type { Stage } from './stage.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a stage reads and hands on is checked where the pipe is laid
export type AnyStage = Stage<any, any>;

/**
 * Stages laid so far, with the names of those that jobs are handed to but that are not laid yet.
 *
 * `to` compiles only for a stage that an earlier one hands on to, and `end` only when none is missing: a half-wired
 * pipeline does not type-check.
 */
class Pipe<Awaited extends QueueName, Laid extends QueueName> {
  readonly #stages: readonly AnyStage[];

  constructor(stages: readonly AnyStage[]) {
    this.#stages = stages;
  }

  to<Name extends Awaited, Next extends QueueName>(
    stage: Stage<Name, Next>,
  ): Pipe<Exclude<Awaited | Next, Laid | Name>, Laid | Name> {
    return new Pipe([...this.#stages, stage]);
  }

  end(this: Pipe<never, Laid>): readonly AnyStage[] {
    return this.#stages;
  }
}

export function lay<Name extends QueueName, Next extends QueueName>(
  stage: Stage<Name, Next>,
): Pipe<Exclude<Next, Name>, Name> {
  return new Pipe([stage]);
}

/**
 * The whole flow, once. Entries go to `analyse` at once with their title, and by way of `fetch` with their page; what
 * has changed when its page is looked at again goes there once more.
 */
export const pipeline = lay(discoverEntries)
  .to(fetchPage)
  .to(extractArticle)
  .to(analyseArticle)
  .to(indexArticle)
  .to(detectIncidents)
  .to(notifyOfficers)
  .to(revisitArticle)
  .to(readAttachments)
  .end();

/** Everything that has a queue: the flow, what keeps it in order, and what is reported of it. */
export const stages: readonly AnyStage[] = [...pipeline, keepHouse, prepareReports];
