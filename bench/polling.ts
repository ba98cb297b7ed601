/**
 * What the adaptive schedule saves and costs, on real times of publication, beside fixed intervals in the same run.
 *
 * `npm run bench -- polling [--stream FOLDER]`: plays what outlets published in half a year against the schedule that
 * the program runs on. Every feed is polled three ways: as the schedule says, every configured interval, and at a
 * fixed interval that makes as many requests as the schedule did. Delay is from publication to the poll that finds it.
 *
 * The stream's own clock is that of a poller which came by every two hours, so what an outlet printed is used, with
 * its constant fault of seven hours taken off; an outlet that prints no time of its own (Tuổi Trẻ) is left out, and so
 * are entries first seen more than a day after it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

import { afterGoodPoll } from '../src/domain/feed-polls.ts';
import { type FeedState, neverPolled } from '../src/domain/feed-state.ts';
import type { Tier } from '../src/domain/outlet.ts';
import { DAY_MS, VIETNAM_OFFSET_MS } from '../src/domain/time.ts';

const MINUTE_MS = 60_000;

/** Entries that a feed shows at once, as most of these outlets have it. */
const WINDOW = 50;

/** Outlets whose feeds print the poll's own time. */
const TIMELESS = /^Tuổi Trẻ/;

interface Line {
  readonly url: string;
  readonly outlet: string;
  readonly publishedAt: string;
  readonly fetchedAt: string;
}

interface Played {
  readonly polls: number;
  readonly delays: readonly number[];
  /** Entries that no poll ever saw. */
  readonly lost: number;
}

/** Times of publication of each outlet, ascending, in milliseconds. */
function readArrivals(folder: string): Map<string, number[]> {
  const seen = new Set<string>();
  const arrivals = new Map<string, number[]>();
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl.gz'))
    .sort()) {
    for (const text of gunzipSync(readFileSync(join(folder, name)))
      .toString('utf8')
      .split('\n')) {
      if (text === '') continue;
      const { url, outlet, publishedAt, fetchedAt } = JSON.parse(text) as Line;
      const at = trueTime(publishedAt, Date.parse(fetchedAt));
      if (TIMELESS.test(outlet) || at === undefined || seen.has(`${outlet} ${url}`)) continue;
      seen.add(`${outlet} ${url}`);
      arrivals.set(outlet, [...(arrivals.get(outlet) ?? []), at]);
    }
  }
  return new Map([...arrivals].map(([outlet, times]) => [outlet, times.sort((a, b) => a - b)]));
}

/** A time that was printed as if UTC were Vietnam's, put right; `undefined` where it makes no sense then. */
function trueTime(printed: string, seenAt: number): number | undefined {
  // `+07:07` stands for +07:00 in one outlet's feeds.
  const at = Date.parse(printed.replace('+07:07', '+07:00')) + VIETNAM_OFFSET_MS;
  return at <= seenAt && seenAt - at < DAY_MS ? at : undefined;
}

/** Outlets publish on the minute, many every five: the phase of a fixed interval is luck, so several are played. */
const PHASES = 7;

function playFixed(arrivals: readonly number[], everyMs: number): Played {
  const played = Array.from({ length: PHASES }, (_, phase) =>
    play(arrivals, () => everyMs, (everyMs * phase) / PHASES),
  );
  const sum = (of: (one: Played) => number) => played.reduce((total, one) => total + of(one), 0) / PHASES;
  return {
    polls: sum(({ polls }) => polls),
    lost: sum(({ lost }) => lost),
    delays: played.flatMap(({ delays }) => delays),
  };
}

/**
 * @param next     how long after a poll the next one comes
 * @param phaseMs  how long after the first entry the first poll comes
 */
function play(
  arrivals: readonly number[],
  next: (poll: { at: number; listed: number; added: number }) => number,
  phaseMs = 0,
): Played {
  const delays: number[] = [];
  let [polls, known, lost] = [0, 0, 0];
  const end = arrivals.at(-1) ?? 0;
  for (let at = (arrivals[0] ?? 0) + phaseMs; at <= end + DAY_MS && known < arrivals.length; ) {
    polls += 1;
    let there = known;
    while (there < arrivals.length && (arrivals[there] ?? 0) <= at) there += 1;
    const from = Math.max(known, there - WINDOW);
    lost += from - known;
    for (let index = from; index < there; index += 1) delays.push(at - (arrivals[index] ?? 0));
    const added = there - from;
    known = there;
    at += next({ at, listed: Math.min(there, WINDOW), added });
  }
  return { polls, delays, lost };
}

