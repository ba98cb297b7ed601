import type { Article } from '../domain/article.ts';
import type { Statement } from '../domain/statement.ts';
import { syllabify } from '../language/syllables.ts';
import { containment, formsOf, gramsOf } from './containment.ts';
import { sentencesOf } from './sentences.ts';

/** An article that hands on what the office has said. */
export interface StatementPickup {
  readonly statementId: string;
  readonly articleId: string;
  readonly outletId: string;
  readonly newsroom: string;
  readonly firstSeenAt: string;
  /** Sentences of the statement that it carries, word for word or nearly, and how many the statement has. */
  readonly sentences: number;
  readonly of: number;
  /** Whether it names the address of the statement. */
  readonly isLinked: boolean;
}

/** Syllables that are compared as one: fewer stand together by chance, of more too many are lost with each edit. */
const GRAM = 3;

/** A sentence is carried where an article has so much of it: newsrooms shorten, and put a speaker in between. */
const CARRIED = 0.6;

/** Shorter sentences stand in anybody's text. */
const SHORTEST = 8;

/**
 * Which articles carry a statement: containment of its sentences' syllable 3-grams, or its address.
 *
 * Linear in the length of the texts.
 *
 * @param articles  those that may, none from before the statement
 */
export function statementPickup(statement: Statement, articles: readonly Article[]): StatementPickup[] {
  const sentences = sentencesOf(statement.text.normalize('NFC'))
    .filter(({ syllables }) => syllables.length >= SHORTEST)
    .map(({ syllables }) => gramsOf(formsOf(syllables), GRAM));
  return articles.flatMap((article) => {
    const text = `${article.title}\n${article.summary}\n${article.body}`;
    const grams = gramsOf(formsOf(syllabify(text)), GRAM);
    const carried = sentences.filter((sentence) => containment(sentence, grams) >= CARRIED).length;
    const isLinked = statement.url !== undefined && text.includes(statement.url);
    if (carried === 0 && !isLinked) return [];
    const { id: articleId, outletId, newsroom, firstSeenAt } = article;
    const { id: statementId } = statement;
    return [
      {
        statementId,
        articleId,
        outletId,
        newsroom,
        firstSeenAt,
        sentences: carried,
        of: sentences.length,
        isLinked,
      },
    ];
  });
}
