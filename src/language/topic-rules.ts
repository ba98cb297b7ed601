/** Reads `config/health-topics.yaml`: what belongs to the health sector, what only sounds like it, and the topics. */
import { z } from 'zod';

import { parseYaml } from '../domain/yaml-document.ts';
import { ConfigError, type ConfigFault } from '../errors.ts';
import { fold, normalise } from './normalise.ts';
import { createTermMatcher, inEitherSpelling, type TermMatcher } from './term-matcher.ts';

export interface WeightedTerm {
  readonly term: string;
  readonly weight: number;
}

export interface RelevanceTerm extends WeightedTerm {
  /** Says something of health only beside a term that does by itself. */
  readonly isContext: boolean;
}

/** What a word found in a text says of one topic. */
export interface TopicTerm extends WeightedTerm {
  readonly topic: string;
}

/** A word of one of a combination's lists. */
export interface CombinedTerm {
  readonly term: string;
  readonly combination: Combination;
  readonly list: number;
}

/** Everything that one word says. */
export interface TopicWords {
  readonly weighed: readonly TopicTerm[];
  readonly combined: readonly CombinedTerm[];
}

/** Counts where each of its lists is met. */
export interface Combination {
  readonly topic: string;
  readonly weight: number;
  readonly lists: number;
}

export interface Topic {
  readonly key: string;
  readonly name: { readonly vi: string; readonly en: string };
  /** Least score at which a text counts as being about it. */
  readonly threshold: number;
  /** Least score at which it is the topic of a text that no topic's threshold lets in. */
  readonly alone: number;
  /** Added where the title asks. */
  readonly question: number;
}

export interface TopicRules {
  readonly version: string;
  /** Least score at which a text counts as health news. */
  readonly threshold: number;
  /** Added to whatever comes from a feed that carries health news only. */
  readonly healthFeedBonus: number;
  readonly topics: readonly Topic[];
  readonly relevance: TermMatcher<RelevanceTerm>;
  /** One term may serve several topics. */
  readonly topicTerms: TermMatcher<TopicWords>;
}

const groups = z.array(
  z.strictObject({ weight: z.number().min(-10).max(10), terms: z.array(z.string().trim().min(1)).min(1) }),
);

const schema = z.strictObject({
  version: z.string().regex(/^\S+$/, 'a version without spaces'),
  relevance: z.strictObject({
    threshold: z.number().positive(),
    healthFeedBonus: z.number().min(0),
    terms: groups,
    context: groups.default([]),
    negatives: groups,
  }),
  topics: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and hyphens'),
        name: z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }),
        threshold: z.number().positive(),
        alone: z.number().positive().optional(),
        question: z.number().min(-10).max(10).default(0),
        terms: groups,
        combine: z
          .array(
            z.strictObject({
              weight: z.number().min(-10).max(10),
              of: z.array(z.array(z.string().trim().min(1)).min(1)).min(2),
            }),
          )
          .default([]),
      }),
    )
    .min(1),
});
type TopicsFile = z.infer<typeof schema>;

/**
 * Parses the file and builds its matchers.
 *
 * @param file  name for faults
 * @throws {ConfigError} with every fault: syntax, schema, a term given twice in one list, a negative above zero
 */
export function parseTopicRules(text: string, file: string): TopicRules {
  const parsed = parseYaml(file, text, schema);
  const faults = contentFaults(parsed, file);
  if (faults.length > 0) throw new ConfigError(faults);

  const { terms, context, negatives } = parsed.relevance;
  const relevance = [
    ...flatten([...terms, ...negatives]).map((term) => ({ ...term, isContext: false })),
    ...flatten(context).map((term) => ({ ...term, isContext: true })),
  ];
  const topicTerms = planTopics(parsed.topics);
  return {
    version: parsed.version,
    threshold: parsed.relevance.threshold,
    healthFeedBonus: parsed.relevance.healthFeedBonus,
    topics: parsed.topics.map(({ key, name, threshold, alone = threshold, question }) => ({
      key,
      name,
      threshold,
      alone,
      question,
    })),
    relevance: both(relevance.map((term) => [term.term, term] as const)),
    topicTerms: both([...topicTerms]),
  };
}

