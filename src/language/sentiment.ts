/** Polarity of a news text by a weighted lexicon: what decided it can be pointed at, term by term. */
import type {
  AnalysableText,
  AxisJudgement,
  Mention,
  Polarity,
  Sentiment,
  SentimentAxis,
  SentimentEvidence,
} from '../domain/analysis.ts';
import { analysedText } from '../domain/analysis.ts';
import type { Lexicon, LexiconClass } from './lexicon.ts';
import { applyRescues } from './rescues.ts';
import { applyContrast, applyFrames, applyQuotes } from './sentence-frames.ts';
import { type Aim, createAim } from './sentiment-axes.ts';
import { findSpeakers, type Speakers } from './speakers.ts';
import { type Syllable, syllabify } from './syllables.ts';
import { weighTerms } from './term-weights.ts';
import { PARTS, type Part, partLocator, sentenceNumbers, type WeighedTerm } from './weighed-term.ts';

export interface SentimentWithHarm extends Sentiment {
  /** Terms of class `harm` or `misconduct` whose sign nothing has turned, each once, in reading order. */
  readonly harmTerms: readonly string[];
}

type PartWeights = Readonly<Record<Part, number>>;

/**
 * What each part of the text adds to the score. The headline decides; the summary can tip a headline that says
 * little, the body hardly, because long texts on any subject hold words of both signs.
 */
const PART_WEIGHTS: PartWeights = { title: 1, summary: 0.2, body: 0.05 };

/** Along the stance axis: headlines tell what happened and often leave it to the text who is blamed or thanked. */
const STANCE_PART_WEIGHTS: PartWeights = { title: 1, summary: 0.5, body: 0.2 };

/** Scores within the band are neutral. Narrower below than above zero: what is bad is news sooner than what is good. */
const NEUTRAL_BAND = { below: -0.3, above: 0.3 } as const;

/** A sum of this size scores 0.71: half-way to certainty on the square-root scale. */
const HALF_CERTAIN = 0.8;

/** A body's terms are averaged over this many syllables, so that length alone changes nothing. */
const BODY_WINDOW_SYLLABLES = 60;

const HARM_CLASSES: ReadonlySet<LexiconClass> = new Set<LexiconClass>(['harm', 'misconduct']);

/** What the caller knows of a text already; what is missing is found out. */
export interface KnownOfText {
  /** Of `analysedText(text)`. */
  readonly syllables?: readonly Syllable[];
  /** In reading order. Without them, evidence is aimed at words for the sector alone. */
  readonly mentions?: readonly Mention[];
  readonly speakers?: Speakers;
}

/**
 * Scores a text by longest match against the lexicon, each term changed by the words around it.
 *
 * Per part the changed weights are added and squeezed into (-1, 1) by `x / sqrt(x² + k)`; the score is the weighted
 * sum of the parts, clamped. In a text without a title, the first part that says anything takes its place. Text
 * without diacritics is matched on folded forms, at a discount.
 *
 * The score along an axis is such a sum over the evidence that speaks on that axis (summary and body weigh more along
 * stance); polarity and score of the text are that sum over all evidence, each counted once on whichever axes it
 * speaks. So where a headline says something on one axis only it is judged as that axis is, where both agree it is
 * judged so more surely, and where they contradict each other (bad news, the sector praised) the heavier wins and a
 * near tie is neutral.
 *
 * @returns spans point into `analysedText(text)`; evidence is in reading order
 * @see Taboada et al. 2011, doi:10.1162/COLI_a_00049, for the treatment of modifiers; shifters over negative nouns
 *   are ours, because they decide Vietnamese health headlines
 */
