import type { HtmlElement } from './html-node.ts';
import { plainText } from './html-text.ts';

/** One object of a JSON-LD block, untyped as it came. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** One block is seldom above 30 kB; what is above this is a catalogue, not an article. */
const MAX_BLOCK_CHARS = 600_000;
const MAX_OBJECTS = 400;
const MAX_DEPTH = 12;

/**
 * All objects of a page's JSON-LD blocks, in document order, nested ones after those that hold them.
 *
 * Blocks come with raw line feeds inside strings, HTML comments or CDATA around them and trailing commas; those
 * are mended. A block that stays unreadable is passed over.
 */
export function jsonLdObjects(scripts: readonly HtmlElement[]): JsonObject[] {
  const found: JsonObject[] = [];
  for (const script of scripts) {
    const source = script.children.map((child) => (child.type === 'text' ? child.data : '')).join('');
    if (source.length <= MAX_BLOCK_CHARS) gather(parseLeniently(source), found, 0);
  }
  return found;
}

function parseLeniently(source: string): unknown {
  const bare = source
    .replace(/^\s*(?:<!--|\/\/\s*<!\[CDATA\[|\/\*\s*<!\[CDATA\[\s*\*\/|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\/\s*\]\]>|\/\*\s*\]\]>\s*\*\/|\]\]>)\s*;?\s*$/, '')
    .trim()
    .replace(/;$/, '');
  try {
    return JSON.parse(bare);
  } catch {
    try {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: raw control characters are the very fault to mend
      return JSON.parse(bare.replace(/[\u0000-\u001f]+/g, ' ').replace(/,(\s*[}\]])/g, '$1'));
    } catch {
      return undefined;
    }
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

/** The page's own article object: the first that has a headline, else the first; `undefined` where none is there. */
export function articleObject(objects: readonly JsonObject[]): JsonObject | undefined {
  const articles = objects.filter((object) => typesOf(object).some((type) => ARTICLE_TYPES.has(type)));
  return articles.find((object) => stringOf(object.headline) !== '') ?? articles[0];
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
