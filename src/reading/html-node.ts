import { toNfc } from './html-text.ts';

/**
 * The few shapes of a parsed page that reading relies on. Both parsers in use build trees of this shape; naming it
 * here keeps their (two, incompatible) node classes out of every signature.
 */
export interface HtmlText {
  readonly type: 'text';
  readonly data: string;
  readonly parent: HtmlElement | null;
}

export interface HtmlElement {
  /** The top of a page is `root`, with no attributes. */
  readonly type: 'tag' | 'script' | 'style' | 'root';
  /** Lower case; `#document` at the top. */
  readonly name: string;
  readonly attribs: Readonly<Record<string, string>>;
  readonly children: readonly HtmlNode[];
  readonly parent: HtmlElement | null;
}

/** Comments, declarations and the like: never read. */
interface HtmlOther {
  readonly type: 'comment' | 'directive' | 'cdata' | 'doctype';
  readonly children?: readonly HtmlNode[];
  readonly parent: HtmlElement | null;
}

export type HtmlNode = HtmlText | HtmlElement | HtmlOther;

/** The top of a parsed page. */
export interface HtmlRoot {
  readonly children: readonly HtmlNode[];
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return node.type === 'tag' || node.type === 'script' || node.type === 'style';
}

export function isText(node: HtmlNode): node is HtmlText {
  return node.type === 'text';
}

/** Every element below `root`, in document order. Does not recurse, so depth cannot overflow the stack. */
export function* elementsOf(root: HtmlRoot): Generator<HtmlElement> {
  const stack: HtmlNode[] = [];
  pushChildren(root, stack);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue;
    yield node;
    pushChildren(node, stack);
  }
}

/** Elements whose text is code or data, never something that a reader sees. */
const UNREAD = new Set(['script', 'style', 'template', 'noscript', 'svg', 'iframe', 'select', 'textarea']);

/** What a reader sees of an element, white space collapsed; at most `limit` UTF-16 code units. */
export function textOf(root: HtmlRoot, limit = 4000): string {
  let text = '';
  const stack: HtmlNode[] = [];
  pushChildren(root, stack);
  for (let node = stack.pop(); node !== undefined && text.length < limit; node = stack.pop()) {
    if (isText(node)) text += node.data;
    else if (isElement(node) && !UNREAD.has(node.name)) {
      if (node.name === 'br' || node.name === 'p' || node.name === 'div' || node.name === 'li') text += ' ';
      pushChildren(node, stack);
    }
  }
  return collapse(text.slice(0, limit));
}

/** White space that is not one plain space already. */
const WIDE_SPACE = /\s{2,}|[^\S ]/g;

/** One space for any run of white space, none at the ends, soft hyphens and zero-width marks out, NFC. */
export function collapse(text: string): string {
  return toNfc(
    text
      .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
      .replace(WIDE_SPACE, ' ')
      .trim(),
  );
}

function pushChildren(parent: HtmlRoot, stack: HtmlNode[]): void {
  for (let index = parent.children.length - 1; index >= 0; index -= 1) {
    const child = parent.children[index];
    if (child !== undefined) stack.push(child);
  }
}