/** The schedule that the program runs on, fed with what a real poll would have found. */
function adaptive(tier: Tier, pollEveryMs: number) {
  const feed = { id: 'bench', outletId: 'bench', isHealth: false, pollEveryMs };
  let state: FeedState = neverPolled(feed);
  return ({ at, listed, added }: { at: number; listed: number; added: number }) => {
    const status = state.status !== 'new' && added === 0 ? ('not-modified' as const) : ('ok' as const);
    const poll = { status, listed, added, missed: 0, freshForMs: 0 };
    state = afterGoodPoll({ feed, tier }, state, poll, new Date(at));
    return Math.max(1, Date.parse(state.nextPollAt ?? '') - at);
  };
}

interface Newsroom {
  readonly name: string;
  readonly arrivals: readonly number[];
}

/** One set of feeds of one tier: each by itself, then all of them at once. */
function report(newsrooms: readonly Newsroom[], tier: Tier, pollEveryMs: number): void {
  process.stdout.write(`as ${tier} feeds, configured for every ${pollEveryMs / MINUTE_MS} min\n`);
  const days = newsrooms.map(({ arrivals }) => ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)) / DAY_MS);
  const ours = newsrooms.map(({ arrivals }) => play(arrivals, adaptive(tier, pollEveryMs)));
  const fixed = newsrooms.map(({ arrivals }) => playFixed(arrivals, pollEveryMs));
  for (const [at, { name, arrivals }] of newsrooms.entries()) {
    const [our, their, over] = [ours[at], fixed[at], days[at]];
    if (our === undefined || their === undefined || over === undefined) continue;
    compare(`${name}, ${(arrivals.length / over).toFixed(1)} entries a day`, our, their, (everyMs) =>
      playFixed(arrivals, everyMs),
    );
  }
  compare('all of them together', together(ours), together(fixed), (everyMs) =>
    together(newsrooms.map(({ arrivals }) => playFixed(arrivals, everyMs))),
  );

  function compare(title: string, our: Played, their: Played, playAt: (everyMs: number) => Played): void {
    // As many polls as ours, at one interval.
    const everyMs = (pollEveryMs * their.polls) / our.polls;
    const sameCost = playAt(everyMs);
    process.stdout.write(
      `  ${title}\n` +
        line(`fixed, every ${pollEveryMs / MINUTE_MS} min`, their, their) +
        line('adaptive', our, their) +
        line(`fixed, every ${(everyMs / MINUTE_MS).toFixed(1)} min`, sameCost, their) +
        `    mean delay, adaptive / fixed at the same cost: ${(mean(our.delays) / mean(sameCost.delays)).toFixed(2)}\n`,
    );
  }
}

function line(label: string, played: Played, beside: Played): string {
  const share = `${((100 * played.polls) / beside.polls).toFixed(0)} %`;
  return (
    `    ${label.padEnd(24)} ${Math.round(played.polls).toString().padStart(8)} polls ${share.padStart(6)}` +
    `   delay p50 ${minutes(played.delays, 0.5)} p95 ${minutes(played.delays, 0.95)} max ${minutes(played.delays, 1)} min` +
    `   lost ${Math.round(played.lost)}\n`
  );
}

function together(all: readonly Played[]): Played {
  return {
    polls: all.reduce((sum, { polls }) => sum + polls, 0),
    lost: all.reduce((sum, { lost }) => sum + lost, 0),
    delays: all.flatMap(({ delays }) => delays),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function minutes(delays: readonly number[], share: number): string {
  const sorted = [...delays].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return (value / MINUTE_MS).toFixed(1).padStart(5);
}

export function run(argv: readonly string[]): void {
  const { values } = parseArgs({
    args: [...argv],
    options: { stream: { type: 'string', default: join(import.meta.dirname, '../../shared/stream') } },
  });
  const newsrooms = [...readArrivals(values.stream)].map(([name, arrivals]) => ({ name, arrivals }));
  report(newsrooms, 'national', 5 * MINUTE_MS);
  report(newsrooms, 'provincial', 10 * MINUTE_MS);
}
