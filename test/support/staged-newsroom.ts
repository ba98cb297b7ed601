import { afterAll } from 'vitest';

import { type Newsroom, type NewsroomOptions, startNewsroom } from '../../src/newsroom/newsroom.ts';
import { demoScenario } from '../../src/newsroom/scenario.ts';

/** A Sunday evening in Vietnam. */
export const START = new Date('2026-11-22T12:00:00.000Z');

export interface StagedNewsroom extends Newsroom {
  /** Moves the newsroom's clock to so many milliseconds after its start. */
  at(ms: number): void;
}

const opened: Newsroom[] = [];

/** A newsroom whose clock the test turns by hand; closed when the file is done. */
export async function stage(options: Partial<NewsroomOptions> = {}): Promise<StagedNewsroom> {
  let elapsedMs = 0;
  const newsroom = await startNewsroom({
    seed: 11,
    now: () => new Date(START.getTime() + elapsedMs),
    scenario: demoScenario(),
    ...options,
  });
  opened.push(newsroom);
  return Object.assign(newsroom, {
    at(ms: number) {
      elapsedMs = ms;
    },
  });
}

export function feedUrl(newsroom: Newsroom, feedId: string): string {
  const feed = newsroom.outlets.flatMap(({ feeds }) => feeds).find(({ id }) => id === feedId);
  if (feed === undefined) throw new Error(`No feed ${feedId}`);
  return feed.url;
}

afterAll(() => Promise.all(opened.map((newsroom) => newsroom.close())));
