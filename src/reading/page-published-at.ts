import type { PublishedAt } from '../domain/published-at.ts';
import { clampPublishedAt } from './date.ts';
import type { HtmlElement } from './html-node.ts';
import { textOf } from './html-node.ts';
import { stringOf, typesOf } from './json-ld.ts';
import { clockOfOutlet, machineTimes } from './page-clock.ts';
import type { Landmark } from './page-landmarks.ts';
import { nearestFirst, surroundingsOf, titlePlace } from './page-landmarks.ts';
import type { PageMetadata } from './page-metadata.ts';
import { printedDay } from './printed-day.ts';
import type { TimeContext } from './stated-time.ts';
import { statedTime } from './stated-time.ts';
import { urlDay } from './url-day.ts';

/** Names of `<meta>` that carry a time of publication, best first. */
const META_NAMES = [
  'article:published_time',
  'og:article:published_time',
  'article:published',
  'datepublished',
  'og:published_time',
  'published_time',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'published-date',
  'published_date',
  'publication_date',
  'publication-date',
  'publicationdate',
  'article:publicationdate',
  'article.published',
  'article_date_original',
  'originalpublicationdate',
  'sailthru.date',
  'parsely-pub-date',
  'cxenseparse:recs:publishtime',
  'cxenseparse:publishtime',
  'citation_publication_date',
  'citation_online_date',
  'citation_date',
  'prism.publicationdate',
  'dc.date.issued',
  'dcterms.issued',
  'dc.date.created',
  'dcterms.created',
  'dc.date',
  'dcterms.date',
  'date',
  'article:post_date',
  'shareaholic:article_published_time',
  'analyticsattributes.articledate',
  'displaydate',
  'datecreated',
  'article:created',
  'article:created_time',
  'og:pubdate',
  'bt:pubdate',
  'created',
  'timestamp',
];

/** When a page says it was published, and where it says so; `undefined` where it does not. */
export function readPublishedAt(
  root: HtmlElement,
  metadata: PageMetadata,
  page: { readonly url: string; readonly title: string; readonly now: Date },
): PublishedAt | undefined {
  const context = timeContext(root, metadata, page.url, page.now);
  const titleAt = titlePlace(metadata.landmarks, page.title);
  const found =
    fromJsonLd(metadata, context) ??
    fromMeta(metadata.meta, META_NAMES, context) ??
    fromMarkup(metadata, page.url, titleAt, context);
  if (found !== undefined) return clampPublishedAt(clockOfOutlet(found, metadata, page.url), page.now);
  const printed = printedDay(root, metadata, page.title, context);
  const last =
    fromDataScripts(metadata, context) ??
    (printed?.isPlain === true ? printed.found : undefined) ??
    fromTimes(metadata.landmarks.times, titleAt, context, 'apart') ??
    fromMeta(metadata.meta, LAST_NAMES, context) ??
    fromTimes(metadata.landmarks.updates, titleAt, context, 'article') ??
    printed?.found ??
    // Pictures are kept by the day on which they came in, mostly that of the article.
    statedTime(urlDay(metadata.meta.get('og:image') ?? '') ?? '', 'url', context);
  return last === undefined ? undefined : clampPublishedAt(last, page.now);
}

/** A time out of the text that the outlet's own selector found. */
export function publishedAtFromText(text: string, now: Date): PublishedAt | undefined {
  const context = { language: 'vi', now, certainDays: () => new Set<string>() };
  const found = statedTime(text, 'visible-text', context);
  return found === undefined ? undefined : clampPublishedAt(found, now);
}

/** What of the page tells how its times are to be read. */
export function timeContext(root: HtmlElement, metadata: PageMetadata, url: string, now: Date): TimeContext {
  return { language: metadata.language, now, certainDays: () => certainDays(root, metadata, url) };
}

/** A day with dots has the day first everywhere. */
const DOTTED_DAY = /(?<![\d.])(\d{2})\.(\d{2})\.((?:19|20)\d\d)(?![\d.])/g;
const MAX_TEXT_CHARS = 100_000;

const ISO_DAY = /\b((?:19|20)\d\d)[-/](\d{2})[-/](\d{2})(?!\d)/;

function certainDays(root: HtmlElement, metadata: PageMetadata, url: string): Set<string> {
  const days = new Set<string>([urlDay(url) ?? '']);
  const marked = metadata.landmarks.times.map(({ element }) => (element.attribs.datetime ?? '').slice(0, 60));
  for (const text of [...machineTimes(metadata), ...marked]) {
    const match = ISO_DAY.exec(text);
    if (match !== null) days.add(`${match[1]}-${match[2]}-${match[3]}`);
  }
  for (const [, day, month, year] of textOf(root, MAX_TEXT_CHARS).matchAll(DOTTED_DAY))
    days.add(`${year}-${month}-${day}`);
  return days;
}