export function scoreSentiment(
  text: AnalysableText,
  lexicon: Lexicon,
  known: KnownOfText = {},
): SentimentWithHarm {
  const whole = analysedText(text);
  const { syllables = syllabify(whole), mentions = [] } = known;
  const matches = lexicon.matcher.longest(syllables);
  const terms = weighTerms(matches, syllables, partLocator(text));
  const sentences = sentenceNumbers(syllables);
  applyRescues(terms, sentences, syllables);
  applyContrast(terms, matches, sentences);
  applyFrames(terms, matches, text, syllables);
  applyQuotes(terms, text, syllables);

  const speakers = known.speakers ?? findSpeakers(whole, syllables);
  const aimOf = createAim(syllables, sentences, mentions, speakers, text.title.length);
  const aims = terms.map((term) => aimOf(term, terms));
  const along = (axis: SentimentAxis) => terms.filter((_, index) => aims[index]?.axes.includes(axis));
  const lead = leadOf(text);
  const judge = (some: readonly WeighedTerm[], weights = PART_WEIGHTS) =>
    judgementOf(clamp(scoreOf(some, weights, lead, syllables.length)));
  return {
    ...judge(terms),
    event: judge(along('event')),
    stance: judge(along('stance'), STANCE_PART_WEIGHTS),
    evidence: terms.map((term, index) => evidenceOf(term, aims[index] as Aim, syllables, speakers)),
    lexiconVersion: lexicon.version,
    harmTerms: harmTermsOf(terms),
  };
}

/**
 * What the polarity of a text would be without each piece of its evidence, in the order of the evidence.
 *
 * Reckoned from what is kept of a judgement: weights stay as they were, also those that the missing word had changed.
 * Linear in the text, quadratic in the evidence.
 */
export function polaritiesWithout(text: AnalysableText, evidence: readonly SentimentEvidence[]): Polarity[] {
  const partAt = partLocator(text);
  const terms = evidence.map(({ start, weight }) => ({ part: partAt(start), weight }));
  const { length } = syllabify(analysedText(text));
  return terms.map((_, at) =>
    polarityOf(
      clamp(scoreOf([...terms.slice(0, at), ...terms.slice(at + 1)], PART_WEIGHTS, leadOf(text), length)),
    ),
  );
}

function leadOf(text: AnalysableText): Part {
  return PARTS.find((part) => text[part].trim() !== '') ?? 'title';
}

function judgementOf(score: number): AxisJudgement {
  return { polarity: polarityOf(score), score: Math.round(score * 1000) / 1000 };
}

function polarityOf(score: number): Polarity {
  if (score <= NEUTRAL_BAND.below) return 'negative';
  return score >= NEUTRAL_BAND.above ? 'positive' : 'neutral';
}

function scoreOf(
  terms: readonly Pick<WeighedTerm, 'part' | 'weight'>[],
  weights: PartWeights,
  lead: Part,
  syllableCount: number,
): number {
  const sums = { title: 0, summary: 0, body: 0 };
  for (const { part, weight } of terms) sums[part] += weight;
  sums.body *= Math.min(1, BODY_WINDOW_SYLLABLES / Math.max(1, syllableCount));
  let score = 0;
  for (const part of PARTS) {
    score += (part === lead ? weights.title : weights[part]) * squeeze(sums[part]);
  }
  return score;
}

function squeeze(sum: number): number {
  return sum / Math.sqrt(sum * sum + HALF_CERTAIN * HALF_CERTAIN);
}

function clamp(score: number): number {
  return Math.max(-1, Math.min(1, score));
}

function evidenceOf(
  { match, weight, modifiers }: WeighedTerm,
  { axes, towards }: Aim,
  syllables: readonly Syllable[],
  speakers: Speakers,
): SentimentEvidence {
  const speaker = speakers.at(match.from);
  const evidence: { -readonly [Key in keyof SentimentEvidence]: SentimentEvidence[Key] } = {
    start: syllables[match.from]?.start ?? 0,
    end: syllables[match.to - 1]?.end ?? 0,
    term: match.value.term,
    weight: Math.round(clamp(weight) * 1000) / 1000,
    class: match.value.class,
    axes,
  };
  if (modifiers.length > 0) evidence.modifiers = modifiers;
  if (speaker !== undefined) evidence.speaker = speaker;
  if (towards !== undefined) evidence.towards = towards;
  return evidence;
}

function harmTermsOf(terms: readonly WeighedTerm[]): string[] {
  const harm = terms.filter(({ match, turned }) => !turned && HARM_CLASSES.has(match.value.class));
  return [...new Set(harm.map(({ match }) => match.value.term))];
}
