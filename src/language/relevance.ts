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
  const { title, beyond } = weighTerms(text, rules, syllables);
  const reasons = [...title].map(([term, weight]) => ({ term, weight }));
  for (const [term, weight] of beyond) if (!title.has(term)) reasons.push({ term, weight });

  const titleScore = sum(title.values());
  const beyondScore = sum(beyond.values());
  const limit = text.title.trim() === '' ? Number.POSITIVE_INFINITY : MAX_BEYOND_TITLE;
  let score = titleScore + Math.max(-limit, Math.min(limit, beyondScore));
  if (options.fromHealthFeed) {
    score += rules.healthFeedBonus;
    reasons.push({ weight: rules.healthFeedBonus, term: '(health feed)' });
  }
  score = Math.round(score * 10) / 10;
  return { isHealth: score >= rules.threshold, score, reasons: spell(reasons) };
}

/** What each term of the title, and of what follows it, is worth; the first place of a term beyond the title counts. */
function weighTerms(
  text: AnalysableText,
  rules: TopicRules,
  syllables: readonly Syllable[],
): { title: Map<string, number>; beyond: Map<string, number> } {
  const matcher = hasDiacritics(analysedText(text)) ? rules.relevance.exact : rules.relevance.folded;
  const summaryStart = text.title.length + 1;
  const bodyStart = summaryStart + text.summary.length + 1;
  const title = new Map<string, number>();
  const beyond = new Map<string, number>();
  for (const { value, from } of matcher.longest(syllables)) {
    const start = syllables[from]?.start ?? 0;
    if (start < summaryStart) title.set(value.term, value.weight);
    else if (!beyond.has(value.term)) {
      beyond.set(value.term, value.weight * (start < bodyStart ? SUMMARY_FACTOR : BODY_FACTOR));
    }
  }
  return { title, beyond };
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
