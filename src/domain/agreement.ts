/** How often the program says what people say: by version, with how sure one can be of it. */
import {
  type Correction,
  inForceByArticle,
  isSameSet,
  lastWord,
  type MachineVerdict,
  type PersonsWord,
} from './correction.ts';

/** A share with its 95 % Wilson interval; of none it says nothing, from 0 to 1. */
export interface Agreement {
  readonly agreed: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

export interface VersionAgreement {
  readonly languageVersion: string;
  /** Articles that people have judged and this version, too. */
  readonly articles: number;
  readonly relevance: Agreement;
  readonly polarity: Agreement;
  readonly topics: Agreement;
}

/** What people say of one article in the end, and what the versions said, in the order in which they did. */
interface JudgedArticle {
  readonly word: PersonsWord;
  readonly verdicts: readonly MachineVerdict[];
  readonly isSampled: boolean;
}

/**
 * Agreement of each version with people, newest version first.
 *
 * Counted once for each article that was itself judged; copies that inherited a word count for nothing. What a person
 * said nothing of is not counted either.
 *
 * @param corrections  all there are
 */
export function agreementByVersion(corrections: readonly Correction[]): VersionAgreement[] {
  return byVersion(judgedArticles(corrections), ({ verdicts }) => verdicts);
}

/**
 * The same over articles drawn by chance alone, and only for the version that each was drawn under: later versions may
 * have been made with these very articles in hand.
 */
export function sampledAgreement(corrections: readonly Correction[]): VersionAgreement[] {
  const sampled = judgedArticles(corrections).filter(({ isSampled }) => isSampled);
  return byVersion(sampled, ({ verdicts }) => verdicts.slice(0, 1));
}

function judgedArticles(corrections: readonly Correction[]): JudgedArticle[] {
  return inForceByArticle(corrections).map((ofArticle) => {
    // Who draws an article judges it at once; what had been said of it before was no chance.
    const isSampled = ofArticle[0]?.isSampled === true;
    const verdicts = new Map(
      ofArticle.flatMap((one) => one.verdicts).map((verdict) => [verdict.languageVersion, verdict]),
    );
    return { word: lastWord(ofArticle), verdicts: [...verdicts.values()], isSampled };
  });
}

function byVersion(
  articles: readonly JudgedArticle[],
  verdictsOf: (article: JudgedArticle) => readonly MachineVerdict[],
): VersionAgreement[] {
  const versions = new Map<string, { word: PersonsWord; verdict: MachineVerdict }[]>();
  for (const article of articles) {
    for (const verdict of verdictsOf(article)) {
      const sofar = versions.get(verdict.languageVersion) ?? [];
      versions.set(verdict.languageVersion, [...sofar, { word: article.word, verdict }]);
    }
  }
  return [...versions].reverse().map(([languageVersion, judged]) => ({
    languageVersion,
    articles: judged.length,
    relevance: agreement(judged, ({ isHealth }, verdict) =>
      isHealth === undefined ? undefined : isHealth === verdict.isHealth,
    ),
    polarity: agreement(judged, ({ polarity }, verdict) =>
      polarity === undefined ? undefined : polarity === verdict.polarity,
    ),
    topics: agreement(judged, ({ topics }, verdict) => topics && isSameSet(topics, verdict.topics)),
  }));
}

function agreement(
  judged: readonly { word: PersonsWord; verdict: MachineVerdict }[],
  agrees: (word: PersonsWord, verdict: MachineVerdict) => boolean | undefined,
): Agreement {
  const answers = judged
    .map(({ word, verdict }) => agrees(word, verdict))
    .filter((answer) => answer !== undefined);
  const agreed = answers.filter((answer) => answer).length;
  return { agreed, of: answers.length, ...wilson(agreed, answers.length) };
}

/** Of the normal distribution: 95 % lies between minus and plus this. */
const Z = 1.959964;

/**
 * The 95 % score interval of a share; sound for few observations and at both ends.
 *
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927) 209–212.
 */
export function wilson(hits: number, of: number): { readonly low: number; readonly high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const share = hits / of;
  const scale = 1 + (Z * Z) / of;
  const middle = (share + (Z * Z) / (2 * of)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
