import type { FastifyRequest } from 'fastify';

import type { AccessScope } from '../../domain/access.ts';
import { DAY_MS } from '../../domain/time.ts';
import type { ArticleFilter } from '../../ports/article-store.ts';
import { VERSION } from '../../version.ts';
import { type ArticleQuery, toSearch } from '../article-query.ts';
import type { ConsoleDeps } from '../console-deps.ts';
import { Remembered } from '../remembered.ts';
import { uptimeBetween } from '../uptime-between.ts';

/** Where a number comes from, so that it can be traced and cited. */
export interface Provenance {
  /** Articles that the filter found. */
  readonly matched: number;
  /** Bounds on first sight, ISO 8601, UTC; absent where there is none. */
  readonly period: { readonly from?: string; readonly to?: string };
  /** First sight of the newest article of the archive. */
  readonly dataWatermarkAt: string | null;
  readonly versions: { readonly software: string; readonly language: string };
  readonly outlets: OutletsHeard;
  /** The same articles on a page of the console. */
  readonly page: string;
  /** What the reader is limited to; absent for those who see everything. */
  readonly scope?: AccessScope;
}

/** Which outlets were heard from in a period; of a long one its last year. */
export interface OutletsHeard {
  readonly watched: number;
  /** Usual entries of the outlets that were up, as a share of those of all; `null` where no day is over yet. */
  readonly uptime: number | null;
  /** Days on which an outlet was expected and not heard from, most first. */
  readonly down: readonly { readonly outletId: string; readonly days: number }[];
}

const KEPT_MS = 300_000;
const LONGEST_MS = 366 * DAY_MS;

/** Tells of answers where they come from. */
export class Provenances {
  readonly #deps: ConsoleDeps;
  readonly #heard = new Remembered<OutletsHeard>(KEPT_MS);

  constructor(deps: ConsoleDeps) {
    this.#deps = deps;
  }

  /** @param filter  that the query was read as */
  async of(request: FastifyRequest, query: ArticleQuery, filter: ArticleFilter): Promise<Provenance> {
    const { articles, language } = this.#deps;
    const { scope } = request.access;
    const [matched, watermark, outlets] = await Promise.all([
      articles.count(filter),
      articles.watermark(),
      this.#outletsHeard(filter),
    ]);
    return {
      matched,
      period: {
        ...(filter.from === undefined ? {} : { from: filter.from }),
        ...(filter.to === undefined ? {} : { to: filter.to }),
      },
      dataWatermarkAt: watermark ?? null,
      versions: { software: VERSION, language: language.version },
      outlets,
      page: `/articles${toSearch({ ...query, ...(query.period === undefined && filter.from === undefined ? { period: 'all' } : {}) })}`,
      ...(scope === undefined ? {} : { scope }),
    };
  }

  #outletsHeard({ from, to }: ArticleFilter): Promise<OutletsHeard> {
    const now = this.#deps.now();
    const endMs = Math.min(now.getTime(), to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to));
    // Of a day that is not over nobody can say that an outlet was silent.
    const toMs = Math.floor(endMs / DAY_MS) * DAY_MS;
    const fromMs = Math.max(from === undefined ? 0 : Date.parse(from), toMs - LONGEST_MS);
    return this.#heard.get(`${fromMs} ${toMs}`, now, async () => {
      const days = await uptimeBetween(fromMs, toMs, 'day', this.#deps);
      const down = new Map<string, number>();
      for (const day of days) {
        for (const outletId of day.down) down.set(outletId, (down.get(outletId) ?? 0) + 1);
      }
      const total = days.reduce((sum, { uptime }) => sum + uptime, 0);
      return {
        watched: this.#deps.outlets.size,
        uptime: days.length === 0 ? null : total / days.length,
        down: [...down]
          .map(([outletId, count]) => ({ outletId, days: count }))
          .sort((a, b) => b.days - a.days || (a.outletId < b.outletId ? -1 : 1)),
      };
    });
  }
}
