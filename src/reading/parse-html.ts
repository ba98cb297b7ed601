import { load } from 'cheerio';
import { Parser } from 'htmlparser2';

import type { HtmlElement } from './html-node.ts';

/** No template nests deeper; beyond it elements are laid flat into the deepest one that was kept. */
const MAX_DEPTH = 200;
/** Open tags that the parser itself may hold; it looks through them at each end tag, so this bounds its time. */
const MAX_OPEN_TAGS = 2000;
/** A long article with all its widgets has about 6,000. */
const MAX_NODES = 150_000;
/** How much is handed to the parser between two looks at those bounds. */
const CHUNK_CHARS = 32_768;
/**
 * parse5 is slow, and quadratic in nesting and in what is left open: only pages below all of these are read again
 * with it. Each misplaced end tag may add a level of nesting, each formatting element left open is opened again in
 * every later block.
 */
const REPAIR_LIMITS = { chars: 1_500_000, depth: 150, misnested: 150, nodes: 40_000, reopened: 200_000 };

const NO_ATTRIBS: Record<string, string> = {};

/** Elements that HTML5 never closes on account of the end tag of an inline element (its "special" ones). */
const SPECIAL = new Set(
  'address article aside blockquote center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul body html'.split(
    ' ',
  ),
);
const FORMATTING = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '));

export interface ParsedHtml {
  readonly root: HtmlElement;
  /** True where the fast parser would have misplaced elements and the standard's own algorithm was used. */
  readonly repaired: boolean;
  /** True where a bound cut the page short. */
  readonly truncated: boolean;
}

/**
 * Parses a page into a tree, in bounded time whatever the bytes.
 *
 * htmlparser2 reads about four times as many pages per second as a parser that follows the standard, and differs
 * from it on few: where an inline end tag (`</span>`) stands inside a block that it does not enclose, the standard
 * ignores it and htmlparser2 closes the block. Pages on which that happens are read again with parse5.
 *
 * Comments, and the text of scripts that are not data, are left out of the tree.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody ("any other end tag")
 */
export function parseHtml(html: string): ParsedHtml {
  const tree = new BoundedTree();
  const parser = new Parser(tree, { decodeEntities: true });
  let offset = 0;
  while (offset < html.length && !tree.isFull) {
    parser.write(html.slice(offset, offset + CHUNK_CHARS));
    offset += CHUNK_CHARS;
  }
  parser.end();

  if (tree.needsRepair && html.length <= REPAIR_LIMITS.chars) {
    return { root: asElement(load(html).root()[0]), repaired: true, truncated: false };
  }
  return { root: tree.root as HtmlElement, repaired: false, truncated: tree.isFull };
}

/** A fragment has no `<body>`: its top stands in for it, so it gets what every element has. */
function asElement(root: unknown): HtmlElement {
  return Object.assign(root as HtmlElement, { name: '#document', attribs: {} });
}

/**
 * A node as cheerio and css-select expect it. The parser's own node classes take twice as long to build as all of
 * the parsing does.
 */
interface TreeElement {
  type: HtmlElement['type'];
  name: string;
  attribs: Record<string, string>;
  children: TreeNode[];
  parent: TreeElement | null;
  prev: TreeNode | null;
  next: TreeNode | null;
}

interface TreeText {
  type: 'text';
  data: string;
  parent: TreeElement;
  prev: TreeNode | null;
  next: TreeNode | null;
}

type TreeNode = TreeElement | TreeText;

/** Builds the tree, flattens what nests too deep, and notices what the standard would have placed elsewhere. */
class BoundedTree {
  readonly root: TreeElement = {
    type: 'root',
    name: '#document',
    attribs: NO_ATTRIBS,
    children: [],
    parent: null,
    prev: null,
    next: null,
  };
  isFull = false;
  private at: TreeElement = this.root;
  private misnested = 0;
  private leftOpen = 0;
  private deepest = 0;
  private openTags = 0;
  private nodes = 0;
  /** Whether a block has been closed for a reason other than its own end tag since the last end tag. */
  private blockClosedByOther = false;
  /** Open tags at which an unread subtree (code, drawing) began; 0 outside of one. */
  private unreadFrom = 0;

  get needsRepair(): boolean {
    return (
      this.misnested > 0 &&
      !this.isFull &&
      this.misnested <= REPAIR_LIMITS.misnested &&
      this.deepest <= REPAIR_LIMITS.depth &&
      this.nodes <= REPAIR_LIMITS.nodes &&
      this.leftOpen * this.nodes <= REPAIR_LIMITS.reopened
    );
  }

  onopentag(name: string, attribs: Record<string, string>): void {
    this.blockClosedByOther = false;
    this.openTags += 1;
    this.nodes += 1;
    if (this.openTags > this.deepest) this.deepest = this.openTags;
    if (this.openTags > MAX_OPEN_TAGS || this.nodes > MAX_NODES) this.isFull = true;
    if (this.openTags > MAX_DEPTH || this.unreadFrom > 0) return;
    const type = name === 'script' || name === 'style' ? name : 'tag';
    const element: TreeElement = {
      type,
      name,
      attribs,
      children: [],
      parent: this.at,
      prev: null,
      next: null,
    };
    this.append(element);
    this.at = element;
    if (isUnread(name, attribs)) this.unreadFrom = this.openTags;
  }

  onclosetag(name: string, isImplied: boolean): void {
    if (this.unreadFrom === this.openTags) this.unreadFrom = 0;
    if (this.openTags <= MAX_DEPTH && this.unreadFrom === 0) this.at = this.at.parent ?? this.root;
    this.openTags -= 1;
    this.noticeClosing(name, isImplied);
  }

  private noticeClosing(name: string, isImplied: boolean): void {
    const isSpecial = SPECIAL.has(name);
    if (isImplied) {
      if (isSpecial) this.blockClosedByOther = true;
      else if (FORMATTING.has(name)) this.leftOpen += 1;
      return;
    }
    if (this.blockClosedByOther && !isSpecial) this.misnested += 1;
    this.blockClosedByOther = false;
  }

  ontext(data: string): void {
    if (this.unreadFrom > 0) return;
    this.blockClosedByOther = false;
    const last = this.at.children.at(-1);
    if (last?.type === 'text') last.data += data;
    else this.append({ type: 'text', data, parent: this.at, prev: null, next: null });
  }

  private append(node: TreeNode): void {
    const { children } = this.at;
    const last = children.at(-1);
    if (last !== undefined) {
      last.next = node;
      node.prev = last;
    }
    children.push(node);
  }
}

function isUnread(name: string, attribs: Record<string, string> = NO_ATTRIBS): boolean {
  if (name === 'script') return !/json/i.test(attribs.type ?? '');
  return name === 'style' || name === 'svg';
}
