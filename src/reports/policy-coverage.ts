import type { Polarity, Speaker } from '../domain/analysis.ts';
import type { Article } from '../domain/article.ts';
import { type Share, wilsonShare } from '../domain/share.ts';
import { DAY_MS, vietnameseDay, vietnameseMidnight } from '../domain/time.ts';
import { fold } from '../language/normalise.ts';
import type { PolicyDocument } from '../language/policy-document-registry.ts';
import { anyPhrase } from './campaign-query.ts';
import { type Misquotation, misquotedFacts, shownFact } from './misquoted-facts.ts';
import { monthsBetween } from './monthly-report.ts';
import { factsOf } from './policy-facts.ts';
import { sentencesOf } from './sentences.ts';

export const PHASES = ['before-draft', 'draft', 'consultation', 'signed', 'in-effect'] as const;
export type PolicyPhase = (typeof PHASES)[number];

export interface PhaseSpan {
  readonly phase: PolicyPhase;
  /** `YYYY-MM-DD` in Vietnam, both included; open where absent. */
  readonly from?: string;
  readonly to?: string;
}

/** How many there are, and how they stand to the sector. */
export interface StanceCount {
  readonly articles: number;
  readonly negative: number;
  readonly positive: number;
  /** Share negative with its interval. */
  readonly share: Share | undefined;
}

export interface SpokenSentence {
  readonly articleId: string;
  readonly title: string;
  readonly outletId: string;
  readonly firstSeenAt: string;
  readonly sentence: string;
}

export interface ClauseReport extends StanceCount {
  readonly id: string;
  readonly name: string;
  /** Finds its articles among those of the document. */
  readonly search: string;
  readonly questions: readonly SpokenSentence[];
}

export interface PolicyReport {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly dates: Pick<PolicyDocument, 'draftedAt' | 'consultedAt' | 'issuedAt' | 'effectiveAt'>;
  readonly phase: PolicyPhase | undefined;
  /** Days until it takes effect, 0 on the day itself; absent where that is long to come, past or not known. */
  readonly inDays?: number;
  readonly dataWatermarkAt: string;
  readonly total: StanceCount;
  /** How many of all its articles were read for what follows. */
  readonly read: number;
  readonly all: number;
  readonly phases: readonly (PhaseSpan & StanceCount)[];
  readonly outlets: readonly (StanceCount & { readonly outletId: string })[];
  readonly speakers: readonly {
    readonly speaker: Speaker;
    readonly articles: number;
    readonly critical: number;
    readonly favourable: number;
  }[];
  readonly clauses: readonly ClauseReport[];
  readonly questions: readonly SpokenSentence[];
  /** What is to be quoted right, and how many sentences give something else. */
  readonly facts: readonly {
    readonly id: string;
    readonly says: string;
    readonly value: string;
    readonly misquoted: number;
  }[];
  readonly misquotations: readonly Misquotation[];
  /** From the first to the last with an article, oldest first, with none left out. */
  readonly months: readonly PolicyMonth[];
}

export interface PolicyMonth extends Readonly<Record<Polarity, number>> {
  readonly month: string;
  /** That which the month ends in. */
  readonly phase?: PolicyPhase;
}

const MOST_QUESTIONS = 50;
const MOST_MONTHS = 120;

/** What people say who do not know how it is meant, or cannot do as it says. */
const ASKING =
  /[?？]|(?<!\p{L})(?:băn khoăn|vướng mắc|lúng túng|thắc mắc|chưa rõ|không rõ|bất cập|kiến nghị làm rõ|cần làm rõ|chưa có hướng dẫn|khó hiểu|hiểu thế nào)(?!\p{L})/iu;

/**
 * The phases of a document as far as its dates are known; none for what has no date of issue and none of effect.
 * Where a step has no date its phase is left out, and the one before goes on.
 */
