import type { HourCount } from '../../src/domain/series.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/time.ts';

/** One hour of counts; a test names only the fields it is about. */
export function anHourCount(overrides: Partial<HourCount> & { hour: string }): HourCount {
  const articles = overrides.articles ?? overrides.capped ?? 1;
  return {
    articles,
    negative: overrides.cappedNegative ?? 0,
    capped: articles,
    cappedNegative: overrides.negative ?? 0,
    stories: articles,
    newsrooms: 1,
    harm: 0,
    ...overrides,
  };
}

/**
 * A steady past: `perDay` articles on each of `days` days before `until`, spread over the hours from nine to
 * eighteen in Vietnam, of which every `negativeEvery`th is negative.
 */
export function steadyHours(
  until: string,
  { days, perDay, negativeEvery = 4 }: { days: number; perDay: number; negativeEvery?: number },
): HourCount[] {
  const midnight = Math.floor(Date.parse(until) / DAY_MS) * DAY_MS;
  const hours: HourCount[] = [];
  for (let index = 0; index < days * perDay; index++) {
    const day = days - Math.floor(index / perDay);
    const hour = 2 + ((index % perDay) % 9);
    hours.push(
      anHourCount({
        hour: new Date(midnight - day * DAY_MS + hour * HOUR_MS).toISOString(),
        negative: index % negativeEvery === 0 ? 1 : 0,
        cappedNegative: index % negativeEvery === 0 ? 1 : 0,
      }),
    );
  }
  return hours;
}
