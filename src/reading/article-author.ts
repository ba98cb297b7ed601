import { nameWords } from './boilerplate.ts';
import { absoluteUrl } from './canonical-url.ts';
import type { HtmlElement, HtmlRoot } from './html-node.ts';
import { collapse, elementsOf, isElement, textOf } from './html-node.ts';
import type { JsonObject } from './json-ld.ts';
import { stringOf, typesOf } from './json-ld.ts';
import type { PageMetadata } from './page-metadata.ts';

const MAX_AUTHORS = 8;
const MAX_NAME_CHARS = 60;

/**
 * Who wrote the article: names joined by `, `, or `undefined` where nobody is named.
 *
 * In this order: persons in JSON-LD, `<meta>`, marked-up bylines (`rel=author`, `itemprop=author`, class names),
 * a `By …` line, and, as Vietnamese papers do, a short right-aligned or bold last line of the body. Desks, agencies
 * (`Theo Reuters`) and the outlet itself are no authors.
 */
export function readAuthor(
  root: HtmlRoot,
  metadata: PageMetadata,
  closing: readonly HtmlElement[],
  url: string,
): string | undefined {
  const outlet = outletNames(metadata, url);
  const candidates = [
    () => jsonLdAuthors(metadata),
    () => metadata.metaAuthors.flatMap(splitNames),
    () => OTHER_META.flatMap((name) => splitNames(metadata.meta.get(name) ?? '')),
    () => bylines(root),
    () => closingLine(closing),
  ];
  let accountNames: string[] = [];
  for (const candidate of candidates) {
    const names = tidyNames(candidate(), outlet);
    if (names.some((name) => /[\s\p{Lu}\p{Lo}]/u.test(name))) return names.join(', ');
    if (accountNames.length === 0) accountNames = names;
  }
  return accountNames.length === 0 ? undefined : accountNames.join(', ');
}

const OTHER_META = [
  'dc.creator',
  'dcterms.creator',
  'parsely-author',
  'sailthru.author',
  'byl',
  'cxenseparse:author',
];

/** Names out of the text of an element that the outlet's own selector found. */
export function authorFromText(text: string): string | undefined {
  const names = tidyNames(splitNames(text), new Set());
  return names.length === 0 ? undefined : names.join(', ');
}

function outletNames(metadata: PageMetadata, url: string): Set<string> {
  const names = [
    metadata.meta.get('og:site_name') ?? '',
    metadata.meta.get('application-name') ?? '',
    ...hostNames(url),
  ];
  for (const object of metadata.jsonLd) {
    const types = typesOf(object);
    if (types.some((type) => /organization$/.test(type)) && !types.includes('person'))
      names.push(stringOf(object.name));
  }
  return new Set(names.map(fold).filter((name) => name !== ''));
}

/** `news.example.com` → the labels an outlet's name is often made of: `example`, `example.com`. */
function hostNames(url: string): string[] {
  const labels = (absoluteUrl(url)?.hostname ?? '').split('.');
  return labels.length < 2
    ? []
    : [...labels.slice(0, -1), labels.slice(-2).join('.'), labels.slice(-3).join('.')];
}

