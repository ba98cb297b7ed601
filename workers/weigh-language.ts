/** What a changed lexicon or changed topics would do to the archive, before they are put to use. */
import type { Analysis } from '../src/domain/analysis.ts';
import type { Article } from '../src/domain/article.ts';
import { type Correction, lastWord, type PersonsWord } from '../src/domain/correction.ts';
import { type Flip, FlipCounts, flipsBetween } from '../src/domain/flips.ts';
import type { Language } from '../src/language/language.ts';
import { correctionsOf } from './heed-corrections.ts';
import { analyseEntry } from './judge-entry.ts';
import { scanInGroups } from './scan-in-groups.ts';
import type { Deps } from './stage.ts';

/** One article that would be judged otherwise. */
export interface ChangedArticle {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly outletId: string;
  readonly firstSeenAt: string;
  readonly flips: readonly Flip[];
  /** The terms that weigh most, strongest first, with what they weigh: `tử vong -1`. */
  readonly decidedBefore: readonly string[];
  readonly decidedAfter: readonly string[];
  /** Where a person has spoken of what flips: whether the change goes with their word. */
  readonly person?: 'agrees' | 'disagrees';
}

export interface Impact {
  readonly articles: number;
  readonly changed: number;
  /** How often each flip occurs, most frequent first: `polarity: neutral → negative`. */
  readonly flips: FlipCounts;
  /** Articles that flip to what a person said of them, and away from it. */
  readonly agreeing: number;
  readonly disagreeing: number;
}

/** Which articles are weighed: the newest so many, those first seen since, or both. */
export interface Weighed {
  readonly last?: number;
  readonly since?: string;
}

/** Terms named for each judgement. */
const DECIDING = 4;
/**
 * Judges the newest articles twice, by the program alone, and tells those that come out differently, oldest first.
 * Writes nothing. What the archive does not hold, because it was not taken for health news, is not weighed.
 *
 * @param onChange  called for each of them, and waited for
 */
export async function weighLanguage(
  { before, after }: { readonly before: Language; readonly after: Language },
  weighed: Weighed,
  deps: Pick<Deps, 'articles' | 'entries' | 'corrections'>,
  onChange: (article: ChangedArticle) => Promise<void> | void = () => {},
): Promise<Impact> {
  const flips = new FlipCounts();
  const counts = { articles: 0, changed: 0, agreeing: 0, disagreeing: 0 };
  const from = await startOf(weighed, deps);
  for await (const articles of scanInGroups(deps.articles, from === undefined ? {} : { from })) {
    counts.articles += articles.length;
    for (const changed of await changedAmong(articles, before, after, deps)) {
      flips.add(changed.flips);
      counts.changed += 1;
      if (changed.person === 'agrees') counts.agreeing += 1;
      if (changed.person === 'disagrees') counts.disagreeing += 1;
      await onChange(changed);
    }
  }
  return { ...counts, flips };
}

/** When the oldest of the newest so many was first seen; others seen at that very moment come with it. */
async function startOf(
  { last, since }: Weighed,
  { articles }: Pick<Deps, 'articles'>,
): Promise<string | undefined> {
  if (last === undefined) return since;
  const filter = since === undefined ? {} : { from: since };
  const [oldest] = (await articles.search(filter, { offset: last - 1, limit: 1 })).articles;
  return oldest?.firstSeenAt ?? since;
}

async function changedAmong(
  articles: readonly Article[],
  before: Language,
  after: Language,
  deps: Pick<Deps, 'entries' | 'corrections'>,
): Promise<ChangedArticle[]> {
  const entries = await Promise.all(articles.map(({ id }) => deps.entries.find(id)));
  const word = await correctionsOf(articles, deps);
  return articles.flatMap((article, index) => {
    const entry = entries[index];
    // Entries know what the archive does not: whether the feed carries health news only.
    const judge = (language: Language) =>
      entry === undefined
        ? language.analyse(article, { fromHealthFeed: false })
        : analyseEntry(entry, language);
    const [then, now] = [judge(before), judge(after)];
    const flips = flipsBetween(then, now);
    if (flips.length === 0) return [];
    const person = personOn(then, now, word.get(article.id) ?? []);
    const { id, title, url, outletId, firstSeenAt } = article;
    return [
      {
        ...{ id, title, url, outletId, firstSeenAt, flips },
        decidedBefore: deciding(then),
        decidedAfter: deciding(now),
        ...(person === undefined ? {} : { person }),
      },
    ];
  });
}

/** Any departure from a person's word counts more than all that comes nearer to it. */
function personOn(
  before: Analysis,
  after: Analysis,
  corrections: readonly Correction[],
): ChangedArticle['person'] {
  const word = lastWord(corrections);
  const away = agreements(word, before).map(
    (agreed, index) => agreed - (agreements(word, after)[index] as number),
  );
  if (away.some((step) => step > 0)) return 'disagrees';
  return away.some((step) => step < 0) ? 'agrees' : undefined;
}

/** 1 for each judgement that is as the person says, 0 where it is not or nothing was said. */
function agreements({ isHealth, polarity, topics }: PersonsWord, analysis: Analysis): number[] {
  const found = new Set(analysis.topics.map(({ topic }) => topic));
  const hasTopics =
    topics !== undefined && found.size === topics.length && topics.every((key) => found.has(key));
  return [
    Number(isHealth === analysis.relevance.isHealth),
    Number(polarity === analysis.sentiment.polarity),
    Number(hasTopics),
  ];
}

function deciding({ sentiment }: Analysis): string[] {
  return [...sentiment.evidence]
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, DECIDING)
    .map(({ term, weight }) => `${term} ${Number(weight.toFixed(2))}`);
}
