import { type CoverageDay, recallOf } from '../domain/coverage.ts';
import { isFailing } from '../domain/feed-state.ts';
import type { LedgerRow } from '../domain/ledger.ts';
import type { Outlet, Tier } from '../domain/outlet.ts';
import type { ClockSource } from '../domain/outlet-clock.ts';
import type { Silence } from '../domain/outlet-silence.ts';
import { silenceOf } from '../domain/outlet-silence.ts';
import type { OutletState } from '../domain/outlet-state.ts';
import { openRot, type SelectedPart } from '../domain/selector-watch.ts';
import { DAY_MS } from '../domain/time.ts';
import type { ConsoleDeps } from './console-deps.ts';

/** What is known of one outlet, in one line. Counts are of the last 24 hours and seven days. */
export interface OutletReport {
  readonly outletId: string;
  readonly name: string;
  readonly tier: Tier;
  readonly province?: string;
  /** Feeds configured, and those whose last poll worked. */
  readonly feeds: { readonly configured: number; readonly working: number };
  readonly entries: Counts;
  readonly articles: Counts;
  /** Present while it is silent for longer than is usual for it. */
  readonly silence?: Silence;
  /** Clocks of which something is known; `behindMinutes` 0 is a clock that is right. */
  readonly clocks: readonly ClockReport[];
  /** The last days measured, oldest first. */
  readonly coverage: readonly CoverageReport[];
  /** Pages on which its selectors were compared with generic reading; absent where it has none. */
  readonly pagesCompared?: number;
  /** Parts whose selector has stopped finding them. */
  readonly rot: readonly { readonly part: SelectedPart; readonly openedAt: string }[];
}

export interface Counts {
  readonly day: number;
  readonly week: number;
}

export interface ClockReport {
  readonly source: ClockSource;
  readonly behindMinutes: number;
  readonly samples: number;
  readonly learntAt: string;
}

export interface CoverageReport {
  readonly day: string;
  readonly listed: number;
  /** Shares of what was listed, 0…1; absent where nothing was. */
  readonly found?: number;
  readonly indexed?: number;
  readonly health?: number;
  readonly reason?: string;
}

const WEEK_MS = 7 * DAY_MS;
const MAX_OUTLETS = 1000;
/** As many days of coverage as a small chart has room for. */
const DAYS_SHOWN = 30;

/** A report on every configured outlet, in the order of the configuration. */
export async function outletReports(
  deps: Pick<ConsoleDeps, 'outlets' | 'feedStates' | 'outletStates' | 'entries' | 'articles' | 'now'>,
): Promise<OutletReport[]> {
  const now = deps.now();
  const from = (agoMs: number) => new Date(now.getTime() - agoMs).toISOString();
  const countArticles = async (since: string) =>
    new Map(
      (await deps.articles.facet({ from: since }, 'outletId', MAX_OUTLETS)).map(({ value, count }) => [
        value,
        count,
      ]),
    );
  const [feedStates, states, rows, dayArticles, weekArticles] = await Promise.all([
    deps.feedStates.all(),
    deps.outletStates.all(),
    deps.entries.ledger({ from: from(WEEK_MS) }),
    countArticles(from(DAY_MS)),
    countArticles(from(WEEK_MS)),
  ]);
  const known = new Map(states.map((state) => [state.outletId, state]));
  const byFeed = new Map(feedStates.map((state) => [state.feedId, state]));
  const byOutlet = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    const own = byOutlet.get(row.outletId);
    if (own === undefined) byOutlet.set(row.outletId, [row]);
    else own.push(row);
  }
  return [...deps.outlets.values()].map((outlet) => {
    const own = byOutlet.get(outlet.id) ?? [];
    const sum = (since: string) =>
      own.reduce((total, { hour, count }) => total + (hour >= since ? count : 0), 0);
    const silence = silenceOf(
      own.map(({ hour }) => hour),
      now,
    );
    return {
      ...learntOf(outlet, known.get(outlet.id)),
      feeds: {
        configured: outlet.feeds.length,
        working: outlet.feeds.filter(({ id }) => {
          const state = byFeed.get(id);
          return state !== undefined && state.status !== 'new' && !isFailing(state);
        }).length,
      },
      entries: { day: sum(from(DAY_MS)), week: sum('') },
      articles: { day: dayArticles.get(outlet.id) ?? 0, week: weekArticles.get(outlet.id) ?? 0 },
      ...(silence === undefined ? {} : { silence }),
    };
  });
}

function learntOf(outlet: Outlet, state: OutletState | undefined) {
  return {
    outletId: outlet.id,
    name: outlet.name,
    tier: outlet.tier,
    ...(outlet.province === undefined ? {} : { province: outlet.province }),
    clocks: clocksOf(state),
    coverage: (state?.coverage ?? []).slice(-DAYS_SHOWN).map(reportDay),
    ...(outlet.selectors === undefined ? {} : { pagesCompared: state?.rot?.checked ?? 0 }),
    rot: openRot(state?.rot).map(({ part, openedAt }) => ({ part, openedAt })),
  };
}

function clocksOf(state: OutletState | undefined): ClockReport[] {
  return Object.entries(state?.clock?.sources ?? {}).flatMap(([source, clock]) =>
    clock.behindMinutes === undefined || clock.learntAt === undefined
      ? []
      : [
          {
            source: source as ClockSource,
            behindMinutes: clock.behindMinutes,
            samples: clock.samples ?? 0,
            learntAt: clock.learntAt,
          },
        ],
  );
}

function reportDay(day: CoverageDay): CoverageReport {
  const { listed, reason } = day;
  return { day: day.day, listed, ...recallOf(day), ...(reason === undefined ? {} : { reason }) };
}
