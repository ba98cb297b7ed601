import type { Incident } from '../domain/incident.ts';
import { splitSeriesKey } from '../domain/series.ts';
import { DAY_MS, vietnameseDay } from '../domain/time.ts';

/** A campaign runs on for a while after the day on which somebody said that it was one. */
const RUNS_ON_MS = 7 * DAY_MS;

/**
 * An entry for `config/campaigns.yaml` that would have explained a planned incident. Its terms are for a person to
 * choose: a program that guessed them would silence what it should not.
 */
export function campaignEntry({ id, title, series, openedAt, resolvedAt = openedAt }: Incident): string {
  const ids = (kind: string) =>
    series.flatMap((key) =>
      splitSeriesKey(key).kind === kind ? [JSON.stringify(splitSeriesKey(key).id)] : [],
    );
  const [facilities, topics] = [ids('facility'), ids('topic')];
  return [
    `  - id: ${id
      .replace(/^incident-/, '')
      .slice(0, 40)
      .replace(/-$/, '')}`,
    `    name: ${JSON.stringify(title)}`,
    `    from: ${vietnameseDay(openedAt)}`,
    `    to: ${vietnameseDay(Date.parse(resolvedAt) + RUNS_ON_MS)}`,
    '    terms: ["…"]',
    ...(topics.length === 0 ? [] : [`    topics: [${topics.join(', ')}]`]),
    ...(facilities.length === 0 ? [] : [`    facilities: [${facilities.join(', ')}]`]),
  ].join('\n');
}
