import type { LedgerRow } from '../domain/ledger.ts';
import type { Outlet } from '../domain/outlet.ts';
import type { PipelineReadings, StoredReadings } from '../domain/pipeline-health.ts';
import type { PublicHoliday } from '../domain/public-holiday.ts';
import type { QueueReading } from '../domain/queue-reading.ts';
import { DAY_MS } from '../domain/time.ts';
import type { ArticleStore } from '../ports/article-store.ts';
import type { DetectionJournal } from '../ports/detection-journal.ts';
import type { EntryStore } from '../ports/entry-store.ts';
import type { FeedStateStore } from '../ports/feed-state-store.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import { BoundedReading, type Bounds } from './bounded-reading.ts';

export interface PipelineReaderDeps {
  readonly now: () => Date;
  readonly outlets: ReadonlyMap<string, Outlet>;
  readonly holidays: readonly PublicHoliday[];
  readonly feedStates: Pick<FeedStateStore, 'all'>;
  readonly entries: Pick<EntryStore, 'ledger'>;
  readonly articles: Pick<ArticleStore, 'search'>;
  readonly journal: Pick<DetectionJournal, 'head' | 'after'>;
  readonly incidents: Pick<IncidentStore, 'notificationsSince'>;
  readonly queueReadings: () => Promise<readonly QueueReading[]>;
}

/** A store that has said nothing for so long is away. */
const BOUNDS: Bounds = { keepMs: 0, boundMs: 20_000 };

/** The ledger of a week is counted in the store, and tells of hours: it need not be asked at every look. */
const LEDGER_BOUNDS: Bounds = { keepMs: 10 * 60_000, boundMs: 20_000 };
/** A week shows every kind of day. */
const LEDGER_DAYS = 8;

/** The newest article that was no import is looked for among so many. */
const NEWEST = 20;

/** Reads what the watchdog judges, and remembers since when a store or the queues have been away. */
export class PipelineReader {
  readonly #deps: PipelineReaderDeps;
  readonly #startedAt: Date;
  readonly #ledger: BoundedReading<readonly LedgerRow[]>;
  readonly #stored: BoundedReading<StoredReadings>;
  readonly #queues: BoundedReading<readonly QueueReading[]>;
  #storeAwaySince: string | undefined;
  #queuesAwaySince: string | undefined;

  constructor(deps: PipelineReaderDeps) {
    this.#deps = deps;
    this.#startedAt = deps.now();
    this.#ledger = new BoundedReading(
      () => deps.entries.ledger({ from: this.#daysAgo(LEDGER_DAYS) }),
      LEDGER_BOUNDS,
    );
    this.#stored = new BoundedReading(() => this.#readStored(), BOUNDS);
    this.#queues = new BoundedReading(deps.queueReadings, BOUNDS);
  }

  /** Never rejects: what does not answer is away. */
  async read(): Promise<PipelineReadings> {
    const { outlets, holidays, now } = this.#deps;
    const [stored, queues] = await Promise.all([orNothing(this.#stored), orNothing(this.#queues)]);
    const at = now();
    this.#storeAwaySince = stored === undefined ? (this.#storeAwaySince ?? at.toISOString()) : undefined;
    this.#queuesAwaySince = queues === undefined ? (this.#queuesAwaySince ?? at.toISOString()) : undefined;
    return {
      now: at,
      startedAt: this.#startedAt,
      outlets: [...outlets.values()],
      holidays,
      ...(stored === undefined ? {} : { stored }),
      ...(this.#storeAwaySince === undefined ? {} : { storeAwaySince: this.#storeAwaySince }),
      ...(queues === undefined ? {} : { queues }),
      ...(this.#queuesAwaySince === undefined ? {} : { queuesAwaySince: this.#queuesAwaySince }),
    };
  }

  async #readStored(): Promise<StoredReadings> {
    const { feedStates, incidents } = this.#deps;
    const [states, ledger, newestArticleAt, newestJudgementAt, notifications] = await Promise.all([
      feedStates.all(),
      this.#ledger.read(),
      this.#newestArticleAt(),
      this.#newestJudgementAt(),
      incidents.notificationsSince(this.#daysAgo(1)),
    ]);
    return {
      feedStates: states,
      ledger,
      notifications,
      ...(newestArticleAt === undefined ? {} : { newestArticleAt }),
      ...(newestJudgementAt === undefined ? {} : { newestJudgementAt }),
    };
  }

  async #newestArticleAt(): Promise<string | undefined> {
    const filter = { from: this.#daysAgo(1) };
    const { articles } = await this.#deps.articles.search(filter, { offset: 0, limit: NEWEST });
    return articles.find(({ imported }) => !imported)?.firstSeenAt;
  }

  async #newestJudgementAt(): Promise<string | undefined> {
    const { journal } = this.#deps;
    const [page] = await journal.after(Math.max(0, (await journal.head()) - 1), 1);
    return page?.at;
  }

  #daysAgo(days: number): string {
    return new Date(this.#deps.now().getTime() - days * DAY_MS).toISOString();
  }
}

async function orNothing<T>(reading: BoundedReading<T>): Promise<T | undefined> {
  return reading.read().catch(() => undefined);
}
