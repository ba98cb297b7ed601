import { load } from 'cheerio';
import { z } from 'zod';
import { given } from './domain/given.ts';

import type { Feed, Outlet, Selectors } from './domain/outlet.ts';
import { TIERS } from './domain/outlet.ts';
import { isOfFirstImportance } from './domain/poll-schedule.ts';
import { parseYaml } from './domain/yaml-document.ts';

const DEFAULT_PACE_MS = 3_000;
const DEFAULT_POLL_MINUTES = 10;
const DEFAULT_POLL_MINUTES_OF_FIRST = 5;
const MINUTE_MS = 60_000;

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and single hyphens');

const name = z.string().trim().min(1, 'expected a name').max(200);

const address = z
  .string()
  .refine(isPlainAddress, 'expected an http or https address without user name or fragment');

const host = z
  .string()
  .regex(
    /^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/,
    'expected a host name in lower case, without scheme or path',
  );

const emptyPage = load('');

const selector = z.string().refine((value) => {
  try {
    emptyPage(value);
    return value.trim() !== '';
  } catch {
    return false;
  }
}, 'expected a CSS selector');

const selectors = z.strictObject({
  title: selector.optional(),
  summary: selector.optional(),
  body: selector.optional(),
  author: selector.optional(),
  publishedAt: selector.optional(),
  drop: selector.optional(),
});

const feed = z
  .strictObject({
    id: id.optional(),
    url: address,
    kind: z.enum(['feed', 'sitemap', 'listing']).default('feed'),
    section: name.optional(),
    health: z.boolean().default(false),
    pollEveryMinutes: z.number().min(0.01).max(1_440).optional(),
    linkSelector: selector.optional(),
    seenOn: z.iso.date('expected a day as YYYY-MM-DD').optional(),
    reportedOn: z.iso.date('expected a day as YYYY-MM-DD').optional(),
    reportedBy: name.optional(),
    listedOn: z.iso.date('expected a day as YYYY-MM-DD').optional(),
  })
  .superRefine((value, context) => {
    if (value.kind === 'listing' && value.linkSelector === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['kind'],
        message: 'expected a linkSelector beside kind: listing',
      });
    }
    if (value.reportedOn !== undefined && value.reportedBy === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['reportedOn'],
        message: 'expected reportedBy beside reportedOn',
      });
    }
    if (value.kind !== 'listing' && value.linkSelector !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['linkSelector'],
        message: 'expected only with kind: listing',
      });
    }
  });

const outlet = z
  .strictObject({
    id,
    name,
    tier: z.enum(TIERS),
    province: z
      .string("expected a province code in quotes, as in '79'")
      .regex(/^\d{2}$/, "expected a province code in quotes, as in '79'")
      .optional(),
    newsroom: id.optional(),
    homepage: address,
    template: id.optional(),
    selectors: selectors.optional(),
    paceMs: z.int().min(0).max(600_000).default(DEFAULT_PACE_MS),
    hostAliases: z.record(host, host).default({}),
    feeds: z.array(feed).min(1, 'expected at least one feed'),
  })
  .superRefine((value, context) => {
    if (value.tier === 'provincial' && value.province === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['tier'],
        message: 'expected a province beside tier: provincial',
      });
    }
  });

const file = z
  .strictObject({ templates: z.record(id, selectors).default({}), outlets: z.array(outlet).min(1) })
  .superRefine((value, context) => {
    for (const [path, message] of crossFaults(value)) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
  });

type OutletsFile = z.output<typeof file>;
type OutletRow = OutletsFile['outlets'][number];

/**
 * Reads `config/outlets.yaml`: who publishes, where, and how its pages are built.
 *
 * Feeds without an id of their own are called `<outlet id>-1`, `-2` and so on, in the order of the file. An outlet's
 * own selectors win over those of the template it names. What is known of a feed (`seenOn` and its like) is for the
 * reader of the file and do not reach the program.
 *
 * @param text  the whole file
 * @param name  how to call it in faults
 * @throws {ConfigError} with file, line and what was expected, for every fault
 */
export function parseOutlets(text: string, name: string): Outlet[] {
  const { templates, outlets } = parseYaml(name, text, file);
  return outlets.map((row) => toOutlet(row, templates));
}

function toOutlet(row: OutletRow, templates: OutletsFile['templates']): Outlet {
  const parts = given({ ...(row.template && templates[row.template]), ...row.selectors }) as Selectors;
  return {
    id: row.id,
    name: row.name,
    tier: row.tier,
    ...(row.province === undefined ? {} : { province: row.province }),
    newsroom: row.newsroom ?? row.id,
    homepage: row.homepage,
    feeds: row.feeds.map((_, index) => toFeed(row, index)),
    ...(Object.keys(parts).length === 0 ? {} : { selectors: parts }),
    paceMs: row.paceMs,
    hostAliases: row.hostAliases,
  };
}

function defaultPollMinutes(isHealth: boolean, tier: Outlet['tier']): number {
  return isOfFirstImportance({ isHealth }, tier) ? DEFAULT_POLL_MINUTES_OF_FIRST : DEFAULT_POLL_MINUTES;
}

function toFeed(row: OutletRow, index: number): Feed {
  const feed = row.feeds[index] as OutletRow['feeds'][number];
  return {
    id: feedId(row, index),
    outletId: row.id,
    url: feed.url,
    kind: feed.kind,
    ...(feed.section === undefined ? {} : { section: feed.section }),
    isHealth: feed.health,
    pollEveryMs: Math.round((feed.pollEveryMinutes ?? defaultPollMinutes(feed.health, row.tier)) * MINUTE_MS),
    ...(feed.linkSelector === undefined ? {} : { linkSelector: feed.linkSelector }),
  };
}

function feedId(row: OutletRow, index: number): string {
  return row.feeds[index]?.id ?? `${row.id}-${index + 1}`;
}

type Fault = readonly [path: readonly (string | number)[], message: string];

/** What one outlet cannot know of the others: ids and addresses in use already, templates that do not exist. */
function crossFaults({ templates, outlets }: OutletsFile): Fault[] {
  const faults: Fault[] = [];
  const seen = new Map<string, string>();
  const claim = (what: string, key: string, owner: string, path: Fault[0]) => {
    const taken = seen.get(`${what} ${key}`);
    if (taken !== undefined) faults.push([path, `expected ${what} ${key} only once, but ${taken} has it`]);
    seen.set(`${what} ${key}`, owner);
  };
  for (const [at, row] of outlets.entries()) {
    claim('outlet id', row.id, `outlets[${at}]`, ['outlets', at, 'id']);
    if (row.template !== undefined && !Object.hasOwn(templates, row.template)) {
      faults.push([
        ['outlets', at, 'template'],
        `expected one of the templates above: ${Object.keys(templates).join(', ')}`,
      ]);
    }
    for (const [number, { url }] of row.feeds.entries()) {
      const path = ['outlets', at, 'feeds', number];
      claim('feed id', feedId(row, number), row.id, path);
      claim('feed address', url, row.id, [...path, 'url']);
    }
  }
  return faults;
}

function isPlainAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, hash } = new URL(value);
  return ['http:', 'https:'].includes(protocol) && username === '' && password === '' && hash === '';
}
