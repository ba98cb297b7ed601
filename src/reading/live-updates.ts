import type { LiveUpdate } from '../domain/page.ts';
import type { PublishedAt, PublishedAtSource } from '../domain/published-at.ts';
import type { HtmlElement } from './html-node.ts';
import { elementsOf, isElement, textOf } from './html-node.ts';
import { plainText } from './html-text.ts';
import type { JsonObject } from './json-ld.ts';
import { stringOf, typesOf } from './json-ld.ts';
import type { Clock, UndatedUpdate } from './live-update-days.ts';
import { onDays } from './live-update-days.ts';
import type { PageMetadata } from './page-metadata.ts';
import type { TimeContext } from './stated-time.ts';
import { statedTime } from './stated-time.ts';
import { standsApart, textBlocks } from './text-block.ts';

/** A live blog of a whole election night has about 300. */
const MAX_UPDATES = 500;
const MAX_UPDATE_CHARS = 20_000;
/** Fewer timed blocks are a programme or a quotation, not a live blog. */
const MIN_BLOCKS = 3;

/** What of a page tells its live updates. */
export interface LivePage {
  readonly metadata: PageMetadata;
  readonly title: string;
  /** The element that holds the article. */
  readonly container?: HtmlElement | undefined;
  readonly publishedAt?: PublishedAt | undefined;
  /** No update is later than this. */
  readonly until: Date;
  readonly context: TimeContext;
}

/**
 * The dated parts of a live blog in page order, at most 500; none where the page is no live blog.
 *
 * What the page states as `liveBlogUpdate` of a LiveBlogPosting comes first; else blocks of the article that repeat and
 * each begin with a time. A time of day without a day is of the day of publication or one that follows: see `onDays`.
 *
 * @see https://schema.org/LiveBlogPosting
 */
export function readLiveUpdates(page: LivePage): readonly LiveUpdate[] {
  const stated = statedUpdates(page);
  if (stated.length > 0) return stated;
  return isHinted(page) && page.container !== undefined ? visibleUpdates(page.container, page) : [];
}

/** The paragraphs of a live blog: as they were read, where they hold every update; else what precedes the updates, and these. */
export function withUpdates(
  paragraphs: readonly string[],
  updates: readonly LiveUpdate[],
): readonly string[] {
  if (updates.length === 0) return paragraphs;
  const read = paragraphs.join('\n');
  if (updates.every(({ text }) => text.split('\n').every((line) => read.includes(line)))) return paragraphs;
  const told = new Set(updates.flatMap(({ title = '', text }) => [title, ...text.split('\n')]));
  const all = [...told].join('\n');
  const others = paragraphs.filter((paragraph) => !all.includes(paragraph) && !isTold(paragraph, told));
  return [...others, ...updates.flatMap(linesOf)];
}

function linesOf({ title, text }: LiveUpdate): string[] {
  return [...(title === undefined ? [] : [title]), ...text.split('\n')];
}

/** True for a line of an update with its time before it. */
function isTold(paragraph: string, told: ReadonlySet<string>): boolean {
  const clock = LEADING_CLOCK.exec(paragraph);
  return clock !== null && told.has(paragraph.slice(clock[0].length));
}

function statedUpdates({ metadata, context, publishedAt, until }: LivePage): LiveUpdate[] {
  const blog = metadata.jsonLd.find((object) => typesOf(object).includes('liveblogposting'));
  const listed = blog?.liveBlogUpdate;
  const list = (Array.isArray(listed) ? listed : [listed]).slice(0, MAX_UPDATES);
  const found = list.flatMap((update): UndatedUpdate[] => {
    if (typeof update !== 'object' || update === null) return [];
    const { headline, articleBody, text, description, datePublished, dateModified } = update as JsonObject;
    const body = linesOfText(articleBody) || linesOfText(text) || linesOfText(description);
    const title = stringOf(headline).slice(0, 400);
    if (body === '' && title === '') return [];
    const clock = stringOf(datePublished) || stringOf(dateModified);
    return [{ ...titled(title, body), when: readClock(clock, 'json-ld', context) }];
  });
  return onDays(found, publishedAt, until);
}

