/** Whether a text is about the health sector, and why. */
import type { AnalysableText, Relevance } from '../domain/analysis.ts';
import { analysedText } from '../domain/analysis.ts';
import { hasDiacritics } from './normalise.ts';
import { type Syllable, syllabify } from './syllables.ts';
import type { TopicRules } from './topic-rules.ts';

/** A headline names its subject and counts in full; a body names many. */
const SUMMARY_FACTOR = 0.5;
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
  const { title, summary, body } = weighTerms(text, rules, syllables);
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

/** What each term is worth in the first part of the text that names it. */
function weighTerms(
  text: AnalysableText,
  rules: TopicRules,
  syllables: readonly Syllable[],
): Record<'title' | 'summary' | 'body', Map<string, number>> {
  const matcher = hasDiacritics(analysedText(text)) ? rules.relevance.exact : rules.relevance.folded;
  const summaryStart = text.title.length + 1;
  const bodyStart = summaryStart + text.summary.length + 1;
  const title = new Map<string, number>();
  const summary = new Map<string, number>();
  const body = new Map<string, number>();
  for (const { value, from } of matcher.longest(syllables)) {
    const { term, weight } = value;
    const start = syllables[from]?.start ?? 0;
    if (start < summaryStart) title.set(term, weight);
    else if (summary.has(term)) continue;
    else if (start < bodyStart) summary.set(term, weight * SUMMARY_FACTOR);
    else body.set(term, weight * BODY_FACTOR);
  }
  return { title, summary, body };
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
