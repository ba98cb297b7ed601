/** What two judgements of one text say differently: by two versions of the program, or of its lexicon. */
import { type Analysis, SENTIMENT_AXES } from './analysis.ts';

/** One thing that was said and now is said otherwise. */
export interface Flip {
  /** `polarity`, `event`, `stance`, `relevance`, or `topic:incidents`. */
  readonly of: string;
  readonly from: string;
  readonly to: string;
}

type Judged = Pick<Analysis, 'relevance' | 'sentiment' | 'topics'>;

/** In the order polarity, axes, relevance, topics; empty where both say the same. */
export function flipsBetween(before: Judged, after: Judged): Flip[] {
  const topics = [...new Set([...before.topics, ...after.topics].map(({ topic }) => topic))];
  const flips: Flip[] = [
    { of: 'polarity', from: before.sentiment.polarity, to: after.sentiment.polarity },
    ...SENTIMENT_AXES.map((axis) => ({
      of: axis,
      from: before.sentiment[axis].polarity,
      to: after.sentiment[axis].polarity,
    })),
    { of: 'relevance', from: relevanceOf(before), to: relevanceOf(after) },
    ...topics.map((topic) => ({ of: `topic:${topic}`, from: has(before, topic), to: has(after, topic) })),
  ];
  return flips.filter(({ from, to }) => from !== to);
}

function relevanceOf({ relevance }: Judged): string {
  return relevance.isHealth ? 'health' : 'not-health';
}

function has({ topics }: Judged, topic: string): string {
  return topics.some((match) => match.topic === topic) ? 'with' : 'without';
}

/** How often each flip has happened, keyed `polarity: neutral → negative`; most frequent first when read out. */
export class FlipCounts {
  readonly #counts = new Map<string, number>();

  add(flips: readonly Flip[]): void {
    for (const { of, from, to } of flips) {
      const key = `${of}: ${from} → ${to}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  toJSON(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort((a, b) => b[1] - a[1]));
  }
}
