import { Tokenizer } from 'htmlparser2';

import type { HtmlElement } from './html-node.ts';

/** No template nests deeper; beyond it elements are laid flat into the deepest one that was kept. */
const MAX_DEPTH = 200;
/** A page that leaves this many more open is not one; the rest of it is left unread. */
const MAX_FLATTENED = 2000;
/** A long article with all its widgets has about 6,000 elements; what comes after this many is left unread. */
const MAX_ELEMENTS = 60_000;
/** No element has more in earnest. */
const MAX_ATTRIBS = 200;

const NO_ATTRIBS: Record<string, string> = {};

const VOID = words(
  'area base basefont br col command embed frame hr img input keygen link meta param source track wbr',
);
/** What HTML5 calls special: an inline end tag never closes one of these. */
const SPECIAL = words(
  'address article aside blockquote body button caption center dd details dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html iframe li listing main menu nav noscript object ol p plaintext pre script search section select style summary table tbody td template textarea tfoot th thead title tr ul xmp',
);
const FORMATTING = words('a b big code em font i nobr s small strike strong tt u');
const HEADINGS = words('h1 h2 h3 h4 h5 h6');
const CELLS = words('td th');
const TABLE_PARTS = words('table tbody thead tfoot tr td th caption');
/** A start tag of any other element ends a head that was left open. */
const HEAD_PARTS = words('base basefont bgsound link meta noframes noscript script style template title');

/** What a start tag closes, and how far up it looks for it. */
interface Closing {
  readonly closes: ReadonlySet<string>;
  readonly upTo: (name: string) => boolean;
}

const IMPLIED_END = impliedEnds();

function impliedEnds(): ReadonlyMap<string, Closing> {
  const isBlock = (name: string) => SPECIAL.has(name);
  // A block inside a link inside a paragraph stays in the link.
  const isBlockOrLink = (name: string) => name === 'a' || SPECIAL.has(name);
  const isItemEdge = (name: string) =>
    SPECIAL.has(name) && name !== 'p' && name !== 'div' && name !== 'address';
  const ends = new Map<string, Closing>();
  const paragraph = words('p');
  for (const name of words(
    'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form header hgroup hr main menu nav ol p pre search section summary table ul',
  ))
    ends.set(name, { closes: paragraph, upTo: isBlockOrLink });
  for (const name of HEADINGS) ends.set(name, { closes: words('p h1 h2 h3 h4 h5 h6'), upTo: isBlockOrLink });
  ends.set('a', { closes: words('a'), upTo: isBlock });
  ends.set('li', { closes: words('li'), upTo: isItemEdge });
  for (const name of ['dd', 'dt']) ends.set(name, { closes: words('dd dt'), upTo: isItemEdge });
  ends.set('option', { closes: words('option'), upTo: isBlock });
  const isRowEdge = (name: string) => TABLE_PARTS.has(name) && !CELLS.has(name);
  for (const name of CELLS) ends.set(name, { closes: CELLS, upTo: isRowEdge });
  const isSectionEdge = (name: string) =>
    name === 'table' || name === 'tbody' || name === 'thead' || name === 'tfoot';
  ends.set('tr', { closes: words('tr'), upTo: isSectionEdge });
  for (const name of ['tbody', 'thead', 'tfoot'])
    ends.set(name, { closes: words('tbody thead tfoot'), upTo: (open) => open === 'table' });
  return ends;
}

export interface ParsedHtml {
  readonly root: HtmlElement;
  /** True where a bound cut the page short. */
  readonly truncated: boolean;
}

/**
 * Parses a page into a tree, in bounded time whatever the bytes.
 *
 * The tags are htmlparser2's, the tree is our own: of the standard's rules it follows those on which reading an
 * article depends (elements that end where another begins; inline end tags that close no block; what stands behind
 * `</body>`), in a quarter of the time that all of them take. Text is never moved out of a table that misplaces it.
 *
 * Comments, and the text of scripts that are not data, are left out of the tree.
 *
 * @see https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody
 */
export function parseHtml(html: string): ParsedHtml {
  const tree = new TreeBuilder(html);
  const tokenizer = new Tokenizer({ decodeEntities: true }, tree);
  tree.onFull = () => tokenizer.pause();
  tokenizer.write(html);
  tokenizer.end();
  return { root: tree.root as HtmlElement, truncated: tree.isFull };
}

/** A node as cheerio and css-select expect it; htmlparser2's own classes take longer to build than to parse. */
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

/** Builds the tree from tags and text as the tokenizer meets them. */
class TreeBuilder {
  /** A fragment has no `<body>`: the top stands in for it, so it has what every element has. */
  readonly root: TreeElement = newElement('root', '#document', NO_ATTRIBS, null);
  isFull = false;
  onFull: () => void = () => undefined;
  private readonly html: string;
  private at: TreeElement = this.root;
  private depth = 0;
  private elements = 0;
  /** Elements deeper than is kept, laid flat and waiting for their end tags. */
  private flattened = 0;
  /** Formatting elements whose end tag stood inside a block that they hold: they end with that block. */
  private readonly ended = new Set<TreeElement>();
  private form: TreeElement | undefined;
  /** The element (code, drawing) in which nothing is read. */
  private unread: TreeElement | undefined;
  private tag = '';
  private attribs: Record<string, string> = {};
  private attribCount = 0;
  private attribName = '';
  private attribValue = '';

