import type { Correction } from '../domain/correction.ts';
import type { Incident } from '../domain/incident.ts';
import type { Statement } from '../domain/statement.ts';
import type { Story } from '../domain/story.ts';
import type { StatementPickup } from '../reports/statement-pickup.ts';
import { type StoryCourse, storyCourse } from '../reports/story-course.ts';
import type { ConsoleDeps } from './console-deps.ts';

/** A statement of the office on one of a story's incidents, with the articles of the story that carry it. */
export interface CarriedStatement {
  readonly incident: Incident;
  readonly statement: Statement;
  readonly pickups: readonly StatementPickup[];
}

export interface StoryReport {
  readonly story: Story;
  readonly course: StoryCourse;
  /** Newest change first. */
  readonly incidents: readonly Incident[];
  readonly statements: readonly CarriedStatement[];
  /** Those that put an article into it or took one out. */
  readonly moves: readonly Correction[];
}

/** A story larger than this is shown from its beginning. */
const SHOWN_ARTICLES = 300;
/** Incidents that are looked through for those that the story belongs to. */
const MOST_INCIDENTS = 500;
/** Of which statements are shown. */
const SHOWN_INCIDENTS = 3;

/** Everything that the page of a story shows: the story's articles whole, at most 300, and what the office did about it. */
export async function storyReport(
  story: Story,
  deps: Pick<ConsoleDeps, 'articles' | 'incidents' | 'responseOf' | 'corrections'>,
): Promise<StoryReport> {
  const [articles, all, corrections] = await Promise.all([
    deps.articles.findMany(story.articleIds.slice(0, SHOWN_ARTICLES)),
    deps.incidents.list({ limit: MOST_INCIDENTS }),
    deps.corrections.concerning({
      storyIds: [story.id],
      articleIds: story.articleIds.slice(0, SHOWN_ARTICLES),
    }),
  ]);
  const ordered = [...articles].sort((a, b) => Date.parse(a.firstSeenAt) - Date.parse(b.firstSeenAt));
  const incidents = all.filter(({ storyIds }) => storyIds.includes(story.id));
  const ids = new Set(story.articleIds);
  const answered = await Promise.all(
    incidents.slice(0, SHOWN_INCIDENTS).map(async (incident) => {
      const { statements, pickups } = await deps.responseOf(incident);
      return statements.map((statement) => ({
        incident,
        statement,
        pickups: pickups.filter(
          ({ statementId, articleId }) => statementId === statement.id && ids.has(articleId),
        ),
      }));
    }),
  );
  return {
    story,
    course: storyCourse(story, ordered),
    incidents,
    statements: answered.flat(),
    moves: corrections.filter(({ says, revokedAt }) => says.storyId !== undefined && revokedAt === undefined),
  };
}
