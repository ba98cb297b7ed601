import type { Outlet } from '../domain/outlet.ts';
import type { OutletProfile } from './outlet-profiles.ts';
import type { NewsroomArticle, PageFault } from './published-article.ts';
import { slug } from './slug.ts';

/** Where an outlet listens. Each has a port of its own, so that pace and robots.txt per host are real. */
export interface OutletAddress {
  readonly profile: OutletProfile;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly mobileOrigin?: string;
}

const ARTICLE_ID = /-(\d{9})(?:\.html?|\/)$/;
const AMP_PREFIX = '/amp';
const OLD_SLUG = 'tieu-de-cu';
/** Disallowed by the robots.txt of the one outlet that has it. */
const INTERNAL_PREFIX = '/noi-bo';

/** Canonical path of an article. */
export function articlePath(
  profile: OutletProfile,
  { id, title, fault }: { id: string; title: string; fault?: PageFault | undefined },
): string {
  const prefix = fault === 'disallowed-by-robots' ? INTERNAL_PREFIX : '';
  return `${prefix}/${slug(title)}-${id}${profile.extension}`;
}

/** Id in an article's path, whatever the slug. */
export function articleIdIn(path: string): string | undefined {
  return ARTICLE_ID.exec(path)?.[1];
}

export function isAmpPath(path: string): boolean {
  return path.startsWith(`${AMP_PREFIX}/`);
}

/** The address that feeds print: canonical, or by the article's detour. */
export function linkedUrl(
  article: NewsroomArticle,
  { profile, origin, mobileOrigin }: OutletAddress,
): string {
  const { pathname } = new URL(article.url);
  switch (article.detour) {
    case 'amp':
      return origin + AMP_PREFIX + pathname;
    case 'mobile':
      return (mobileOrigin ?? origin) + pathname;
    case 'old-slug':
      return `${origin}/${OLD_SLUG}-${article.id}${profile.extension}`;
    default:
      return article.url;
  }
}

/** The outlet as the pipeline's configuration would describe it. */
export function asOutlet(
  { profile, origin, mobileOrigin }: OutletAddress,
  { pollEveryMs, paceMs }: { pollEveryMs: number; paceMs: number },
): Outlet {
  const hostAliases =
    mobileOrigin === undefined ? {} : { [new URL(mobileOrigin).host]: new URL(origin).host };
  return {
    id: profile.id,
    name: profile.name,
    tier: profile.tier,
    ...(profile.province === undefined ? {} : { province: profile.province }),
    newsroom: profile.newsroom,
    homepage: `${origin}/`,
    feeds: profile.feeds.map((feed, index) => ({
      id: `${profile.id}-${index + 1}`,
      outletId: profile.id,
      url: origin + feed.path,
      kind: feed.kind,
      section: feed.section,
      isHealth: feed.isHealth,
      pollEveryMs,
      ...(feed.linkSelector === undefined ? {} : { linkSelector: feed.linkSelector }),
    })),
    ...(profile.selectors === undefined ? {} : { selectors: profile.selectors }),
    paceMs,
    hostAliases,
  };
}