function linesOfText(value: unknown): string {
  if (typeof value !== 'string') return '';
  const lines = value
    .slice(0, MAX_UPDATE_CHARS)
    .replace(/<\/(?:p|div|li)>|<br\s{0,3}\/?>/gi, '\n')
    .split('\n');
  return lines
    .map((line) => plainText(line))
    .filter((line) => line !== '')
    .join('\n');
}

function titled(title: string, body: string): { title?: string; text: string } {
  if (title === '' || title === body) return { text: body || title };
  return body === '' ? { text: title } : { title, text: body };
}

const LIVE_TITLE = /\b(?:live|liveblog|live-blog|ticker)\b|trực tiếp|tường thuật|cập nhật|diễn biến/iu;

function isHinted({ metadata, title, container }: LivePage): boolean {
  if (LIVE_TITLE.test(title) || metadata.jsonLd.some((object) => typesOf(object).includes('liveblogposting')))
    return true;
  if (container === undefined) return false;
  const inside = metadata.landmarks.times.filter(({ element }) => isWithin(element, container));
  return inside.length >= MIN_BLOCKS;
}

function isWithin(element: HtmlElement, container: HtmlElement): boolean {
  for (let at: HtmlElement | null = element; at !== null; at = at.parent) if (at === container) return true;
  return false;
}

/** `14h05`, `14:05'`, with what separates it from the text behind. */
const LEADING_CLOCK =
  /^(?:lúc\s)?([01]?\d|2[0-3])\s?(?:[:hg]|giờ)\s?([0-5]\d)?(?!\d)['′p]?\s?(?:[-–—:|.,]\s*)?/iu;
const MAX_CLOCK_CHARS = 60;
const CLOCK_ELEMENT = new Set([
  'time',
  'span',
  'strong',
  'b',
  'div',
  'p',
  'h2',
  'h3',
  'h4',
  'a',
  'em',
  'i',
  'label',
]);
/** How far above its time a block may stand. */
const MAX_LEVELS = 6;
const MAX_CLOCKS = 2000;
/** Of all that the article says, so much must be told block by block. */
const MIN_TIMED_SHARE = 0.6;

/** A child of the list that holds the updates, with the element in it that tells its time. */
interface Timed {
  readonly block: HtmlElement;
  readonly clock: HtmlElement;
}

function visibleUpdates(container: HtmlElement, { context, publishedAt, until }: LivePage): LiveUpdate[] {
  const list = listOfUpdates(container);
  if (list === undefined) return [];
  const { drafts, otherChars } = draftsIn(list.parent, list.clocks, context);
  const updates = drafts
    .filter(({ lines, title }) => lines.length > 0 || title !== '')
    .map(
      ({ lines, title, when }): UndatedUpdate => ({
        ...titled(title, lines.join('\n').slice(0, MAX_UPDATE_CHARS)),
        when,
      }),
    );
  const told = updates.reduce((chars, { text }) => chars + text.length, 0);
  if (updates.length < MIN_BLOCKS || told < (told + otherChars) * MIN_TIMED_SHARE) return [];
  return onDays(updates.slice(0, MAX_UPDATES), publishedAt, until);
}

/** Each timed block with the untimed ones behind it: where blocks lie side by side, those belong to it. */
function draftsIn(parent: HtmlElement, clocks: Clocks, context: TimeContext) {
  const drafts: Draft[] = [];
  let otherChars = 0;
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    const clock = clocks.get(child);
    if (clock !== undefined) {
      drafts.push(draftOf({ block: child, clock }, context));
      continue;
    }
    const lines = standsApart(child, 'strict') ? [] : linesIn(child);
    const last = drafts.at(-1);
    if (last === undefined) otherChars += lines.join('').length;
    else last.lines.push(...lines);
  }
  return { drafts, otherChars };
}

interface Draft {
  title: string;
  lines: string[];
  when: Clock | undefined;
}

type Clocks = ReadonlyMap<HtmlElement, HtmlElement>;

