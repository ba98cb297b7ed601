/** What articles are narrowed, counted and split by; each value is an id. */
export const ARTICLE_FIELDS = [
  'topic',
  'outletId',
  'newsroom',
  'tier',
  'section',
  'language',
  'polarity',
  'stance',
  'caution',
  'province',
  'facility',
  'disease',
  'medicine',
  'policyDocument',
  'person',
  'storyId',
] as const;
export type ArticleField = (typeof ARTICLE_FIELDS)[number];

/** Fields of which an article has one value at most. */
export const SINGLE_FIELDS: ReadonlySet<ArticleField> = new Set([
  'outletId',
  'newsroom',
  'tier',
  'section',
  'language',
  'polarity',
  'stance',
  'storyId',
]);
