/** Which of the sector's topics a text is about. */
import type { AnalysableText, TopicMatch } from '../domain/analysis.ts';
import { analysedText } from '../domain/analysis.ts';
import { type Syllable, syllabify } from './syllables.ts';
import type { Combination, CombinedTerm, TopicRules, TopicTerm } from './topic-rules.ts';

const SUMMARY_FACTOR = 0.6;
const BODY_FACTOR = 0.25;
/** What the words of a body can add to one topic: a long text names everything somewhere. */
const MAX_BODY = 1;
const MAX_TOPICS = 3;

/** What was found of one topic. */
interface Tally {
  score: number;
  bodyScore: number;
  readonly terms: Set<string>;
}

/**
 * Topics whose words add up to their threshold, best first, three at most; where none do, the best that may stand
 * alone; a text may have none.
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
  const tallies = new Map<string, Tally>(
    rules.topics.map(({ key }) => [key, { score: 0, bodyScore: 0, terms: new Set() }]),
  );
  weighTerms(text, rules, syllables, tallies);
  const isUntitled = text.title.trim() === '';
  const asks = text.title.includes('?');
  const scored = rules.topics.map((topic) => {
    const { score, bodyScore, terms } = tallies.get(topic.key) as Tally;
    const body = isUntitled ? bodyScore : Math.min(MAX_BODY, bodyScore);
    const question = asks && terms.size > 0 ? topic.question : 0;
    return { topic, terms, score: Math.round((score + body + question) * 100) / 100 };
  });
  scored.sort((a, b) => b.score - a.score);
  const clear = scored.filter(({ topic, score }) => score >= topic.threshold);
  const chosen =
    clear.length > 0 ? clear : scored.filter(({ topic, score }) => score >= topic.alone).slice(0, 1);
  return chosen
    .slice(0, MAX_TOPICS)
    .map(({ topic, score, terms }) => ({ topic: topic.key, score, terms: [...terms] }));
}

/** Adds what each word found is worth, by the part of the text that names it first. */
function weighTerms(
  text: AnalysableText,
  rules: TopicRules,
  syllables: readonly Syllable[],
  tallies: ReadonlyMap<string, Tally>,
): void {
  const summaryStart = text.title.length + 1;
  const bodyStart = summaryStart + text.summary.length + 1;
  const met = new Map<Combination, (Cue | undefined)[]>();
  for (const { value, from } of rules.topicTerms.longest(syllables)) {
    const start = syllables[from]?.start ?? 0;
    const factor = factorAt(start, summaryStart, bodyStart);
    for (const term of value.weighed) weigh(tallies.get(term.topic) as Tally, term, factor);
    if (start >= bodyStart) continue;
    for (const cue of value.combined) meet(met, cue, factor);
  }
  for (const [combination, cues] of met) combine(tallies.get(combination.topic) as Tally, combination, cues);
}

function factorAt(offset: number, summaryStart: number, bodyStart: number): number {
  if (offset < summaryStart) return 1;
  return offset < bodyStart ? SUMMARY_FACTOR : BODY_FACTOR;
}

function weigh(tally: Tally, { term, weight }: TopicTerm, factor: number): void {
  if (tally.terms.has(term)) return;
  tally.terms.add(term);
  if (factor === BODY_FACTOR) tally.bodyScore += weight * factor;
  else tally.score += weight * factor;
}

/** The first word of one of a combination's lists. */
interface Cue {
  readonly term: string;
  readonly factor: number;
}

/** Title and summary only: in a body, words that meet need not belong together. */
function meet(
  met: Map<Combination, (Cue | undefined)[]>,
  { term, combination, list }: CombinedTerm,
  factor: number,
): void {
  const cues = met.get(combination) ?? new Array<Cue | undefined>(combination.lists).fill(undefined);
  met.set(combination, cues);
  cues[list] ??= { term, factor };
}

/** Worth as much as the weaker of the places where its lists are met. */
function combine(tally: Tally, { weight }: Combination, cues: readonly (Cue | undefined)[]): void {
  let factor = 1;
  for (const cue of cues) {
    if (cue === undefined) return;
    factor = Math.min(factor, cue.factor);
  }
  tally.score += weight * factor;
  tally.terms.add(cues.map((cue) => cue?.term).join(' + '));
}