function fold(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function jsonLdAuthors({ article, jsonLd }: PageMetadata): string[] {
  const stated = article?.author ?? article?.creator;
  const list = Array.isArray(stated) ? stated : [stated];
  return list.flatMap((author) => {
    if (typeof author === 'string') return splitNames(author);
    if (typeof author !== 'object' || author === null) return [];
    return personNames(author as JsonObject, jsonLd);
  });
}

function personNames(author: JsonObject, jsonLd: readonly JsonObject[]): string[] {
  if (typesOf(author).some((type) => /organization$/.test(type))) return [];
  const { name } = author;
  if (Array.isArray(name)) return name.flatMap((one) => splitNames(stringOf(one)));
  if (typeof name === 'string') return splitNames(name);
  const id = author['@id'];
  const referred = jsonLd.find((object) => object['@id'] === id && typeof object.name === 'string');
  if (referred === undefined || typesOf(referred).some((type) => /organization$/.test(type))) return [];
  return splitNames(stringOf(referred.name));
}

const BYLINE_NAME =
  /(?:^| )(?:byline|bylines|author|authors|autor|autoren|auteur|auteurs|autore|tac gia|tacgia|writer|vcard|contributor)(?: |$)/;
const NOT_BYLINE =
  /(?:^| )(?:comments?|bio|biography|related|description|image|avatar|photo|social|follow|date|time|box|list|articles|posts|more)(?: |$)/;

function bylines(root: HtmlRoot): string[] {
  const byRank: [string[], string[], string[]] = [[], [], []];
  for (const element of elementsOf(root)) {
    const rank = bylineRank(element);
    const names = rank === undefined ? undefined : byRank[rank];
    if (names === undefined || names.length >= MAX_AUTHORS) continue;
    if (isInComment(element)) continue;
    const text = textOf(element, 300);
    if (text.length <= 200) names.push(...splitNames(text));
  }
  return byRank.find((names) => names.length > 0) ?? [];
}

function bylineRank(element: HtmlElement): 0 | 1 | 2 | undefined {
  const { attribs } = element;
  if (/\bauthor\b/i.test(attribs.itemprop ?? '') && element.name !== 'meta') return 0;
  if (/(?:^|\s)author(?:\s|$)/i.test(attribs.rel ?? '') || attribs['data-role'] === 'author') return 0;
  const words = nameWords(attribs);
  if (words === '' || !BYLINE_NAME.test(words) || NOT_BYLINE.test(words)) return undefined;
  return words.includes('name') || /byline/.test(words) ? 1 : 2;
}

function isInComment(element: HtmlElement): boolean {
  for (let at: HtmlElement | null = element; at !== null && isElement(at); at = at.parent) {
    if (at.name === 'body') return false;
    if (/(?:^| )(?:comments?|respond|related|sidebar|recommended)(?: |$)/.test(nameWords(at.attribs)))
      return true;
  }
  return false;
}

/** The last short line of the body that is right-aligned, bold or named as the author's. */
function closingLine(lines: readonly HtmlElement[]): string[] {
  for (const line of lines.toReversed()) {
    const text = textOf(line, 200);
    if (text === '' || text.length > MAX_NAME_CHARS) continue;
    if (isClosing(line) && looksLikeName(text.replace(/\s*\(.*\)$/, ''))) return splitNames(text);
  }
  return [];
}

function isClosing(line: HtmlElement): boolean {
  const { attribs } = line;
  if (/text-align\s*:\s*right/i.test((attribs.style ?? '').slice(0, 300)) || attribs.align === 'right')
    return true;
  if (/(?:^| )(?:author|tacgia|tac gia|right)(?: |$)/.test(nameWords(attribs))) return true;
  const children = line.children.filter(
    (child) => isElement(child) || (child.type === 'text' && child.data.trim() !== ''),
  );
  const only = children[0];
  return children.length === 1 && only !== undefined && isElement(only) && /^(?:strong|b)$/.test(only.name);
}

const LEAD_IN =
  /^(?:(?:post author|authored|written|posted|published|veröffentlicht|story|words|text|article|report|reported)\s+(?:by|von|par|por)|by|author|authors|from|von|par|por|autor(?:in|en)?|auteur|text|tác giả|bài và ảnh|bài, ảnh|bài|theo|di|da|door|av|af|przez|автор|текст)(?:\s*:\s*|\s+)/iu;
/** The same where the template runs both together: `ByJane Doe`. */
const GLUED_LEAD_IN = /^(?:Post author|Author|Autor|By|Von)(?=\p{Lu})/u;
/** What follows a name after a comma without being another one. */
const DEGREE = /^(?:ph\.?\s?d\.?|m\.?d\.?|mph|rd|ms|msc|mba|dr|prof|jr\.?|sr\.?|esq\.?)$/i;
const NAME_BREAK =
  /\s*(?:,|;|\/|\||•|·|\n|\s[-–—]\s|\s(?:and|AND|und|et|y|e|và|og|och|en|with|mit)\s|\s&\s)\s*/u;

function splitNames(text: string): string[] {
  if (/^\s*(?:theo\s|https?:|www\.|photo|foto|image)/i.test(text)) return [];
  const bare = collapse(text)
    .replace(GLUED_LEAD_IN, '')
    .replace(LEAD_IN, '')
    .replace(LEAD_IN, '')
    .replace(/\s*\((?:theo|ảnh|tổng hợp|ghi|dịch|nguồn)[^)]*\)/gi, '')
    .replace(/\s*(?:tổng hợp|lược dịch|dịch|ghi|thực hiện)$/i, '');
  return bare.split(NAME_BREAK);
}

const NO_NAME =
  /https?:|www\.|@|^\d|\d{3}|\b(?:weitere|weiter|photograph|foto|źródło|fonte|fuente|source|quelle|nguồn|staff|editor(?:s|ial)?|admin(?:istrator)?|redaktion|redazione|redaction|rédaction|redacción|redacao|redação|desk|team|newsroom|correspondent|reporter|news|agency|agencies|published|updated|posted|comments?|share|subscribe|editors|guest|webmaster|online|contributor|bureau|press|reuters|afp|dpa|tass|ttxvn|tổng hợp|ban biên tập|tòa soạn|phóng viên|pv|bbt|ctv)\b/i;

function tidyNames(names: readonly string[], outlet: ReadonlySet<string>): string[] {
  const tidy = new Map<string, string>();
  for (const raw of names) {
    const name = collapse(raw)
      .replace(LEAD_IN, '')
      .replace(/^[\s:.,–-]+|[\s:,–-]+$/g, '');
    const key = fold(name);
    if (!looksLikeName(name) || outlet.has(key)) continue;
    if (!tidy.has(key) && tidy.size < MAX_AUTHORS) tidy.set(key, name);
  }
  return [...tidy.values()];
}

function looksLikeName(name: string): boolean {
  if (name.length < 2 || name.length > MAX_NAME_CHARS || NO_NAME.test(name)) return false;
  if (/[!?:]|\.{2,}|…/.test(name) || DEGREE.test(name)) return false;
  const parts = name.split(' ');
  const lower = parts.filter((part) => /^\p{Ll}/u.test(part) && part.length > 3);
  return /\p{L}/u.test(name) && parts.length <= 6 && (parts.length === 1 || lower.length === 0);
}
