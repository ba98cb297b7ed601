/** What the language layer says of one text: each judgement with its score, its reasons and its version. */

export const POLARITIES = ['negative', 'neutral', 'positive'] as const;
export type Polarity = (typeof POLARITIES)[number];

/** A stretch of the analysed text: offsets in UTF-16 code units into title, newline, summary, newline, body. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What a judgement is about. `event`: whether what happened is good or bad (an outbreak, a rescue). `stance`: whether a
 * body, a person or a policy of the health sector is praised, criticised or accused.
 */
export const SENTIMENT_AXES = ['event', 'stance'] as const;
export type SentimentAxis = (typeof SENTIMENT_AXES)[number];

/** On whose word something stands in a text. */
export const SPEAKERS = [
  'health-authority',
  'facility',
  'expert',
  'patient-or-family',
  'police-or-court',
  'inspector',
  'government',
  'public',
  'press',
] as const;
export type Speaker = (typeof SPEAKERS)[number];

export interface SentimentEvidence extends Span {
  /** The lexicon's own form of the term. */
  readonly term: string;
  /** What it contributed after negators, intensifiers and shifters, in [-1, 1]. */
  readonly weight: number;
  /** Lexicon class, e.g. `harm`, `misconduct`, `recovery`. */
  readonly class: string;
  /** The words that changed its weight, with how: `chống → shifted`. */
  readonly modifiers?: readonly string[];
  /** Both, where a deed of the sector is bad and somebody is accused of it. */
  readonly axes: readonly SentimentAxis[];
  /** Who says so, where the text says who. */
  readonly speaker?: Speaker;
  /** The mention that it is aimed at, as a series key (`facility:bv-cho-ray`), where there is one. */
  readonly towards?: string;
}

/** Polarity and score of one axis, from its own evidence alone. */
export interface AxisJudgement {
  readonly polarity: Polarity;
  /** From -1 to 1. */
  readonly score: number;
}

export interface Sentiment {
  readonly polarity: Polarity;
  /** From -1 to 1; keeps its sign inside the neutral band. */
  readonly score: number;
  readonly event: AxisJudgement;
  readonly stance: AxisJudgement;
  readonly evidence: readonly SentimentEvidence[];
  readonly lexiconVersion: string;
}

export interface Relevance {
  readonly isHealth: boolean;
  /** Sum of term weights, negatives included; the threshold is in `config/health-topics.yaml`. */
  readonly score: number;
  /** Human-readable: `+2.0 bệnh viện`, `-3.0 sức khoẻ tài chính`. */
  readonly reasons: readonly string[];
}

export interface TopicMatch {
  /** Key in `config/health-topics.yaml`. */
  readonly topic: string;
  readonly score: number;
  readonly terms: readonly string[];
}

export const MENTION_KINDS = [
  'province',
  'facility',
  'disease',
  'medicine',
  'policy-document',
  'person',
] as const;
export type MentionKind = (typeof MENTION_KINDS)[number];

export interface Mention extends Span {
  readonly kind: MentionKind;
  /** Registry id (`79`, `bv-cho-ray`) or a normalised form for what no registry lists (`facility:bvdk-huyen-x`). */
  readonly id: string;
  /** Display name. */
  readonly name: string;
  /** Province code, where the mention implies one. */
  readonly province?: string;
}

export const COUNTED_MEASURES = ['cases', 'deaths', 'affected'] as const;

/** How many fell ill, died or were otherwise affected, as the text puts it. */
export interface CaseCount extends Span {
  /** `affected`: in hospital, poisoned, injured, quarantined and the like. */
  readonly measure: (typeof COUNTED_MEASURES)[number];
  readonly value: number;
  /** `hơn`, `khoảng`, `gần`: the number is not exact. */
  readonly isApproximate: boolean;
  /** What was counted, as printed: `ca mắc`, `người`, `học sinh`. */
  readonly unit: string;
  /** Code of the province that the sentence places it in. */
  readonly province?: string;
  /** Registry id of the disease that the sentence names. */
  readonly disease?: string;
}

/** Why a text should be read with care; never a verdict on it. */
export const CAUTIONS = ['rumour', 'denial', 'harmful-advice'] as const;

/**
 * A sign that what is told may be false or do harm. `rumour`: the text itself speaks of false or unverified news;
 * `denial`: somebody with an office rejects a claim; `harmful-advice`: it hands on a dangerous remedy.
 */
export interface Caution extends Span {
  readonly kind: (typeof CAUTIONS)[number];
  /** The words that say so. */
  readonly term: string;
  /** Who says so, where the text says who. */
  readonly speaker?: Speaker;
}

export interface Analysis {
  /** Version of everything that judged it, `Language.version`. */
  readonly languageVersion: string;
  readonly relevance: Relevance;
  readonly sentiment: Sentiment;
  readonly topics: readonly TopicMatch[];
  readonly mentions: readonly Mention[];
  readonly caseCounts: readonly CaseCount[];
  readonly cautions: readonly Caution[];
  /** Terms of class `harm` or `misconduct` that stand in the text un-negated. */
  readonly harmTerms: readonly string[];
  /** MinHash signature of the text, for near-copies. */
  readonly signature: readonly number[];
  /** `Theo TTXVN` and its like: who the text credits, when it does. */
  readonly creditedTo?: string;
}

/** What is analysed: an article's text, whether from a feed entry or from its page. */
export interface AnalysableText {
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  /** The line that names another newsroom as the source, where reading set it apart from the body. */
  readonly credit?: string | undefined;
}

/** The one string into which every span points. */
export function analysedText({ title, summary, body }: AnalysableText): string {
  // Joined, not concatenated: V8 would keep a tree of the parts, and every character is read.
  return [title, summary, body].join('\n');
}
