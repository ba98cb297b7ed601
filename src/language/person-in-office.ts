/**
 * Persons who are named with their office: `Giám đốc Sở Y tế Phú Thọ Nguyễn Văn A`, `TS Nguyễn Văn A, Viện trưởng …`.
 *
 * A name without an office is nobody's mention, however often it comes.
 */
import { fold } from './normalise.ts';
import type { Office, OfficeRegistry } from './office-registry.ts';
import { NO_BREAK, PHRASE_BREAK, SENTENCE_BREAK, type Syllable, syllabify } from './syllables.ts';
import { isAllCapitals, isNumber, isShouted, type TokenRun } from './token-run.ts';

/** A stretch of syllables that something else was recognised in. */
export interface Named {
  readonly from: number;
  readonly to: number;
  readonly id: string;
  readonly province?: string | undefined;
}

export interface OfficeMatch {
  readonly from: number;
  readonly to: number;
  readonly office: Office;
}

export interface PersonMention {
  readonly from: number;
  readonly to: number;
  readonly id: string;
  readonly name: string;
  readonly province?: string;
}

export type PersonReader = (
  run: TokenRun,
  offices: readonly OfficeMatch[],
  facilities: readonly Named[],
  places: readonly Named[],
) => PersonMention[];

/** `Trưởng khoa Hồi sức tích cực và Chống độc, Trung tâm …, Bệnh viện …` is about as long as they get. */
const MAX_BODY = 30;
const MAX_BODY_BREAKS = 3;
const MIN_NAME = 2;
const MAX_NAME = 4;
const SYLLABLES_OF_PLACE = 2;

/** What follows one of these is a place, though its first word be a surname: `huyện Mai Châu`. */
const MAX_BODY_WORD = 4;
const LINKS = new Set('và của các tại kiêm thuộc'.split(' '));
const NAMED_AFTER = new Set('học thpt thcs trường non đoàn'.split(' '));
const UNITS = new Set('tỉnh phố tp huyện quận xã phường trấn khu'.split(' '));
const FORMER = new Set(['nguyên', 'cựu']);
const IS = new Set(['là', 'hiện', 'làm', 'giữ', 'chức', 'nguyên', 'cựu']);

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** An office as the text words it. */
interface Held {
  readonly office: Office;
  readonly isFormer: boolean;
  readonly body: string;
  readonly facility?: Named | undefined;
}

interface Holder extends Stretch {
  readonly name: Stretch;
  readonly person: string;
  readonly held: Held;
}

/** How far an office has been read: its body, and the name behind it where there is one. */
interface Walk {
  at: number;
  bodyEnd: number;
  breaks: number;
  /** What follows a unit's word is a place up to here, though it may begin with a surname. */
  placeUntil: number;
  facility?: Named | undefined;
  name?: Stretch | undefined;
  /** It broke off within a name: the body is none that we know. */
  isCutShort?: boolean;
}

