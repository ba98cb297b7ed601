import type { Mention, MentionKind } from '../../domain/analysis.ts';
import type { Article } from '../../domain/article.ts';
import { completed } from '../../domain/earlier-article.ts';
import { searchWords } from '../../domain/search-words.ts';

/** What dashboards show beside ids. */
export interface Gazetteer {
  /** Vietnamese names of topics by key. */
  readonly topicNames: ReadonlyMap<string, string>;
  /** Display names by series-like key, such as `province:79`; where there is none the mention's own name serves. */
  readonly names: ReadonlyMap<string, string>;
  /** A point near the middle of each province, by code. */
  readonly centroids: ReadonlyMap<string, { readonly lat: number; readonly lon: number }>;
}

/** Values of an article that it is filtered and counted by: registry ids, and the names of the same things. */
interface Facets {
  readonly topic: readonly string[];
  readonly topicName: readonly string[];
  readonly province: readonly string[];
  readonly provinceName: readonly string[];
  readonly facility: readonly string[];
  readonly facilityName: readonly string[];
  readonly disease: readonly string[];
  readonly diseaseName: readonly string[];
  readonly medicine: readonly string[];
  readonly medicineName: readonly string[];
  readonly policyDocument: readonly string[];
  readonly person: readonly string[];
  readonly personName: readonly string[];
}

/** An article as it is indexed. */
export type ArticleDocument = Article & {
  readonly facets: Facets;
  readonly location: readonly { readonly lat: number; readonly lon: number }[];
  readonly hasHarm: boolean;
  readonly lagMs: number;
} & SearchedWords;

/**
 * The words that it is searched by, parted by spaces, so that every store takes texts apart alike. No word of a phrase
 * stands in one part and the next in another. Not kept beside the index.
 */
interface SearchedWords {
  readonly searched: readonly string[];
  readonly searchedTitle: string;
}

export function toDocument(article: Article, gazetteer: Gazetteer): ArticleDocument {
  const { topics, mentions, harmTerms, indexedAt, firstSeenAt } = article;
  const ids = (kind: MentionKind) => distinct(ofKind(mentions, kind).map(({ id }) => id));
  const names = (kind: MentionKind) =>
    distinct(ofKind(mentions, kind).map(({ id, name }) => gazetteer.names.get(`${kind}:${id}`) ?? name));
  const topic = topics.map((match) => match.topic);
  return {
    ...article,
    facets: {
      topic,
      topicName: topic.map((key) => gazetteer.topicNames.get(key) ?? key),
      province: ids('province'),
      provinceName: names('province'),
      facility: ids('facility'),
      facilityName: names('facility'),
      disease: ids('disease'),
      diseaseName: names('disease'),
      medicine: ids('medicine'),
      medicineName: names('medicine'),
      policyDocument: ids('policy-document'),
      person: ids('person'),
      personName: names('person'),
    },
    location: ids('province').flatMap((code) => gazetteer.centroids.get(code) ?? []),
    hasHarm: harmTerms.length > 0,
    lagMs: Date.parse(indexedAt) - Date.parse(firstSeenAt),
    ...searchedWords(article),
  };
}

/** A document as versions before the third indexed it, in today's form. */
export function upgradeDocument(source: Record<string, unknown>): Record<string, unknown> {
  const { facets, ...article } = source as unknown as ArticleDocument;
  const person = distinct(ofKind(article.mentions ?? [], 'person').map(({ id }) => id));
  return {
    ...article,
    facets: { ...facets, person, personName: facets?.personName ?? facets?.person ?? [] },
    ...searchedWords(article),
  };
}

function searchedWords({ title, summary, body, attachments = [] }: Article): SearchedWords {
  const parts = [title, summary, body, ...attachments.flatMap(({ text }) => text ?? [])];
  const searched = parts.map((part) => searchWords(part).join(' '));
  return { searched, searchedTitle: searched[0] ?? '' };
}

/** The article as it was saved, by this version or an earlier one. */
export function toArticle({
  facets: _facets,
  location: _location,
  hasHarm: _hasHarm,
  lagMs: _lagMs,
  searched: _searched,
  searchedTitle: _searchedTitle,
  ...article
}: ArticleDocument): Article {
  return completed(article);
}

function ofKind(mentions: readonly Mention[], kind: MentionKind): Mention[] {
  return mentions.filter((mention) => mention.kind === kind);
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
