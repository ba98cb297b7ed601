import { leadsElsewhere, namesBody, namesLead, nameWords, opensApart } from './boilerplate.ts';
import type { HtmlElement } from './html-node.ts';
import { elementsOf, isElement, isText } from './html-node.ts';
import type { TextBlock } from './text-block.ts';
import { isNeverRead, textBlocks } from './text-block.ts';

/** The article's running text and the element it was found in. */
export interface ArticleBody {
  readonly paragraphs: readonly string[];
  /** The element that holds them all; `undefined` where the page has no prose. */
  readonly container?: HtmlElement;
  /** The elements of its last few lines, where an author may have signed. */
  readonly closing?: readonly HtmlElement[];
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
 * The opening paragraph that many templates set apart above the container is read as its first.
 */
export function readArticleBody(
  root: HtmlElement,
  title: string,
  { within, described = '' }: BodyOptions = {},
): ArticleBody {
  const body = bodyElement(root);
  if (within !== undefined)
    return { ...articleLines(textBlocks(within, 'strict'), title), container: within };

  const page = { body, title, described };
  const strict = locate(page, 'strict');
  if (lengthOf(strict.paragraphs) >= MIN_BODY_CHARS) return strict;
  const lax = locate(page, 'lax');
  return lengthOf(lax.paragraphs) > lengthOf(strict.paragraphs) * 2 ? lax : strict;
}

interface BodyOptions {
  /** The container, where the outlet's own selector names it. */
  readonly within?: HtmlElement | undefined;
  /** What the page states as its description: the paragraph that opens so is the article's lead. */
  readonly described?: string | undefined;
}

interface Page {
  readonly body: HtmlElement;
  readonly title: string;
  readonly described: string;
}

function locate({ body, title, described }: Page, strictness: 'strict' | 'lax'): ArticleBody {
  const blocks = textBlocks(body, strictness, mainStream(body));
  const container = findContainer(blocks, body, title);
  if (container === undefined) return { paragraphs: [] };
  const inside = blocks.filter((block) => isWithin(block.element, container));
  const first = inside[0] === undefined ? 0 : blocks.indexOf(inside[0]);
  const leads = leadsAmong(blocks.slice(0, first), title, described);
  return { ...articleLines([...leads, ...inside], title), container };
}

const MIN_LEAD_CHARS = 30;
const MAX_LEAD_CHARS = 1200;
/** What stands below the title and weighs less is a caption, a byline or a button. */
const MIN_LEAD_WEIGHT = 60;
/** Elements around a block whose names are looked at. */
const LEAD_LEVELS = 3;
/** Letters of the description that a paragraph must share with it. */
const SAME_OPENING_CHARS = 40;

/** Of the blocks above the container the prose below the title, and what a name or the page's description calls the lead. */
function leadsAmong(above: readonly TextBlock[], title: string, described: string): TextBlock[] {
  const heading = titleAmong(above, wordsOf(title));
  const opening = wordsOf(described).slice(0, SAME_OPENING_CHARS);
  return above.filter(({ element, text, linkChars, weight }, index) => {
    if (text.length < MIN_LEAD_CHARS || text.length > MAX_LEAD_CHARS || linkChars > text.length / 2)
      return false;
    if (heading !== -1 && index > heading && weight >= MIN_LEAD_WEIGHT) return true;
    return (opening.length >= MIN_LEAD_CHARS && wordsOf(text).includes(opening)) || isNamedLead(element);
  });
}

function isNamedLead(element: HtmlElement): boolean {
  let at: HtmlElement | null = element;
  for (let level = 0; level < LEAD_LEVELS && at !== null; level += 1) {
    if (at.attribs.itemprop === 'description' || namesLead(nameWords(at.attribs))) return true;
    at = at.parent;
  }
  return false;
}

function bodyElement(root: HtmlElement): HtmlElement {
  for (const element of elementsOf(root)) if (element.name === 'body') return element;
  return root;
}

const MAIN_STREAM_SHARE = 0.6;

/** Elements that hold most of the page's prose: whatever they are called, the article is in them. */
function mainStream(body: HtmlElement): Set<HtmlElement> {
  const chars = new Map<HtmlElement, number>();
  const least = proseChars(body, chars) * MAIN_STREAM_SHARE;
  const stream = new Set<HtmlElement>();
  for (const [element, held] of chars) if (held > least) stream.add(element);
  return stream;
}

/** A run of text that is shorter is a label. */
const MIN_RUN_CHARS = 25;

/** The characters of an element's longer runs of text outside links, noted for every element that has some. */
function proseChars(element: HtmlElement, noted: Map<HtmlElement, number>): number {
  let chars = 0;
  for (const child of element.children) {
    if (isText(child)) {
      if (child.data.length >= MIN_RUN_CHARS) chars += runChars(child.data);
    } else if (isElement(child) && child.name !== 'a' && !isNeverRead(child))
      chars += proseChars(child, noted);
  }
  if (chars > 0) noted.set(element, chars);
  return chars;
}

function runChars(data: string): number {
  const { length } = data.trim();
  return length < MIN_RUN_CHARS ? 0 : length;
}

const DISTANCE_FACTOR = [1, 1, 0.6, 0.3, 0.15];
const NAMED_FACTOR = 1.4;
const ARTICLE_BODY_FACTOR = 2.5;

function findContainer(
  blocks: readonly TextBlock[],
  body: HtmlElement,
  title: string,
): HtmlElement | undefined {
  const scores = new Map<HtmlElement, number>();
  for (const block of blocks) if (block.weight > 0) lendWeight(block, body, scores);
  const belowTitle = aroundFirstProse(blocks, wordsOf(title));
  let best: HtmlElement | undefined;
  let bestScore = 0;
  for (const [element, score] of scores) {
    const named = score * nameFactor(element) * (belowTitle.has(element) ? BELOW_TITLE_FACTOR : 1);
    if (named > bestScore) {
      best = element;
      bestScore = named;
    }
  }
  return best === undefined ? undefined : grow(best, blocks, body);
}

/** Some pages go on with the next article below the first; the title says which of them this page is. */
const BELOW_TITLE_FACTOR = 1.5;

/** The first block of prose below the heading that is the title, and all that holds it. */
function aroundFirstProse(blocks: readonly TextBlock[], titleWords: string): Set<HtmlElement> {
  const heading = titleAmong(blocks, titleWords);
  const around = new Set<HtmlElement>();
  if (heading === -1) return around;
  const first = blocks.slice(heading).find(({ weight, text }) => weight > 0 && text.length >= LABEL_CHARS);
  for (let at = first?.element ?? null; at !== null; at = at.parent) around.add(at);
  return around;
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

const GROW_SHARE = 0.12;
const GROW_NOISE = 0.4;
/** An element called the article that holds this much of the page's prose is not grown. */
const SETTLED_SHARE = 0.65;
/** Texts beside the article that are shorter than this on average are teasers. */
const MIN_GAINED_CHARS = 90;

/** Takes in the parent while that adds a good share of prose of the same make and not much that is no prose. */
function grow(found: HtmlElement, blocks: readonly TextBlock[], body: HtmlElement): HtmlElement {
  const tallies = talliesOf(blocks, new Set(ofOtherArticles(found, blocks)), body);
  let container = found;
  let held = tallies.get(found) ?? NOTHING;
  const all = tallies.get(body) ?? NOTHING;
  if (nameFactor(found) > 1 && held.prose > all.prose * SETTLED_SHARE) return found;
  for (let parent = found === body ? null : found.parent; parent !== null; parent = parent.parent) {
    const total = tallies.get(parent) ?? NOTHING;
    const prose = total.prose - held.prose;
    const noise = total.noise - held.noise;
    const averageChars = prose / Math.max(1, total.proseBlocks - held.proseBlocks);
    if (prose > held.prose * GROW_SHARE && noise < prose * GROW_NOISE && averageChars >= MIN_GAINED_CHARS) {
      container = parent;
      held = total;
    }
    if (parent === body) break;
  }
  return container;
}

interface Tally {
  prose: number;
  proseBlocks: number;
  noise: number;
}

const NOTHING: Readonly<Tally> = { prose: 0, proseBlocks: 0, noise: 0 };

/** How much prose and how much else each element holds. */
function talliesOf(
  blocks: readonly TextBlock[],
  others: ReadonlySet<TextBlock>,
  top: HtmlElement,
): Map<HtmlElement, Tally> {
  const tallies = new Map<HtmlElement, Tally>();
  for (const block of blocks) {
    const isProse = block.weight > 0 && !others.has(block);
    for (let at: HtmlElement | null = block.element; at !== null; at = at === top ? null : at.parent) {
      const tally = tallies.get(at) ?? { ...NOTHING };
      if (isProse) {
        tally.prose += block.weight;
        tally.proseBlocks += 1;
      } else {
        tally.noise += block.text.length;
      }
      tallies.set(at, tally);
    }
  }
  return tallies;
}

/** Prose in an `<article>` that is not the one around what was found, nor inside it. */
function ofOtherArticles(found: HtmlElement, blocks: readonly TextBlock[]): TextBlock[] {
  const own = articleAround(found);
  if (own === undefined) return [];
  return blocks.filter(({ element, weight }) => {
    if (weight === 0 || isWithin(element, own)) return false;
    const other = articleAround(element);
    return other !== undefined && !isWithin(own, other);
  });
}

function articleAround(element: HtmlElement): HtmlElement | undefined {
  for (let at: HtmlElement | null = element; at !== null; at = at.parent)
    if (at.name === 'article') return at;
  return undefined;
}

function isWithin(element: HtmlElement, container: HtmlElement): boolean {
  for (let at: HtmlElement | null = element; at !== null; at = at.parent) if (at === container) return true;
  return false;
}

/** What of a container's blocks is the article, in order. */
function articleLines(
  blocks: readonly TextBlock[],
  title: string,
): { paragraphs: string[]; closing: HtmlElement[] } {
  const linkLists = listsOfLinks(blocks);
  const titleWords = wordsOf(title);
  const kept = beforeApartSections(withoutRepeats(fromTitle(blocks, titleWords))).filter(
    (block) =>
      !(block.element.parent !== null && linkLists.has(block.element.parent)) &&
      isArticleBlock(block, titleWords),
  );
  return {
    paragraphs: trimEnds(kept).map(({ text }) => text),
    closing: kept.slice(-CLOSING_LINES).map(({ element }) => element),
  };
}

const CLOSING_LINES = 4;

/** Of all prose, so much at most may stand above the title; more, and the heading is not where the text begins. */
const MAX_SHARE_ABOVE = 0.2;

/** The blocks from the title on, where the title stands among them. */
function fromTitle(blocks: readonly TextBlock[], titleWords: string): readonly TextBlock[] {
  const title = titleAmong(blocks, titleWords);
  if (title <= 0) return blocks;
  const above = weightOf(blocks.slice(0, title));
  return above > weightOf(blocks) * MAX_SHARE_ABOVE ? blocks : blocks.slice(title);
}

/** Long enough that nobody writes it twice in one article. */
const MIN_REPEAT_CHARS = 80;

function withoutRepeats(blocks: readonly TextBlock[]): TextBlock[] {
  const seen = new Set<string>();
  return blocks.filter(({ text }) => {
    if (text.length < MIN_REPEAT_CHARS) return true;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function weightOf(blocks: readonly TextBlock[]): number {
  return blocks.reduce((sum, { weight }) => sum + weight, 0);
}

/** Of all prose, so much at most may stand behind a heading such as "Comments" for the article to end there. */
const MAX_SHARE_BEHIND = 0.2;

/**
 * Leaves out sections that are announced as something else. Where most of the article stands before the heading,
 * all that follows goes; where the article goes on behind it, only what is no prose.
 */
function beforeApartSections(blocks: readonly TextBlock[]): TextBlock[] {
  const total = weightOf(blocks);
  const kept: TextBlock[] = [];
  let seen = 0;
  let inApart = false;
  for (const block of blocks) {
    if (opensApart(block.text)) {
      if (seen > 0 && total - seen <= total * MAX_SHARE_BEHIND) return kept;
      inApart = true;
      continue;
    }
    seen += block.weight;
    if (block.kind === 'paragraph' && block.weight > 0) inApart = false;
    if (!inApart) kept.push(block);
  }
  return kept;
}

const SHORT_CHARS = 200;
/** Shorter bare lines that are no sentences are labels: dates, sections, buttons. */
const LABEL_CHARS = 80;

function isArticleBlock(block: TextBlock, titleWords: string): boolean {
  const { text, linkChars, kind } = block;
  if (isTitle(text, titleWords)) return false;
  if (!/\p{L}/u.test(text)) return false;
  if (text.length < MAX_CAPTION_CHARS && CAPTION.test(text)) return false;
  if (leadsElsewhere(text) && (text.length < SHORT_CHARS || linkChars > text.length / 2)) return false;
  if (linkChars > text.length * 0.8 && kind !== 'heading') return false;
  if (kind === 'bare' && block.weight === 0) return text.length >= LABEL_CHARS && linkChars < text.length / 2;
  return true;
}

const MAX_CAPTION_CHARS = 260;
/** A line that ends by naming who took the picture. */
const CAPTION =
  /(?:^|[\s.…(|/–-])(?:(?:archiv|symbol)?fotos?|photos?|bild|fot\.|ảnh|ảnh minh họa|image|picture|©)\s?(?::|by\s|©)[^.:;]{2,60}\)?$|©\s?\p{Lu}[^.:;]{2,60}$/iu;

/** Where a heading repeats the title; -1 where none does. */
function titleAmong(blocks: readonly TextBlock[], titleWords: string): number {
  return blocks.findIndex(({ kind, text }) => kind === 'heading' && isTitle(text, titleWords));
}

/** Signs and spaces that a title may have beyond its words. */
const MAX_TITLE_SIGNS = 60;

function isTitle(text: string, titleWords: string): boolean {
  const signs = text.length - titleWords.length;
  return titleWords !== '' && signs >= 0 && signs <= MAX_TITLE_SIGNS && wordsOf(text) === titleWords;
}

function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Takes away what stands before the first and after the last paragraph of running text without being such. */
function trimEnds(blocks: readonly TextBlock[]): readonly TextBlock[] {
  let start = 0;
  let end = blocks.length;
  while (start < end && isLeadIn(blocks[start] as TextBlock)) start += 1;
  const last = Math.max(start + 1, end - MAX_SIGN_OFFS);
  while (end > last && isSignOff(blocks[end - 1] as TextBlock, blocks.length)) end -= 1;
  return blocks.slice(start, end);
}

/** More slanted lines than this are part of the text. */
const MAX_SIGN_OFFS = 4;
const DATE_LINE = /\d{1,4}\s*[./:-]\s*\d{1,2}|\d{4}|\d{1,2}[.:h]\d{2}/;

/** Date lines, bylines and labels before the article. */
function isLeadIn({ text, kind, weight }: TextBlock): boolean {
  if (kind === 'heading' || weight > LABEL_CHARS || text.length >= LABEL_CHARS) return false;
  if (/[.!?…]["”’)]?$/.test(text)) return false;
  return kind === 'bare' || DATE_LINE.test(text) || BYLINE.test(text);
}

const BYLINE = /^(?:by|von|par|por|di|door|av|af|written by|posted by|published|updated|tác giả|bài)\b/i;

const PLEA =
  /\b(?:subscribe|newsletter|follow us|sign up|support our|donat|letter to the editor|all rights reserved|is not responsible for|subject to copyright|abonnieren|spenden|unterstütze uns|suscríb|síguenos|sigue a|abonnez|suivez|theo dõi (?:báo|chúng tôi|fanpage)|giữ bản quyền)/i;
const MAX_NOTE_CHARS = 400;

/** Headings with nothing below; notes in slanted type, and pleas to subscribe, after the article. */
function isSignOff({ text, kind, asideChars }: TextBlock, blocks: number): boolean {
  if (kind === 'heading') return true;
  if (blocks <= 4 || text.length >= MAX_NOTE_CHARS || kind === 'list-item') return false;
  return (text.length < SHORT_CHARS && asideChars > text.length * 0.8) || PLEA.test(text);
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