/** @param surnames  with which a person's name may begin, in any letter case */
export function createPersonReader(
  { degrees, bodyWords, notNames }: OfficeRegistry,
  surnames: readonly string[],
): PersonReader {
  const isDegree = wordsOf(degrees);
  const isBodyWord = new Set(
    bodyWords.map((phrase) =>
      syllabify(phrase)
        .map(({ text }) => text)
        .join(' '),
    ),
  );
  const isSurname = wordsOf(surnames);
  const noNames = new Set(notNames.map((name) => name.toLowerCase().split(' ').slice(0, 2).join(' ')));
  // `ông` is a surname too, and far oftener what a man is called.
  for (const degree of isDegree) isSurname.delete(degree);

  const nameAt = (run: TokenRun, from: number): Stretch | undefined => {
    if (!isSurname.has(run.syllables[from]?.text ?? '')) return undefined;
    let to = from;
    while (to - from < MAX_NAME && isPartOfName(run, to, from)) to += 1;
    return to - from >= MIN_NAME && !isNoName(run, from) ? { from, to } : undefined;
  };

  const isNoName = ({ syllables }: TokenRun, from: number) =>
    noNames.has(`${syllables[from]?.text} ${syllables[from + 1]?.text}`);

  /** The name that ends at `to`, the longest that begins with a surname. */
  const nameBefore = (run: TokenRun, to: number): Stretch | undefined => {
    const { syllables } = run;
    let best: Stretch | undefined;
    for (let from = to - 1; from >= 0 && to - from <= MAX_NAME; from -= 1) {
      const syllable = syllables[from] as Syllable;
      if (!syllable.isCapital || isNumber(syllable)) break;
      if (to - from >= MIN_NAME && isSurname.has(syllable.text) && !isNoName(run, from)) best = { from, to };
      if (syllable.breakBefore !== NO_BREAK) break;
    }
    return best;
  };

  /** Syllables of the longest phrase at `at` that bodies are named with; 0 where none begins there. */
  const bodyWordsAt = ({ syllables }: TokenRun, at: number): number => {
    for (let length = MAX_BODY_WORD; length > 0; length -= 1) {
      const phrase = syllables.slice(at, at + length);
      if (isBodyWord.has(phrase.map(({ text }) => text).join(' '))) return phrase.length;
    }
    return 0;
  };

  /** Takes a place, a facility, a degree or words of a body in; false where none of them stands at `walk.at`. */
  const takeIn = (run: TokenRun, walk: Walk, named: Surroundings): boolean => {
    const { text, isCapital } = run.syllables[walk.at] as Syllable;
    const within = facilityOrPlace(named, walk.at);
    if (within !== undefined) {
      walk.facility ??= facilityAt(named, walk.at);
      walk.at = within.to;
      walk.bodyEnd = walk.at;
      return true;
    }
    if (isDegree.has(text) || LINKS.has(text)) {
      walk.at += 1;
      return true;
    }
    // Companies, clubs and the like are nobody's office here: every word must be known, or name a place.
    const isPlaceName = isCapital && walk.at < walk.placeUntil;
    const length = isPlaceName ? 1 : bodyWordsAt(run, walk.at);
    if (length === 0 || walk.facility !== undefined) return false;
    walk.at += length;
    walk.bodyEnd = walk.at;
    return true;
  };

  /** One step on from an office; false where its words end. */
  const step = (run: TokenRun, walk: Walk, named: Surroundings): boolean => {
    const first = run.syllables[walk.at] as Syllable;
    if (first.breakBefore !== NO_BREAK) walk.breaks += 1;
    if (first.breakBefore === SENTENCE_BREAK || walk.breaks > MAX_BODY_BREAKS) return false;
    const isFree = walk.at >= walk.placeUntil && facilityOrPlace(named, walk.at) === undefined;
    walk.name = isFree ? nameAt(run, walk.at) : undefined;
    if (walk.name !== undefined) return false;
    if (!takeIn(run, walk, named)) {
      walk.isCutShort = first.isCapital;
      return false;
    }
    walk.placeUntil = Math.max(walk.placeUntil, walk.at + syllablesOfHouse(run, walk.at - 1));
    return true;
  };

  const readOn = (run: TokenRun, office: Stretch, until: number, named: Surroundings): Walk => {
    const walk: Walk = { at: office.to, bodyEnd: office.to, breaks: 0, placeUntil: 0 };
    while (walk.at < until && step(run, walk, named)) {
      // Each step moves on.
    }
    return walk;
  };

  const holderOf = (
    run: TokenRun,
    match: OfficeMatch,
    until: number,
    last: Holder | undefined,
    named: Surroundings,
  ): Holder | undefined => {
    const isFormer = FORMER.has(run.syllables[match.from - 1]?.text ?? '');
    const begin = isFormer ? match.from - 1 : match.from;
    // `…, Ủy viên Trung ương Đảng, Bộ trưởng …`: one person after another office of theirs.
    const before = last?.to === begin ? last.name : nameBefore(run, nameEndBefore(run, begin));
    const { facility, bodyEnd, name, isCutShort } = readOn(run, match, until, named);
    const isDirect = name !== undefined && isUnbroken(run, match.from, name.from);
    const whose = isDirect ? name : (before ?? name);
    if (whose === undefined || (isCutShort === true && facility === undefined && !match.office.alone)) {
      return undefined;
    }
    return {
      name: whose,
      person: sliceOf(run, whose),
      held: { office: match.office, isFormer, facility, body: sliceOf(run, { from: match.to, to: bodyEnd }) },
      from: Math.min(begin, whose.from),
      to: whose === name ? whose.to : bodyEnd,
    };
  };

  return (run, offices, facilities, places) => {
    const named = { facilities, places };
    const holders: Holder[] = [];
    for (const [index, match] of offices.entries()) {
      if (isShouted(run, match.from)) continue;
      const until = Math.min(
        match.from + MAX_BODY,
        offices[index + 1]?.from ?? Number.POSITIVE_INFINITY,
        run.syllables.length,
      );
      const holder = holderOf(run, match, until, holders.at(-1), named);
      if (holder !== undefined) holders.push(holder);
    }
    return mentionsOf(holders);
  };
}

