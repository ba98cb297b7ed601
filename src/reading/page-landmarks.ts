import { namesLead, nameWords } from './boilerplate.ts';
import type { HtmlElement } from './html-node.ts';
import { isElement, textOf } from './html-node.ts';

/** An element and how good a place it is for what is sought, 0 best. */
export interface Landmark {
  readonly element: HtmlElement;
  readonly rank: number;
  /** How many elements stand before it. */
  readonly at: number;
}

/** The elements that by name or attribute may say something of the article beside its text, each kind in page order. */
export interface Landmarks {
  /** Headings of the first three levels and what is marked up as the headline, the first level best. */
  readonly headings: readonly Landmark[];
  readonly leads: readonly HtmlElement[];
  readonly bylines: readonly Landmark[];
  readonly times: readonly Landmark[];
  /** Times of change. */
  readonly updates: readonly Landmark[];
  readonly tags: readonly HtmlElement[];
  readonly images: readonly HtmlElement[];
}

/** As many of each kind as are looked at; a page built to have thousands gains nothing. */
const MAX_OF_A_KIND = 150;

/** Notes, element by element, what of a page may be a landmark. */
export class LandmarkGatherer implements Landmarks {
  readonly headings: Landmark[] = [];
  readonly leads: HtmlElement[] = [];
  readonly bylines: Landmark[] = [];
  readonly times: Landmark[] = [];
  readonly updates: Landmark[] = [];
  readonly tags: HtmlElement[] = [];
  readonly images: HtmlElement[] = [];
  private seen = 0;

  note(element: HtmlElement): void {
    const { name, attribs } = element;
    const roles = rolesOf(nameWords(attribs));
    const at = this.seen;
    this.seen += 1;
    const heading = headingRank(element);
    if (heading !== undefined) add(this.headings, { element, rank: heading, at });
    if (name === 'img') add(this.images, element);
    if (((roles & LEAD) !== 0 || attribs['data-role'] === 'sapo') && LEAD_ELEMENTS.has(name))
      add(this.leads, element);
    if (isTag(element, roles)) add(this.tags, element);
    const byline = bylineRank(element, roles);
    if (byline !== undefined) add(this.bylines, { element, rank: byline, at });
    const time = timeRank(element, roles);
    if (time !== undefined)
      add(isUpdate(element, roles) ? this.updates : this.times, { element, rank: time, at });
  }
}

function add<T>(list: T[], item: T): void {
  if (list.length < MAX_OF_A_KIND) list.push(item);
}

const LEAD_ELEMENTS = new Set(['p', 'div', 'h2', 'h3', 'h4', 'strong', 'section', 'span', 'header']);

function headingRank({ name, attribs }: HtmlElement): number | undefined {
  if (name === 'h1') return 0;
  if (attribs.itemprop !== undefined && name !== 'meta' && /\bheadline\b/i.test(attribs.itemprop)) return 1;
  return name === 'h2' ? 2 : name === 'h3' ? 3 : undefined;
}

const BYLINE_NAME =
  /(?:^| )(?:byline|bylines|author|authors|authorname|autor|autora|autores|autoren|auteur|auteurs|autore|autori|tac gia|tacgia|writer|journalist|redactor|vcard|contributor|contributors|verfasser|forfatter|signature)(?: |$)/;
const NOT_BYLINE =
  /(?:^| )(?:comments?|bio|biography|related|description|image|avatar|photo|social|follow|box|list|articles|posts|more)(?: |$)/;
const DATE_NAME =
  /(?:^| )(?:date|dates|datetime|dateline|time|timestamp|published|publishdate|publishingdate|publishtime|publicationdate|pubdate|pubtime|publish|posted|postdate|posttime|createdate|datum|fecha|data|dato|ngay|thoigian|ngaydang|thoi gian|ngay dang)(?: |$)/;
const MODIFIED_NAME =
  /(?:^| )(?:modified|modification|updated|update|updatedat|lastmod|lastupdate|geandert|aktualisiert|cap nhat|capnhat)(?: |$)/;
const NOT_DATE = /(?:^| )(?:current|today|now|clock|copyright|event|events|countdown|comments?)(?: |$)/;
const TAG_NAME = /(?:^| )(?:tag|tags|taglist|keyword|keywords|tukhoa|tu khoa|etiquetas|schlagworte)(?: |$)/;

const BYLINE = 1;
const BYLINE_PROPER = 2;
const DATE = 4;
const LEAD = 8;
const TAGS = 16;
const MODIFIED = 32;
const SAPO = 64;

/** As many distinct names as any page has; a page built to have more only loses the cache. */
const MAX_CACHED_NAMES = 4000;
const rolesCache = new Map<string, number>();

