import type { HtmlElement } from './html-node.ts';
import { collapse, isElement, isText, textOf } from './html-node.ts';
import { stringOf } from './json-ld.ts';
import type { PageMetadata } from './page-metadata.ts';

const MAX_TITLE_CHARS = 400;
/** A visible heading and a stated headline with this share of words in common are taken to be the same title. */
const SAME_TITLE = 0.5;
const MIN_TITLE_CHARS = 4;
const MIN_STATED_CHARS = 20;

/**
 * The article's title as a reader sees it.
 *
 * A heading on the page that agrees with what the page states elsewhere (JSON-LD, OpenGraph, `<title>`) wins, since
 * stated titles are often shortened or written for search engines; without one, the stated title, the outlet's name
 * cut off.
 */
export function readTitle(metadata: PageMetadata): string {
  const { meta, documentTitle } = metadata;
  const stated = [
    stringOf(metadata.article?.headline),
    meta.get('og:title') ?? '',
    meta.get('twitter:title') ?? '',
    documentTitle,
  ].filter((title) => title !== '');
  const headings = visibleHeadings(metadata);
  const outlet = outletNames(metadata, headings);
  const bare = stated.map((title) => withoutOutlet(title, outlet, metadata));

  const own = headings.filter(({ text, element }) => !outlet.has(runTogether(text)) && !linksHome(element));
  const heading = bestHeading(own, [...new Set([...stated, ...bare])]) ?? onlyHeading(own, metadata);
  return heading === undefined ? (bare[0] ?? '') : titleWithin(heading, [...stated, ...bare]);
}

interface Heading {
  readonly text: string;
  readonly factor: number;
  readonly element: HtmlElement;
}

/** How likely a heading of each rank is to be the title. */
const RANK_FACTORS = [1, 0.95, 0.85, 0.7];

function visibleHeadings({ landmarks }: PageMetadata): Heading[] {
  const headings: Heading[] = [];
  for (const { element, rank } of landmarks.headings) {
    const text = textOf(element, MAX_TITLE_CHARS);
    if (text.length >= MIN_TITLE_CHARS) headings.push({ text, factor: RANK_FACTORS[rank] ?? 0, element });
  }
  return headings;
}

function bestHeading(headings: readonly Heading[], stated: readonly string[]): Heading | undefined {
  const statedWords = stated.map(words).filter((list) => list.length > 0);
  let best: { heading: Heading; score: number } | undefined;
  for (const heading of headings) {
    const seen = words(heading.text);
    const score = heading.factor * Math.max(0, ...statedWords.map((title) => agreement(seen, title)));
    if (score >= SAME_TITLE && (best === undefined || score > best.score)) best = { heading, score };
  }
  return best?.heading;
}

/** The page's one main heading, where the page states at most a `<title>`, which may be the outlet's own. */
function onlyHeading(headings: readonly Heading[], { article, meta }: PageMetadata): Heading | undefined {
  if (article?.headline !== undefined || meta.has('og:title')) return undefined;
  const main = headings.filter(({ factor }) => factor === 1);
  return main.length === 1 ? main[0] : undefined;
}

/**
 * The heading's text, without the line above or below the title that the template puts inside the heading: where a
 * stated title is the text of one of its parts, or stands at its end, that is the title.
 */
function titleWithin({ text, element }: Heading, stated: readonly string[]): string {
  if (stated.some((title) => sameText(title, text))) return text;
  const part = partsOf(element).find((one) => stated.some((title) => sameText(title, one)));
  if (part !== undefined) return part;
  const end = stated.find((title) => title.length >= MIN_STATED_CHARS && text.endsWith(title));
  return end ?? withoutKicker(element) ?? text;
}

const MAX_PARTS = 12;
/** What templates call the line above a title. */
const KICKER_NAME =
  /kicker|overline|topline|eyebrow|dachzeile|pre-?title|vorspann|spitzmarke|overhead|supertitle/i;

/** The heading's text but for a line above the title, where the template marks one; `undefined` where it marks none. */
function withoutKicker(element: HtmlElement): string | undefined {
  const hasKicker = element.children.some(
    (child) => isElement(child) && KICKER_NAME.test(child.attribs.class ?? ''),
  );
  const rest = hasKicker ? partsOf(element).at(-1) : undefined;
  return rest !== undefined && rest.length >= MIN_STATED_CHARS ? rest : undefined;
}