export function policyPhases({ draftedAt, consultedAt, issuedAt, effectiveAt }: PolicyDocument): PhaseSpan[] {
  const begun: PhaseSpan[] = [
    ...(draftedAt === undefined ? [] : [{ phase: 'draft' as const, from: draftedAt }]),
    ...(consultedAt === undefined ? [] : [{ phase: 'consultation' as const, from: consultedAt }]),
    ...(issuedAt === undefined ? [] : [{ phase: 'signed' as const, from: issuedAt }]),
    ...(effectiveAt === undefined ? [] : [{ phase: 'in-effect' as const, from: effectiveAt }]),
  ];
  const first = begun[0]?.from;
  if (first === undefined) return [];
  const spans = begun.map((span, at): PhaseSpan => {
    const next = begun[at + 1]?.from;
    return next === undefined ? span : { ...span, to: dayBefore(next) };
  });
  // What is signed and in effect on one day has no days between.
  const lasting = spans.filter(({ from = '', to }) => to === undefined || from <= to);
  return [{ phase: 'before-draft', to: dayBefore(first) }, ...lasting];
}

/**
 * What the press makes of a document. Linear in the texts of the articles.
 *
 * @param articles  those that mention it, newest first
 * @param all       how many there are
 */
export function policyReport(
  document: PolicyDocument,
  articles: readonly Article[],
  all: number,
  dataWatermarkAt: string,
  now: Date,
): PolicyReport {
  const { id, number, name, draftedAt, consultedAt, issuedAt, effectiveAt } = document;
  const spans = policyPhases(document);
  const today = vietnameseDay(now);
  const questions = articles.flatMap((article) => questionsIn(document, article));
  const misquotations = misquotedFacts(document, articles);
  const [upcoming] = upcomingPolicies([document], now);
  return {
    id,
    number,
    name,
    dates: {
      ...(draftedAt === undefined ? {} : { draftedAt }),
      ...(consultedAt === undefined ? {} : { consultedAt }),
      ...(issuedAt === undefined ? {} : { issuedAt }),
      ...(effectiveAt === undefined ? {} : { effectiveAt }),
    },
    phase: spans.find((span) => isWithin(today, span))?.phase,
    ...(upcoming === undefined ? {} : { inDays: upcoming.inDays }),
    dataWatermarkAt,
    total: stanceOf(articles),
    read: articles.length,
    all,
    phases: spans.map((span) => ({
      ...span,
      ...stanceOf(articles.filter(({ firstSeenAt }) => isWithin(vietnameseDay(firstSeenAt), span))),
    })),
    outlets: grouped(articles, ({ outletId }) => outletId)
      .map(([outletId, own]) => ({ outletId, ...stanceOf(own) }))
      .sort((a, b) => b.articles - a.articles),
    speakers: speakersOf(articles),
    clauses: document.clauses.map((clause) => {
      const own = articles.filter((article) => holdsAny(textOf(article), clause.terms));
      return {
        id: clause.id,
        name: clause.name,
        search: anyPhrase(clause.terms),
        ...stanceOf(own),
        questions: questions.filter(({ sentence }) => holdsAny(sentence, clause.terms)),
      };
    }),
    questions: questions.slice(0, MOST_QUESTIONS),
    facts: factsOf(document).map((fact) => ({
      id: fact.id,
      says: fact.says,
      value: shownFact(fact),
      misquoted: misquotations.filter(({ factId }) => factId === fact.id).length,
    })),
    misquotations,
    months: monthsOf(articles, spans),
  };
}

/** A document that takes effect soon. */
export interface UpcomingPolicy {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly effectiveAt: string;
  /** 0 on the day itself. */
  readonly inDays: number;
}

/** Documents that take effect within so many days, the next first. */
export function upcomingPolicies(
  documents: readonly PolicyDocument[],
  now: Date,
  withinDays = 30,
): UpcomingPolicy[] {
  const today = vietnameseMidnight(vietnameseDay(now));
  return documents
    .flatMap(({ id, number, name, effectiveAt }) => {
      if (effectiveAt === undefined) return [];
      const inDays = Math.round((vietnameseMidnight(effectiveAt) - today) / DAY_MS);
      return inDays < 0 || inDays > withinDays ? [] : [{ id, number, name, effectiveAt, inDays }];
    })
    .sort((a, b) => a.inDays - b.inDays || (a.id < b.id ? -1 : 1));
}