/** What is dated on a page without being its article. */
const OTHER_TYPES =
  /^(?:comment|review|rating|imageobject|videoobject|event|person|organization|product|offer|listitem|itemlist)$/;

function fromJsonLd({ article, page, jsonLd }: PageMetadata, context: TimeContext): PublishedAt | undefined {
  for (const object of [article, page]) {
    const own =
      statedTime(stringOf(object?.datePublished), 'json-ld', context) ??
      statedTime(stringOf(object?.dateCreated), 'json-ld', context) ??
      statedTime(stringOf(object?.uploadDate), 'json-ld', context);
    if (own !== undefined) return own;
  }
  const other = jsonLd.find(
    (object) =>
      stringOf(object.datePublished) !== '' && !typesOf(object).some((type) => OTHER_TYPES.test(type)),
  );
  return other === undefined ? undefined : statedTime(stringOf(other.datePublished), 'json-ld', context);
}

/** Those that also name the day of a change, for want of better. */
const LAST_NAMES = [
  'lastmod',
  'last-modified',
  'last-modified-date',
  'lastmodified',
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'dateupdate',
  'dcterms.modified',
  'dc.date.modified',
  'modified',
  'updated',
  'revised',
];

function fromMeta(
  meta: ReadonlyMap<string, string>,
  names: readonly string[],
  context: TimeContext,
): PublishedAt | undefined {
  for (const name of names) {
    const found = statedTime(meta.get(name) ?? '', 'meta', context);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Ranks of landmarks that only a class name makes one. */
const BY_NAME_RANK = 3;

/** Marked-up times of the article, then the address, then what a class name calls a date. */
function fromMarkup(
  { landmarks }: PageMetadata,
  url: string,
  titleAt: number,
  context: TimeContext,
): PublishedAt | undefined {
  const marked = landmarks.times.filter(({ rank }) => rank < BY_NAME_RANK);
  const named = landmarks.times.filter(({ rank }) => rank >= BY_NAME_RANK);
  return (
    fromTimes(marked, titleAt, context, 'article') ??
    statedTime(urlDay(url) ?? '', 'url', context) ??
    fromTimes(named, titleAt, context, 'article')
  );
}

/** The time of the best rank; within a rank the nearest to the title. Never one of a comment. */
function fromTimes(
  times: readonly Landmark[],
  titleAt: number,
  context: TimeContext,
  where: 'article' | 'apart',
): PublishedAt | undefined {
  const ordered = nearestFirst(times, titleAt).sort((a, b) => a.rank - b.rank);
  for (const landmark of ordered) {
    if (surroundingsOf(landmark.element) !== where) continue;
    const found = fromElement(landmark, context);
    if (found !== undefined) return found;
  }
  return undefined;
}

const MAX_DATE_CHARS = 120;

function fromElement({ element, rank }: Landmark, context: TimeContext): PublishedAt | undefined {
  const source = rank === 0 ? 'microdata' : element.name === 'time' ? 'time-element' : 'visible-text';
  for (const text of machineTexts(element)) {
    const found = statedTime(text, source, context);
    if (found !== undefined) return found;
  }
  const text = textOf(element, MAX_DATE_CHARS + 40);
  return text.length <= MAX_DATE_CHARS ? statedTime(text, source, context) : undefined;
}

const DATA_NAME = /^data-.*(?:date|time|publish)/;

function machineTexts({ name, attribs }: HtmlElement): string[] {
  const texts = [attribs.content ?? '', attribs.datetime ?? ''];
  if (name !== 'a') texts.push(attribs.title ?? '');
  for (const key of Object.keys(attribs)) {
    const value = attribs[key] ?? '';
    if (DATA_NAME.test(key) && value.length <= 60 && /\d{4}/.test(value)) texts.push(value);
  }
  return texts.filter((text) => text !== '' && text.length <= MAX_DATE_CHARS);
}

const DATA_TIME =
  /"(?:date_?published|published_?(?:date|at|on|time)?|publish_?(?:ed)?_?(?:date|time|at)|publication_?date|first_?publish(?:ed)?_?(?:date|at)?|pub_?date|display_?date)"\s{0,3}:\s{0,3}"?((?:\d{4}-\d\d-\d\d[T ]?[\d:.+Z-]{0,20}|1\d{9}(?:\d{3})?))/i;
const MAX_SCRIPT_CHARS = 400_000;

/** The first time of publication in the data that the page's scripts draw it from. */
function fromDataScripts({ dataScripts }: PageMetadata, context: TimeContext): PublishedAt | undefined {
  for (const script of dataScripts) {
    const [first] = script.children;
    if (first?.type !== 'text' || first.data.length > MAX_SCRIPT_CHARS) continue;
    const match = DATA_TIME.exec(first.data);
    const found = statedTime(match?.[1] ?? '', 'json-ld', context);
    if (found !== undefined) return found;
  }
  return undefined;
}
