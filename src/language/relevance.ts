/** Whether a text is about the health sector, and why. */
import type { AnalysableText, Relevance } from '../domain/analysis.ts';
import { analysedText } from '../domain/analysis.ts';
import { type Syllable, syllabify } from './syllables.ts';
import type { TopicRules } from './topic-rules.ts';

/** A headline names its subject and counts in full; a body names many. */
const SUMMARY_FACTOR = 0.4;
const BODY_FACTOR = 0.2;
/** What summary and body together can add or take: enough to tip a vague headline, not to overturn a clear one. */
const MAX_BEYOND_TITLE = 2.5;
/** Every long text names a hospital or an illness somewhere: a body by itself does not make one about health. */
const MAX_BODY = 1.5;
const MAX_REASONS = 12;

/**
 * Adds up the weights of the relevance terms in the text, longest match first, each term once per part.
 *
 * @param syllables  of `analysedText(text)`, where the caller has them already
 * @returns `score` rounded to tenths; `isHealth` where it reaches the threshold of the rules
 */
export function judgeRelevance(
  text: AnalysableText,
  rules: TopicRules,
  options: { readonly fromHealthFeed: boolean },
  syllables: readonly Syllable[] = syllabify(analysedText(text)),
): Relevance {
  const parts = weighTerms(text, rules, syllables);
  const [title, summary, body] = [
    withContext(parts.title),
    withContext(parts.summary),
    withContext(parts.body),
  ];
  const reasons = [...title, ...[...summary, ...body].filter(([term]) => !title.has(term))].map(
    ([term, weight]) => ({ term, weight }),
  );

  const isUntitled = text.title.trim() === '';
  const bodyScore = within(isUntitled ? Number.POSITIVE_INFINITY : MAX_BODY, sum(body.values()));
  const beyondScore = sum(summary.values()) + bodyScore;
  let score =
    sum(title.values()) + within(isUntitled ? Number.POSITIVE_INFINITY : MAX_BEYOND_TITLE, beyondScore);
  if (options.fromHealthFeed) {
    score += rules.healthFeedBonus;
    reasons.push({ weight: rules.healthFeedBonus, term: '(health feed)' });
  }
  score = Math.round(score * 10) / 10;
  return { isHealth: score >= rules.threshold, score, reasons: spell(reasons) };
}

/** What each term is worth in one part of the text; the context apart, since it leans on the others. */
interface Part {
  readonly terms: Map<string, number>;
  readonly context: Map<string, number>;
}
type Weights = ReadonlyMap<string, number>;

/** Title, summary and body; what the title names may count again in the first of the others that names it. */
function weighTerms(
  text: AnalysableText,
  rules: TopicRules,
  syllables: readonly Syllable[],
): Record<'title' | 'summary' | 'body', Part> {
  const summaryStart = text.title.length + 1;
  const bodyStart = summaryStart + text.summary.length + 1;
  const [title, summary, body] = [emptyPart(), emptyPart(), emptyPart()];
  for (const { value, from } of rules.relevance.longest(syllables)) {
    const { term, weight } = value;
    if (weight === 0) continue;
    const kind = value.isContext ? 'context' : 'terms';
    const start = syllables[from]?.start ?? 0;
    if (start < summaryStart) title[kind].set(term, weight);
    else if (summary[kind].has(term)) continue;
    else if (start < bodyStart) summary[kind].set(term, weight * SUMMARY_FACTOR);
    else body[kind].set(term, weight * BODY_FACTOR);
  }
  return { title, summary, body };
}

function emptyPart(): Part {
  return { terms: new Map(), context: new Map() };
}

/** "A girl", "dangerous", "experts warn" say nothing of health by themselves: they can double what does, no more. */
function withContext({ terms, context }: Part): Weights {
  if (context.size === 0) return terms;
  let support = 0;
  for (const weight of terms.values()) support += Math.max(0, weight);
  if (support === 0) return terms;
  const share = Math.min(1, support / sum(context.values()));
  for (const [term, weight] of context) terms.set(term, weight * share);
  return terms;
}

/** The value, but no farther from zero than the limit. */
function within(limit: number, value: number): number {
  return Math.max(-limit, Math.min(limit, value));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Strongest first. */
function spell(reasons: { weight: number; term: string }[]): string[] {
  return reasons
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, MAX_REASONS)
    .map(({ weight, term }) => `${weight < 0 ? '-' : '+'}${Math.abs(weight).toFixed(1)} ${term}`);
}
