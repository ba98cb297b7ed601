import { getDomain } from 'tldts';

import { nameWords } from './boilerplate.ts';
import { absoluteUrl } from './canonical-url.ts';
import type { HtmlElement } from './html-node.ts';
import { textOf } from './html-node.ts';
import type { PageLinks } from './page-links.ts';
import { hasRelation } from './page-links.ts';

/** Articles in more pages than this do not exist; lists do. */
export const MAX_ARTICLE_PAGES = 10;

/** Where a page stands among those of its article. */
export interface PagePlace {
  /** The address of the page itself, and that of the article's first page. */
  readonly url: string;
  readonly firstUrl: string;
  /** 1 for the first. */
  readonly number: number;
}

/**
 * The address on which an article goes on: a page that shows all of it where its first page offers one, else the page
 * after this one.
 *
 * It must be the article's own address with nothing added but a page number or a wish to see all (`?page=2`, `/2`,
 * `/page/2`, `-p2.html`, `/trang-2`), and the link must say so: by `rel=next` or by its text (`2`, `Trang 2`, `Trang
 * sau`, `Xem toàn bộ trên một trang`), outside of comments and lists of other articles. So no next article, no next
 * page of comments and no page of a listing is taken for it.
 */
export function nextPageUrl({ anchors, heads }: PageLinks, place: PagePlace): string | undefined {
  const base = absoluteUrl(place.url, undefined);
  const first = absoluteUrl(place.firstUrl, undefined);
  if (base === undefined || first === undefined) return undefined;
  const parts = partsOf(first);
  if (pageOf(base, parts) === 'all') return undefined;
  const links = [...heads.filter((link) => hasRelation(link, 'next')), ...anchors].flatMap((element) => {
    const { href = '' } = element.attribs;
    const address = href.length > MAX_URL_CHARS ? undefined : absoluteUrl(href, base.href);
    const page = address === undefined ? undefined : pageOf(address, parts);
    return address === undefined || page === undefined ? [] : [{ element, address, page }];
  });
  const whole = links.find(({ page, element }) => page === 'all' && saysAll(element));
  if (place.number === 1 && whole !== undefined) return whole.address.href;
  const next = place.number + 1;
  return links.find(({ page, element }) => page === next && saysNext(element, next))?.address.href;
}

/** The AMP rendering that a page names, on a host of the same registrable domain. */
export function ampUrl({ heads }: PageLinks, url: string): string | undefined {
  const link = heads.find((head) => hasRelation(head, 'amphtml'));
  const address = absoluteUrl(link?.attribs.href ?? '', url);
  if (address === undefined || address.href === url) return undefined;
  return siteOf(address.hostname) === siteOf(new URL(url).hostname) ? address.href : undefined;
}

function siteOf(hostname: string): string {
  return getDomain(hostname) ?? hostname;
}

const MAX_URL_CHARS = 1000;
const EXTENSION = /\.[a-z]{2,5}$/i;
/** What may stand between an article's path and the number of one of its pages. */
const PATH_NUMBER = /^(?:\/(?:page|trang|p)?[/-]?|[-_.](?:page|trang|p)?[-_]?)(\d{1,2})$/i;
const PATH_ALL = /^\/(?:all|toan-bo|full|single-page|view-all|tat-ca)$/i;
const NUMBER_PARAMETER = /^(?:page|p|pg|trang|paged|pageno|pagenum|page_no)$/i;
const ALL_PARAMETER = /^(?:view|page|trang|show|view-?all|single_?page|all)$/i;
const ALL_VALUE = /^(?:all|full|single|toan-bo|1|true)$/i;
const COMMENT_FRAGMENT = /comment|binh-?luan|respond/i;

interface Parts {
  readonly host: string;
  /** Without a closing slash and a file's extension. */
  readonly path: string;
  readonly parameters: ReadonlyMap<string, string>;
}

function partsOf(address: URL): Parts {
  const path = address.pathname.replace(/\/+$/, '').replace(EXTENSION, '').toLowerCase();
  return { host: address.host.replace(/^www\./, ''), path, parameters: new Map(address.searchParams) };
}

/** Which page of the article an address names; `undefined` where it is none of them. */
function pageOf(address: URL, first: Parts): number | 'all' | undefined {
  const { host, path, parameters } = partsOf(address);
  if (host !== first.host || first.path === '' || !path.startsWith(first.path)) return undefined;
  if (COMMENT_FRAGMENT.test(address.hash)) return undefined;
  for (const [name, value] of first.parameters) if (parameters.get(name) !== value) return undefined;
  const added = [...parameters].filter(([name]) => !first.parameters.has(name));
  const rest = path.slice(first.path.length);
  if (rest === '' && added.length === 1) return pageOfParameter(added[0] as [string, string]);
  if (rest === '' || added.length > 0) return undefined;
  if (PATH_ALL.test(rest)) return 'all';
  const number = PATH_NUMBER.exec(rest)?.[1];
  return number === undefined ? undefined : Number(number);
}

function pageOfParameter([name, value]: [string, string]): number | 'all' | undefined {
  if (NUMBER_PARAMETER.test(name) && /^\d{1,2}$/.test(value) && value !== '1') return Number(value);
  return ALL_PARAMETER.test(name) && ALL_VALUE.test(value) ? 'all' : undefined;
}

const NEXT_TEXT =
  /^(?:(?:xem |đọc )?trang (?:sau|tiếp(?: theo)?|kế(?: tiếp)?)|(?:xem|đọc) (?:trang )?tiếp|tiếp(?: theo)?|sau|next(?: page)?|continue(?: reading)?|page suivante|nächste seite)?\s*[>»›→]{0,3}$/iu;
const ALL_TEXT =
  /một trang|toàn (?:bộ|bài|văn)|(?:xem|đọc) (?:tất cả|cả bài|đầy đủ)|view (?:all|as one page|full)|single page|full article|all pages|auf einer seite/iu;
const MAX_TEXT_CHARS = 80;

function saysAll(element: HtmlElement): boolean {
  if (element.name === 'link' || standsElsewhere(element)) return false;
  return wordingsOf(element).some((text) => ALL_TEXT.test(text));
}

function saysNext(element: HtmlElement, number: number): boolean {
  if (element.name === 'link') return true;
  if (standsElsewhere(element)) return false;
  if (hasRelation(element, 'next')) return true;
  const numbered = new RegExp(`^(?:trang|page|phần|kỳ|p\\.?)?\\s*0?${number}\\s*(?:/\\s*\\d{1,2})?$`, 'iu');
  return wordingsOf(element).some((text) => text !== '' && (NEXT_TEXT.test(text) || numbered.test(text)));
}

function wordingsOf(element: HtmlElement): string[] {
  const { title = '', 'aria-label': label = '' } = element.attribs;
  return [textOf(element, MAX_TEXT_CHARS + 1), title.trim(), label.trim()].filter(
    (text) => text.length <= MAX_TEXT_CHARS,
  );
}

const ELSEWHERE =
  /(?:^| )(?:comments?|disqus|binhluan|binh luan|related|lienquan|lien quan|tinkhac|tin khac|cungchuyenmuc|cung chuyen muc|relate|listing|widget|sidebar)(?: |$)/;
const MAX_LEVELS = 12;

/** Whether a link belongs to comments or to a list of other articles. */
function standsElsewhere(element: HtmlElement): boolean {
  let at: HtmlElement | null = element;
  for (let level = 0; level < MAX_LEVELS && at !== null; level += 1) {
    if (at.name === 'aside' || ELSEWHERE.test(nameWords(at.attribs))) return true;
    at = at.parent;
  }
  return false;
}
