import { namesApart, namesApartIfLinked, nameWords } from './boilerplate.ts';
import type { HtmlElement, HtmlNode } from './html-node.ts';
import { collapse, isElement, isText, textOf } from './html-node.ts';

/** A run of text between two block boundaries: a paragraph, a heading, a list item, a cell, a bare line. */
export interface TextBlock {
  readonly text: string;
  /** UTF-16 code units of `text` inside links, roughly. */
  readonly linkChars: number;
  /** The same of `text` in small print or slanted. */
  readonly asideChars: number;
  /** The innermost block-level element that holds it. */
  readonly element: HtmlElement;
  readonly kind: 'paragraph' | 'heading' | 'list-item' | 'cell' | 'quote' | 'bare';
  /** Prose weighs its characters without links; what is no prose weighs nothing. */
  readonly weight: number;
}

const BLOCK = new Set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);

/** Never part of an article's running text. */
const SKIPPED = new Set(
  'script style noscript template iframe svg canvas audio video object embed button select textarea input datalist map head title dialog menu label nav aside footer figcaption picture img source track math option optgroup progress meter area base link meta param rp rt'.split(
    ' ',
  ),
);

/** Small print and slanted text: notes of the editors, captions, lines about the author. */
const ASIDE = new Set(['em', 'i', 'small', 'sub', 'cite']);
/** Long reports have a few hundred; what lies beyond this is left unread. */
const MAX_BLOCKS = 12_000;
const HEADING = /^h[1-6]$/;
const HIDDEN_STYLE = /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
const APART_ITEM = /Comment|WPSideBar|WPFooter|WPHeader|SiteNavigation|ImageObject|VideoObject/;
const APART_ROLES = new Set([
  'complementary',
  'navigation',
  'banner',
  'contentinfo',
  'dialog',
  'search',
  'menu',
  'menubar',
  'toolbar',
  'alert',
  'button',
]);

/** How strictly blocks are gathered: `strict` leaves out what is named as standing apart, `lax` only what is hidden. */
export type Strictness = 'strict' | 'lax';

/**
 * The text blocks below an element in reading order, with what stands apart from the article left out.
 *
 * The tree's depth is bounded by `parseHtml`, so this may recurse.
 *
 * @param keeps  elements that are read whatever they are called, because most of the page's prose is in them
 */
export function textBlocks(
  root: HtmlElement,
  strictness: Strictness,
  keeps: ReadonlySet<HtmlElement> = new Set(),
): TextBlock[] {
  const reader = new BlockReader(strictness, keeps);
  reader.readChildren(root, root);
  reader.flush(root);
  return reader.blocks;
}

class BlockReader {
  readonly blocks: TextBlock[] = [];
  private text = '';
  private linkChars = 0;
  private linkDepth = 0;
  private asideChars = 0;
  private asideDepth = 0;
  private breaks = 0;
  private readonly strictness: Strictness;
  private readonly keeps: ReadonlySet<HtmlElement>;

  constructor(strictness: Strictness, keeps: ReadonlySet<HtmlElement>) {
    this.strictness = strictness;
    this.keeps = keeps;
  }

  readChildren(element: HtmlElement, block: HtmlElement): void {
    for (const child of element.children) {
      if (this.blocks.length >= MAX_BLOCKS) return;
      this.readNode(child, block);
    }
  }

  private readNode(node: HtmlNode, block: HtmlElement): void {
    if (isText(node)) this.readText(node.data);
    else if (isElement(node)) this.readElement(node, block);
  }

  private readText(data: string): void {
    if (this.breaks > 0 && data.trim() !== '') this.breaks = 0;
    this.text += data;
    if (this.linkDepth > 0) this.linkChars += data.trim().length;
    if (this.asideDepth > 0) this.asideChars += data.trim().length;
  }

  private readElement(element: HtmlElement, block: HtmlElement): void {
    const { name } = element;
    if (name === 'br') {
      this.readBreak(block);
      return;
    }
    if (!this.keeps.has(element) && standsApart(element, this.strictness)) {
      if (BLOCK.has(name)) this.flush(block);
      return;
    }
    const isLink = name === 'a';
    const isAside = ASIDE.has(name);
    if (isLink) this.linkDepth += 1;
    if (isAside) this.asideDepth += 1;
    if (BLOCK.has(name)) {
      this.flush(block);
      this.readChildren(element, element);
      this.flush(element);
    } else {
      this.readChildren(element, block);
    }
    if (isLink) this.linkDepth -= 1;
    if (isAside) this.asideDepth -= 1;
  }

  /** One line break is white space, two in a row end a paragraph. */
  private readBreak(block: HtmlElement): void {
    this.breaks += 1;
    if (this.breaks >= 2) this.flush(block);
    else this.text += ' ';
  }

  flush(element: HtmlElement): void {
    const text = isBlank(this.text) ? '' : collapse(this.text);
    if (text !== '') {
      const kind = kindOf(element);
      const linkChars = Math.min(this.linkChars, text.length);
      const weight = proseWeight(text, linkChars, kind);
      this.blocks.push({ text, linkChars, asideChars: this.asideChars, element, kind, weight });
    }
    this.text = '';
    this.linkChars = 0;
    this.asideChars = 0;
    this.breaks = 0;
  }
}

