import type { Article } from '../domain/article.ts';
import { fold } from '../language/normalise.ts';
import type { PolicyDocument } from '../language/policy-document-registry.ts';
import { quantityAt } from '../language/quantities.ts';
import { type CheckedFact, factsOf, mayBeMeant } from './policy-facts.ts';
import { type Sentence, sentencesOf } from './sentences.ts';

/** A sentence that gives another number or day than the document. */
export interface Misquotation {
  readonly factId: string;
  /** The right sentence. */
  readonly says: string;
  readonly expected: string;
  readonly found: string;
  readonly articleId: string;
  readonly title: string;
  readonly outletId: string;
  readonly newsroom: string;
  readonly firstSeenAt: string;
  readonly sentence: string;
}

/** A sentence speaks of the document where it or one so near before it names it. */
const NEAR_SENTENCES = 1;

/** What makes a number somebody else's: it tells of what was, was proposed, or differs from place to place. */
const OTHER =
  /(?<!\p{L})(?:trước đây|trước đó|hiện nay|hiện hành|đề xuất|kiến nghị|dự thảo|năm ngoái|so với|tăng từ|giảm từ|thay vì|không phải|không quá|tối đa|đính chính|đề nghị)(?!\p{L})/u;

/**
 * Sentences that misquote a document. For precision's sake one is told of only where it, or the sentence before it, names
 * the document and no other does; it holds a term of the fact, and exactly one number of its unit (or one whole date),
 * stated exactly; and nothing in it says that another number is meant: what was before, is proposed, is compared.
 *
 * Linear in the length of the texts.
 *
 * @param articles  those that mention the document
 */
export function misquotedFacts(document: PolicyDocument, articles: readonly Article[]): Misquotation[] {
  const facts = factsOf(document);
  return facts.length === 0 ? [] : articles.flatMap((article) => misquotedIn(document.id, facts, article));
}

function misquotedIn(documentId: string, facts: readonly CheckedFact[], article: Article): Misquotation[] {
  const text = `${article.title}\n${article.summary}\n${article.body}`;
  const mentions = article.mentions.filter(({ kind }) => kind === 'policy-document');
  const sentences = sentencesOf(text);
  const named = sentences.map(({ start, end }) =>
    mentions.filter((mention) => mention.start >= start && mention.start < end).map(({ id }) => id),
  );
  return sentences.flatMap((sentence, at) => {
    const near = named.slice(Math.max(0, at - NEAR_SENTENCES), at + 1).flat();
    const isOfDocument = near.includes(documentId) && near.every((id) => id === documentId);
    if (!isOfDocument || OTHER.test(sentence.text.toLowerCase())) return [];
    return facts.flatMap((fact) => {
      const found = differing(fact, sentence, text);
      if (found === undefined) return [];
      const { id: articleId, title, outletId, newsroom, firstSeenAt } = article;
      const of = { articleId, title, outletId, newsroom, firstSeenAt, sentence: sentence.text };
      return [{ factId: fact.id, says: fact.says, expected: shownFact(fact), found, ...of }];
    });
  });
}

/** What the sentence gives instead, if it gives one thing of the fact's kind and that is another. */
function differing(fact: CheckedFact, sentence: Sentence, text: string): string | undefined {
  const folded = ` ${fold(sentence.text).toLowerCase()} `;
  if (!fact.terms.some((term) => folded.includes(fold(term).toLowerCase()))) return undefined;
  const values: readonly (number | string)[] =
    typeof fact.value === 'string' ? datesIn(sentence.text) : numbersIn(sentence, text, fact.unit ?? '');
  const [value] = values;
  if (values.length !== 1 || value === undefined || value === fact.value) return undefined;
  return mayBeMeant(fact, value, sentence.text) ? undefined : shownFact({ ...fact, value });
}

/** `1/7/2025`, `01-07-2025`, `1.7.2025`, `1 tháng 7 năm 2025`. */
const DATE = /(?<![\d/.-])(\d{1,2})(?:[/.-]| tháng )(\d{1,2})(?:[/.-]| năm )((?:19|20)\d{2})(?![\d/-])/gu;

function datesIn(text: string): string[] {
  return [...text.matchAll(DATE)].map(
    ([, day = '', month = '', year]) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );
}

const PERCENT = /(?<![\d.,/-])(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|phần trăm)/gu;

/** Every number of the unit; none where one of them is not meant exactly. */
function numbersIn(sentence: Sentence, text: string, unit: string): number[] {
  if (unit === '%') {
    return [...sentence.text.matchAll(PERCENT)].map(([, digits = '']) => Number(digits.replace(',', '.')));
  }
  const { syllables } = sentence;
  const wanted = unit.toLowerCase();
  const found: number[] = [];
  for (let at = 0; at < syllables.length; at++) {
    const quantity = quantityAt(text, syllables, at);
    if (quantity === undefined) continue;
    const end = syllables[quantity.to - 1]?.end ?? 0;
    const after = text.slice(end, end + wanted.length + 2).toLowerCase();
    if (new RegExp(`^\\s${wanted.replaceAll(/[^\p{L}\s]/gu, '.')}(?!\\p{L})`, 'u').test(after)) {
      if (quantity.isApproximate) return [];
      found.push(quantity.value);
    }
    at = quantity.to - 1;
  }
  return found;
}

/** A day as it is printed, a number with its unit. */
export function shownFact({ value, unit }: Pick<CheckedFact, 'value' | 'unit'>): string {
  if (typeof value === 'string') return value.split('-').reverse().join('/');
  return `${value.toLocaleString('vi-VN')}${unit === '%' ? '' : ' '}${unit ?? ''}`;
}
