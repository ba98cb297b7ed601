import type { IncomingMessage } from 'node:http';

import type { FeedLine } from './feeds/feed-page.ts';
import { writeFeed } from './feeds/write-feed.ts';
import { escapeMarkup } from './markup.ts';
import { articleIdIn, isAmpPath, linkedUrl, type OutletAddress } from './outlet-address.ts';
import type { FeedProfile } from './outlet-profiles.ts';
import type { NewsroomArticle } from './published-article.ts';
import { htmlReply, type Reply, textReply, withValidators } from './reply.ts';
import type { PageModel } from './templates/page-model.ts';
import { writeAmpPage, writeErrorPage, writePage, writeVideoPage } from './templates/write-page.ts';

/** What a site reads of the newsroom. */
export interface Desk {
  /** The outlet's articles that feeds list by now, newest first. */
  visible(outletId: string): readonly NewsroomArticle[];
  /** Any article that has appeared, also of the archive. */
  find(id: string): NewsroomArticle | undefined;
  now(): Date;
}

const RETRY_AFTER_S = 2;

/** One outlet's web site: answers requests, remembers only whom it has turned away once. */
export class OutletSite {
  readonly address: OutletAddress;
  readonly #desk: Desk;
  readonly #misbehaves: boolean;
  readonly #refused = new Set<string>();

  constructor(address: OutletAddress, desk: Desk, { misbehaves }: { misbehaves: boolean }) {
    this.address = address;
    this.#desk = desk;
    this.#misbehaves = misbehaves;
  }

  answer(request: IncomingMessage): Reply {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return textReply('Method not allowed\n', 405, { allow: 'GET, HEAD' });
    }
    const { pathname } = new URL(request.url ?? '/', this.address.origin);
    if (pathname === '/robots.txt') return textReply(this.#misbehaves ? this.address.profile.robots : '');
    const feed = this.address.profile.feeds.find(({ path }) => path === pathname);
    if (feed !== undefined) return this.#feed(feed, request);
    const id = articleIdIn(pathname);
    const article = id === undefined ? undefined : this.#desk.find(id);
    if (article?.outletId === this.address.profile.id) return this.#page(article, pathname, request);
    if (pathname === '/') return this.#home();
    return this.#notFound();
  }

  #feed(profile: FeedProfile, request: IncomingMessage): Reply {
    if (this.#misbehaves && this.address.profile.feedRefusesOnce === true && this.#isFirst(profile.path)) {
      const until = new Date(this.#desk.now().getTime() + RETRY_AFTER_S * 1000);
      return textReply('Too many requests\n', 429, { 'retry-after': until.toUTCString() });
    }
    const articles = this.#desk
      .visible(this.address.profile.id)
      .filter(({ kind }) => !profile.isHealth || kind !== 'not-health');
    const changedAt = new Date(Math.max(0, ...articles.map(({ visibleAt }) => visibleAt.getTime())));
    const { bytes, contentType } = writeFeed(profile, {
      title: this.address.profile.name,
      homepage: `${this.address.origin}/`,
      url: this.address.origin + profile.path,
      section: profile.section,
      changedAt,
      lines: articles.map((article) => this.#line(article, profile)),
    });
    return withValidators(
      { status: 200, headers: { 'content-type': contentType }, body: bytes },
      changedAt,
      request,
    );
  }

  #line(article: NewsroomArticle, profile: FeedProfile): FeedLine {
    const link = linkedUrl(article, this.address);
    return { article, link: profile.tracking === undefined ? link : `${link}?${profile.tracking}` };
  }

  #page(article: NewsroomArticle, pathname: string, request: IncomingMessage): Reply {
    const fault = this.#fault(article);
    if (fault !== undefined) return fault;
    const model = this.#model(article);
    if (isAmpPath(pathname)) return htmlReply(writeAmpPage(model));
    const canonicalPath = new URL(article.url).pathname;
    if (pathname !== canonicalPath) return textReply('', 301, { location: article.url });
    const page = htmlReply(writePage(this.address.profile.template, model));
    return withValidators(page, article.visibleAt, request);
  }

  #fault(article: NewsroomArticle): Reply | undefined {
    switch (article.fault) {
      case 'forbidden':
        return htmlReply('<html><body><h1>403 Forbidden</h1></body></html>', 403);
      case 'missing':
        return this.#notFound();
      case 'error-as-200':
        return htmlReply(writeErrorPage(this.address.profile.name));
      case 'video-only':
        return htmlReply(writeVideoPage(this.#model(article)));
      case 'too-many-requests-once':
        return this.#isFirst(article.id)
          ? textReply('Too many requests\n', 429, { 'retry-after': String(RETRY_AFTER_S) })
          : undefined;
      default:
        return undefined;
    }
  }

  #isFirst(what: string): boolean {
    if (this.#refused.has(what)) return false;
    this.#refused.add(what);
    return true;
  }

  #model(article: NewsroomArticle): PageModel {
    const { profile, origin } = this.address;
    return {
      article,
      outletName: profile.name,
      homepage: origin,
      related: this.#desk
        .visible(profile.id)
        .filter(({ id, visibleAt }) => id !== article.id && visibleAt <= article.visibleAt)
        .slice(0, 12),
    };
  }

  #home(): Reply {
    const { profile, origin } = this.address;
    const feeds = profile.feeds
      .filter(({ kind }) => kind === 'feed')
      .map(({ path, section, format }) => {
        const type = { atom: 'application/atom+xml', 'json-feed': 'application/feed+json' }[format as string];
        return `<link rel="alternate" type="${type ?? 'application/rss+xml'}" title="${section}" href="${path}">`;
      });
    const links = this.#desk
      .visible(profile.id)
      .slice(0, 30)
      .map(
        (article) =>
          `<li><a href="${linkedUrl(article, this.address)}">${escapeMarkup(article.title)}</a></li>`,
      );
    return htmlReply(`<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${profile.name}</title>
${feeds.join('\n')}
</head><body><h1>${profile.name}</h1><p>Tòa soạn giả lập tại ${origin}</p><ul>
${links.join('\n')}
</ul></body></html>
`);
  }

  #notFound(): Reply {
    return htmlReply(writeErrorPage(this.address.profile.name), 404);
  }
}