const SEEN = /\S/;

function isBlank(text: string): boolean {
  return !SEEN.test(text);
}

function kindOf(element: HtmlElement): TextBlock['kind'] {
  const { name } = element;
  if (name === 'p' || name === 'pre') return 'paragraph';
  if (HEADING.test(name)) return 'heading';
  if (name === 'li' || name === 'dd' || name === 'dt') return 'list-item';
  if (name === 'td' || name === 'th') return 'cell';
  if (name === 'blockquote') return 'quote';
  return 'bare';
}

const MIN_PROSE_CHARS = 25;
const KIND_FACTOR = { paragraph: 1, quote: 0.9, bare: 0.7, cell: 0.5, 'list-item': 0.7, heading: 0 } as const;

/** How much a block speaks for being part of an article: long, few links, sentences. */
function proseWeight(text: string, linkChars: number, kind: TextBlock['kind']): number {
  const plain = text.length - linkChars;
  if (plain < MIN_PROSE_CHARS || linkChars > text.length / 2) return 0;
  const isSentence = /[.!?…。！？»”"’':]\s*\)?$|[.!?。！？]["”»’)]?\s/u.test(text);
  return plain * KIND_FACTOR[kind] * (isSentence ? 1 : 0.4);
}

/** Whether an element, by what it is, by its attributes or by its name, is no part of an article. */
export function standsApart(element: HtmlElement, strictness: Strictness): boolean {
  const { name, attribs } = element;
  if (isNeverRead(element)) return true;
  if (strictness === 'lax' || name === 'body' || name === 'html' || name === 'main') return false;
  if (name === 'form' || attributesSayApart(attribs)) return true;
  // The id of a heading is made from its words.
  const words = nameWords(HEADING.test(name) ? { class: attribs.class ?? '' } : attribs);
  return namesApart(words) || (namesApartIfLinked(words) && isLinked(element)) || isTeaser(element);
}

/** Whether an element holds nothing that is running text, or nothing that is seen. */
export function isNeverRead(element: HtmlElement): boolean {
  const { name, attribs } = element;
  return SKIPPED.has(name) || (name === 'figure' && !holdsTable(element)) || isHidden(attribs);
}

const TEASER_BOX = /^(?:div|li|article|section)$/;
const MAX_TEASER_CHILDREN = 6;
/** A sapo; sections of a long text whose headings are links say more below them. */
const MAX_TEASER_CHARS = 300;

/** A box that leads to another article, whatever it is called: a heading that is a link, and a few words below it. */
function isTeaser({ name, children }: HtmlElement): boolean {
  if (!TEASER_BOX.test(name)) return false;
  const parts = children.filter(isElement);
  if (parts.length === 0 || parts.length > MAX_TEASER_CHILDREN) return false;
  const heading = parts.find((part) => HEADING.test(part.name));
  if (heading === undefined || !isWhollyLink(heading)) return false;
  const below = parts.filter((part) => part !== heading).map((part) => textOf(part, MAX_TEASER_CHARS + 1));
  return below.reduce((chars, text) => chars + text.length, 0) <= MAX_TEASER_CHARS;
}

function isWhollyLink(heading: HtmlElement): boolean {
  const parts = heading.children.filter((child) => !isText(child) || child.data.trim() !== '');
  const only = parts[0];
  return parts.length === 1 && only !== undefined && isElement(only) && only.name === 'a';
}

const LINKED_SHARE = 0.3;
/** Enough of an element to judge it by. */
const MAX_JUDGED_NODES = 400;

function isLinked(element: HtmlElement): boolean {
  let chars = 0;
  let linkChars = 0;
  let nodes = 0;
  const stack: { node: HtmlNode; inLink: boolean }[] = [{ node: element, inLink: false }];
  for (let top = stack.pop(); top !== undefined && nodes < MAX_JUDGED_NODES; top = stack.pop()) {
    nodes += 1;
    const { node } = top;
    if (isText(node)) {
      const length = node.data.trim().length;
      chars += length;
      if (top.inLink) linkChars += length;
    } else if (isElement(node) && !SKIPPED.has(node.name)) {
      const inLink = top.inLink || node.name === 'a';
      for (const child of node.children) stack.push({ node: child, inLink });
    }
  }
  return linkChars >= chars * LINKED_SHARE;
}

function isHidden(attribs: Readonly<Record<string, string>>): boolean {
  if (attribs.hidden !== undefined || attribs['aria-hidden'] === 'true') return true;
  return attribs.style !== undefined && HIDDEN_STYLE.test(attribs.style.slice(0, 300));
}

function attributesSayApart({ role, itemtype, itemprop, type }: Readonly<Record<string, string>>): boolean {
  if (role !== undefined && APART_ROLES.has(role)) return true;
  if (itemtype !== undefined && APART_ITEM.test(itemtype)) return true;
  if (itemprop === 'caption' || itemprop === 'author') return true;
  return type !== undefined && /^(?:Related|VideoStream)/.test(type);
}

function holdsTable(figure: HtmlElement): boolean {
  return figure.children.some((child) => isElement(child) && child.name === 'table');
}
