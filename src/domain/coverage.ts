/** What an outlet's own sitemaps listed for one Vietnamese day, against what we had when we looked. */
export interface CoverageDay {
  /** `YYYY-MM-DD` in Asia/Ho_Chi_Minh. */
  readonly day: string;
  readonly measuredAt: string;
  /** Addresses listed for that day; of those the ones we knew, and the ones that are searchable. */
  readonly listed: number;
  readonly found: number;
  readonly indexed: number;
  /** The same of those whose listed title or section is about health; of those found, some may not be. */
  readonly healthListed: number;
  readonly healthFound: number;
  readonly healthIndexed: number;
  /** Some of the addresses that we did not know, those about health first. */
  readonly missed: readonly string[];
  /** How many of them were queued, so that they are read after all. */
  readonly queued: number;
  /** The sitemaps that were read. */
  readonly sitemaps: readonly string[];
  /** Why nothing could be measured: `no-sitemap`, `nothing-listed`, or why the sitemap could not be had. */
  readonly reason?: string;
}

const DAYS_KEPT = 60;
/** Addresses are for people to look at while they are new. */
const DAYS_WITH_ADDRESSES = 7;

/** Puts a day's measurement in its place; the last one of a day counts. 60 days are kept, 7 of them with addresses. */
export function noteCoverage(days: readonly CoverageDay[], measured: CoverageDay): CoverageDay[] {
  return [...days.filter(({ day }) => day !== measured.day), measured]
    .sort((a, b) => a.day.localeCompare(b.day))
    .slice(-DAYS_KEPT)
    .map((each, index, kept) => (index < kept.length - DAYS_WITH_ADDRESSES ? { ...each, missed: [] } : each));
}

/** Shares of what was listed, 0…1; `undefined` where nothing was. */
export function recallOf(day: CoverageDay): { found?: number; indexed?: number; health?: number } {
  return {
    ...(day.listed === 0 ? {} : { found: day.found / day.listed, indexed: day.indexed / day.listed }),
    ...(day.healthListed === 0 ? {} : { health: day.healthIndexed / day.healthListed }),
  };
}
