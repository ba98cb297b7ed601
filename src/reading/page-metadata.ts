import type { HtmlElement, HtmlNode, HtmlRoot } from './html-node.ts';
import { isElement, textOf } from './html-node.ts';
import { plainText } from './html-text.ts';
import type { JsonObject } from './json-ld.ts';
import { articleObject, jsonLdObjects, pageObject } from './json-ld.ts';
import type { Landmarks } from './page-landmarks.ts';
import { LandmarkGatherer } from './page-landmarks.ts';
import { languageTag } from './page-language.ts';

/** What a page says of itself outside of its running text. */
export interface PageMetadata {
  /** First value of each `<meta>` by lower-case name, property or itemprop. */
  readonly meta: ReadonlyMap<string, string>;
  /** All values of those that may be given several times, in order. */
  readonly repeated: ReadonlyMap<string, readonly string[]>;
  readonly documentTitle: string;
  readonly canonical?: string;
  readonly language?: string;
  readonly jsonLd: readonly JsonObject[];
  /** The JSON-LD object of the page's article. */
  readonly article?: JsonObject;
  /** The JSON-LD object of the page itself. */
  readonly page?: JsonObject;
  readonly landmarks: Landmarks;
  /** Data that the page's own scripts read, other than JSON-LD. */
  readonly dataScripts: readonly HtmlElement[];
}

const MAX_VALUE_CHARS = 4000;
const MAX_REPEATS = 60;
const MAX_DATA_SCRIPTS = 12;

/** Names of `<meta>` that are given once for each author or tag. */
const REPEATED = new Set(
  'author article:author parsely-author dc.creator dcterms.creator citation_author byl article:tag og:article:tag video:tag parsely-tags'.split(
    ' ',
  ),
);

/** Gathers all that is sought outside of the running text in one pass over the page. */
export function readPageMetadata(root: HtmlRoot, url = ''): PageMetadata {
  const gathered = gather(root);
  const { meta, documentTitle, canonical } = gathered;
  const jsonLd = jsonLdObjects(gathered.scripts);
  const article = articleObject(jsonLd, {
    urls: [url, canonical, meta.get('og:url') ?? ''].filter((address) => address !== ''),
    titles: [meta.get('og:title') ?? '', documentTitle].filter((title) => title !== ''),
  });
  const page = pageObject(jsonLd);
  const language = [gathered.language, meta.get('content-language') ?? '', meta.get('og:locale') ?? '']
    .map(languageTag)
    .find((tag) => tag !== undefined);
  return {
    meta,
    repeated: gathered.repeated,
    documentTitle,
    jsonLd,
    landmarks: gathered.landmarks,
    dataScripts: gathered.dataScripts,
    ...(canonical === '' ? {} : { canonical }),
    ...(language === undefined ? {} : { language }),
    ...(article === undefined ? {} : { article }),
    ...(page === undefined ? {} : { page }),
  };
}

interface Gathered {
  readonly meta: Map<string, string>;
  readonly repeated: Map<string, string[]>;
  readonly scripts: HtmlElement[];
  readonly dataScripts: HtmlElement[];
  readonly landmarks: LandmarkGatherer;
  documentTitle: string;
  canonical: string;
  language: string;
}

function gather(root: HtmlRoot): Gathered {
  const gathered: Gathered = {
    meta: new Map(),
    repeated: new Map(),
    scripts: [],
    dataScripts: [],
    landmarks: new LandmarkGatherer(),
    documentTitle: '',
    canonical: '',
    language: '',
  };
  const stack: HtmlNode[] = [...root.children].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue;
    readElement(node, gathered);
    const { children } = node;
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child !== undefined && child.type !== 'text') stack.push(child);
    }
  }
  return gathered;
}

function readElement(element: HtmlElement, into: Gathered): void {
  const { attribs } = element;
  switch (element.name) {
    case 'meta':
      readMeta(attribs, into);
      break;
    case 'title':
      into.documentTitle ||= textOf(element, 1000);
      return;
    case 'html':
      into.language ||= attribs.lang ?? attribs['xml:lang'] ?? '';
      return;
    case 'link':
      if (/\bcanonical\b/i.test(attribs.rel ?? '')) into.canonical ||= attribs.href ?? '';
      return;
    case 'script':
      if (/ld\+json/i.test(attribs.type ?? '')) into.scripts.push(element);
      else if (/json/i.test(attribs.type ?? '') && into.dataScripts.length < MAX_DATA_SCRIPTS)
        into.dataScripts.push(element);
      return;
  }
  into.landmarks.note(element);
}

function readMeta(attribs: Readonly<Record<string, string>>, into: Gathered): void {
  const stated = attribs.content;
  if (stated === undefined || stated === '') return;
  const { property, name, itemprop, 'http-equiv': header } = attribs;
  if (property === undefined && name === undefined && itemprop === undefined && header === undefined) return;
  const content = plainText(stated.slice(0, MAX_VALUE_CHARS));
  if (content === '') return;
  for (const key of [property, name, itemprop, header]) {
    if (key === undefined) continue;
    const lower = key.trim().toLowerCase();
    if (!into.meta.has(lower)) into.meta.set(lower, content);
    if (REPEATED.has(lower)) repeat(into.repeated, lower, content);
  }
}

function repeat(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else if (list.length < MAX_REPEATS) list.push(value);
}
