import { nameWords } from './boilerplate.ts';
import { absoluteUrl } from './canonical-url.ts';
import type { HtmlElement } from './html-node.ts';
import { collapse, elementsOf, isElement, textOf } from './html-node.ts';
import type { JsonObject } from './json-ld.ts';
import { stringOf, typesOf } from './json-ld.ts';
import type { Landmark } from './page-landmarks.ts';
import { nearestFirst, surroundingsOf, titlePlace } from './page-landmarks.ts';
import type { PageMetadata } from './page-metadata.ts';
import { isDesk, isName, nameKey, splitNames, tidyNames } from './person-name.ts';

/**
 * Who wrote the article: names joined by `, `, or `undefined` where nobody is named.
 *
 * In this order: persons in JSON-LD, `<meta>`, marked-up bylines (`rel=author`, `itemprop=author`, class names), a
 * short right-aligned or bold last line of the body, as Vietnamese papers sign, and any line that says `By …`. Where
 * a later one of the stated names all of the first and more, it is the fuller list that counts. The outlet itself is
 * no author; a desk or an agency (`Redaktion`, `Reuters`) only where the page states it and nobody else.
 */
export function readAuthor(
  root: HtmlElement,
  metadata: PageMetadata,
  closing: readonly HtmlElement[],
  { url, title }: { readonly url: string; readonly title: string },
): string | undefined {
  const outlet = outletNames(metadata, url);
  const titleAt = titlePlace(metadata.landmarks, title);
  const { proper, others } = bylines(metadata.landmarks.bylines, titleAt);
  const tidy = (lists: readonly (readonly string[])[]): string[][] =>
    lists.map((names) => tidyNames(names, outlet));
  const stated = [jsonLdAuthors(metadata), ...metaAuthors(metadata), ...proper];
  const persons =
    likeliest(tidy(stated)) ?? likeliest(tidy(others)) ?? tidyNames(closingLine(closing), outlet);
  if (persons.length > 0) return persons.join(', ');
  const line = tidyNames(bylineOf(root), outlet);
  if (line.length > 0) return line.join(', ');
  const account = tidy([...stated, ...others]).find((names) => names.length > 0);
  return desk([...stated, ...others], outlet) ?? account?.join(', ') ?? organization(metadata, outlet);
}

/** Names out of the text of an element that the outlet's own selector found. */
export function authorFromText(text: string): string | undefined {
  const names = tidyNames(splitNames(text), new Set());
  return names.length === 0 ? undefined : names.join(', ');
}

/**
 * The first list that names a person in full; or one that two others agree on against it; or a later one that names
 * the same persons and more.
 */
function likeliest(lists: readonly (readonly string[])[]): readonly string[] | undefined {
  const named = lists.filter((names) => names.some((name) => /[\s\p{Lu}\p{Lo}]/u.test(name)));
  const keys = named.map((names) => names.map(nameKey).sort().join(' '));
  const votes = (index: number): number => keys.filter((key) => key === keys[index]).length;
  const agreed = named.findIndex((_, index) => votes(index) >= 2);
  const first = named[Math.max(agreed, 0)];
  if (first === undefined) return undefined;
  const wanted = first.map(nameKey);
  const fuller = named.find((names) => {
    const others = new Set(names.map(nameKey));
    const areInFull = names.every((name) => name.includes(' '));
    return names.length > first.length && areInFull && wanted.every((key) => others.has(key));
  });
  return fuller ?? first;
}

function outletNames(metadata: PageMetadata, url: string): Set<string> {
  const { meta } = metadata;
  const names = [meta.get('og:site_name') ?? '', meta.get('application-name') ?? '', ...hostNames(url)];
  for (const object of metadata.jsonLd) {
    const types = typesOf(object);
    if (types.some((type) => /organization$/.test(type)) && !types.includes('person'))
      names.push(stringOf(object.name));
  }
  const publisher = metadata.article?.publisher;
  if (publisher !== undefined) names.push(stringOf(publisher));
  return new Set(names.map(nameKey).filter((name) => name !== ''));
}

/** `news.example.com` → the labels an outlet's name is often made of: `example`, `example.com`. */
function hostNames(url: string): string[] {
  const labels = (absoluteUrl(url)?.hostname ?? '').split('.');
  return labels.length < 2
    ? []
    : [...labels.slice(0, -1), labels.slice(-2).join('.'), labels.slice(-3).join('.')];
}

function jsonLdAuthors({ article, page, jsonLd }: PageMetadata): string[] {
  const lists = [article?.author, article?.creator, page?.author].map((stated) =>
    authorNames(stated, jsonLd),
  );
  const [authors = [], creators = []] = lists;
  const known = new Set(creators.map(nameKey));
  const areCreatorsFuller =
    creators.length > authors.length && authors.every((name) => known.has(nameKey(name)));
  if (areCreatorsFuller) return creators;
  return lists.find((names) => names.length > 0) ?? [];
}

