import type { HtmlElement, HtmlRoot } from './html-node.ts';
import { elementsOf } from './html-node.ts';

/** The largest front pages have half as many. */
const MAX_LINKS = 4000;

/** What a page links to, in page order: `<a href>`, and `<link href>` of the head. */
export interface PageLinks {
  readonly anchors: readonly HtmlElement[];
  readonly heads: readonly HtmlElement[];
}

export function linksOf(root: HtmlRoot): PageLinks {
  const anchors: HtmlElement[] = [];
  const heads: HtmlElement[] = [];
  for (const element of elementsOf(root)) {
    const { href } = element.attribs;
    if (href === undefined || href === '') continue;
    if (element.name === 'a') anchors.push(element);
    else if (element.name === 'link') heads.push(element);
    if (anchors.length + heads.length >= MAX_LINKS) break;
  }
  return { anchors, heads };
}

/** True where `rel` is among the relations that a link states. */
export function hasRelation({ attribs }: HtmlElement, rel: string): boolean {
  return (attribs.rel ?? '').toLowerCase().split(/\s+/).includes(rel);
}