function questionsIn({ id }: PolicyDocument, article: Article): SpokenSentence[] {
  const text = textOf(article);
  const own = article.mentions.filter((mention) => mention.kind === 'policy-document');
  // Of an article about several documents only what stands beside this one is surely asked of it.
  const isAlone = own.every((mention) => mention.id === id);
  return sentencesOf(text).flatMap(({ text: sentence, start, end }) => {
    const isNamed = own.some((mention) => mention.id === id && mention.start >= start && mention.start < end);
    if (!ASKING.test(sentence) || (!isAlone && !isNamed)) return [];
    const { id: articleId, title, outletId, firstSeenAt } = article;
    return [{ articleId, title, outletId, firstSeenAt, sentence }];
  });
}

function speakersOf(articles: readonly Article[]): PolicyReport['speakers'] {
  const found = new Map<Speaker, { articles: number; critical: number; favourable: number }>();
  for (const { sentiment } of articles) {
    const own = sentiment.evidence.filter(({ axes }) => axes.includes('stance'));
    for (const speaker of new Set(own.flatMap((one) => one.speaker ?? []))) {
      const weight = own.filter((one) => one.speaker === speaker).reduce((sum, one) => sum + one.weight, 0);
      const count = found.get(speaker) ?? { articles: 0, critical: 0, favourable: 0 };
      count.articles += 1;
      if (weight < 0) count.critical += 1;
      if (weight > 0) count.favourable += 1;
      found.set(speaker, count);
    }
  }
  return [...found]
    .map(([speaker, count]) => ({ speaker, ...count }))
    .sort((a, b) => b.articles - a.articles);
}

function stanceOf(articles: readonly Article[]): StanceCount {
  const of = (polarity: Polarity) =>
    articles.filter(({ sentiment }) => sentiment.stance.polarity === polarity).length;
  const negative = of('negative');
  return {
    articles: articles.length,
    negative,
    positive: of('positive'),
    share: wilsonShare(negative, articles.length),
  };
}

function monthsOf(articles: readonly Article[], spans: readonly PhaseSpan[]): PolicyMonth[] {
  const seen = articles.map(({ firstSeenAt }) => firstSeenAt).sort();
  const [first] = seen;
  const last = seen.at(-1);
  if (first === undefined || last === undefined) return [];
  const byMonth = new Map(grouped(articles, ({ firstSeenAt }) => vietnameseDay(firstSeenAt).slice(0, 7)));
  return monthsBetween(first, last, MOST_MONTHS)
    .reverse()
    .map((month) => {
      const phase = spans.findLast(({ from = '' }) => from <= `${month}-31`)?.phase;
      const counts = polaritiesOf(byMonth.get(month) ?? []);
      return { month, ...counts, ...(phase === undefined ? {} : { phase }) };
    });
}

function polaritiesOf(articles: readonly Article[]): Record<Polarity, number> {
  const counts = { negative: 0, neutral: 0, positive: 0 };
  for (const { sentiment } of articles) counts[sentiment.stance.polarity] += 1;
  return counts;
}

function grouped(articles: readonly Article[], by: (article: Article) => string): [string, Article[]][] {
  const groups = new Map<string, Article[]>();
  for (const article of articles) {
    const own = groups.get(by(article));
    if (own === undefined) groups.set(by(article), [article]);
    else own.push(article);
  }
  return [...groups];
}

function textOf({ title, summary, body }: Article): string {
  return `${title}\n${summary}\n${body}`;
}

/** As a search finds phrases: whole words, whatever their diacritics. */
function holdsAny(text: string, terms: readonly string[]): boolean {
  const words = ` ${wordsOf(text)} `;
  return terms.some((term) => words.includes(` ${wordsOf(term)} `));
}

function wordsOf(text: string): string {
  return fold(text)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{Nd}]+/gu, ' ')
    .trim();
}

function isWithin(day: string, { from, to }: PhaseSpan): boolean {
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

function dayBefore(day: string): string {
  return vietnameseDay(vietnameseMidnight(day) - DAY_MS);
}