/** The parent of most blocks that each hold one time at their head, the innermost of several. */
function listOfUpdates(container: HtmlElement): { parent: HtmlElement; clocks: Clocks } | undefined {
  let best: { parent: HtmlElement; clocks: Clocks } | undefined;
  for (const [parent, clocks] of listsOfTimed(container)) {
    if (clocks.size < MIN_BLOCKS || clocks.size <= (best?.clocks.size ?? 0)) continue;
    const saysMore = [...clocks.keys()].some((block) => textOf(block, 200).length > MAX_CLOCK_CHARS / 2);
    if (saysMore) best = { parent, clocks };
  }
  return best;
}

/** Every element around a time, up to some levels, with those of its children that hold one and the first that each holds. */
function listsOfTimed(container: HtmlElement): ReadonlyMap<HtmlElement, Clocks> {
  const lists = new Map<HtmlElement, Map<HtmlElement, HtmlElement>>();
  let clocks = 0;
  for (const element of elementsOf(container)) {
    if (!tellsTime(element)) continue;
    clocks += 1;
    if (clocks > MAX_CLOCKS) break;
    let block = element;
    for (let level = 0; level < MAX_LEVELS && block !== container && block.parent !== null; level += 1) {
      const { parent } = block;
      const list = lists.get(parent) ?? new Map<HtmlElement, HtmlElement>();
      lists.set(parent, list);
      if (!list.has(block)) list.set(block, element);
      block = parent;
    }
  }
  return lists;
}

function tellsTime(element: HtmlElement): boolean {
  if (!CLOCK_ELEMENT.has(element.name)) return false;
  if (element.name === 'time') return true;
  const first = element.children.find((child) => child.type !== 'text' || child.data.trim() !== '');
  if (first?.type !== 'text' || first.data.length > 4000) return false;
  const match = LEADING_CLOCK.exec(first.data.trim());
  if (match === null) return false;
  // `14 giờ` may begin any sentence; `14:05` as the whole of an element, or at the head of a paragraph, is a time.
  if (element.name === 'p') return match[2] !== undefined;
  return textOf(element, MAX_CLOCK_CHARS + 1).length <= MAX_CLOCK_CHARS;
}

function draftOf({ block, clock }: Timed, context: TimeContext): Draft {
  const isOwn = clock === block;
  const stated = clock.attribs.datetime ?? clock.attribs.content ?? '';
  const clockText = textOf(clock, isOwn ? MAX_CLOCK_CHARS : 200).slice(0, MAX_CLOCK_CHARS);
  const source = clock.name === 'time' ? 'time-element' : 'visible-text';
  const when = readClock(stated, source, context) ?? readClock(clockText, 'visible-text', context);
  const lines = linesIn(block, textOf(clock, 400));
  const title = headingIn(block);
  const rest = title === '' ? lines : lines.filter((line) => line !== title);
  return { title, lines: rest, when };
}

/** The lines of a block, without the time at their head. */
function linesIn(block: HtmlElement, clock = ''): string[] {
  const lines = textBlocks(block, 'strict', new Set([block])).map(({ text }) => text);
  return lines.flatMap((line, index) => {
    if (line === clock && clock.length <= MAX_CLOCK_CHARS) return [];
    if (index > 0) return [line];
    const bare =
      clock !== '' && clock.length <= MAX_CLOCK_CHARS && line.startsWith(clock)
        ? line.slice(clock.length).replace(/^\s*[-–—:|.,]\s*/u, '')
        : line.replace(LEADING_CLOCK, '');
    return bare.trim() === '' ? [] : [bare.trim()];
  });
}

function headingIn(block: HtmlElement): string {
  for (const element of elementsOf(block)) {
    if (!/^h[2-6]$/.test(element.name)) continue;
    const text = textOf(element, 400).replace(LEADING_CLOCK, '').trim();
    if (text !== '') return text;
  }
  return '';
}

function readClock(text: string, source: PublishedAtSource, context: TimeContext): Clock | undefined {
  const trimmed = text.trim().slice(0, MAX_CLOCK_CHARS);
  const match = LEADING_CLOCK.exec(trimmed);
  if (match !== null && !/\d/.test(trimmed.slice(match[0].length)))
    return { minutes: Number(match[1]) * 60 + Number(match[2] ?? 0) };
  const at = statedTime(trimmed, source, context);
  return at === undefined || at.dayOnly ? undefined : { at };
}
