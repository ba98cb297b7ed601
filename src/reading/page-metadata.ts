import type { HtmlElement, HtmlRoot } from './html-node.ts';
import { elementsOf, textOf } from './html-node.ts';
import { plainText } from './html-text.ts';
import type { JsonObject } from './json-ld.ts';
import { articleObject, jsonLdObjects } from './json-ld.ts';

/** What a page says of itself outside of its visible text. */
export interface PageMetadata {
  /** First value of each `<meta>` by lower-case name, property or itemprop. */
  readonly meta: ReadonlyMap<string, string>;
  /** All `article:author` and `author` values, in order. */
  readonly metaAuthors: readonly string[];
  readonly documentTitle: string;
  readonly canonical?: string;
  readonly language?: string;
  readonly jsonLd: readonly JsonObject[];
  /** The JSON-LD object of the page's article. */
  readonly article?: JsonObject;
}

const MAX_VALUE_CHARS = 4000;

/** Gathers `<title>`, `<meta>`, `<link rel=canonical>`, the language and JSON-LD in one pass over the page. */
export function readPageMetadata(root: HtmlRoot): PageMetadata {
  const gathered = {
    meta: new Map<string, string>(),
    metaAuthors: [] as string[],
    scripts: [] as HtmlElement[],
    documentTitle: '',
    canonical: '',
    language: '',
  };
  for (const element of elementsOf(root)) readElement(element, gathered);

  const jsonLd = jsonLdObjects(gathered.scripts);
  const article = articleObject(jsonLd);
  const language = languageTag(
    gathered.language || gathered.meta.get('content-language') || gathered.meta.get('og:locale') || '',
  );
  return {
    meta: gathered.meta,
    metaAuthors: gathered.metaAuthors,
    documentTitle: gathered.documentTitle,
    jsonLd,
    ...(gathered.canonical === '' ? {} : { canonical: gathered.canonical }),
    ...(language === undefined ? {} : { language }),
    ...(article === undefined ? {} : { article }),
  };
}

interface Gathered {
  meta: Map<string, string>;
  metaAuthors: string[];
  scripts: HtmlElement[];
  documentTitle: string;
  canonical: string;
  language: string;
}

function readElement(element: HtmlElement, into: Gathered): void {
  const { name, attribs } = element;
  if (name === 'meta') readMeta(attribs, into);
  else if (name === 'title') into.documentTitle ||= textOf(element, 1000);
  else if (name === 'html') into.language ||= attribs.lang ?? attribs['xml:lang'] ?? '';
  else if (name === 'link' && /\bcanonical\b/i.test(attribs.rel ?? '')) into.canonical ||= attribs.href ?? '';
  else if (name === 'script' && /ld\+json/i.test(attribs.type ?? '')) into.scripts.push(element);
}

function readMeta(attribs: Readonly<Record<string, string>>, into: Gathered): void {
  const content = plainText((attribs.content ?? '').slice(0, MAX_VALUE_CHARS));
  if (content === '') return;
  for (const key of [attribs.property, attribs.name, attribs.itemprop, attribs['http-equiv']]) {
    if (key === undefined) continue;
    const lower = key.trim().toLowerCase();
    if (!into.meta.has(lower)) into.meta.set(lower, content);
    if (lower === 'author' || lower === 'article:author') into.metaAuthors.push(content);
  }
}

function languageTag(stated: string): string | undefined {
  const match = /^([a-z]{2,3})(?:[-_]([a-z]{2}|\d{3}))?\b/i.exec(stated.trim());
  if (match?.[1] === undefined) return undefined;
  const language = match[1].toLowerCase();
  return match[2] === undefined ? language : `${language}-${match[2].toUpperCase()}`;
}