/** Every term with what it says of each topic. */
function planTopics(topics: TopicsFile['topics']): Map<string, TopicWords> {
  const planned = new Map<string, { weighed: TopicTerm[]; combined: CombinedTerm[] }>();
  const at = (term: string) => {
    const words = planned.get(term) ?? { weighed: [], combined: [] };
    planned.set(term, words);
    return words;
  };
  for (const { key, terms, combine } of topics) {
    for (const { term, weight } of flatten(terms)) at(term).weighed.push({ topic: key, term, weight });
    for (const { weight, of } of combine) {
      const combination: Combination = { topic: key, weight, lists: of.length };
      for (const [list, terms] of of.entries()) {
        for (const { term } of flatten([{ weight: 0, terms }])) {
          at(term).combined.push({ term, combination, list });
        }
      }
    }
  }
  return new Map([...planned].map(([term, own]) => [term, withShorter(term, own, planned)]));
}

/**
 * Adds what the shorter terms inside one say. The longest match hides them, but only its own topics should: that
 * `thuốc giả` is an incident does not take the medicine out of it.
 */
function withShorter(term: string, own: TopicWords, planned: ReadonlyMap<string, TopicWords>): TopicWords {
  const hidden = new Set(own.weighed.map(({ topic }) => topic));
  const weighed = own.weighed.filter(({ weight }) => weight !== 0);
  const combined = [...own.combined];
  for (const { weighed: shorter, combined: cues } of shorterTerms(term, planned)) {
    weighed.push(...shorter.filter(({ topic, weight }) => weight > 0 && !hidden.has(topic)));
    combined.push(...cues.filter(({ combination }) => !hidden.has(combination.topic)));
  }
  return { weighed, combined };
}

function* shorterTerms<T>(term: string, planned: ReadonlyMap<string, T>): Generator<T> {
  const words = term.split(' ');
  for (let from = 0; from < words.length; from += 1) {
    const longest = from === 0 ? words.length - 1 : words.length;
    for (let to = from + 1; to <= longest; to += 1) {
      const shorter = planned.get(words.slice(from, to).join(' '));
      if (shorter !== undefined) yield shorter;
    }
  }
}

function both<T>(terms: readonly (readonly [string, T])[]): TermMatcher<T> {
  const folded = createTermMatcher(clearWhenFolded(terms), { folded: true, abbreviated: true });
  return inEitherSpelling(createTermMatcher(terms, { abbreviated: true }), () => folded);
}

/** A single folded syllable (`thuoc`, `dich`, `viem`) is too often another word. */
function clearWhenFolded<T>(terms: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  return terms.filter(([term]) => term.includes(' ') || fold(term) === term);
}

function flatten(list: z.infer<typeof groups>): WeightedTerm[] {
  return list.flatMap(({ weight, terms }) =>
    terms.map((term) => ({ term: normalise(term).toLowerCase(), weight })),
  );
}

function contentFaults({ relevance, topics }: TopicsFile, file: string): ConfigFault[] {
  const faults: ConfigFault[] = [];
  for (const { weight } of relevance.negatives) {
    if (weight >= 0)
      faults.push({ file, expected: `weights below 0 in relevance.negatives; found ${weight}` });
  }
  const lists = [
    { name: 'relevance', terms: flatten([...relevance.terms, ...relevance.context, ...relevance.negatives]) },
    ...topics.map(({ key, terms }) => ({ name: `topic ${key}`, terms: flatten(terms) })),
  ];
  for (const { name, terms } of lists) {
    for (const term of repeated(terms.map(({ term }) => term))) {
      faults.push({ file, expected: `each term once in ${name}; \`${term}\` is repeated` });
    }
  }
  for (const key of repeated(topics.map(({ key }) => key))) {
    faults.push({ file, expected: `each topic once; \`${key}\` is repeated` });
  }
  return faults;
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
