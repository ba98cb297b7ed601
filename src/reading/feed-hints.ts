import { absoluteUrl } from './canonical-url.ts';
import type { FeedHints } from './feed-reading.ts';

/** What a feed states about polling and pushing, as written in it. */
interface StatedHints {
  readonly ttl?: string;
  readonly updatePeriod?: string;
  readonly updateFrequency?: string;
  readonly skipHours?: readonly string[];
  readonly skipDays?: readonly string[];
  readonly hubs?: readonly string[];
  readonly self?: readonly string[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MS_PER_PERIOD: Readonly<Record<string, number>> = {
  hourly: HOUR_MS,
  daily: DAY_MS,
  weekly: 7 * DAY_MS,
  monthly: 30 * DAY_MS,
  yearly: 365 * DAY_MS,
};
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MAX_HUBS = 5;

/**
 * Makes sense of a feed's hints; what makes none is left out.
 *
 * @param base  what relative addresses are resolved against
 * @see https://www.rssboard.org/rss-specification (`ttl`, `skipHours`, `skipDays`);
 *   https://web.resource.org/rss/1.0/modules/syndication/; https://www.w3.org/TR/websub/#discovery
 */
export function feedHints(stated: StatedHints, base: string | undefined): FeedHints {
  const updateEveryMs = Math.round(Math.max(ttlMs(stated), periodMs(stated)));
  const skipHours = inRange(stated.skipHours?.map(hourOf), 24);
  const skipDays = inRange(
    stated.skipDays?.map((day) => DAYS.indexOf(day.toLowerCase())),
    7,
  );
  const hubUrls = addresses(stated.hubs, base).slice(0, MAX_HUBS);
  const [selfUrl] = addresses(stated.self, base);
  return {
    ...(updateEveryMs > 0 ? { updateEveryMs } : {}),
    ...(skipHours.length > 0 ? { skipHours } : {}),
    ...(skipDays.length > 0 ? { skipDays } : {}),
    ...(hubUrls.length > 0 ? { hubUrls } : {}),
    ...(selfUrl === undefined ? {} : { selfUrl }),
  };
}

/** How long from `now` until the first hour that the feed does not ask to be spared; 0 where that is now. */
export function sparedForMs({ skipHours = [], skipDays = [] }: FeedHints, now: Date): number {
  const hour = Math.floor(now.getTime() / HOUR_MS);
  for (let ahead = 0; ahead < 7 * 24; ahead += 1) {
    const start = new Date((hour + ahead) * HOUR_MS);
    if (skipHours.includes(start.getUTCHours()) || skipDays.includes(start.getUTCDay())) continue;
    return Math.max(0, start.getTime() - now.getTime());
  }
  // A feed that asks never to be polled means something else.
  return 0;
}

function ttlMs({ ttl = '' }: StatedHints): number {
  return positive(ttl) * MINUTE_MS;
}

function periodMs({ updatePeriod = '', updateFrequency = '' }: StatedHints): number {
  const period = MS_PER_PERIOD[updatePeriod.toLowerCase()] ?? 0;
  return period / (positive(updateFrequency) || 1);
}

function positive(text: string): number {
  const value = text === '' ? 0 : Number(text);
  return Number.isFinite(value) && value > 0 ? value : 0;
}

/** Midnight is 0, but RSS 0.91 counted it as 24. */
function hourOf(text: string): number {
  if (text === '24') return 0;
  return /^\d{1,2}$/.test(text) ? Number(text) : -1;
}

function inRange(numbers: readonly number[] | undefined, end: number): number[] {
  return [...new Set(numbers)].filter((value) => value >= 0 && value < end);
}

function addresses(stated: readonly string[] | undefined, base: string | undefined): string[] {
  const urls = (stated ?? []).flatMap((address) => absoluteUrl(address, base)?.href ?? []);
  return [...new Set(urls)];
}