/** What an element's names say that it holds, one bit each. */
function rolesOf(words: string): number {
  if (words === '') return 0;
  const known = rolesCache.get(words);
  if (known !== undefined) return known;
  let roles = 0;
  if (BYLINE_NAME.test(words) && !NOT_BYLINE.test(words))
    roles |= words.includes('name') || words.includes('byline') ? BYLINE | BYLINE_PROPER : BYLINE;
  if (!NOT_DATE.test(words)) roles |= dateRole(words);
  if (/(?:^| )sapo(?: |$)/.test(words)) roles |= SAPO | LEAD;
  if (namesLead(words)) roles |= LEAD;
  if (TAG_NAME.test(words)) roles |= TAGS;
  if (rolesCache.size >= MAX_CACHED_NAMES) rolesCache.clear();
  rolesCache.set(words, roles);
  return roles;
}

function dateRole(words: string): number {
  if (MODIFIED_NAME.test(words)) return MODIFIED;
  return DATE_NAME.test(words) ? DATE : 0;
}

/** Whether an element is called the sapo in so many words. */
export function isCalledSapo({ attribs }: HtmlElement): boolean {
  return attribs['data-role'] === 'sapo' || (rolesOf(nameWords(attribs)) & SAPO) !== 0;
}

function isTag({ name, attribs }: HtmlElement, roles: number): boolean {
  if (name !== 'a') return (roles & TAGS) !== 0 && name !== 'body' && name !== 'html';
  // Where a blog marks its categories so too, they are what its sections are called.
  return /^\s*tag\s*$/i.test(attribs.rel ?? '');
}

function bylineRank({ name, attribs }: HtmlElement, roles: number): number | undefined {
  if (attribs.itemprop !== undefined && name !== 'meta' && /\bauthor\b/i.test(attribs.itemprop)) return 0;
  if (attribs['data-role'] === 'author') return 0;
  if (attribs.rel !== undefined && name === 'a' && /(?:^|\s)author(?:\s|$)/i.test(attribs.rel)) return 0;
  if ((roles & BYLINE) === 0) return undefined;
  return (roles & BYLINE_PROPER) === 0 ? 2 : 1;
}

/** How good a place an element is for a time of publication or change, 0 best; `undefined` where it is none. */
function timeRank({ name, attribs }: HtmlElement, roles: number): number | undefined {
  const { itemprop, class: className = '' } = attribs;
  if (itemprop !== undefined && /\bdate(?:Published|Created|Modified)\b/i.test(itemprop)) return 0;
  if (attribs['data-role'] === 'publishdate') return 0;
  if (name === 'time') return attribs.pubdate !== undefined || PUBLISHED_TIME.test(className) ? 1 : 2;
  if (name === 'abbr' && PUBLISHED_TIME.test(className)) return 1;
  return (roles & (DATE | MODIFIED)) === 0 ? undefined : 3;
}

const PUBLISHED_TIME = /\b(?:published|entry-date)\b/;

function isUpdate({ attribs }: HtmlElement, roles: number): boolean {
  const { itemprop = '', class: className = '' } = attribs;
  if (/\bdatePublished\b/i.test(itemprop) || PUBLISHED_TIME.test(className)) return false;
  return (roles & MODIFIED) !== 0 || /\bdateModified\b/i.test(itemprop);
}

const COMMENT_NAME = /(?:^| )(?:comments?|respond|kommentare?|comentarios?|binh luan)(?: |$)/;
const BESIDE_NAME = /(?:^| )(?:related|sidebar|recommended|recent|latest|popular|footer|teaser|card)(?: |$)/;

/** Whether an element stands in the article, beside it (or in a footer), or among readers' comments. */
export function surroundingsOf(element: HtmlElement): 'article' | 'apart' | 'comment' {
  let isApart = false;
  for (let at = element.parent; at !== null && isElement(at) && at.name !== 'body'; at = at.parent) {
    const words = nameWords(at.attribs);
    if (COMMENT_NAME.test(words)) return 'comment';
    isApart ||= at.name === 'aside' || at.name === 'nav' || at.name === 'footer' || BESIDE_NAME.test(words);
  }
  return isApart ? 'apart' : 'article';
}

/** Where in the page its title stands; 0 where it is no heading. */
export function titlePlace({ headings }: Landmarks, title: string): number {
  const start = title.slice(0, 60);
  return headings.find(({ element }) => textOf(element, 400).includes(start))?.at ?? 0;
}

/** How much nearer to the title what stands above it must be than what stands below. */
const ABOVE_FACTOR = 2;

/** Things of a page in the order of how near to a place they stand. */
export function nearestFirst<T extends { readonly at: number }>(things: readonly T[], place: number): T[] {
  const distance = ({ at }: T): number => (at >= place ? at - place : (place - at) * ABOVE_FACTOR);
  return [...things].sort((a, b) => distance(a) - distance(b));
}
