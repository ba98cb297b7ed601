import type { HtmlElement } from './html-node.ts';
import { plainText } from './html-text.ts';
import { mendJson } from './mend-json.ts';

/** One object of a JSON-LD block, untyped as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** One block is seldom above 30 kB; what is above this is a catalogue, not an article. */
const MAX_BLOCK_CHARS = 600_000;
/** Pages have three or four; each that does not parse costs the making of an error. */
const MAX_BLOCKS = 200;
const MAX_OBJECTS = 400;
const MAX_DEPTH = 12;

/**
 * All objects of a page's JSON-LD blocks, in document order, nested ones after those that hold them.
 *
 * Blocks come with comments or CDATA around them and with every fault that templates make; what can be mended is.
 * A block that stays unreadable is passed over.
 */
export function jsonLdObjects(scripts: readonly HtmlElement[]): JsonObject[] {
  const found: JsonObject[] = [];
  for (const script of scripts.slice(0, MAX_BLOCKS)) {
    const source = script.children.map((child) => (child.type === 'text' ? child.data : '')).join('');
    if (source.length <= MAX_BLOCK_CHARS) gather(parseLeniently(source), found, 0);
  }
  return found;
}

function parseLeniently(source: string): unknown {
  const bare = source
    .trimEnd()
    .replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[|\/\*\s*<!\[CDATA\[\s*\*\/|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\/\s*\]\]>|\/\*\s*\]\]>\s*\*\/|\]\]>)\s*;?$/, '')
    .trim()
    .replace(/;$/, '');
  return parsed(bare) ?? parsed(mendJson(bare));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function gather(value: unknown, found: JsonObject[], depth: number): void {
  if (depth > MAX_DEPTH || found.length >= MAX_OBJECTS || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const part of value) gather(part, found, depth + 1);
    return;
  }
  const object = value as JsonObject;
  if (object['@type'] !== undefined) found.push(object);
  for (const part of Object.values(object)) gather(part, found, depth + 1);
}

/** The object's types, without the vocabulary's address, lower case. */
export function typesOf(object: JsonObject): string[] {
  const type = object['@type'];
  const list = Array.isArray(type) ? type : [type];
  return list
    .filter((name) => typeof name === 'string')
    .map((name) => name.replace(/^.*[/:]/, '').toLowerCase());
}

const ARTICLE_TYPES = new Set([
  'article',
  'newsarticle',
  'reportagenewsarticle',
  'analysisnewsarticle',
  'askpublicnewsarticle',
  'opinionnewsarticle',
  'backgroundnewsarticle',
  'reviewnewsarticle',
  'advertisercontentarticle',
  'satiricalarticle',
  'blogposting',
  'liveblogposting',
  'socialmediaposting',
  'discussionforumposting',
  'techarticle',
  'scholarlyarticle',
  'medicalscholarlyarticle',
  'report',
]);

/** What else a page may be, for what an article object lacks. */
const PAGE_TYPES = new Set(['webpage', 'itempage', 'medicalwebpage', 'aboutpage', 'profilepage', 'recipe']);

/** What tells which of several articles is the page's own. */
export interface ArticleHints {
  /** Addresses of the page. */
  readonly urls: readonly string[];
  /** Titles that it states elsewhere. */
  readonly titles: readonly string[];
}

/**
 * The page's own article object: of several the one that names the page's address or title, else the first that has
 * a headline, else the first; `undefined` where none is there.
 */
export function articleObject(
  objects: readonly JsonObject[],
  { urls, titles }: ArticleHints,
): JsonObject | undefined {
  const articles = objects.filter((object) => typesOf(object).some((type) => ARTICLE_TYPES.has(type)));
  if (articles.length <= 1) return articles[0];
  const own = new Set(urls.map(addressKey));
  const called = new Set(titles.map((title) => title.toLowerCase()));
  const score = (article: JsonObject): number => {
    const headline = stringOf(article.headline);
    const addresses = [article.url, article['@id'], article.mainEntityOfPage].map(addressOf);
    const isNamed = called.has(headline.toLowerCase());
    const isHere = addresses.some((address) => address !== '' && own.has(addressKey(address)));
    return (isHere ? 4 : 0) + (isNamed ? 4 : 0) + (headline === '' ? 0 : 2) + (article.datePublished ? 1 : 0);
  };
  let best: { article: JsonObject; points: number } | undefined;
  for (const article of articles) {
    const points = score(article);
    if (best === undefined || points > best.points) best = { article, points };
  }
  return best?.article;
}

/** The object that describes the page itself, for what the article does not say. */
export function pageObject(objects: readonly JsonObject[]): JsonObject | undefined {
  return objects.find((object) => typesOf(object).some((type) => PAGE_TYPES.has(type)));
}

function addressOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const { '@id': id, url } = value as JsonObject;
  return typeof id === 'string' ? id : typeof url === 'string' ? url : '';
}

/** Host and path alone: blocks differ from the page in scheme, `www.`, query, fragment and closing slash. */
function addressKey(address: string): string {
  return address
    .slice(0, 2000)
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/$/, '')
    .toLowerCase();
}

/** The text of a JSON-LD value: a string, the first of a list, or the name of an object. Empty where there is none. */
export function stringOf(value: unknown): string {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return stringOf(value[0]);
  if (typeof value === 'object' && value !== null) {
    const object = value as JsonObject;
    return stringOf(object.name ?? object['@value'] ?? object.url ?? object['@id'] ?? '');
  }
  return '';
}
