import type { CaseCount, Caution } from '../domain/analysis.ts';
import type { Article } from '../domain/article.ts';
import type { Tier } from '../domain/outlet.ts';
import { type Share, wilsonShare } from '../domain/share.ts';
import type { Story } from '../domain/story.ts';
import { isNearCopy, similarity } from '../language/similarity.ts';

/** Where a text came from, as far as it says or shows. */
export interface TextSource {
  /** The article that it repeats, earlier in the story; absent where none of the story is. */
  readonly articleId?: string;
  /** Who wrote that: a newsroom's id, or the name that the text credits. */
  readonly newsroom: string;
  /** `credited`: the text says so; `likeness`: its words show it. */
  readonly by: 'credited' | 'likeness';
  /** Estimated share of words that the two have in common, 0…1; absent where there is no article to compare with. */
  readonly likeness?: number;
}

/** One article in the course of its story. */
export interface StoryStep {
  readonly article: Article;
  /** Its newsroom's first text of its own. */
  readonly isOwn: boolean;
  readonly source?: TextSource;
}

/** A tier or a province at the moment when the story first got there. */
export interface StoryReach<T extends string = string> {
  readonly value: T;
  readonly at: string;
  readonly articleId: string;
  readonly articles: number;
}

/** How far the story had come by a moment; counts are of everything until then. */
export interface StoryMoment {
  readonly at: string;
  readonly articles: number;
  readonly newsrooms: number;
  readonly negative: number;
  readonly share?: Share;
}

/** A word that decided on the polarity of some of its articles. */
export interface CarriedTerm {
  readonly term: string;
  readonly class: string;
  readonly articles: number;
  readonly newsrooms: number;
  /** Mean weight, in [-1, 1]. */
  readonly weight: number;
}

/** A number that articles give differently. */
export interface DifferingCount {
  readonly measure: CaseCount['measure'];
  readonly province?: string;
  readonly disease?: string;
  /** In the order in which they were first given. */
  readonly values: readonly {
    readonly value: number;
    readonly isApproximate: boolean;
    readonly at: string;
    readonly articleId: string;
    readonly outletId: string;
    readonly articles: number;
  }[];
}

export interface CarefulReading {
  readonly kind: Caution['kind'];
  readonly articles: readonly Article[];
}

/** How an event went through the press. */
export interface StoryCourse {
  /** Oldest first. */
  readonly steps: readonly StoryStep[];
  readonly tiers: readonly StoryReach<Tier>[];
  readonly provinces: readonly StoryReach[];
  readonly moments: readonly StoryMoment[];
  readonly terms: readonly CarriedTerm[];
  readonly counts: readonly DifferingCount[];
  readonly cautions: readonly CarefulReading[];
}

/** Below this a text that credits another newsroom has not taken its words. */
const SOMEWHAT_LIKE = 0.15;
const MOST_MOMENTS = 48;
const MOST_TERMS = 12;
const MOST_COUNTS = 6;

/**
 * Reads the course of a story from its articles: who wrote, who repeated whom, how far and how fast it came.
 *
 * Compares each article with all before it by their signatures: quadratic in the articles, which the caller bounds.
 *
 * @param articles  oldest first
 */
export function storyCourse(story: Story, articles: readonly Article[]): StoryCourse {
  return {
    steps: stepsOf(story, articles),
    tiers: reachOf(articles, ({ tier }) => [tier]),
    provinces: reachOf(articles, provincesOf),
    moments: momentsOf(articles),
    terms: termsOf(articles),
    counts: countsOf(articles),
    cautions: cautionsOf(articles),
  };
}

function stepsOf(story: Story, articles: readonly Article[]): StoryStep[] {
  const writing = new Set(story.independentNewsrooms);
  return articles.map((article, at) => {
    const isOwn = writing.delete(article.newsroom);
    const source = sourceOf(article, articles.slice(0, at), isOwn);
    return { article, isOwn, ...(source === undefined ? {} : { source }) };
  });
}

/** Who writes on the same event uses some of the same words: of a text of its own only its word counts. */
function sourceOf(article: Article, earlier: readonly Article[], isOwn: boolean): TextSource | undefined {
  const { creditedTo } = article;
  const likest = likestOf(
    article,
    creditedTo === undefined ? earlier : earlier.filter(({ newsroom }) => newsroom === creditedTo),
  );
  if (creditedTo !== undefined && creditedTo !== article.newsroom) {
    const isThere = likest !== undefined && likest.likeness >= SOMEWHAT_LIKE;
    return {
      newsroom: creditedTo,
      by: 'credited',
      ...(isThere ? { articleId: likest.article.id, likeness: likest.likeness } : {}),
    };
  }
  if (isOwn || likest === undefined || !isNearCopy(article.signature, likest.article.signature))
    return undefined;
  const { article: original, likeness } = likest;
  return { articleId: original.id, newsroom: original.newsroom, by: 'likeness', likeness };
}

/** Of several as like, the first. */
function likestOf(article: Article, others: readonly Article[]) {
  let found: { article: Article; likeness: number } | undefined;
  for (const other of others) {
    const likeness = similarity(article.signature, other.signature);
    if (found === undefined || likeness > found.likeness) found = { article: other, likeness };
  }
  return found;
}

