import type { Article } from '../domain/article.ts';
import type { Statement } from '../domain/statement.ts';
import { fold } from '../language/normalise.ts';
import { hasBreak, SENTENCE_BREAK, type Syllable, syllabify } from '../language/syllables.ts';

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
 * Which articles carry a statement: containment of its sentences' syllable 3-grams (Broder 1997, "On the resemblance and
 * containment of documents"), spelling, case and diacritics aside, or its address.
 *
 * Linear in the length of the texts.
 *
 * @param articles  those that may, none from before the statement
 */
export function statementPickup(statement: Statement, articles: readonly Article[]): StatementPickup[] {
  const sentences = sentencesOf(statement.text).map((sentence) => new Set(gramsOf(sentence)));
  return articles.flatMap((article) => {
    const text = `${article.title}\n${article.summary}\n${article.body}`;
    const grams = new Set(gramsOf(syllabify(text)));
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

function sentencesOf(text: string): Syllable[][] {
  const syllables = syllabify(text.normalize('NFC'));
  const sentences: Syllable[][] = [];
  let start = 0;
  for (let at = 1; at <= syllables.length; at++) {
    if (at < syllables.length && !hasBreak(syllables, at, at, SENTENCE_BREAK)) continue;
    if (at - start >= SHORTEST) sentences.push(syllables.slice(start, at));
    start = at;
  }
  return sentences;
}

function gramsOf(syllables: readonly Syllable[]): string[] {
  const forms = syllables.map(({ text }) => fold(text).toLowerCase());
  return forms.slice(GRAM - 1).map((_, at) => forms.slice(at, at + GRAM).join(' '));
}

function containment(part: ReadonlySet<string>, whole: ReadonlySet<string>): number {
  let found = 0;
  for (const gram of part) if (whole.has(gram)) found += 1;
  return part.size === 0 ? 0 : found / part.size;
}
