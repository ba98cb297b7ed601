/** A person's word on an article: what is wrong or right about what the program said of it, and what it had said. */
import type { AnalysableText, Analysis, Mention, MentionKind, Polarity } from './analysis.ts';

/** `copies`: also the copies of its text in its story, those that are still to come included. */
export const CORRECTION_SCOPES = ['article', 'copies'] as const;
export type CorrectionScope = (typeof CORRECTION_SCOPES)[number];

export interface MentionKey {
  readonly kind: MentionKind;
  readonly id: string;
}

/** A mention that a person adds: chosen from a registry, so it has a name, and perhaps a province, but no span. */
export type AddedMention = Pick<Mention, 'kind' | 'id' | 'name' | 'province'>;

/** What a person says is right. Of what is left out nothing is said. */
export interface PersonsWord {
  readonly isHealth?: boolean;
  readonly polarity?: Polarity;
  /** All topics that it has, so that later versions neither add to them nor take from them. */
  readonly topics?: readonly string[];
  readonly mentions?: { readonly add: readonly AddedMention[]; readonly remove: readonly MentionKey[] };
  /** The story that it belongs to. */
  readonly storyId?: string;
}

/** What one version of the program said of the article, in so far as a person may contradict it. */
export interface MachineVerdict {
  readonly languageVersion: string;
  readonly isHealth: boolean;
  readonly polarity: Polarity;
  readonly topics: readonly string[];
  /** Without repeats, as `facility:bv-cho-ray`. */
  readonly mentions: readonly string[];
}

export interface Correction {
  readonly id: string;
  readonly articleId: string;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  readonly scope: CorrectionScope;
  readonly says: PersonsWord;
  /** The story that its article was in when it was made; absent where it was in none. */
  readonly storyId?: string;
  /** Where the article was drawn by chance, and not met by a reader who saw something wrong. */
  readonly isSampled?: boolean;
  /** What the versions said, the one first that the person saw; one for each version, at most `MOST_VERDICTS`. */
  readonly verdicts: readonly MachineVerdict[];
  /** What was judged: kept here, since the article may be revised, or leave the archive by its age. */
  readonly url: string;
  readonly outletId: string;
  readonly fromHealthFeed: boolean;
  readonly text: AnalysableText;
  readonly revokedAt?: string;
  readonly revokedBy?: string;
}

/** What a person says, before it is checked against the registries and the archive. */
export interface CorrectionDraft {
  readonly articleId: string;
  readonly by: string;
  readonly reason: string;
  readonly scope: CorrectionScope;
  readonly isSampled?: boolean | undefined;
  /** Says nothing but that all is as it should be: what the article has now is taken for the person's word. */
  readonly confirms?: boolean | undefined;
  readonly isHealth?: boolean | undefined;
  readonly polarity?: PersonsWord['polarity'] | undefined;
  readonly topics?: readonly string[] | undefined;
  readonly addMentions?: readonly MentionKey[] | undefined;
  readonly removeMentions?: readonly MentionKey[] | undefined;
  /** A story's id, or `own` for a story of its own. */
  readonly story?: string | undefined;
}

export const CORRECTION_FAULTS = [
  'unknown-article',
  'unknown-story',
  'unknown-topic',
  'unknown-mention',
  'nothing-said',
] as const;

/** A correction of or with something that is not there. */
export class CorrectionError extends Error {
  override name = 'CorrectionError';
  readonly fault: (typeof CORRECTION_FAULTS)[number];

  constructor(fault: CorrectionError['fault']) {
    super(`No correction: ${fault}`);
    this.fault = fault;
  }
}

/** What of an article may stand on a person's word. */
export const CORRECTED_FIELDS = ['relevance', 'polarity', 'topics', 'mentions', 'story'] as const;
export type CorrectedField = (typeof CORRECTED_FIELDS)[number];

/** What says of an article that people have judged it, and what the program had said by itself. */
export interface AppliedCorrections {
  /** The corrections that hold, oldest first. */
  readonly ids: readonly string[];
  /** Where a person's word differs from the program's; empty where people only confirmed. */
  readonly fields: readonly CorrectedField[];
  /** Whoever spoke last, and when. */
  readonly by: string;
  readonly at: string;
  readonly machine: MachineVerdict;
}

/** The first verdict, and the newest: a lexicon that changes every week fills this in half a year. */
export const MOST_VERDICTS = 25;

export function verdictOf(analysis: Analysis): MachineVerdict {
  const { languageVersion, relevance, sentiment, topics, mentions } = analysis;
  return {
    languageVersion,
    isHealth: relevance.isHealth,
    polarity: sentiment.polarity,
    topics: topics.map(({ topic }) => topic),
    mentions: [...new Set(mentions.map(mentionKey))],
  };
}

/** The correction with one verdict more, or the same object where it knows what that version says. */
export function withVerdict(correction: Correction, verdict: MachineVerdict): Correction {
  const { verdicts } = correction;
  if (verdicts.some(({ languageVersion }) => languageVersion === verdict.languageVersion)) return correction;
  const [first, ...later] = verdicts;
  const kept = first === undefined ? [] : [first, ...later.slice(-(MOST_VERDICTS - 2))];
  return { ...correction, verdicts: [...kept, verdict] };
}

/** Withdrawn corrections stay on record and count for nothing. The first to withdraw one has done so. */
export function revoke(correction: Correction, by: string, at: string): Correction {
  return correction.revokedAt === undefined ? { ...correction, revokedAt: at, revokedBy: by } : correction;
}

