/** How far an outlet reaches, widest first. A story that jumps up this list is an early sign. */
export const TIERS = ['central', 'ministry', 'national', 'provincial', 'trade', 'aggregator'] as const;
export type Tier = (typeof TIERS)[number];

/** How a feed's bytes are read: a syndication format, a sitemap, or an HTML page that lists articles. */
export type FeedKind = 'feed' | 'sitemap' | 'listing';

/** One address that an outlet keeps up to date with what it publishes. */
export interface Feed {
  /** `<outlet id>-<n>` or an operator's own; letters, digits and hyphens. */
  readonly id: string;
  readonly outletId: string;
  readonly url: string;
  readonly kind: FeedKind;
  /** The section it carries, as the outlet names it. */
  readonly section?: string;
  /** True where everything in it is about health, so that a title alone need not prove it. */
  readonly isHealth: boolean;
  readonly pollEveryMs: number;
  /** CSS selector of the links to articles; `listing` only. */
  readonly linkSelector?: string;
}

/** Where one outlet's template keeps the parts of an article; each is a CSS selector. */
export interface Selectors {
  readonly title?: string;
  readonly summary?: string;
  readonly body?: string;
  readonly author?: string;
  readonly publishedAt?: string;
  /** Removed from the page before anything is read. */
  readonly drop?: string;
}

/** Who publishes. */
export interface Outlet {
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  /** Code of the province that a provincial outlet belongs to, as in `config/provinces.yaml`. */
  readonly province?: string;
  /** The editorial office; outlets that share one count as one independent newsroom. */
  readonly newsroom: string;
  readonly homepage: string;
  readonly feeds: readonly Feed[];
  readonly selectors?: Selectors;
  /** Least time between two requests to the outlet's hosts. */
  readonly paceMs: number;
  /** Hosts on which the outlet serves the same article again (mobile, AMP), each with the host it stands for. */
  readonly hostAliases: Readonly<Record<string, string>>;
}

/** True for ministries and whoever else publishes under `gov.vn`: what they attach to a page is the news itself. */
export function isPublicBody({ tier, homepage }: Pick<Outlet, 'tier' | 'homepage'>): boolean {
  return tier === 'ministry' || /^https?:\/\/(?:[^/]+\.)?gov\.vn(?:[:/]|$)/.test(homepage);
}

/** A newsroom as readers know it: its outlet's name, or that of the first outlet it keeps; a credited name as it is. */
export function newsroomName(id: string, outlets: ReadonlyMap<string, Outlet>): string {
  const outlet = outlets.get(id) ?? [...outlets.values()].find(({ newsroom }) => newsroom === id);
  return outlet?.name ?? id;
}

/** An outlet that no configuration lists, known by its host alone: what it writes counts, at the lowest tier. */
export function unlistedOutlet(host: string): Outlet {
  return {
    id: host,
    name: host,
    tier: 'aggregator',
    newsroom: host,
    homepage: `https://${host}/`,
    feeds: [],
    paceMs: 1000,
    hostAliases: {},
  };
}
