/** Which of the sector's topics a text is about. */
import type { AnalysableText, TopicMatch } from '../domain/analysis.ts';
import { analysedText } from '../domain/analysis.ts';
import { hasDiacritics } from './normalise.ts';
import { type Syllable, syllabify } from './syllables.ts';
import type { TopicRules } from './topic-rules.ts';

const SUMMARY_FACTOR = 0.6;
const BODY_FACTOR = 0.25;

/**
 * Topics whose terms add up to their threshold, best first; a text may have several or none.
 *
 * Each term counts once, where it stands first: in full in the title, less in the summary and the body.
 *
 * @param syllables  of `analysedText(text)`, where the caller has them already
 */
export function findTopics(
  text: AnalysableText,
  rules: TopicRules,
  syllables: readonly Syllable[] = syllabify(analysedText(text)),
): TopicMatch[] {
  const matcher = hasDiacritics(analysedText(text)) ? rules.topicTerms.exact : rules.topicTerms.folded;
  const summaryStart = text.title.length + 1;
  const bodyStart = summaryStart + text.summary.length + 1;
  const factorAt = (offset: number) => {
    if (offset < summaryStart) return 1;
    return offset < bodyStart ? SUMMARY_FACTOR : BODY_FACTOR;
  };

  const found = new Map<string, { score: number; terms: string[] }>();
  for (const { value, from } of matcher.longest(syllables)) {
    const factor = factorAt(syllables[from]?.start ?? 0);
    for (const { topic, term, weight } of value) {
      const sofar = found.get(topic) ?? { score: 0, terms: [] };
      found.set(topic, sofar);
      if (sofar.terms.includes(term)) continue;
      sofar.terms.push(term);
      sofar.score += weight * factor;
    }
  }
  return rules.topics
    .map(({ key, threshold }) => ({ topic: key, threshold, ...(found.get(key) ?? { score: 0, terms: [] }) }))
    .filter(({ score, threshold }) => score >= threshold)
    .sort((a, b) => b.score - a.score)
    .map(({ topic, score, terms }) => ({ topic, score: Math.round(score * 100) / 100, terms }));
}
