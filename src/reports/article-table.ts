import type { MentionKind } from '../domain/analysis.ts';
import type { ArticleOutline } from '../domain/article.ts';
import type { Table, TableColumn, TableRow } from '../domain/table.ts';

const COLUMNS = [
  { name: 'id', type: 'text' },
  { name: 'url', type: 'text' },
  { name: 'outlet_id', type: 'text' },
  { name: 'outlet_name', type: 'text' },
  { name: 'newsroom', type: 'text' },
  { name: 'tier', type: 'text' },
  { name: 'section', type: 'text' },
  { name: 'language', type: 'text' },
  { name: 'title', type: 'text' },
  { name: 'summary', type: 'text' },
  { name: 'author', type: 'text' },
  { name: 'published_at', type: 'time' },
  { name: 'published_at_source', type: 'text' },
  { name: 'first_seen_at', type: 'time' },
  { name: 'polarity', type: 'text' },
  { name: 'score', type: 'number' },
  { name: 'event_polarity', type: 'text' },
  { name: 'event_score', type: 'number' },
  { name: 'stance_polarity', type: 'text' },
  { name: 'stance_score', type: 'number' },
  { name: 'topics', type: 'list' },
  { name: 'provinces', type: 'list' },
  { name: 'facilities', type: 'list' },
  { name: 'diseases', type: 'list' },
  { name: 'medicines', type: 'list' },
  { name: 'policy_documents', type: 'list' },
  { name: 'persons', type: 'list' },
  { name: 'cautions', type: 'list' },
  { name: 'story_id', type: 'text' },
  { name: 'copy_number', type: 'whole' },
  { name: 'is_late', type: 'flag' },
  { name: 'imported', type: 'flag' },
  { name: 'corrected', type: 'flag' },
  { name: 'language_version', type: 'text' },
] as const satisfies readonly TableColumn[];

type ArticleRow = Record<(typeof COLUMNS)[number]['name'], TableRow[string]>;

/** Articles without their texts, one a row, in the order given; mentions by registry id. */
export function articleTable(batches: AsyncIterable<readonly ArticleOutline[]>): Table {
  return { columns: COLUMNS, rows: rowsOf(batches) };
}

async function* rowsOf(batches: AsyncIterable<readonly ArticleOutline[]>): AsyncGenerator<ArticleRow> {
  for await (const batch of batches) yield* batch.map(rowOf);
}

function rowOf(article: ArticleOutline): ArticleRow {
  const { sentiment, publishedAt } = article;
  const mentioned = (kind: MentionKind) => [
    ...new Set(article.mentions.flatMap((one) => (one.kind === kind ? [one.id] : []))),
  ];
  return {
    id: article.id,
    url: article.url,
    outlet_id: article.outletId,
    outlet_name: article.outletName,
    newsroom: article.newsroom,
    tier: article.tier,
    section: article.section,
    language: article.language,
    title: article.title,
    summary: article.summary,
    author: article.author,
    published_at: publishedAt.at,
    published_at_source: publishedAt.source,
    first_seen_at: article.firstSeenAt,
    polarity: sentiment.polarity,
    score: sentiment.score,
    event_polarity: sentiment.event.polarity,
    event_score: sentiment.event.score,
    stance_polarity: sentiment.stance.polarity,
    stance_score: sentiment.stance.score,
    topics: article.topics.map(({ topic }) => topic),
    provinces: mentioned('province'),
    facilities: mentioned('facility'),
    diseases: mentioned('disease'),
    medicines: mentioned('medicine'),
    policy_documents: mentioned('policy-document'),
    persons: mentioned('person'),
    cautions: [...new Set((article.cautions ?? []).map(({ kind }) => kind))],
    story_id: article.storyId,
    copy_number: article.copyNumber,
    is_late: article.isLate,
    imported: article.imported,
    corrected: article.corrected !== undefined,
    language_version: article.languageVersion,
  };
}
