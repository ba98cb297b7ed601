/** A group that has been quiet for so many days begins a new episode. */
const EPISODE_DAYS = 3;
/** Episodes of this many days tell what the ordinary looks like. */
const MEMORY_DAYS = 365;
/** Fewer days of observation than this say little by themselves. */
const PRIOR_DAYS = 28;

/** Episodes that make the fit: below the first rank the few real crises decide, above the last the bulk. */
const RANKS = { from: 0.2, to: 0.6 };
/** Fewer episodes than this give no slope. */
const MIN_EPISODES = 40;

/** Scores fall off no faster and no slower than this, in log10 of episodes per unit of score. */
const SLOPES = { min: 0.3, max: 1.2 };
/** What 512 simulated series showed in two years after their first: a tenfold rarer for every 1.9 of score. */
const PRIOR_SLOPE = 0.53;

const HOURS_A_WEEK = 168;
/** And of so many hours of one series one was a chance of its own. */
const PRIOR_SCALE = 1 / 240;

interface Episode {
  readonly group: string;
  /** Last day above the floor. */
  day: number;
  score: number;
  peakDay: number;
}

/** The highest of what one group showed on one day. */
type Peak = readonly [group: string, day: number, score: number];

/**
 * Learns from a stream of scores how often the whole office sees one as high without a cause.
 *
 * Scores are declustered into episodes of a group; the rate of episodes above a score falls off log-linearly, and the
 * line is fitted where ordinary days outnumber real crises, then carried on to where nobody would wait to count. With
 * little history a prior stands in: by Ville's inequality a score of x is reached about once in 10^x chances.
 *
 * @see Davison and Smith 1990, doi:10.1111/j.2517-6161.1990.tb01796.x, for peaks over a threshold
 */
export class TailCalibration {
  readonly #open = new Map<string, Episode>();
  #ended: Peak[] = [];
  #firstDay: number | undefined;
  #lastDay = 0;
  #fit: { readonly day: number; readonly slope: number; readonly logRate: number } | undefined;

  /**
   * Takes note of a score on a day; days never go back.
   *
   * @param series  what an episode is one of
   * @param group   what is told of as one: a topic wherever it is
   */
  observe(series: string, group: string, day: number, score: number): void {
    this.#firstDay ??= day;
    if (day > this.#lastDay) this.#beginDay(day);
    const episode = this.#open.get(series);
    if (episode === undefined) {
      this.#open.set(series, { group, day, score, peakDay: day });
      return;
    }
    episode.day = day;
    if (score <= episode.score) return;
    episode.score = score;
    episode.peakDay = day;
  }

  /**
   * Episodes a week that reach a score without a cause, over all series.
   *
   * @param series  how many series are watched, for the time before there is a history
   */
  ratePerWeek(score: number, series: number): number {
    const prior = Math.log10(Math.max(1, series) * HOURS_A_WEEK * PRIOR_SCALE) - PRIOR_SLOPE * score;
    const fit = this.#fitted();
    if (fit === undefined) return 10 ** prior;
    const trust = this.#days() / (this.#days() + PRIOR_DAYS);
    return 10 ** (trust * (fit.logRate - fit.slope * score) + (1 - trust) * prior);
  }

  /** The score that is reached so often a week. */
  thresholdFor(perWeek: number, series: number): number {
    // The logarithm of the rate is linear in the score.
    const atZero = Math.log10(this.ratePerWeek(0, series));
    const slope = atZero - Math.log10(this.ratePerWeek(1, series));
    return Math.max(0, (atZero - Math.log10(perWeek)) / slope);
  }

  snapshot(): string {
    const open = [...this.#open].map(([series, { group, day, score, peakDay }]) => [
      series,
      group,
      day,
      score,
      peakDay,
    ]);
    return JSON.stringify([open, this.#ended, this.#firstDay ?? null, this.#lastDay, this.#fit ?? null]);
  }

  static restore(snapshot: string): TailCalibration {
    const [open, ended, firstDay, lastDay, fit] = JSON.parse(snapshot) as [
      [string, string, number, number, number][],
      Peak[],
      number | null,
      number,
      { day: number; slope: number; logRate: number } | null,
    ];
    const tail = new TailCalibration();
    for (const [series, group, day, score, peakDay] of open) {
      tail.#open.set(series, { group, day, score, peakDay });
    }
    tail.#ended = ended;
    tail.#firstDay = firstDay ?? undefined;
    tail.#lastDay = lastDay;
    tail.#fit = fit ?? undefined;
    return tail;
  }

  #beginDay(day: number): void {
    this.#lastDay = day;
    for (const [series, episode] of this.#open) {
      if (day - episode.day <= EPISODE_DAYS) continue;
      this.#open.delete(series);
      this.#ended.push([episode.group, episode.peakDay, episode.score]);
    }
    if ((this.#ended[0]?.[1] ?? day) < day - MEMORY_DAYS) {
      this.#ended = this.#ended.filter(([, peakDay]) => peakDay >= day - MEMORY_DAYS);
    }
  }

  /** Scores of what would be told as one, the highest first. */
  #bulletins(): number[] {
    const highest = new Map<string, number>();
    for (const [group, day, score] of this.#ended) {
      const key = `${day} ${group}`;
      highest.set(key, Math.max(score, highest.get(key) ?? 0));
    }
    return [...highest.values()].sort((a, b) => b - a);
  }

  /** Days that episodes are counted over. */
  #days(): number {
    return Math.min(MEMORY_DAYS, this.#lastDay - (this.#firstDay ?? this.#lastDay) + 1);
  }

  /** Once a day: a threshold that moved with every score would be moved by the crisis it is to find. */
  #fitted() {
    if (this.#fit?.day === this.#lastDay) return this.#fit.slope === 0 ? undefined : this.#fit;
    const scores = this.#bulletins();
    const line = scores.length < MIN_EPISODES ? undefined : this.#line(scores);
    this.#fit = { day: this.#lastDay, ...(line ?? { slope: 0, logRate: 0 }) };
    return line === undefined ? undefined : this.#fit;
  }

  /** Least squares of log rate on score between two ranks. */
  #line(scores: readonly number[]): { slope: number; logRate: number } {
    const first = Math.max(3, Math.floor(scores.length * RANKS.from));
    const last = Math.floor(scores.length * RANKS.to);
    const weeks = this.#days() / 7;
    let n = 0;
    let sx = 0;
    let sy = 0;
    let sxx = 0;
    let sxy = 0;
    for (let rank = first; rank <= last; rank++) {
      const x = scores[rank] as number;
      const y = Math.log10((rank + 1) / weeks);
      n += 1;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
    const spread = sxx - (sx * sx) / n;
    const fitted = spread > 1e-9 ? -(sxy - (sx * sy) / n) / spread : PRIOR_SLOPE;
    const slope = Math.min(SLOPES.max, Math.max(SLOPES.min, fitted));
    return { slope, logRate: sy / n + (slope * sx) / n };
  }
}