function provincesOf({ mentions }: Article): string[] {
  return [
    ...new Set(mentions.flatMap(({ kind, id, province }) => (kind === 'province' ? id : (province ?? [])))),
  ];
}

function reachOf<T extends string>(
  articles: readonly Article[],
  valuesOf: (article: Article) => readonly T[],
) {
  const reached = new Map<T, StoryReach<T>>();
  for (const article of articles) {
    for (const value of valuesOf(article)) {
      const known = reached.get(value);
      reached.set(
        value,
        known === undefined
          ? { value, at: article.firstSeenAt, articleId: article.id, articles: 1 }
          : { ...known, articles: known.articles + 1 },
      );
    }
  }
  return [...reached.values()];
}

/** Evenly spaced from the first article to the last, so that a curve drawn through them keeps the time. */
function momentsOf(articles: readonly Article[]): StoryMoment[] {
  const [first] = articles;
  const last = articles.at(-1);
  if (first === undefined || last === undefined || articles.length < 2) return [];
  const from = Date.parse(first.firstSeenAt);
  const to = Date.parse(last.firstSeenAt);
  const steps = Math.min(MOST_MOMENTS, Math.max(2, articles.length * 2));
  return Array.from({ length: steps }, (_, step) => {
    const at = step === steps - 1 ? to : from + ((to - from) * step) / (steps - 1);
    const until = articles.filter(({ firstSeenAt }) => Date.parse(firstSeenAt) <= at);
    const negative = until.filter(({ sentiment }) => sentiment.polarity === 'negative').length;
    const share = wilsonShare(negative, until.length);
    return {
      at: new Date(at).toISOString(),
      articles: until.length,
      newsrooms: new Set(until.filter(({ copyNumber }) => copyNumber === 1).map(({ newsroom }) => newsroom))
        .size,
      negative,
      ...(share === undefined ? {} : { share }),
    };
  });
}

function termsOf(articles: readonly Article[]): CarriedTerm[] {
  const found = new Map<
    string,
    { class: string; articles: number; newsrooms: Set<string>; weights: number[] }
  >();
  for (const { newsroom, sentiment } of articles) {
    const own = new Map(sentiment.evidence.map((evidence) => [evidence.term, evidence]));
    for (const [term, evidence] of own) {
      const known = found.get(term) ?? {
        class: evidence.class,
        articles: 0,
        newsrooms: new Set(),
        weights: [],
      };
      known.articles += 1;
      known.newsrooms.add(newsroom);
      known.weights.push(evidence.weight);
      found.set(term, known);
    }
  }
  return [...found]
    .map(([term, { class: kind, articles: count, newsrooms, weights }]) => ({
      term,
      class: kind,
      articles: count,
      newsrooms: newsrooms.size,
      weight: weights.reduce((sum, weight) => sum + weight, 0) / weights.length,
    }))
    .sort(
      (a, b) =>
        b.newsrooms - a.newsrooms ||
        b.articles - a.articles ||
        Math.abs(b.weight) - Math.abs(a.weight) ||
        a.term.localeCompare(b.term, 'vi'),
    )
    .slice(0, MOST_TERMS);
}

/** Numbers of one measure about one place and disease, where articles differ; of each article the largest. */
function countsOf(articles: readonly Article[]): DifferingCount[] {
  const groups = new Map<
    string,
    { about: Omit<DifferingCount, 'values'>; values: Map<number, CountValue> }
  >();
  for (const article of articles) {
    for (const [key, count] of largestOf(article)) {
      const group = groups.get(key) ?? { about: aboutOf(count), values: new Map() };
      const known = group.values.get(count.value);
      group.values.set(
        count.value,
        known === undefined
          ? {
              value: count.value,
              isApproximate: count.isApproximate,
              at: article.firstSeenAt,
              articleId: article.id,
              outletId: article.outletId,
              articles: 1,
            }
          : { ...known, articles: known.articles + 1 },
      );
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .filter(({ values }) => values.size > 1)
    .map(({ about, values }) => ({ ...about, values: [...values.values()] }))
    .sort((a, b) => articlesIn(b) - articlesIn(a))
    .slice(0, MOST_COUNTS);
}

type CountValue = DifferingCount['values'][number];

function largestOf({ caseCounts }: Article): Map<string, CaseCount> {
  const largest = new Map<string, CaseCount>();
  for (const count of caseCounts) {
    const key = JSON.stringify([count.measure, count.province, count.disease]);
    const known = largest.get(key);
    if (known === undefined || count.value > known.value) largest.set(key, count);
  }
  return largest;
}

function aboutOf({ measure, province, disease }: CaseCount): Omit<DifferingCount, 'values'> {
  return {
    measure,
    ...(province === undefined ? {} : { province }),
    ...(disease === undefined ? {} : { disease }),
  };
}

function articlesIn({ values }: DifferingCount): number {
  return values.reduce((sum, { articles }) => sum + articles, 0);
}

function cautionsOf(articles: readonly Article[]): CarefulReading[] {
  const found = new Map<Caution['kind'], Article[]>();
  for (const article of articles) {
    for (const kind of new Set(article.cautions.map((caution) => caution.kind))) {
      found.set(kind, [...(found.get(kind) ?? []), article]);
    }
  }
  return [...found].map(([kind, careful]) => ({ kind, articles: careful }));
}