function authorNames(stated: unknown, jsonLd: readonly JsonObject[]): string[] {
  const list = Array.isArray(stated) ? stated : [stated];
  return list.flatMap((author) => {
    if (typeof author === 'string') return splitNames(author);
    if (typeof author !== 'object' || author === null) return [];
    return personNames(author as JsonObject, jsonLd);
  });
}

function isOrganization(object: JsonObject): boolean {
  return typesOf(object).some((type) => /organization$/.test(type));
}

function personNames(author: JsonObject, jsonLd: readonly JsonObject[]): string[] {
  if (isOrganization(author)) return [];
  const { name } = author;
  if (Array.isArray(name)) return name.flatMap((one) => splitNames(stringOf(one)));
  if (typeof name === 'string') return splitNames(name);
  const id = author['@id'];
  const referred = jsonLd.find((object) => object['@id'] === id && typeof object.name === 'string');
  if (referred === undefined || isOrganization(referred)) return [];
  return splitNames(stringOf(referred.name));
}

/** Names of `<meta>` that carry authors, best first. */
const AUTHOR_NAMES = [
  'author',
  'article:author',
  'article:author_name',
  'parsely-author',
  'citation_author',
  'dc.creator',
  'dcterms.creator',
  'sailthru.author',
  'byl',
  'cxenseparse:author',
  'twitter:creator:name',
  'authors',
];

/** What label goes before the author in the previews of messengers (`twitter:label1`, `twitter:data1`). */
const WRITTEN_BY =
  /^(?:written by|verfasst von|escrito por|écrit par|scritto da|geschreven door|författare|autor|author|tác giả|viết bởi)$/i;

function metaAuthors({ meta, repeated }: PageMetadata): string[][] {
  const lists = AUTHOR_NAMES.map((name) =>
    // `Example Publishing Ltd, London, England` is an address.
    (repeated.get(name) ?? [meta.get(name) ?? ''])
      .filter((value) => !LEGAL_FORM.test(value))
      .flatMap(splitNames),
  );
  const label = [1, 2].find((number) => WRITTEN_BY.test(meta.get(`twitter:label${number}`) ?? ''));
  if (label !== undefined) lists.push(splitNames(meta.get(`twitter:data${label}`) ?? ''));
  return lists;
}

const LEGAL_FORM = /\b(?:gmbh|ag|kg|inc|ltd|llc|plc|corp|s\.?a|e\.\s?v|verlag|zeitung|publishing)\b\.?/i;

const MAX_AUTHORS = 8;
const MAX_BYLINE_CHARS = 200;
/** Elements inside a byline; what has more is a wrapper of the article. */
const MAX_INNER = 60;

/** Bylines that are looked at, the nearest to the title. */
const MAX_BYLINES = 40;
/** Elements that may stand between the names of one byline. */
const MAX_GAP = 12;

/**
 * Names in the marked-up byline nearest to the title, a list for each kind of mark-up, the plainest kind first and
 * those in the article before those beside it. Those of readers' comments and of other articles are left out.
 */
function bylines(landmarks: readonly Landmark[], titleAt: number): Record<'proper' | 'others', string[][]> {
  const placed = nearestFirst(landmarks, titleAt)
    .slice(0, MAX_BYLINES)
    .sort((a, b) => a.at - b.at)
    .map((landmark) => ({ ...landmark, where: surroundingsOf(landmark.element) }));
  const read = (place: 'article' | 'apart', rank: number): string[] =>
    nearestByline(
      placed.filter(({ where }) => where === place),
      rank,
      titleAt,
    );
  const proper = [read('article', 0), read('article', 1)];
  const others = [read('apart', 0), read('apart', 1), read('article', 2), read('apart', 2)];
  return { proper, others };
}

function nearestByline(landmarks: readonly Landmark[], rank: number, titleAt: number): string[] {
  const found = landmarks
    .filter((landmark) => landmark.rank === rank)
    .map(({ at, element }) => ({ at, names: bylineNames(element) }))
    .filter(({ names }) => names.some((name) => isName(name) || isDesk(name)));
  const first = nearestFirst(found, titleAt)[0];
  if (first === undefined) return [];
  let last = first.at;
  const together = found.filter(({ at }) => {
    if (at < first.at || at - last > MAX_GAP) return false;
    last = at;
    return true;
  });
  return together.flatMap(({ names }) => names).slice(0, MAX_AUTHORS);
}

/** The names in one byline: those that are marked up inside it, else its text. */
function bylineNames(element: HtmlElement): string[] {
  const text = textOf(element, MAX_BYLINE_CHARS + 100);
  if (text === '') return [];
  const marked: string[] = [];
  let seen = 0;
  for (const inner of elementsOf(element)) {
    seen += 1;
    if (marked.length >= MAX_AUTHORS || seen > MAX_INNER) break;
    const { name, attribs } = inner;
    if (/(?:^|\s)name(?:\s|$)/.test(attribs.itemprop ?? ''))
      marked.push(attribs.content ?? textOf(inner, 100));
    else if (name === 'a' && isAuthorLink(attribs.href)) marked.push(textOf(inner, 100));
  }
  const names = marked.flatMap(splitNames).filter(isName);
  if (names.length > 0) return names;
  return text.length > MAX_BYLINE_CHARS ? [] : splitNames(text);
}

