/** What the language layer says of one text: each judgement with its score, its reasons and its version. */

export const POLARITIES = ['negative', 'neutral', 'positive'] as const;
export type Polarity = (typeof POLARITIES)[number];

/** A stretch of the analysed text: offsets in UTF-16 code units into title, newline, summary, newline, body. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface SentimentEvidence extends Span {
  /** The lexicon's own form of the term. */
  readonly term: string;
  /** What it contributed after negators, intensifiers and shifters, in [-1, 1]. */
  readonly weight: number;
  /** Lexicon class, e.g. `harm`, `misconduct`, `recovery`. */
  readonly class: string;
  /** The words that changed its weight, with how: `chống → shifted`. */
  readonly modifiers?: readonly string[];
}

export interface Sentiment {
  readonly polarity: Polarity;
  /** From -1 to 1; keeps its sign inside the neutral band. */
  readonly score: number;
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

export const MENTION_KINDS = ['province', 'facility', 'disease', 'policy-document', 'person'] as const;
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

export interface Analysis {
  readonly relevance: Relevance;
  readonly sentiment: Sentiment;
  readonly topics: readonly TopicMatch[];
  readonly mentions: readonly Mention[];
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
  return `${title}\n${summary}\n${body}`;
}
