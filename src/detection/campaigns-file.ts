import { z } from 'zod';

import type { SeriesKey } from '../domain/series.ts';
import { DAY_MS, vietnameseMidnight } from '../domain/time.ts';
import { parseYaml } from '../domain/yaml-document.ts';
import type { CampaignWindow } from './alert-rule.ts';

const YEARLY = /^(\d{2})-(\d{2})$/;
const DATED = /^\d{4}-(\d{2})-(\d{2})$/;

const day = z
  .string()
  .refine((text) => isDay(text), 'expected MM-DD (every year) or YYYY-MM-DD (once), a day that exists');

const words = z.array(z.string().min(1).max(200)).default([]);
const id = z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected 1 to 40 lower-case letters, digits or hyphens');

/** A search is read up to its fiftieth term; what the office asks besides needs some. */
const MOST_TERMS = 40;
const MOST_PARTS = 20;

const theme = z.strictObject({
  id,
  name: z.string().min(1).max(200),
  terms: words.refine(isFilled, 'expected terms'),
});
const message = z.strictObject({ id, text: z.string().min(1).max(500), variants: words });
const series = z
  .string()
  .regex(/^(?:topic|facility):.{1,200}$/, 'expected topic:… or facility:…')
  .transform((key) => key as SeriesKey);

const campaign = z
  .strictObject({
    id,
    name: z.string().min(1).max(200),
    from: day,
    /** The last day, included. */
    to: day,
    topics: words,
    facilities: words,
    terms: words,
    hashtags: z.array(z.string().regex(/^#[\p{L}\p{M}\p{Nd}_]{2,100}$/u, 'expected #hashtag')).default([]),
    themes: z.array(theme).max(MOST_PARTS).default([]),
    messages: z.array(message).max(MOST_PARTS).default([]),
    measured: z.array(series).max(MOST_PARTS).default([]),
    controls: words,
    baselineDays: z.int().min(14).max(365).default(28),
    afterDays: z.int().min(7).max(365).default(28),
  })
  .superRefine(({ from, to, topics, facilities, terms, hashtags, themes }, context) => {
    const all = [...terms, ...hashtags, ...themes.flatMap((one) => one.terms)];
    if (all.length > MOST_TERMS) {
      const message = `expected at most ${MOST_TERMS} terms, hashtags and terms of themes together`;
      context.addIssue({ code: 'custom', path: ['terms'], message });
    }
    if (YEARLY.test(from) !== YEARLY.test(to)) {
      context.addIssue({ code: 'custom', path: ['to'], message: 'expected the same form as in `from`' });
    } else if (DATED.test(from) && to < from) {
      context.addIssue({ code: 'custom', path: ['to'], message: `expected ${from} or a later day` });
    }
    if (topics.length + facilities.length + terms.length === 0) {
      context.addIssue({
        code: 'custom',
        message:
          'expected topics, facilities or terms: a campaign that covers everything would hide everything',
      });
    }
  });

function isFilled(list: readonly string[]): boolean {
  return list.length > 0;
}

export interface CampaignMessage {
  readonly id: string;
  readonly text: string;
  /** Other wordings of the same. */
  readonly variants: readonly string[];
}

/** A campaign with what the office wants to know of it. */
export interface Campaign extends CampaignWindow {
  readonly hashtags: readonly string[];
  readonly themes: readonly {
    readonly id: string;
    readonly name: string;
    readonly terms: readonly string[];
  }[];
  readonly messages: readonly CampaignMessage[];
  /** What it is to change the news of; its own articles where none. */
  readonly measured: readonly SeriesKey[];
  /** Topics that it does not touch; the rest of health news where none. */
  readonly controls: readonly string[];
  readonly baselineDays: number;
  readonly afterDays: number;
}

const schema = z.strictObject({ campaigns: z.array(campaign) });

/**
 * Reads `config/campaigns.yaml` and lays its yearly campaigns out over the years given.
 *
 * Days are days in Vietnam. A yearly campaign whose `to` is before its `from` ends in the next year.
 *
 * @param years  first and last year, both included
 * @throws {ConfigError} with every fault, its line and what was expected
 */
export function parseCampaigns(
  text: string,
  years: { readonly from: number; readonly to: number },
  file = 'config/campaigns.yaml',
): Campaign[] {
  const { campaigns } = parseYaml(file, text, schema);
  return campaigns.flatMap(({ from, to, ...rest }) => {
    if (DATED.test(from)) return [{ ...rest, from: startOf(from), to: endOf(to) }];
    return range(years.from, years.to).map((year) => ({
      ...rest,
      id: `${rest.id}-${year}`,
      from: startOf(`${year}-${from}`),
      to: endOf(`${to < from ? year + 1 : year}-${to}`),
    }));
  });
}

function isDay(text: string): boolean {
  // 2024 is a leap year, so that 29 February is a day that exists.
  const full = YEARLY.test(text) ? `2024-${text}` : text;
  if (!DATED.test(full)) return false;
  const date = new Date(`${full}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(full);
}

function startOf(date: string): string {
  return new Date(vietnameseMidnight(date)).toISOString();
}

function endOf(date: string): string {
  return new Date(vietnameseMidnight(date) + DAY_MS).toISOString();
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