const AUTHOR_ADDRESS =
  /author|autor|auteur|autore|writer|journalist|reporter|profil|people|staff|person|contributor|byline|columnist|tac-gia|redact|kolumn|by\//i;

function isAuthorLink(href: string | undefined): boolean {
  return (
    href !== undefined && AUTHOR_ADDRESS.test(href) && !/^mailto:|twitter\.com|facebook\.com/i.test(href)
  );
}

const MAX_CLOSING_CHARS = 60;
const MAX_BOLD_LINES = 2;

/** The last short line of the body that is right-aligned, bold or named as the author's. */
function closingLine(lines: readonly HtmlElement[]): string[] {
  const last = lines.filter((line) => textOf(line, 10) !== '').toReversed();
  for (const [index, line] of last.entries()) {
    const text = textOf(line, 200);
    const name = text.replace(/\s*\([^()]*\)$/, '');
    if (text.length > MAX_CLOSING_CHARS || !isName(name)) continue;
    // A bold line further up is a heading.
    if (isSetApart(line) || (isBold(line) && index < MAX_BOLD_LINES && name.includes(' ')))
      return splitNames(text);
  }
  return [];
}

function isSetApart({ attribs }: HtmlElement): boolean {
  if (/text-align\s*:\s*right/i.test((attribs.style ?? '').slice(0, 300)) || attribs.align === 'right')
    return true;
  return /(?:^| )(?:author|tacgia|tac gia|right)(?: |$)/.test(nameWords(attribs));
}

function isBold(line: HtmlElement): boolean {
  const children = line.children.filter(
    (child) => isElement(child) || (child.type === 'text' && child.data.trim() !== ''),
  );
  const only = children[0];
  return children.length === 1 && only !== undefined && isElement(only) && /^(?:strong|b)$/.test(only.name);
}

/** A line that opens as a byline does, with or without the name. */
const BYLINE_LEAD =
  /^(?:by|von|por|par|door|di|author|autor(?:in)?|auteur|autore|tác giả|bài(?: và ảnh)?|text|text und fotos?|autor:in|interview|redaktion|ein (?:artikel|beitrag|gastbeitrag) von|автор|текст)(?:\s*:\s*|\s+|$)/iu;
const NEEDS_COLON = /^(?:author|autor|auteur|text|interview|redaktion|bài|автор|текст|di|door)/iu;
const MAX_LINE_CHARS = 120;

/** The names of the first line in the page's text that says `By …`, the name in the same piece of text or the next. */
function bylineOf(root: HtmlElement): string[] {
  for (const element of elementsOf(root)) {
    if (!MAY_HOLD_LINE.has(element.name) || !BYLINE_LEAD.test(openingOf(element))) continue;
    const names = namesOfLine(textOf(element, MAX_LINE_CHARS + 1));
    if (names.length > 0 && surroundingsOf(element) !== 'comment') return names;
  }
  return [];
}

/** What an element's first piece of text begins with. */
function openingOf(element: HtmlElement): string {
  const start = element.children.find((child) => child.type !== 'text' || child.data.trim() !== '');
  if (start === undefined) return '';
  const text = start.type === 'text' ? start.data : isElement(start) ? textOf(start, 40) : '';
  return text.trimStart().slice(0, 60);
}

function namesOfLine(text: string): string[] {
  const lead = BYLINE_LEAD.exec(text)?.[0];
  if (lead === undefined || text.length > MAX_LINE_CHARS) return [];
  if (NEEDS_COLON.test(text) && !lead.includes(':')) return [];
  const names = splitNames(text).filter(isName);
  return names.some((name) => name.includes(' ')) && names.every((name) => /^\P{Ll}/u.test(name))
    ? names
    : [];
}

const MAY_HOLD_LINE = new Set([
  'p',
  'div',
  'span',
  'em',
  'strong',
  'b',
  'i',
  'small',
  'li',
  'h4',
  'h5',
  'h6',
  'address',
  'td',
  'cite',
]);

/** A desk or an agency that the page states as its author, the outlet itself left out. */
function desk(lists: readonly (readonly string[])[], outlet: ReadonlySet<string>): string | undefined {
  const names = lists.flat().map(collapse);
  return names.find((name) => isDesk(name) && !outlet.has(nameKey(name)));
}

/** The organisation that JSON-LD states as the author, if it is another than the outlet. */
function organization({ article }: PageMetadata, outlet: ReadonlySet<string>): string | undefined {
  const stated = Array.isArray(article?.author) ? article.author : [article?.author];
  const names = stated
    .filter((author): author is JsonObject => typeof author === 'object' && author !== null)
    .filter(isOrganization)
    .map((author) => stringOf(author.name));
  return names.find((name) => {
    const key = nameKey(name);
    const isOutlet = [...outlet].some((own) => key.includes(own) || own.includes(key));
    return key.length >= 2 && name.length <= MAX_CLOSING_CHARS && !isOutlet;
  });
}
