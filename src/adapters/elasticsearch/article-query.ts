import type { ArticleField } from '../../domain/article-field.ts';
import {
  type ArticleFlag,
  type SearchQuery,
  type WordsQuery,
  wantedWords,
} from '../../domain/search-query.ts';
import { foldWord } from '../../domain/search-words.ts';
import { articleClauses } from '../../ports/article-clauses.ts';
import { ACCENTED_RANK, accentedWords, TITLE_RANK } from '../../ports/article-rank.ts';
import type { ArticleFilter } from '../../ports/article-store.ts';
import type { Query } from './documents.ts';

/** Where the values of a field stand in an article's document. */
export const FIELD_PATH: Readonly<Record<ArticleField, string>> = {
  topic: 'facets.topic',
  outletId: 'outletId',
  newsroom: 'newsroom',
  tier: 'tier',
  section: 'section',
  language: 'language',
  polarity: 'sentiment.polarity',
  stance: 'sentiment.stance.polarity',
  caution: 'cautions.kind',
  province: 'facets.province',
  facility: 'facets.facility',
  disease: 'facets.disease',
  medicine: 'facets.medicine',
  policyDocument: 'facets.policyDocument',
  person: 'facets.person',
  storyId: 'storyId',
};

const FLAG_QUERY: Readonly<Record<ArticleFlag, Query>> = {
  corrected: { exists: { field: 'corrected.ids' } },
  isLate: { term: { isLate: true } },
  imported: { term: { imported: true } },
};

/** The query of a filter; its score is the rank of a match, and zero where no words are looked for. */
export function articleQuery(filter: ArticleFilter): Query {
  const { all, ranked } = articleClauses(filter);
  const words = ranked === undefined ? [] : wantedWords(ranked);
  return { bool: { filter: all.map(clauseOf), should: words.flatMap(ranksOf) } };
}

function clauseOf(query: SearchQuery): Query {
  switch (query.kind) {
    case 'words':
      return wordsQuery(
        query.inTitle ? 'searchedTitle.folded' : 'searched.folded',
        query.words.map(foldWord),
      );
    case 'is':
      return { terms: { [FIELD_PATH[query.field]]: [...query.values] } };
    case 'series':
      return { term: { series: query.series } };
    case 'flag':
      return query.value ? FLAG_QUERY[query.flag] : { bool: { must_not: [FLAG_QUERY[query.flag]] } };
    case 'seen':
      return {
        range: { firstSeenAt: { ...(query.from && { gte: query.from }), ...(query.to && { lt: query.to }) } },
      };
    case 'not':
      return { bool: { must_not: [clauseOf(query.of)] } };
    case 'all':
      return { bool: { filter: query.of.map(clauseOf) } };
    case 'any':
      if (query.of.length === 0) return { match_none: {} };
      return { bool: { should: query.of.map(clauseOf), minimum_should_match: 1 } };
  }
}

function ranksOf({ words, inTitle }: WordsQuery): Query[] {
  const accented = accentedWords(words);
  const rank = (boost: number, field: string, spelt: readonly string[]): Query => ({
    constant_score: {
      filter: {
        bool: {
          filter: [
            wordsQuery(`${field}.folded`, words.map(foldWord)),
            ...spelt.map((word) => ({ term: { [field]: word } })),
          ],
        },
      },
      boost,
    },
  });
  return [
    ...(accented.length === 0 ? [] : [rank(ACCENTED_RANK, inTitle ? 'searchedTitle' : 'searched', accented)]),
    ...(inTitle ? [] : [rank(TITLE_RANK, 'searchedTitle', [])]),
    ...(inTitle || accented.length === 0 ? [] : [rank(TITLE_RANK, 'searchedTitle', accented)]),
  ];
}

function wordsQuery(field: string, words: readonly string[]): Query {
  const [only = ''] = words;
  return words.length === 1 ? { term: { [field]: only } } : { match_phrase: { [field]: words.join(' ') } };
}
