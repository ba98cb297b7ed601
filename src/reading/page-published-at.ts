import type { PublishedAt, PublishedAtSource } from '../domain/published-at.ts';
import { namesApart, nameWords } from './boilerplate.ts';
import { clampPublishedAt, parseStatedTime } from './date.ts';
import type { HtmlElement, HtmlRoot } from './html-node.ts';
import { elementsOf, isElement, textOf } from './html-node.ts';
import type { JsonObject } from './json-ld.ts';
import { stringOf } from './json-ld.ts';
import type { PageMetadata } from './page-metadata.ts';

/** Names of `<meta>` that carry a time of publication, best first. */
const META_NAMES = [
  'article:published_time',
  'og:article:published_time',
  'article:published',
  'datepublished',
  'og:published_time',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'published_date',
  'publication_date',
  'sailthru.date',
  'parsely-pub-date',
  'dc.date.issued',
  'dcterms.issued',
  'dc.date.created',
  'dcterms.created',
  'dc.date',
  'dcterms.date',
  'date',
  'cxenseparse:recs:publishtime',
  'cxenseparse:publishtime',
  'article.published',
  'article_date_original',
  'originalpublicationdate',
  'displaydate',
  'last-modified-date',
  'datecreated',
  'article:created',
  'og:pubdate',
  'bt:pubdate',
  'created',
];

/** When a page says it was published, and where it says so; `undefined` where it does not. */
export function readPublishedAt(
  root: HtmlRoot,
  metadata: PageMetadata,
  url: string,
  now: Date,
): PublishedAt | undefined {
  const found =
    fromJsonLd(metadata.article, metadata.jsonLd) ??
    fromMeta(metadata.meta) ??
    fromMarkup(root) ??
    fromUrl(url) ??
    undefined;
  return found === undefined ? undefined : clampPublishedAt(found, now);
}

/** A time out of the text that the outlet's own selector found. */
export function publishedAtFromText(text: string, now: Date): PublishedAt | undefined {
  const found = stated(text, 'visible-text');
  return found === undefined ? undefined : clampPublishedAt(found, now);
}

function stated(text: string, source: PublishedAtSource): PublishedAt | undefined {
  const time = text === '' ? undefined : parseStatedTime(text);
  if (time === undefined) return undefined;
  return { at: time.at, source, zoneAssumed: time.zoneAssumed, dayOnly: time.dayOnly };
}

function fromJsonLd(
  article: JsonObject | undefined,
  objects: readonly JsonObject[],
): PublishedAt | undefined {
  const own =
    stated(stringOf(article?.datePublished), 'json-ld') ?? stated(stringOf(article?.dateCreated), 'json-ld');
  if (own !== undefined) return own;
  const other = objects.find((object) => stringOf(object.datePublished) !== '');
  return other === undefined ? undefined : stated(stringOf(other.datePublished), 'json-ld');
}

function fromMeta(meta: ReadonlyMap<string, string>): PublishedAt | undefined {
  for (const name of META_NAMES) {
    const found = stated(meta.get(name) ?? '', 'meta');
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Marked-up times in the page, best kind first; within a kind the first in the page. */
function fromMarkup(root: HtmlRoot): PublishedAt | undefined {
  const best = new Map<number, PublishedAt>();
  for (const element of elementsOf(root)) {
    const rank = markupRank(element);
    if (rank === undefined || best.has(rank) || isApart(element)) continue;
    const found = fromElement(element, rank);
    if (found !== undefined) best.set(rank, found);
  }
  for (let rank = 0; rank <= 4; rank += 1) {
    const found = best.get(rank);
    if (found !== undefined) return found;
  }
  return undefined;
}

const DATE_NAME =
  /(?:^| )(?:date|dates|datetime|dateline|time|timestamp|published|publishdate|pubdate|publish|posted|postdate|datum|fecha|data|ngay|thoigian|ngaydang)(?: |$)/;
const MODIFIED_NAME =
  /(?:^| )(?:updated?|modified|current|today|now|copyright|event|countdown|comments?)(?: |$)/;

function markupRank(element: HtmlElement): number | undefined {
  const { attribs, name } = element;
  if (/\bdatePublished\b/i.test(attribs.itemprop ?? '')) return 0;
  if (attribs['data-role'] === 'publishdate') return 0;
  const words = nameWords(attribs);
  if (name === 'time') {
    if (attribs.pubdate !== undefined || /(?:^| )(?:published|entry date)(?: |$)/.test(words)) return 1;
    return MODIFIED_NAME.test(words) || /dateModified/i.test(attribs.itemprop ?? '') ? undefined : 2;
  }
  if (attribs.class?.includes('published') === true && name === 'abbr') return 1;
  return words !== '' && DATE_NAME.test(words) && !MODIFIED_NAME.test(words) ? 3 : undefined;
}

function fromElement(element: HtmlElement, rank: number): PublishedAt | undefined {
  const source = rank === 0 ? 'microdata' : element.name === 'time' ? 'time-element' : 'visible-text';
  const { attribs } = element;
  const machine =
    attribs.content ?? attribs.datetime ?? (element.name === 'abbr' ? attribs.title : undefined) ?? '';
  const text = textOf(element, 160);
  return (
    stated(machine, source) ?? (text.length <= 120 && /\d/.test(text) ? stated(text, source) : undefined)
  );
}

function isApart(element: HtmlElement): boolean {
  for (let at = element.parent; at !== null && isElement(at); at = at.parent) {
    if (at.name === 'body') return false;
    if (at.name === 'aside' || at.name === 'nav' || at.name === 'footer') return true;
    const words = nameWords(at.attribs);
    if (
      /(?:^| )(?:comments?|related|sidebar|recommended|recent|latest|popular|widget|footer)(?: |$)/.test(
        words,
      )
    )
      return true;
    if (at.name === 'li' && namesApart(words)) return true;
  }
  return false;
}

const URL_DAY = /\/(20\d\d|19\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)/;

function fromUrl(url: string): PublishedAt | undefined {
  const match = URL_DAY.exec(url);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return stated(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, 'url');
}
