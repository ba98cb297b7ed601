import { DAY_MS } from '../domain/time.ts';
import type { PolicyDocument, PolicyFact } from '../language/policy-document-registry.ts';

/** A number or day of a document that is to be quoted right. */
export interface CheckedFact extends PolicyFact {
  /** Known without anybody's having put it down as a fact, and so held against less. */
  readonly isOwnDay?: true;
}

/** Only a part of a document takes effect on a day of its own; of such a part the document's day says nothing. */
const PARTLY =
  /(?<!\p{L})(?:điều|khoản|điểm|riêng|một số|một phần|trừ|quy định (?:này|về|tại)|hết hiệu lực|chậm nhất|kéo dài)(?!\p{L})/iu;

/** A day further off than this belongs to another document: the one that this one replaces. */
const LONGEST_ERROR_MS = 400 * DAY_MS;

/** What is configured as facts of a document, and the day of its effect where that is known. */
export function factsOf({ name, effectiveAt, facts }: PolicyDocument): readonly CheckedFact[] {
  if (effectiveAt === undefined || facts.some(({ value }) => value === effectiveAt)) return facts;
  const day = effectiveAt.split('-').reverse().join('/');
  const own: CheckedFact = {
    id: 'effective-at',
    says: `${name} có hiệu lực từ ngày ${day}.`,
    terms: ['có hiệu lực', 'hiệu lực thi hành'],
    value: effectiveAt,
    isOwnDay: true,
  };
  return [own, ...facts];
}

/** Whether a sentence that gives another value may well be right all the same. */
export function mayBeMeant(
  { isOwnDay, value }: CheckedFact,
  other: number | string,
  sentence: string,
): boolean {
  if (isOwnDay !== true) return false;
  const apartMs = Math.abs(Date.parse(`${other}`) - Date.parse(`${value}`));
  return !(apartMs <= LONGEST_ERROR_MS) || PARTLY.test(sentence);
}