  constructor(html: string) {
    this.html = html;
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.html.slice(start, end).toLowerCase();
    this.attribs = {};
    this.attribCount = 0;
  }

  onattribname(start: number, end: number): void {
    this.attribName = this.html.slice(start, end).toLowerCase();
    this.attribValue = '';
  }

  onattribdata(start: number, end: number): void {
    this.attribValue += this.html.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.attribValue += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    if (this.attribCount >= MAX_ATTRIBS || Object.hasOwn(this.attribs, this.attribName)) return;
    this.attribCount += 1;
    this.attribs[this.attribName] = this.attribValue;
  }

  onopentagend(): void {
    this.open(this.tag, this.attribs);
  }

  onselfclosingtag(): void {
    // Outside of drawings the slash means nothing.
    this.open(this.tag, this.attribs);
    if (this.tag === 'svg' && this.unread?.name === 'svg') this.unread = undefined;
  }

  onclosetag(start: number, end: number): void {
    this.close(this.html.slice(start, end).toLowerCase());
  }

  ontext(start: number, end: number): void {
    this.addText(this.html.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.addText(String.fromCodePoint(codePoint));
  }

  isInForeignContext(): boolean {
    return this.unread?.name === 'svg';
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  private open(name: string, attribs: Record<string, string>): void {
    if (this.unread !== undefined) {
      // A drawing that was never closed ends where text begins again.
      if (!SPECIAL.has(name) || name === 'style' || name === 'script' || name === 'title') return;
      this.unread = undefined;
    }
    if (this.isOpenAlready(name)) return;
    this.closeImplied(name);
    this.elements += 1;
    if (this.elements >= MAX_ELEMENTS || this.flattened >= MAX_FLATTENED) {
      this.isFull = true;
      this.onFull();
    }
    const type = name === 'script' || name === 'style' ? name : 'tag';
    const element = newElement(type, name, attribs, this.at);
    this.append(element);
    if (VOID.has(name)) return;
    if (isUnread(name, attribs)) this.unread = element;
    else if (this.depth < MAX_DEPTH) this.enter(element);
    else this.flattened += 1;
  }

  /** Of these there is one: a second `<html>`, `<body>` or `<form>` within the first is ignored. */
  private isOpenAlready(name: string): boolean {
    if (name === 'form') return this.form !== undefined;
    if (name !== 'html' && name !== 'body') return false;
    for (let at: TreeElement | null = this.at; at !== null; at = at.parent) if (at.name === name) return true;
    return false;
  }

  private enter(element: TreeElement): void {
    this.at = element;
    this.depth += 1;
    if (element.name === 'form') this.form = element;
  }

  /** Ends an element and all that was left open inside it. */
  private leave(element: TreeElement): void {
    while (this.at !== this.root) {
      const left = this.at;
      this.at = left.parent ?? this.root;
      this.depth -= 1;
      if (left === this.form) this.form = undefined;
      if (left === element) break;
    }
    if (this.ended.delete(this.at)) this.leave(this.at);
  }

  private closeImplied(name: string): void {
    if (this.at.name === 'head' && !HEAD_PARTS.has(name)) this.leave(this.at);
    const closing = IMPLIED_END.get(name);
    if (closing === undefined) return;
    for (let at = this.at; at !== this.root; at = at.parent ?? this.root) {
      if (closing.closes.has(at.name)) {
        this.leave(at);
        return;
      }
      if (closing.upTo(at.name)) return;
    }
  }

  private close(name: string): void {
    if (this.unread !== undefined) {
      if (name === this.unread.name) this.unread = undefined;
    } else if (this.flattened > 0) {
      this.flattened -= 1;
    } else if (name !== 'body' && name !== 'html') {
      // What stands behind the end of the body still belongs to it.
      this.closeOpen(name);
    }
  }

  private closeOpen(name: string): void {
    let blockStaysOpen = false;
    for (let at = this.at; at !== this.root && !outlasts(at.name, name); at = at.parent ?? this.root) {
      if (at.name === name || (HEADINGS.has(name) && HEADINGS.has(at.name))) {
        if (blockStaysOpen) this.ended.add(at);
        else this.leave(at);
        return;
      }
      if (FORMATTING.has(name) && SPECIAL.has(at.name)) blockStaysOpen = true;
    }
  }

  private addText(data: string): void {
    if (this.unread !== undefined) return;
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

/** Whether an end tag of that name ends neither an open element nor anything around it. */
function outlasts(open: string, name: string): boolean {
  if (SPECIAL.has(name)) return CELLS.has(open) && !TABLE_PARTS.has(name);
  return SPECIAL.has(open) && !FORMATTING.has(name);
}

function newElement(
  type: HtmlElement['type'],
  name: string,
  attribs: Record<string, string>,
  parent: TreeElement | null,
): TreeElement {
  return { type, name, attribs, children: [], parent, prev: null, next: null };
}

function isUnread(name: string, attribs: Record<string, string>): boolean {
  if (name === 'script') return !/json/i.test(attribs.type ?? '');
  return name === 'style' || name === 'svg';
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