/** Those that hold, in the order in which they were made: later ones win. */
export function inForce(corrections: readonly Correction[]): Correction[] {
  return corrections
    .filter(({ revokedAt }) => revokedAt === undefined)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1));
}

/** The same for each article that has any. */
export function inForceByArticle(corrections: readonly Correction[]): Correction[][] {
  const byArticle = new Map<string, Correction[]>();
  for (const correction of inForce(corrections)) {
    const sofar = byArticle.get(correction.articleId);
    if (sofar === undefined) byArticle.set(correction.articleId, [correction]);
    else sofar.push(correction);
  }
  return [...byArticle.values()];
}

/** What people say in the end, field by field, where some have spoken more than once. */
export function lastWord(corrections: readonly Correction[]): PersonsWord {
  let word: PersonsWord = {};
  for (const { says } of inForce(corrections)) {
    const mentions = says.mentions && mergedMentions(word.mentions, says.mentions);
    word = { ...word, ...says, ...(mentions === undefined ? {} : { mentions }) };
  }
  return word;
}

/**
 * The story that people put an article into; where they have withdrawn that, the one it was in before; `undefined`
 * where they never spoke of it.
 *
 * @param corrections  in any order, those withdrawn included
 */
export function storyByWord(corrections: readonly Correction[]): string | undefined {
  const { storyId } = lastWord(corrections);
  if (storyId !== undefined) return storyId;
  const [first] = corrections
    .filter(({ says }) => says.storyId !== undefined)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return first?.storyId;
}

type Changes = NonNullable<PersonsWord['mentions']>;

function mergedMentions(earlier: Changes = { add: [], remove: [] }, later: Changes): Changes {
  const spokenOf = new Set([...later.add, ...later.remove].map(mentionKey));
  const isOpen = (one: MentionKey) => !spokenOf.has(mentionKey(one));
  return {
    add: [...earlier.add.filter(isOpen), ...later.add],
    remove: [...earlier.remove.filter(isOpen), ...later.remove],
  };
}

/**
 * The analysis with people's word in place of the program's, marked so that everybody can see which is which.
 *
 * A corrected polarity keeps the score, both axes and the evidence, which are the program's reasons; topics and mentions
 * that a person adds have no score, terms or span. The story is not the analysis's and is only marked here.
 *
 * @param analysis     what the program itself says, or an article made of that: never one that is corrected already
 * @param corrections  of this text, in any order; those withdrawn are left out
 */
export function corrected<A extends Analysis>(
  analysis: A,
  corrections: readonly Correction[],
): A & { readonly corrected?: AppliedCorrections } {
  const holding = inForce(corrections);
  const last = holding.at(-1);
  if (last === undefined) return uncorrected(analysis);
  const word = lastWord(holding);
  const machine = verdictOf(analysis);
  const { relevance, sentiment, topics, mentions } = analysis;
  const result: A = {
    ...uncorrected(analysis),
    relevance: { ...relevance, isHealth: word.isHealth ?? relevance.isHealth },
    sentiment: { ...sentiment, polarity: word.polarity ?? sentiment.polarity },
    topics: word.topics === undefined ? topics : word.topics.map((topic) => topicOf(topic, analysis)),
    mentions: word.mentions === undefined ? mentions : correctedMentions(mentions, word.mentions),
  };
  const fields = differences(machine, verdictOf(result));
  return {
    ...result,
    corrected: {
      ids: holding.map(({ id }) => id),
      fields: word.storyId === undefined ? fields : [...fields, 'story'],
      by: last.by,
      at: last.at,
      machine,
    },
  };
}

/** Without the mark that an earlier correction may have left. */
function uncorrected<A extends Analysis>(analysis: A & { readonly corrected?: AppliedCorrections }): A {
  if (analysis.corrected === undefined) return analysis;
  const { corrected: _corrected, ...rest } = analysis;
  return rest as unknown as A;
}

/** Where two verdicts differ, whatever the order of topics and mentions. */
export function differences(a: MachineVerdict, b: MachineVerdict): CorrectedField[] {
  const differing: CorrectedField[] = [];
  if (a.isHealth !== b.isHealth) differing.push('relevance');
  if (a.polarity !== b.polarity) differing.push('polarity');
  if (!isSameSet(a.topics, b.topics)) differing.push('topics');
  if (!isSameSet(a.mentions, b.mentions)) differing.push('mentions');
  return differing;
}

export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const known = new Set(a);
  return known.size === new Set(b).size && b.every((value) => known.has(value));
}

/** `facility:bv-cho-ray`. */
export function mentionKey({ kind, id }: MentionKey): string {
  return `${kind}:${id}`;
}

function topicOf(topic: string, { topics }: Analysis): Analysis['topics'][number] {
  return topics.find((match) => match.topic === topic) ?? { topic, score: 0, terms: [] };
}

function correctedMentions(mentions: readonly Mention[], { add, remove }: Changes): Mention[] {
  const removed = new Set(remove.map(mentionKey));
  const kept = mentions.filter((mention) => !removed.has(mentionKey(mention)));
  const known = new Set(kept.map(mentionKey));
  return [
    ...kept,
    ...add
      .filter((mention) => !known.has(mentionKey(mention)))
      .map((mention) => ({ ...mention, start: 0, end: 0 })),
  ];
}
