import type { PublishedAt } from '../domain/published-at.ts';
import { nameWords } from './boilerplate.ts';
import type { HtmlElement, HtmlNode } from './html-node.ts';
import { collapse, isElement, isText } from './html-node.ts';
import type { PageMetadata } from './page-metadata.ts';
import type { TimeContext } from './stated-time.ts';
import { isMonthFirst, statedTime } from './stated-time.ts';
import { writtenDays } from './written-day.ts';

/** Lines that are looked at; a page built of more dates gains nothing. */
const MAX_LINES = 400;
const MAX_LINE_CHARS = 600;

/**
 * The day of publication out of the visible text, for pages that state it nowhere else.
 *
 * Every line that names a day is weighed by how far it is a line of a date only, by the words before the day, by its
 * place relative to the title and by how often the day comes back; the best one wins. The idea of weighing all
 * candidates by frequency and plausibility is from A. Barbaresi, "htmldate: A Python package to extract publication
 * dates from web pages", Journal of Open Source Software 5(51), 2020.
 *
 * @returns the day, and whether it stands where only a day of publication does; `undefined` where no day is printed
 */
export function printedDay(
  root: HtmlElement,
  metadata: PageMetadata,
  title: string,
  context: TimeContext,
): { found: PublishedAt; isPlain: boolean } | undefined {
  const options = { monthFirst: isMonthFirst(metadata.language) };
  const today = context.now.toISOString().slice(0, 10);
  const lines = datedLines(root, title);
  const titleLine =
    lines.find(({ isTitle, isHeading }) => isTitle && isHeading) ?? lines.find(({ isTitle }) => isTitle);
  const candidates = lines.flatMap((line) => candidatesOf(line, options, today));
  const counts = new Map<string, number>();
  for (const { day } of candidates) counts.set(day, (counts.get(day) ?? 0) + 1);

  let best: { candidate: Candidate; points: number } | undefined;
  for (const candidate of candidates) {
    const repeats = Math.min(MAX_REPEAT_POINTS, (counts.get(candidate.day) ?? 1) - 1);
    const points = weigh(candidate, titleLine) + repeats;
    if (points >= MIN_POINTS && (best === undefined || points > best.points)) best = { candidate, points };
  }
  if (best === undefined) return undefined;
  const { day, line } = best.candidate;
  const found = withClock(line.text, day, context) ?? statedTime(day, 'visible-text', context);
  return found === undefined ? undefined : { found, isPlain: best.points >= PLAIN_POINTS };
}

function candidatesOf(line: Line, options: { monthFirst: boolean }, today: string): Candidate[] {
  const days = writtenDays(line.text, options).slice(0, MAX_DAYS_OF_LINE);
  return days
    .filter(({ day }) => day <= today)
    .map((written) => ({ ...written, line, isSpan: days.length > 1 }));
}

const MAX_DAYS_OF_LINE = 3;
const MAX_REPEAT_POINTS = 2;
const MIN_POINTS = -2;
const PLAIN_POINTS = 3;

/** The line's time of day too, where the line is a date line and reads as that day. */
function withClock(text: string, day: string, context: TimeContext): PublishedAt | undefined {
  if (text.length > 100) return undefined;
  const found = statedTime(text, 'visible-text', context);
  if (found === undefined || found.dayOnly) return undefined;
  const printed = new Date(Date.parse(found.at) + (found.offsetMinutes ?? 7 * 60) * 60_000);
  return printed.toISOString().slice(0, 10) === day ? found : undefined;
}

interface Line {
  readonly text: string;
  /** How many lines stand before it, of those with text. */
  readonly number: number;
  readonly isTitle: boolean;
  readonly isHeading: boolean;
  readonly place: 'article' | 'apart' | 'comment';
  readonly inLink: boolean;
}

interface Candidate {
  readonly day: string;
  readonly at: number;
  readonly end: number;
  readonly line: Line;
  /** Whether its line names other days too. */
  readonly isSpan: boolean;
}

const PUBLISHED_CUE =
  /(?:publi\S*|posted|erstellt|veröffentlicht|erschienen|eingestellt|geschrieben|pressemitteilung vom|written|created|đăng(?: ngày| lúc)?|creado|escrito|postado|opublikowan\S*|dodano|опублик\S*|pubblicat\S*|gepubliceerd|geplaatst|publicerad|julkaistu|yayın\S*|发布|發佈|时间|掲載|公開)[^\d]{0,24}$/iu;
/** Words that also stand before other days in running text. */
const WEAK_CUE = /(?:datum|date|stand|vom|ngày|data|дата|fecha)[^\d]{0,24}$/iu;
const CHANGED =
  '(?:updated?|modified|changed|geändert|änderung|aktualisiert|cập nhật|actualizad\\S*|atualizad\\S*|modifi\\S*|mis à jour|überarbeitet|aggiornat\\S*|aktualizac\\S*|обновлен\\S*|edited|bearbeitet)';
const NAMES_CHANGE = new RegExp(CHANGED, 'iu');
const CHANGED_CUE = new RegExp(`${CHANGED}[^\\d]{0,24}$`, 'iu');
const NOT_PUBLISHED =
  /retrieved|abgerufen|registriert|joined|mitglied seit|member since|geboren|\bborn\b|citation|引用日期|aktuelle zeit|current time|next |nächst|deadline|\bab \d|\bbis\b|until|expires|gültig|termin|release|veranstaltung|im rahmen|anlässlich|\bevent/iu;
const COPYRIGHT = /©|\(c\)\s|copyright|bản quyền/iu;
const SHORT_CHARS = 80;
const MIDDLE_CHARS = 140;

