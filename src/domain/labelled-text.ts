/** What a text must be judged as, as people said: one line of the files that a version is tested with. */
import type { AnalysableText, Analysis, Polarity } from './analysis.ts';
import {
  type Correction,
  inForceByArticle,
  isSameSet,
  lastWord,
  mentionKey,
  verdictOf,
} from './correction.ts';

/** The format that `bench language` reads; what is absent nobody has said anything of. */
export interface LabelledText extends AnalysableText {
  /** The article's. */
  readonly id: string;
  readonly url: string;
  readonly fromHealthFeed: boolean;
  readonly isHealth?: boolean;
  readonly polarity?: Polarity;
  /** All that it has. */
  readonly topics?: readonly string[];
  /** Mentions that must be found, and that must not, as `facility:bv-cho-ray`. */
  readonly mentions?: { readonly has: readonly string[]; readonly lacks: readonly string[] };
  /** Why, in the words of whoever said so last. */
  readonly reason: string;
}

/** Each article that people have judged, with their last word; those of which all is withdrawn are left out. */
export function labelledTexts(corrections: readonly Correction[]): LabelledText[] {
  return inForceByArticle(corrections).map((ofArticle) => {
    const last = ofArticle.at(-1) as Correction;
    const { isHealth, polarity, topics, mentions } = lastWord(ofArticle);
    return {
      id: last.articleId,
      url: last.url,
      ...last.text,
      fromHealthFeed: last.fromHealthFeed,
      ...(isHealth === undefined ? {} : { isHealth }),
      ...(polarity === undefined ? {} : { polarity }),
      ...(topics === undefined ? {} : { topics }),
      ...(mentions === undefined
        ? {}
        : { mentions: { has: mentions.add.map(mentionKey), lacks: mentions.remove.map(mentionKey) } }),
      reason: last.reason,
    };
  });
}

type Word = {
  readonly [Field in 'isHealth' | 'polarity' | 'topics' | 'mentions']?: LabelledText[Field] | undefined;
};

/** One thing that a version says against a person's word. */
export interface Contradiction {
  readonly field: 'isHealth' | 'polarity' | 'topics' | 'mentions';
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Where an analysis goes against what people said of its text; empty where it agrees. */
export function contradictions(
  { isHealth, polarity, topics, mentions }: Word,
  analysis: Analysis,
): Contradiction[] {
  const verdict = verdictOf(analysis);
  const found: Contradiction[] = [];
  if (isHealth !== undefined && isHealth !== verdict.isHealth)
    found.push({ field: 'isHealth', expected: isHealth, actual: verdict.isHealth });
  if (polarity !== undefined && polarity !== verdict.polarity)
    found.push({ field: 'polarity', expected: polarity, actual: verdict.polarity });
  if (topics !== undefined && !isSameSet(topics, verdict.topics))
    found.push({ field: 'topics', expected: topics, actual: verdict.topics });
  const missing = (mentions?.has ?? []).filter((key) => !verdict.mentions.includes(key));
  const wrong = (mentions?.lacks ?? []).filter((key) => verdict.mentions.includes(key));
  if (missing.length + wrong.length > 0)
    found.push({ field: 'mentions', expected: { has: missing, lacks: wrong }, actual: verdict.mentions });
  return found;
}
