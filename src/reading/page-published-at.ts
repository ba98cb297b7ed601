import type { PublishedAt, PublishedAtSource } from '../domain/published-at.ts';
import { nameWords } from './boilerplate.ts';
import { clampPublishedAt, parseStatedTime } from './date.ts';
import type { HtmlElement } from './html-node.ts';
import { elementsOf, isElement, textOf } from './html-node.ts';
import type { JsonObject } from './json-ld.ts';
import { stringOf } from './json-ld.ts';
import type { PageMetadata } from './page-metadata.ts';
import { textBlocks } from './text-block.ts';
import { findWrittenDay } from './written-day.ts';

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
  root: HtmlElement,
  metadata: PageMetadata,
  url: string,
  now: Date,
): PublishedAt | undefined {
  const found =
    fromJsonLd(metadata.article, metadata.jsonLd) ??
    fromMeta(metadata.meta) ??
    fromMarkup(root) ??
    fromUrl(url) ??
    fromText(root, metadata);
  return found === undefined ? undefined : clampPublishedAt(found, now);
}

/** A time out of the text that the outlet's own selector found. */
export function publishedAtFromText(text: string, now: Date): PublishedAt | undefined {
  const found = stated(text, 'visible-text');
  return found === undefined ? undefined : clampPublishedAt(found, now);
}

function stated(text: string, source: PublishedAtSource): PublishedAt | undefined {
  const time =
    text === '' ? undefined : (parseStatedTime(text) ?? parseStatedTime(findWrittenDay(text) ?? ''));
  if (time === undefined) return undefined;
  const offsetMinutes = time.zoneAssumed ? undefined : statedOffset(text);
  return {
    at: time.at,
    source,
    zoneAssumed: time.zoneAssumed,
    dayOnly: time.dayOnly,
    ...(offsetMinutes === undefined ? {} : { offsetMinutes }),
  };
}

const OFFSET = /\d(?:\.\d+)?\s?(?:GMT|UTC)?\s?([+-])(\d{2}):?(\d{2})\s*(?:\(|$)/i;

/** The numeric zone at the end of a stated time, `Z` and its names as 0. */
function statedOffset(text: string): number | undefined {
  if (/\d\s?(?:Z|GMT|UTC)\s*$/i.test(text)) return 0;
  const match = OFFSET.exec(text);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
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

/** How much worse a time is that stands in a footer or beside the article. */
const APART_RANKS = 4;
const WORST_RANK = 3 + APART_RANKS;

/** Marked-up times in the page, best kind first; within a kind the first in the page. Those of comments never. */
function fromMarkup(root: HtmlElement): PublishedAt | undefined {
  const best = new Map<number, PublishedAt>();
  for (const element of elementsOf(root)) {
    const kind = markupRank(element);
    if (kind === undefined) continue;
    const surroundings = surroundingsOf(element);
    const rank = surroundings === 'apart' ? kind + APART_RANKS : kind;
    if (surroundings === 'comment' || best.has(rank)) continue;
    const found = fromElement(element, kind);
    if (found !== undefined) best.set(rank, found);
  }
  for (let rank = 0; rank <= WORST_RANK; rank += 1) {
    const found = best.get(rank);
    if (found !== undefined) return found;
  }
  return undefined;
}

const DATE_NAME =
  /(?:^| )(?:date|dates|datetime|dateline|time|timestamp|published|publishdate|pubdate|publish|posted|postdate|datum|fecha|data|ngay|thoigian|ngaydang)(?: |$)/;
const MODIFIED_NAME = /(?:^| )(?:modified|current|today|now|copyright|event|countdown|comments?)(?: |$)/;

/** How good a place an element is for a time of publication, 0 best; `undefined` where it is none. */
function markupRank(element: HtmlElement): number | undefined {
  const { attribs, name } = element;
  if (/\bdatePublished\b/i.test(attribs.itemprop ?? '') || attribs['data-role'] === 'publishdate') return 0;
  const words = nameWords(attribs);
  if (name === 'time') return timeRank(attribs, words);
  if (name === 'abbr' && /\b(?:published|updated)\b/.test(attribs.class ?? '')) return 1;
  return DATE_NAME.test(words) && !MODIFIED_NAME.test(words) ? 3 : undefined;
}

function timeRank(attribs: Readonly<Record<string, string>>, words: string): number | undefined {
  if (attribs.pubdate !== undefined || /(?:^| )(?:published|entry date)(?: |$)/.test(words)) return 1;
  return MODIFIED_NAME.test(words) || /dateModified/i.test(attribs.itemprop ?? '') ? undefined : 2;
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

const COMMENT_NAME = /(?:^| )(?:comments?|respond|kommentare?|comentarios?|binh luan)(?: |$)/;
const BESIDE_NAME = /(?:^| )(?:related|sidebar|recommended|recent|latest|popular|footer|teaser|card)(?: |$)/;

function surroundingsOf(element: HtmlElement): 'article' | 'apart' | 'comment' {
  let isApart = false;
  for (let at = element.parent; at !== null && isElement(at) && at.name !== 'body'; at = at.parent) {
    const words = nameWords(at.attribs);
    if (COMMENT_NAME.test(words)) return 'comment';
    isApart ||= at.name === 'aside' || at.name === 'nav' || at.name === 'footer' || BESIDE_NAME.test(words);
  }
  return isApart ? 'apart' : 'article';
}

const URL_DAY = /\/(20\d\d|19\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)/;

function fromUrl(url: string): PublishedAt | undefined {
  const match = URL_DAY.exec(url);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return stated(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, 'url');
}

const PUBLISHED_WORD =
  /publi|posted|erstellt|veroffentlicht|veröffentlicht|datum|date|stand:|ngày|đăng|cập nhật|\bam\b|\bon\b|creado|opublikowano|опублик|uhr|\d{1,2}[:h]\d{2}/i;
/** Date lines are short; a longer block must say that it speaks of publication. */
const DATE_LINE_CHARS = 60;
const MAX_BLOCK_CHARS = 220;

/** A day in a short line of the visible text: the first below the title, else the first above it, else any. */
function fromText(root: HtmlElement, { language, documentTitle }: PageMetadata): PublishedAt | undefined {
  const monthFirst = language === 'en-US';
  let aboveTitle: string | undefined;
  let apart: string | undefined;
  let seenTitle = false;
  for (const { text, element, kind } of textBlocks(root, 'lax')) {
    seenTitle ||= kind === 'heading' && isTitle(text, documentTitle);
    const day = mayBeDateLine(text) ? findWrittenDay(text, { monthFirst }) : undefined;
    if (day === undefined) continue;
    const surroundings = surroundingsOf(element);
    if (surroundings === 'apart') apart ??= day;
    if (surroundings !== 'article') continue;
    if (seenTitle) return stated(day, 'visible-text');
    aboveTitle ??= day;
  }
  return stated(aboveTitle ?? apart ?? '', 'visible-text');
}

function mayBeDateLine(text: string): boolean {
  if (text.length > MAX_BLOCK_CHARS || !/\d/.test(text) || /©|copyright/i.test(text)) return false;
  return text.length <= DATE_LINE_CHARS || PUBLISHED_WORD.test(text);
}

function isTitle(text: string, documentTitle: string): boolean {
  return text.length >= 10 && documentTitle.toLowerCase().includes(text.toLowerCase().slice(0, 40));
}
