import type { Span } from '../domain/analysis.ts';
import { analysedText } from '../domain/analysis.ts';
import type { Article } from '../domain/article.ts';

/** A longer sentence is no short quotation. */
const MOST_WORDS = 60;
const LEAST_WORDS = 5;
/** Of one article: what a reader chooses from. */
const MOST_SENTENCES = 80;

export interface Sentence extends Span {
  readonly text: string;
  /** How strong what it says is, on the side that its article takes; 0 where nothing in it decided anything. */
  readonly strength: number;
}

type Quoted = Pick<Article, 'title' | 'summary' | 'body' | 'sentiment'>;

/**
 * The sentences of an article's summary and body that are short enough to be quoted, letter by letter, in order.
 *
 * A sentence ends with its line, or with a full stop, question or exclamation mark before a space and a capital, digit
 * or opening quote; the stops of `TP.`, `BS.` and their like end none. Linear in the length of the text.
 */
export function quotableSentences(article: Quoted): Sentence[] {
  const text = analysedText(article);
  const sentences = spansOf(text, article.title.length + 1)
    .map((span) => ({ ...span, text: text.slice(span.start, span.end) }))
    .filter((sentence) => isQuotable(sentence.text));
  const seen = new Set<string>();
  return sentences
    .filter(({ text: one }) => !seen.has(one) && seen.add(one))
    .slice(0, MOST_SENTENCES)
    .map((sentence) => ({ ...sentence, strength: strengthOf(sentence, article) }));
}

/**
 * The sentence with the strongest evidence for what its article says, the first of those that are as strong; an
 * article's first sentence where nothing decided anything.
 *
 * @param articles  the one to be preferred first
 */
export function strongestSentence<A extends Quoted>(
  articles: readonly A[],
): { article: A; sentence: Sentence } | undefined {
  let best: { article: A; sentence: Sentence } | undefined;
  for (const article of articles) {
    for (const sentence of quotableSentences(article)) {
      if (best === undefined || sentence.strength > best.sentence.strength) best = { article, sentence };
    }
  }
  return best;
}

function strengthOf(sentence: Span, { sentiment: { polarity, evidence } }: Quoted): number {
  const within = evidence.filter(({ start, end }) => start >= sentence.start && end <= sentence.end);
  const side = { negative: -1, positive: 1, neutral: 0 }[polarity];
  if (side === 0) return within.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  return Math.max(
    0,
    within.reduce((sum, { weight }) => sum + side * weight, 0),
  );
}

function isQuotable(text: string): boolean {
  const words = text.split(/\s+/).length;
  return words >= LEAST_WORDS && words <= MOST_WORDS;
}

/** What stands before a full stop that ends no sentence: titles, places, single letters. */
const ABBREVIATION =
  /(?:^|[\s(“"‘'.])(?:\p{Lu}|TP|Tp|BS|BSCK|CK|CKI|CKII|GS|PGS|TS|ThS|ThS|KS|DS|ĐD|NSƯT|Ths|P|Q|St|Mr|Mrs|Dr|vs|tr|TT|TX|[Tt]h|[Ss]t)$/u;

function spansOf(text: string, from: number): Span[] {
  const spans: Span[] = [];
  let start = from;
  for (const { index, 0: mark } of text.slice(from).matchAll(/\n|[.!?…]+["”’»)]*(?=\s)/gu)) {
    const at = from + index;
    const end = mark === '\n' ? at : at + mark.length;
    if (mark !== '\n' && !endsSentence(text, at, end, mark)) continue;
    push(spans, text, start, end);
    start = mark === '\n' ? at + 1 : end;
  }
  push(spans, text, start, text.length);
  return spans;
}

function endsSentence(text: string, at: number, end: number, mark: string): boolean {
  const next = /^\s+(\S)/.exec(text.slice(end, end + 20))?.[1];
  if (next !== undefined && !/[\p{Lu}\d"“‘'«(–—-]/u.test(next)) return false;
  return mark !== '.' || !ABBREVIATION.test(text.slice(Math.max(0, at - 8), at));
}

function push(spans: Span[], text: string, start: number, end: number): void {
  const raw = text.slice(start, end);
  const before = raw.length - raw.trimStart().length;
  const trimmed = raw.trim();
  if (trimmed !== '') spans.push({ start: start + before, end: start + before + trimmed.length });
}
