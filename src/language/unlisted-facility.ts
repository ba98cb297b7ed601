/** Facilities that no registry lists, told by their head: `Trung tâm Y tế huyện Thanh Oai`, `BV Đa khoa Hồng Phúc`. */
import type { FacilityHead, FacilityRegistry } from './facility-registry.ts';
import { fold } from './normalise.ts';
import { NO_BREAK, type Syllable, syllabify } from './syllables.ts';
import { createTermMatcher } from './term-matcher.ts';
import { isAllCapitals, isNumber, type TokenRun } from './token-run.ts';

/** Longer names exist; longer runs of capitals are mostly a name followed by a person's. */
const MAX_PROPER = 5;
/** `bệnh viện 500 giường` counts beds. */
const COUNTED = new Set(
  'giường tầng sao tỷ tỉ triệu năm ca bệnh người cơ công nạn trẻ học em bé tuổi km m ngày giờ tháng trường'.split(
    ' ',
  ),
);
/** Where one of these begins inside a run of capitals and two syllables follow, a person's name begins. */
export const COMMON_SURNAMES: ReadonlySet<string> = new Set(
  'nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô đinh đoàn trịnh trương'.split(' '),
);
const MAX_NUMBER = 3;

export interface UnlistedFacility {
  readonly id: string;
  readonly name: string;
  /** Index of the syllable after its last. */
  readonly to: number;
  /** Index at which fillers end and the proper name begins. */
  readonly proper: number;
  readonly level: FacilityHead['level'];
}

/** The id of what no registry lists; the same with and without `tỉnh`, `TP`, `chuyên khoa`, and for `ĐH` and `Đại học`. */
export function unlistedId(slug: string, name: readonly Syllable[]): string {
  return [slug, ...name.map(({ text }) => (text === 'đh' ? 'dai-hoc' : fold(text)))]
    .join('-')
    .replaceAll(/[^a-z0-9-]/gu, '')
    .replaceAll(/-(?:tinh|thanh-pho|tp|chuyen-khoa)(?=-)/gu, '');
}

export type UnlistedReader = (
  run: TokenRun,
  head: FacilityHead,
  from: number,
  afterHead: number,
) => UnlistedFacility | undefined;

/** @returns a reader of the name that follows a head, `undefined` where none does */
export function createUnlistedReader({ fillers, notProper, abroad }: FacilityRegistry): UnlistedReader {
  const fillerTerms = fillers.map((filler) => [filler, filler] as const);
  const fillerMatcher = createTermMatcher(fillerTerms);
  const kindsBegin = new Set(fillers.map((filler) => syllabify(filler)[0]?.text ?? ''));
  const improper = new Set(notProper.map(wordsOf));
  const countries = new Set(abroad.map(wordsOf));

  return (run, head, from, afterHead) => {
    const { syllables, text } = run;
    const proper = afterFillers(syllables, afterHead);
    const hasFillers = proper > afterHead;
    const to = properEnd(run, proper, hasFillers || syllables[from]?.isCapital === true);
    if (to === proper) return undefined;
    const words = syllables.slice(proper, to).map((syllable) => syllable.text);
    if (countries.has(words.join(' ')) || (!hasFillers && improper.has(words.join(' ')))) return undefined;
    if (words.length === 1 && isHalfAKind(words[0] ?? '', hasFillers)) return undefined;
    if (words.length === 1 && !hasFillers && isCutShort(run, proper)) return undefined;

    const rest = syllables.slice(afterHead, to);
    const first = rest[0] as Syllable;
    const last = rest.at(-1) as Syllable;
    return {
      id: unlistedId(head.slug, rest),
      name: `${head.name} ${text.slice(first.start, last.end).replace(/\s+/gu, ' ')}`,
      to,
      proper,
      level: head.level,
    };
  };

  /** `Bệnh viện Chấn …`, `Bệnh viện Đại học Y …`: the beginning of a kind that goes on in words we do not know. */
  function isHalfAKind(word: string, hasFillers: boolean): boolean {
    return kindsBegin.has(word) || (hasFillers && /^\p{L}$/u.test(word));
  }

  function afterFillers(syllables: readonly Syllable[], from: number): number {
    const window = syllables.slice(from, from + 8);
    let at = 0;
    for (const match of fillerMatcher.longest(window)) {
      if (match.from !== at) break;
      // A filler may also begin a proper name (`Tim Tâm Đức`), so only its own words are taken.
      if (at > 0 && window[at]?.breakBefore !== NO_BREAK) break;
      if (at === 0 && from > 0 && window[0]?.breakBefore !== NO_BREAK) break;
      at = match.to;
    }
    return from + at;
  }
}

function wordsOf(name: string): string {
  return syllabify(name)
    .map(({ text }) => text)
    .join(' ');
}

/** `Bệnh viện Thiên sứ …`: one capital, and the name goes on in lower case. */
function isCutShort(run: TokenRun, at: number): boolean {
  const next = run.syllables[at + 1];
  const goesOn = next?.breakBefore === NO_BREAK && !next.isCapital && !isNumber(next);
  return goesOn && !isAllCapitals(run, at) && VIETNAMESE.test(run.syllables[at]?.text ?? '');
}

/** Syllables with these letters, or that end otherwise than a Vietnamese one may, are of a foreign name. */
const VIETNAMESE = /^[^fjwz]*(?:[^bdfgjklqrsvwxz]|ng)$/u;

/** `Hữu nghị Việt - Hàn`: one syllable, a hyphen, and a capital. */
function isHyphenated({ syllables, text }: TokenRun, from: number, at: number): boolean {
  const between = text.slice(syllables[at - 1]?.end, syllables[at]?.start);
  return at === from + 1 && /^ [-–] $/u.test(between) && syllables[at]?.isCapital === true;
}

function properEnd(run: TokenRun, from: number, mayBeNumber: boolean): number {
  const { syllables } = run;
  let to = from;
  while (to < syllables.length && to - from < MAX_PROPER) {
    const syllable = syllables[to] as Syllable;
    if (syllable.breakBefore !== NO_BREAK && !isHyphenated(run, from, to)) break;
    if (!(syllable.isCapital || (mayBeNumber && isPlainNumber(syllables, to)))) break;
    if (to > from && beginsPerson(syllables, to)) break;
    to += 1;
  }
  return to;
}

function isPlainNumber(syllables: readonly Syllable[], at: number): boolean {
  const syllable = syllables[at] as Syllable;
  if (!isNumber(syllable) || syllable.text.length > MAX_NUMBER) return false;
  const next = syllables[at + 1];
  return next === undefined || next.breakBefore !== NO_BREAK || !COUNTED.has(next.text);
}

function beginsPerson(syllables: readonly Syllable[], at: number): boolean {
  if (!COMMON_SURNAMES.has(syllables[at]?.text ?? '')) return false;
  return [at + 1, at + 2].every((next) => {
    const syllable = syllables[next];
    return syllable?.isCapital === true && syllable.breakBefore === NO_BREAK;
  });
}
