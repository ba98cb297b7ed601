import { namesLead, nameWords } from './boilerplate.ts';
import type { HtmlElement, HtmlRoot } from './html-node.ts';
import { elementsOf, textOf } from './html-node.ts';
import { stringOf } from './json-ld.ts';
import type { PageMetadata } from './page-metadata.ts';

const MIN_CHARS = 30;
const MAX_CHARS = 1200;
/** Letters of the stated description that a visible paragraph must open with to be taken for the sapo. */
const SAME_OPENING_CHARS = 40;

/**
 * The sapo: the paragraph that the page sets apart between title and text, else what the page states as its
 * description. Empty where there is neither.
 */
export function readSummary(root: HtmlRoot, metadata: PageMetadata): { text: string; element?: HtmlElement } {
  const described =
    metadata.meta.get('og:description') ??
    metadata.meta.get('description') ??
    stringOf(metadata.article?.description);
  const opening = letters(described).slice(0, SAME_OPENING_CHARS);
  for (const element of elementsOf(root)) {
    if (!isLead(element)) continue;
    const text = textOf(element, MAX_CHARS + 1);
    if (text.length < MIN_CHARS || text.length > MAX_CHARS) continue;
    const isSapo = attributeSaysSapo(element);
    if (isSapo || (opening !== '' && letters(text).startsWith(opening.slice(0, text.length))))
      return { text, element };
  }
  return { text: described ?? '' };
}

function isLead(element: HtmlElement): boolean {
  if (!/^(?:p|div|h2|h3|h4|strong|section|span|header)$/.test(element.name)) return false;
  return attributeSaysSapo(element) || namesLead(nameWords(element.attribs));
}

function attributeSaysSapo({ attribs }: HtmlElement): boolean {
  return attribs['data-role'] === 'sapo' || /(?:^| )sapo(?: |$)/.test(nameWords(attribs));
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