function wordsOf(phrases: readonly string[]): Set<string> {
  return new Set(phrases.flatMap((phrase) => syllabify(phrase).map(({ text }) => text)));
}

/** An abbreviation goes on after a name only where the name is in capitals too. */
function isPartOfName(run: TokenRun, at: number, from: number): boolean {
  const syllable = run.syllables[at];
  if (syllable?.isCapital !== true || isNumber(syllable)) return false;
  return (
    at === from ||
    (syllable.breakBefore === NO_BREAK && (!isAllCapitals(run, at) || isAllCapitals(run, from)))
  );
}

/** How long the name may be that a unit, a school or the like bears: `huyện Mai Châu`, `Trường Tiểu học Nguyễn …`. */
function syllablesOfHouse({ syllables }: TokenRun, at: number): number {
  const { text } = syllables[at] as Syllable;
  if (NAMED_AFTER.has(text)) return MAX_NAME;
  return UNITS.has(text) ? SYLLABLES_OF_PLACE : 0;
}

function isUnbroken({ syllables }: TokenRun, from: number, to: number): boolean {
  for (let at = from + 1; at <= to; at += 1) if (syllables[at]?.breakBefore !== NO_BREAK) return false;
  return true;
}

/** Where a name must end to belong to the office behind it: at a comma or a dash, or before `là`; 0 where none may. */
function nameEndBefore({ syllables, text }: TokenRun, office: number): number {
  let end = office;
  while (end > 0 && IS.has(syllables[end - 1]?.text ?? '')) end -= 1;
  const between = text.slice(syllables[end - 1]?.end ?? 0, syllables[end]?.start ?? 0);
  const isParted = syllables[end]?.breakBefore === PHRASE_BREAK && !between.includes(';');
  return end < office || isParted ? end : 0;
}

interface Surroundings {
  readonly facilities: readonly Named[];
  readonly places: readonly Named[];
}

function facilityAt({ facilities }: Surroundings, at: number): Named | undefined {
  return facilities.find(({ from, to }) => from <= at && at < to);
}

function facilityOrPlace(named: Surroundings, at: number): Named | undefined {
  return facilityAt(named, at) ?? named.places.find(({ from, to }) => from <= at && at < to);
}

function sliceOf({ text, syllables }: TokenRun, { from, to }: Stretch): string {
  if (to <= from) return '';
  return text
    .slice((syllables[from] as Syllable).start, (syllables[to - 1] as Syllable).end)
    .replace(/\s+/gu, ' ');
}

/** One id for each person of a text: by the office that says most. */
function mentionsOf(holders: readonly Holder[]): PersonMention[] {
  const best = new Map<string, Holder>();
  for (const holder of holders) {
    const key = fold(holder.person);
    const other = best.get(key);
    if (other === undefined || weight(holder.held) > weight(other.held)) best.set(key, holder);
  }
  return holders.flatMap((holder) => {
    const { held, person } = best.get(fold(holder.person)) as Holder;
    if (weight(held) === 0) return [];
    const office = [held.isFormer ? 'nguyên' : '', held.office.name, held.body].filter(Boolean).join(' ');
    const id = [person, held.isFormer ? 'nguyên' : '', held.office.id, held.facility?.id ?? held.body]
      .map((part) => fold(part).replaceAll(/[^a-z0-9]+/gu, '-'))
      .filter(Boolean)
      .join('-');
    const province = held.facility?.province;
    return [
      {
        from: holder.from,
        to: holder.to,
        id,
        name: `${person} – ${office}`,
        ...(province === undefined ? {} : { province }),
      },
    ];
  });
}

function weight({ office, facility, body }: Held): number {
  if (office.rank) return 0;
  if (facility !== undefined) return 3;
  if (office.alone) return body === '' ? 1 : 2;
  return body === '' ? 0 : 2;
}
