import { leadsElsewhere, namesBody, nameWords, opensApart } from './boilerplate.ts';
import type { HtmlElement, HtmlRoot } from './html-node.ts';
import { elementsOf, isElement } from './html-node.ts';
import type { TextBlock } from './text-block.ts';
import { standsApart, textBlocks } from './text-block.ts';

/** The article's running text and the element it was found in. */
export interface ArticleBody {
  readonly paragraphs: readonly string[];
  /** The element that holds them all; `undefined` where the page has no prose. */
  readonly container?: HtmlElement;
}

/** Below this a strict reading is taken to have thrown the article out with its surroundings. */
const MIN_BODY_CHARS = 200;

/**
 * Finds the article on a page and reads its paragraphs in order.
 *
 * Every block of text is weighed (long, few links, whole sentences); the element near which most weight gathers is
 * the container, a name such as `article-body` or `itemprop="articleBody"` counting in its favour; it grows to its
 * parent while that adds prose and little else. Inside it, blocks that lead elsewhere, captions, lists of links and
 * what follows a heading such as "Tin liên quan" are left out.
 *
 * @param title   to leave out where it is repeated inside the container
 * @param within  the container, where the outlet's own selector names it
 */
export function readArticleBody(root: HtmlRoot, title: string, within?: HtmlElement): ArticleBody {
  const body = bodyElement(root);
  if (body === undefined) return { paragraphs: [] };
  if (within !== undefined) return { paragraphs: readContainer(within, title), container: within };

  const strict = locate(body, 'strict', title);
  if (lengthOf(strict.paragraphs) >= MIN_BODY_CHARS) return strict;
  const lax = locate(body, 'lax', title);
  return lengthOf(lax.paragraphs) > lengthOf(strict.paragraphs) * 2 ? lax : strict;
}

function locate(body: HtmlElement, strictness: 'strict' | 'lax', title: string): ArticleBody {
  const blocks = textBlocks(body, strictness, mainStream(body));
  const container = findContainer(blocks, body);
  if (container === undefined) return { paragraphs: [] };
  const inside = blocks.filter((block) => isWithin(block.element, container));
  return { paragraphs: articleBlocks(inside, title), container };
}

function readContainer(container: HtmlElement, title: string): string[] {
  return articleBlocks(textBlocks(container, 'strict'), title);
}

function bodyElement(root: HtmlRoot): HtmlElement | undefined {
  let first: HtmlElement | undefined;
  for (const element of elementsOf(root)) {
    if (element.name === 'body') return element;
    first ??= element;
  }
  return first;
}

const MAIN_STREAM_SHARE = 0.6;

/** Elements that hold most of the page's prose: whatever they are called, the article is in them. */
function mainStream(body: HtmlElement): Set<HtmlElement> {
  const stream = new Set<HtmlElement>();
  const weights = subtreeWeights(textBlocks(body, 'lax'), body);
  const total = weights.get(body) ?? 0;
  for (const [element, weight] of weights) {
    if (weight > total * MAIN_STREAM_SHARE && standsApart(element, 'strict')) stream.add(element);
  }
  return stream;
}

function subtreeWeights(blocks: readonly TextBlock[], top: HtmlElement): Map<HtmlElement, number> {
  const weights = new Map<HtmlElement, number>();
  for (const { element, weight } of blocks) {
    if (weight === 0) continue;
    for (let at: HtmlElement | null = element; at !== null; at = at === top ? null : at.parent) {
      weights.set(at, (weights.get(at) ?? 0) + weight);
    }
  }
  return weights;
}

const DISTANCE_FACTOR = [1, 1, 0.6, 0.3, 0.15];
const NAMED_FACTOR = 1.4;
const ARTICLE_BODY_FACTOR = 2.5;

function findContainer(blocks: readonly TextBlock[], body: HtmlElement): HtmlElement | undefined {
  const scores = new Map<HtmlElement, number>();
  for (const block of blocks) if (block.weight > 0) lendWeight(block, body, scores);
  let best: HtmlElement | undefined;
  let bestScore = 0;
  for (const [element, score] of scores) {
    const named = score * nameFactor(element);
    if (named > bestScore) {
      best = element;
      bestScore = named;
    }
  }
  return best === undefined ? undefined : grow(best, blocks, body);
}

