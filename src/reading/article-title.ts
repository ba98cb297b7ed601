import type { HtmlElement, HtmlRoot } from './html-node.ts';
import { collapse, elementsOf, textOf } from './html-node.ts';
import { stringOf } from './json-ld.ts';
import type { PageMetadata } from './page-metadata.ts';

const MAX_TITLE_CHARS = 400;
/** A visible heading and a stated headline with this share of words in common are taken to be the same title. */
const SAME_TITLE = 0.5;
const MIN_TITLE_CHARS = 4;
const MIN_STATED_CHARS = 20;
/** The article's heading is among the first; a page built to have thousands gains nothing. */
const MAX_HEADINGS = 150;

/**
 * The article's title as a reader sees it.
 *
 * A heading on the page that agrees with what the page states elsewhere (JSON-LD, OpenGraph, `<title>`) wins, since
 * stated titles are often shortened or written for search engines; without one, the stated title, the outlet's name
 * cut off.
 */
export function readTitle(root: HtmlRoot, metadata: PageMetadata): string {
  const siteName = metadata.meta.get('og:site_name') ?? '';
  const stated = [
    stringOf(metadata.article?.headline),
    metadata.meta.get('og:title') ?? '',
    metadata.meta.get('twitter:title') ?? '',
    metadata.documentTitle,
  ].filter((title) => title !== '');

  const heading = bestHeading(visibleHeadings(root), stated);
  if (heading !== undefined) return withoutKicker(heading, stated);
  return withoutOutlet(stated[0] ?? '', siteName, metadata.documentTitle);
}

interface Heading {
  readonly text: string;
  readonly factor: number;
}

function visibleHeadings(root: HtmlRoot): Heading[] {
  const headings: Heading[] = [];
  for (const element of elementsOf(root)) {
    const factor = headingFactor(element);
    if (factor === 0) continue;
    const text = textOf(element, MAX_TITLE_CHARS);
    if (text.length >= MIN_TITLE_CHARS) headings.push({ text, factor });
    if (headings.length >= MAX_HEADINGS) break;
  }
  return headings;
}

function bestHeading(headings: readonly Heading[], stated: readonly string[]): string | undefined {
  let best: { text: string; score: number } | undefined;
  for (const { text, factor } of headings) {
    const score = factor * Math.max(0, ...stated.map((title) => agreement(text, title)));
    if (score >= SAME_TITLE && (best === undefined || score > best.score)) best = { text, score };
  }
  if (best !== undefined || stated.length > 0) return best?.text;
  const main = headings.filter(({ factor }) => factor === 1);
  return main.length === 1 ? main[0]?.text : undefined;
}

/** A line above the title that the template puts inside the heading; the stated title is then the heading's end. */
function withoutKicker(heading: string, stated: readonly string[]): string {
  const end = stated.find((title) => title.length >= MIN_STATED_CHARS && heading.endsWith(title));
  return end ?? heading;
}

function headingFactor(element: HtmlElement): number {
  if (element.name === 'h1') return 1;
  if (/\bheadline\b/i.test(element.attribs.itemprop ?? '') && element.name !== 'meta') return 0.95;
  if (element.name === 'h2') return 0.85;
  if (element.name === 'h3') return 0.7;
  return 0;
}

/** Share of words that two titles have in common, of the words of the one that was seen. */
function agreement(seen: string, stated: string): number {
  const seenWords = words(seen);
  const statedWords = new Set(words(stated));
  if (seenWords.length === 0 || statedWords.size === 0) return 0;
  const common = seenWords.filter((word) => statedWords.has(word)).length;
  return (2 * common) / (seenWords.length + statedWords.size);
}

function words(title: string): string[] {
  return title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

const SEPARATOR = /\s+[|•·»›–—-]+\s+|\s*[|»›]\s*|:\s+/u;

/** Cuts the outlet's name off the end (or the start) of a stated title. */
function withoutOutlet(title: string, siteName: string, documentTitle: string): string {
  const parts = title.split(new RegExp(SEPARATOR.source, 'gu'));
  if (parts.length < 2) return title;
  const site = words(siteName).join('');
  const last = parts.at(-1) ?? '';
  const first = parts[0] ?? '';
  if (site !== '' && words(last).join('') === site)
    return title.slice(0, title.lastIndexOf(last)).replace(/[\s|•·»›–—:-]+$/u, '');
  if (site !== '' && words(first).join('') === site)
    return title.slice(first.length).replace(/^[\s|•·»›–—:-]+/u, '');
  const isDocumentTitle = title === documentTitle;
  const cut = /^(.{12,}?)\s+[|•·»›–—-]+\s+[^|•·»›–—]{2,40}$/u.exec(title);
  return isDocumentTitle && cut?.[1] !== undefined ? collapse(cut[1]) : title;
}