/** The heading's children, what it says itself, and what it says without a line above the title. */
function partsOf(element: HtmlElement): string[] {
  const parts: string[] = [];
  let own = '';
  let rest = '';
  for (const child of element.children.slice(0, MAX_PARTS)) {
    if (isText(child)) {
      own += child.data;
      rest += child.data;
    } else if (isElement(child)) {
      if (KICKER_NAME.test(child.attribs.class ?? '')) continue;
      const text = textOf(child, MAX_TITLE_CHARS);
      parts.push(text);
      rest += ` ${text}`;
    }
  }
  return [...parts, collapse(own), collapse(rest)].filter((part) => part.length >= MIN_TITLE_CHARS);
}

function sameText(a: string, b: string): boolean {
  return a === b || plainly(a) === plainly(b);
}

/** Without what titles of one page differ in by typography alone. */
function plainly(title: string): string {
  return title
    .toLowerCase()
    .replace(/[‐-―]/g, '-')
    .replace(/[‘’‚`]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/\s+/g, ' ');
}

/** Share of words that two titles have in common. */
function agreement(seen: readonly string[], stated: readonly string[]): number {
  if (seen.length === 0 || stated.length === 0) return 0;
  const known = new Set(stated);
  const common = seen.filter((word) => known.has(word)).length;
  return (2 * common) / (seen.length + stated.length);
}

function words(title: string): string[] {
  return title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Names of the outlet, words run together: those it states, and headings that lead to the home page. */
function outletNames({ meta, article }: PageMetadata, headings: readonly Heading[]): Set<string> {
  const names = [
    meta.get('og:site_name') ?? '',
    meta.get('application-name') ?? '',
    stringOf(article?.publisher),
    ...headings.filter(({ element }) => linksHome(element)).map(({ text }) => text),
  ];
  return new Set(names.map(runTogether).filter((name) => name !== ''));
}

function runTogether(text: string): string {
  return words(text).join('');
}

const HOME_ADDRESS = /^(?:https?:\/\/[^/?#]+)?\/?(?:index\.\w+)?$/i;

/** A heading that leads to the home page is the outlet's name. */
function linksHome({ children, parent }: HtmlElement): boolean {
  const inner = children.filter((child) => !isText(child) || child.data.trim() !== '');
  const only = inner.length === 1 ? inner[0] : undefined;
  const link = only !== undefined && isElement(only) && only.name === 'a' ? only : parent;
  const href = link?.name === 'a' ? link.attribs.href : undefined;
  return href !== undefined && HOME_ADDRESS.test(href.slice(0, 300).trim());
}

const SEPARATOR =
  /\s+[|•·»›–—-]+\s+|\s*[|»›]\s*|:\s+|(?<=[\p{Script=Han}！？」』])\s*[-_–—]\s*(?=\p{Script=Han})/gu;

function partsOfTitle(title: string): string[] {
  return title.slice(0, MAX_TITLE_CHARS).split(SEPARATOR);
}

/** Cuts the outlet's name off the end (or the start) of a stated title. */
function withoutOutlet(title: string, outlet: ReadonlySet<string>, metadata: PageMetadata): string {
  const parts = partsOfTitle(title);
  if (parts.length < 2) return title;
  const last = parts.at(-1) ?? '';
  const first = parts[0] ?? '';
  if (outlet.has(runTogether(last)))
    return title.slice(0, title.lastIndexOf(last)).replace(/[\s|•·»›–—:_-]+$/u, '');
  if (outlet.has(runTogether(first))) return title.slice(first.length).replace(/^[\s|•·»›–—:_-]+/u, '');
  // No headline has a bar in it, and a `<title>` of its own no dash, that the outlet's name does not follow.
  const isOwn = title === metadata.documentTitle && title !== metadata.meta.get('og:title');
  const ends = isOwn ? [BAR_END, DASH_END, HAN_END] : [BAR_END];
  const start = title.slice(0, MAX_TITLE_CHARS);
  const cut = ends.map((end) => end.exec(start)?.[1]).find((text) => text !== undefined);
  return cut === undefined ? title : collapse(cut);
}

const BAR_END = /^([^|]{12,}?)\s*\|\s*[^|]{2,60}$/u;
const DASH_END = /^(.{12,}?)\s+[|•·»›–—-]+\s+[^|•·»›–—]{2,60}$/u;
/** Chinese and Japanese titles have no spaces around the dash. */
const HAN_END = /^(.{6,}?[\p{Script=Han}！？」』])[-_–—]\p{Script=Han}{2,12}$/u;
