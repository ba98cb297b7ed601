import type { MentionKind } from '../../domain/analysis.ts';
import type { Article } from '../../domain/article.ts';
import { ARTICLE_FIELDS, type ArticleField } from '../../domain/article-field.ts';
import type { ArticleFlag } from '../../domain/search-query.ts';

/** What a term says of an article: the value of a field, a series that it counts in, or a flag. */
export type TermKind = ArticleField | 'series' | 'flag';

export const TERM_KINDS: readonly TermKind[] = [...ARTICLE_FIELDS, 'series', 'flag'];

/** Parts terms where they are stored in one text; what parts rows and fields there stands in no value either. */
const SEPARATOR = '\u001f';
const SEPARATORS = /[\p{Cc}]/gu;

/** Everything that an article is narrowed and counted by: `tier:national`, `series:topic:policy`, `flag:isLate`. */
export function articleTerms(article: Article): string {
  const { outletId, newsroom, tier, section, language, sentiment, storyId } = article;
  const mentioned = (kind: MentionKind) =>
    article.mentions.filter((mention) => mention.kind === kind).map(({ id }) => id);
  const values: Record<ArticleField, readonly (string | undefined)[]> = {
    topic: article.topics.map(({ topic }) => topic),
    outletId: [outletId],
    newsroom: [newsroom],
    tier: [tier],
    section: [section],
    language: [language],
    polarity: [sentiment.polarity],
    stance: [sentiment.stance?.polarity],
    caution: (article.cautions ?? []).map(({ kind }) => kind),
    province: mentioned('province'),
    facility: mentioned('facility'),
    disease: mentioned('disease'),
    medicine: mentioned('medicine'),
    policyDocument: mentioned('policy-document'),
    person: mentioned('person'),
    storyId: [storyId],
  };
  const flags: Record<ArticleFlag, boolean> = {
    corrected: article.corrected !== undefined,
    isLate: article.isLate,
    imported: article.imported,
  };
  const terms = [
    ...Object.entries(values).flatMap(([field, some]) =>
      some.flatMap((value) => (value === undefined ? [] : term(field as ArticleField, value))),
    ),
    ...article.series.map((series) => term('series', series)),
    ...Object.entries(flags).flatMap(([flag, isSet]) => (isSet ? term('flag', flag) : [])),
  ];
  return [...new Set(terms)].join(SEPARATOR);
}

export function term(kind: TermKind, value: string): string {
  return `${kind}:${value.replaceAll(SEPARATORS, ' ')}`;
}

export function splitTerms(terms: string): string[] {
  return terms.split(SEPARATOR);
}

export function splitTerm(text: string): { readonly kind: TermKind; readonly value: string } {
  const colon = text.indexOf(':');
  return { kind: text.slice(0, colon) as TermKind, value: text.slice(colon + 1) };
}