/** Adds a block's weight to the elements around it, the less the farther they are. */
function lendWeight(
  { element, weight, kind }: TextBlock,
  body: HtmlElement,
  scores: Map<HtmlElement, number>,
): void {
  let at: HtmlElement | null = kind === 'bare' ? element : element.parent;
  for (const factor of DISTANCE_FACTOR) {
    if (at === null) return;
    scores.set(at, (scores.get(at) ?? 0) + weight * factor);
    at = at === body ? null : at.parent;
  }
}

function nameFactor(element: HtmlElement): number {
  if (/\barticleBody\b/i.test(element.attribs.itemprop ?? '')) return ARTICLE_BODY_FACTOR;
  if (element.name === 'article' || element.name === 'main') return NAMED_FACTOR;
  return namesBody(nameWords(element.attribs)) ? NAMED_FACTOR : 1;
}

const GROW_SHARE = 0.15;
const GROW_NOISE = 0.5;

/** Takes in the parent while that adds a good share of prose and not much that is no prose. */
function grow(found: HtmlElement, blocks: readonly TextBlock[], body: HtmlElement): HtmlElement {
  let container = found;
  let held = tally(container, blocks);
  for (let parent = found.parent; parent !== null && isElement(parent); parent = parent.parent) {
    const total = tally(parent, blocks);
    const prose = total.prose - held.prose;
    const noise = total.noise - held.noise;
    if (prose > held.prose * GROW_SHARE && noise < prose * GROW_NOISE) {
      container = parent;
      held = total;
    }
    if (parent === body) break;
  }
  return container;
}

function tally(container: HtmlElement, blocks: readonly TextBlock[]): { prose: number; noise: number } {
  let prose = 0;
  let noise = 0;
  for (const block of blocks) {
    if (!isWithin(block.element, container)) continue;
    if (block.weight > 0) prose += block.weight;
    else noise += block.text.length;
  }
  return { prose, noise };
}

function isWithin(element: HtmlElement, container: HtmlElement): boolean {
  for (let at: HtmlElement | null = element; at !== null; at = at.parent) if (at === container) return true;
  return false;
}

/** What of a container's blocks is the article, in order. */
function articleBlocks(blocks: readonly TextBlock[], title: string): string[] {
  const kept: TextBlock[] = [];
  const linkLists = listsOfLinks(blocks);
  for (const block of blocks) {
    if (endsArticle(block, kept)) break;
    if (!linkLists.has(block.element.parent as HtmlElement) && isArticleBlock(block, title)) kept.push(block);
  }
  while (kept.at(-1)?.kind === 'heading') kept.pop();
  return kept.map((block) => block.text);
}

const MIN_CHARS_BEFORE_END = 600;

function endsArticle(block: TextBlock, kept: readonly TextBlock[]): boolean {
  if (!opensApart(block.text)) return false;
  return kept.reduce((sum, { text }) => sum + text.length, 0) >= MIN_CHARS_BEFORE_END;
}

const SHORT_CHARS = 200;

function isArticleBlock(block: TextBlock, title: string): boolean {
  const { text, linkChars, kind } = block;
  if (title !== '' && text === title) return false;
  if (opensApart(text)) return false;
  if (leadsElsewhere(text) && (text.length < SHORT_CHARS || linkChars > text.length / 2)) return false;
  if (linkChars > text.length * 0.8 && kind !== 'heading') return false;
  if (kind === 'bare' && block.weight === 0) return text.length >= 80 && linkChars < text.length / 2;
  return true;
}

const LIST_LINK_SHARE = 0.6;

/** Lists most of whose text is links: menus and related articles. */
function listsOfLinks(blocks: readonly TextBlock[]): Set<HtmlElement> {
  const lists = new Map<HtmlElement, { chars: number; linkChars: number }>();
  for (const { element, kind, text, linkChars } of blocks) {
    if (kind !== 'list-item' || element.parent === null) continue;
    const list = lists.get(element.parent) ?? { chars: 0, linkChars: 0 };
    list.chars += text.length;
    list.linkChars += linkChars;
    lists.set(element.parent, list);
  }
  const found = new Set<HtmlElement>();
  for (const [list, { chars, linkChars }] of lists) {
    if (linkChars > chars * LIST_LINK_SHARE) found.add(list);
  }
  return found;
}

function lengthOf(paragraphs: readonly string[]): number {
  return paragraphs.reduce((sum, text) => sum + text.length, 0);
}
