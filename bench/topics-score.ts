/** How well topics are found: sets of keys per text against what two people read in it and agreed upon. */
import type { AnalysableText } from '../src/domain/analysis.ts';
import type { Language } from '../src/language/language.ts';
import { type MentionScore, scoreSets } from './mentions-score.ts';

export interface TopicRow {
  readonly text: AnalysableText;
  /** Keys agreed upon; empty for a text outside the sector. */
  readonly topics: readonly string[];
  /** What each reader wrote before they saw the other's. */
  readonly pass1: readonly string[];
  readonly pass2: readonly string[];
}

export interface TopicScore {
  /** By key, in the order of the rules; topics that no row is about are left out. */
  readonly byTopic: ReadonlyMap<string, MentionScore>;
  /** Mean F1 of `byTopic`, in [0, 1]. */
  readonly macroF1: number;
  readonly micro: MentionScore;
  /** The same two figures of the second reader against the first, and the share of rows with equal sets. */
  readonly readers: { readonly macroF1: number; readonly microF1: number; readonly same: number };
}

/**
 * Scores the topics that an article would be stored with: none where it is judged to be outside the sector.
 */
export function scoreTopics(
  rows: readonly TopicRow[],
  language: Pick<Language, 'analyse' | 'topicNames'>,
): TopicScore {
  const found = rows.map(({ text }) => {
    const { relevance, topics } = language.analyse(text, { fromHealthFeed: false });
    return new Set(relevance.isHealth ? topics.map(({ topic }) => topic) : []);
  });
  const keys = [...language.topicNames.keys()];
  const ours = byKey(
    keys,
    rows.map(({ topics }, row) => ({ wanted: new Set(topics), found: found[row] ?? new Set<string>() })),
  );
  const second = byKey(
    keys,
    rows.map(({ pass1, pass2 }) => ({ wanted: new Set(pass1), found: new Set(pass2) })),
  );
  const same = rows.filter(({ pass1, pass2 }) => equal(new Set(pass1), new Set(pass2))).length;
  return {
    ...ours,
    readers: { macroF1: second.macroF1, microF1: second.micro.f1, same: same / Math.max(1, rows.length) },
  };
}

type Pair = { readonly wanted: ReadonlySet<string>; readonly found: ReadonlySet<string> };

function byKey(keys: readonly string[], pairs: readonly Pair[]) {
  const only = (set: ReadonlySet<string>, key: string) => new Set(set.has(key) ? [key] : []);
  const wanted = keys.filter((key) => pairs.some((pair) => pair.wanted.has(key)));
  const byTopic = new Map(
    wanted.map((key) => [
      key,
      scoreSets(pairs.map((pair) => ({ wanted: only(pair.wanted, key), found: only(pair.found, key) }))),
    ]),
  );
  const total = [...byTopic.values()].reduce((sum, { f1 }) => sum + f1, 0);
  return { byTopic, macroF1: total / Math.max(1, byTopic.size), micro: scoreSets(pairs) };
}

function equal(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}
