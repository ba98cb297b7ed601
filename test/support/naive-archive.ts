import type { Article } from '../../src/domain/article.ts';
import type { ArticleField } from '../../src/domain/article-field.ts';
import { type SearchQuery, type WordsQuery, wantedWords } from '../../src/domain/search-query.ts';
import { foldWord, searchWords } from '../../src/domain/search-words.ts';

/** What a filter means, said as plainly as can be: what both stores are compared with. */
export function naiveSearch(articles: readonly Article[], query: SearchQuery): string[] {
  const rank = (article: Article) =>
    wantedWords(query).reduce((sum, words) => sum + rankOf(article, words), 0);
  return articles
    .filter((article) => holds(article, query))
    .map((article) => ({ article, rank: rank(article) }))
    .sort((one, other) => other.rank - one.rank || newestFirst(one.article, other.article))
    .map(({ article }) => article.id);
}

export function newestFirst(one: Article, other: Article): number {
  return Date.parse(other.firstSeenAt) - Date.parse(one.firstSeenAt) || (one.id < other.id ? -1 : 1);
}

/** The values that an article has in a field, each once. */
export function valuesOf(article: Article, field: ArticleField): string[] {
  const mentions = (kind: string) =>
    article.mentions.filter((mention) => mention.kind === kind).map(({ id }) => id);
  const values: Record<ArticleField, readonly (string | undefined)[]> = {
    topic: article.topics.map(({ topic }) => topic),
    outletId: [article.outletId],
    newsroom: [article.newsroom],
    tier: [article.tier],
    section: [article.section],
    language: [article.language],
    polarity: [article.sentiment.polarity],
    stance: [article.sentiment.stance.polarity],
    caution: article.cautions.map(({ kind }) => kind),
    province: mentions('province'),
    facility: mentions('facility'),
    disease: mentions('disease'),
    medicine: mentions('medicine'),
    policyDocument: mentions('policy-document'),
    person: mentions('person'),
    storyId: [article.storyId],
  };
  return [...new Set(values[field].filter((value) => value !== undefined))];
}

function holds(article: Article, query: SearchQuery): boolean {
  switch (query.kind) {
    case 'words':
      return isIn(query.inTitle ? titleOf(article) : partsOf(article), query.words);
    case 'is':
      return valuesOf(article, query.field).some((value) => query.values.includes(value));
    case 'series':
      return article.series.includes(query.series);
    case 'flag':
      return (
        query.value === (query.flag === 'corrected' ? article.corrected !== undefined : article[query.flag])
      );
    case 'seen': {
      const at = Date.parse(article.firstSeenAt);
      return (
        at >= (query.from === undefined ? -Infinity : Date.parse(query.from)) &&
        at < (query.to === undefined ? Infinity : Date.parse(query.to))
      );
    }
    case 'not':
      return !holds(article, query.of);
    case 'all':
      return query.of.every((one) => holds(article, one));
    case 'any':
      return query.of.some((one) => holds(article, one));
  }
}

/** Spelt as typed 100, in the title 40, so spelt in the title 40 more. */
function rankOf(article: Article, { words, inTitle }: WordsQuery): number {
  const accented = words.filter((word) => foldWord(word) !== word);
  const isSpelt = (parts: readonly string[][]) =>
    accented.length > 0 && accented.every((word) => parts.some((part) => part.includes(word)));
  const [title, parts] = [titleOf(article), partsOf(article)];
  const found = inTitle ? title : parts;
  const spelt = isIn(found, words) && isSpelt(found) ? 100 : 0;
  if (inTitle || !isIn(title, words)) return spelt;
  return spelt + 40 + (isSpelt(title) ? 40 : 0);
}

function isIn(parts: readonly string[][], words: readonly string[]): boolean {
  const wanted = ` ${words.map(foldWord).join(' ')} `;
  return parts.some((part) => ` ${part.map(foldWord).join(' ')} `.includes(wanted));
}

function titleOf({ title }: Article): string[][] {
  return [searchWords(title)];
}

function partsOf({ title, summary, body, attachments = [] }: Article): string[][] {
  return [title, summary, body, ...attachments.flatMap(({ text }) => text ?? [])].map(searchWords);
}