function weigh({ at, end, line, isSpan }: Candidate, titleLine: Line | undefined): number {
  const { text, number, place, inLink } = line;
  const before = text.slice(Math.max(0, at - 40), at);
  const around = text.slice(Math.max(0, at - 60), end + 40);
  if (COPYRIGHT.test(around)) return Number.NEGATIVE_INFINITY;
  let points = lineShape(text, at, end);
  if (CHANGED_CUE.test(before)) points -= 1;
  else if (PUBLISHED_CUE.test(before)) points += 3;
  else if (text.length <= SHORT_CHARS && WEAK_CUE.test(before)) points += 2;
  if (NOT_PUBLISHED.test(around)) points -= 5;
  if (isSpan && !NAMES_CHANGE.test(text)) points -= 2;
  // Where the title itself stands apart, the name of a wrapper says nothing.
  if (place === 'apart' && titleLine?.place !== 'apart') points -= 4;
  if (place === 'comment') points -= 7;
  if (inLink) points -= 2;
  return points + nearness(number, titleLine?.number);
}

/** How far a line is one of a date only, or has it at one of its ends. */
function lineShape(text: string, at: number, end: number): number {
  if (text.length <= SHORT_CHARS) return 3;
  if (text.length > MIDDLE_CHARS) return at <= 3 ? -1 : -4;
  return at <= MAX_END_CHARS || text.length - end <= MAX_END_CHARS ? 1 : -2;
}

const MAX_END_CHARS = 20;

/** A date line stands right below the title, or right above it. */
function nearness(number: number, titleLine: number | undefined): number {
  if (titleLine === undefined) return 0;
  const below = number - titleLine;
  if (below >= 0) return below <= 4 ? 4 : below <= 12 ? 2 : 0;
  return below >= -5 ? 3 : -1;
}

const UNREAD = new Set([
  'script',
  'style',
  'template',
  'noscript',
  'iframe',
  'svg',
  'select',
  'option',
  'textarea',
  'button',
  'head',
]);
const INLINE = new Set(
  'a abbr b bdi bdo big cite code dfn em font i img ins kbd label mark q s small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const HEADING = /^h[1-3]$/;
const COMMENT_NAME = /(?:^| )(?:comments?|respond|replies|kommentare?|comentarios?|binh luan)(?: |$)/;
const APART_NAME =
  /(?:^| )(?:related|sidebar|recommended|recent|latest|popular|footer|calendar|kalender|archive|archives|events?|widget)(?: |$)/;

/** The lines of the visible text that hold a digit or the title, with where they stand. */
function datedLines(root: HtmlElement, title: string): Line[] {
  const gatherer = new LineGatherer(title);
  gatherer.read(root, 'article');
  gatherer.flush('article');
  return gatherer.lines;
}

/** The tree's depth is bounded by `parseHtml`, so this may recurse. */
class LineGatherer {
  readonly lines: Line[] = [];
  private readonly titleStart: string;
  private text = '';
  private linkChars = 0;
  private number = 0;
  private inHeading = false;

  constructor(title: string) {
    this.titleStart = title.slice(0, 40).toLowerCase();
  }

  read(node: HtmlElement, place: Line['place'], inLink = false): void {
    for (const child of node.children) this.readNode(child, place, inLink);
  }

  private readNode(node: HtmlNode, place: Line['place'], inLink: boolean): void {
    if (isText(node)) {
      if (this.text.length < MAX_LINE_CHARS) this.text += node.data;
      if (inLink) this.linkChars += node.data.length;
      return;
    }
    if (!isElement(node) || UNREAD.has(node.name) || this.lines.length >= MAX_LINES) return;
    if (namesClock(node)) return;
    if (INLINE.has(node.name)) {
      this.read(node, place, inLink || node.name === 'a');
      return;
    }
    this.flush(place);
    const within = placeOf(node, place);
    this.inHeading = HEADING.test(node.name);
    this.read(node, within, inLink);
    this.flush(within);
    this.inHeading = false;
  }

  flush(place: Line['place']): void {
    const { text: raw, linkChars } = this;
    this.text = '';
    this.linkChars = 0;
    if (raw === '' || raw.trim() === '') return;
    this.number += 1;
    const hasDigit = /\p{Nd}/u.test(raw);
    const isHeadline = this.titleStart.length >= 8 && raw.toLowerCase().includes(this.titleStart);
    if (!hasDigit && !isHeadline) return;
    const text = collapse(raw);
    this.lines.push({
      text,
      number: this.number,
      isTitle: isHeadline,
      isHeading: this.inHeading,
      place,
      inLink: linkChars * 2 > raw.length,
    });
  }
}

/** The day on which the page was looked at, and the bar that a web archive puts above its copies. */
function namesClock({ attribs }: HtmlElement): boolean {
  if (attribs.id?.startsWith('wm-ipp') === true) return true;
  const words = nameWords(attribs);
  return words !== '' && /^(?:(?:uhr|clock|today|current(?: date| time)?|datum heute)(?: |$))+$/.test(words);
}

function placeOf({ name, attribs }: HtmlElement, outer: Line['place']): Line['place'] {
  if (outer === 'comment' || name === 'body') return outer;
  const words = nameWords(attribs);
  if (words !== '' && COMMENT_NAME.test(words)) return 'comment';
  if (outer === 'apart' || name === 'aside' || name === 'nav' || name === 'footer') return 'apart';
  return words !== '' && APART_NAME.test(words) ? 'apart' : 'article';
}
