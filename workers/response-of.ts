import type { Article } from '../src/domain/article.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { Statement } from '../src/domain/statement.ts';
import { DAY_MS } from '../src/domain/time.ts';
import { type StatementPickup, statementPickup } from '../src/reports/statement-pickup.ts';
import { type ResponseDeadline, responseClock } from '../src/routing/response-clock.ts';
import type { Deps } from './stage.ts';

/** An incident has a handful. */
const MOST_STATEMENTS = 50;
/** What is looked through for those who carry a statement: bounds the page of an incident that everybody writes of. */
const MOST_SERIES = 5;
const MOST_STORIES = 20;
const MOST_ARTICLES = 200;
/** Who has not carried a statement by then does not. */
const CARRIED_WITHIN_MS = 7 * DAY_MS;

/** How the office has answered an incident. */
export interface OfficeResponse {
  readonly clock: readonly ResponseDeadline[];
  /** Newest first. */
  readonly statements: readonly Statement[];
  /** Oldest first. */
  readonly pickups: readonly StatementPickup[];
}

/** What an incident still waits for, what the office has said of it, and who has carried that. */
export async function responseOf(
  incident: Incident,
  deps: Pick<Deps, 'office' | 'articles' | 'onCall' | 'now'>,
): Promise<OfficeResponse> {
  const statements = await deps.office.list('statement', { owner: incident.id, limit: MOST_STATEMENTS });
  const found = await Promise.all(
    statements.map(async (statement) =>
      statementPickup(statement, await articlesSince(incident, statement, deps)),
    ),
  );
  return {
    clock: responseClock(incident, statements, deps.onCall, deps.now()),
    statements,
    pickups: found.flat().sort((a, b) => Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt)),
  };
}

async function articlesSince(
  { series, storyIds }: Incident,
  { issuedAt: from }: Statement,
  { articles }: Pick<Deps, 'articles'>,
): Promise<Article[]> {
  const to = new Date(Date.parse(from) + CARRIED_WITHIN_MS).toISOString();
  const filters = [
    ...series.slice(0, MOST_SERIES).map((key) => ({ series: key, from, to })),
    ...storyIds.slice(-MOST_STORIES).map((storyId) => ({ storyId, from, to })),
  ];
  const pages = await Promise.all(
    filters.map((filter) => articles.search(filter, { offset: 0, limit: MOST_ARTICLES })),
  );
  return [...new Map(pages.flatMap((page) => page.articles.map((one) => [one.id, one] as const))).values()];
}
