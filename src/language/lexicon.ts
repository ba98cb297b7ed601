/** Reads `config/lexicon.tsv`: the polar terms of health news and the words that change what a term is worth. */
import { ConfigError, type ConfigFault } from '../errors.ts';
import { findFaults, type PlacedTerm } from './lexicon-faults.ts';
import { foldedGroups, isAgreed } from './lexicon-folded.ts';
import { normalise } from './normalise.ts';
import { createTermMatcher, inEitherSpelling, type TermMatcher } from './term-matcher.ts';

/** Polar classes whose terms weigh below zero. */
const NEGATIVE_CLASSES = [
  'harm',
  'accident',
  'disaster',
  'crime',
  'misconduct',
  'criticism',
  'shortage',
  'outbreak',
  'overload',
  'illness',
  'decline',
  'conflict',
  'distress',
  'fraud',
] as const;

/** Polar classes whose terms weigh above zero. */
const POSITIVE_CLASSES = [
  'rescue',
  'counter',
  'aid',
  'recovery',
  'achievement',
  'praise',
  'support',
  'progress',
  'prevention',
  'benefit',
] as const;

/**
 * Classes whose terms say that something is good or bad; the weight is how much, in [-1, 1].
 *
 * `rescue` does more: harm, illness and accident told in the same sentence are what was overcome (`cứu sống sản phụ
 * nguy kịch`), save for what is past rescue, which is harm of weight -1 (`tử vong`). `counter` is good in itself and
 * aims at what follows it, which counts for little then (`khống chế dịch`). `aid` does the same to all want and
 * suffering that follows in the sentence (`tặng quà cho gia đình có người tử vong`).
 */
export const POLAR_CLASSES = [...NEGATIVE_CLASSES, ...POSITIVE_CLASSES, 'tone'] as const;

/**
 * Classes whose terms are worth nothing themselves. What their weight `w` does:
 *
 * - `negator`: the next polar term is multiplied by `w` (negative);
 * - `shifter`: over a negative term that follows, turns its weight `x` into `-w·x`;
 * - `decrease`: the same over any polar term on either side;
 * - `increase`, `intensifier` (before or after), `diminisher`, `modality` (before): multiply by `1 + w`;
 * - `contrast`: what precedes is multiplied by `1 - w`, what follows by `1 + w`;
 * - `frame`: a headline that holds it tells no event (a service text, a fixture, a price list): all is multiplied
 *   by `1 + w`;
 * - `neutral`: nothing; it keeps shorter terms from matching inside it (`bệnh` in `bệnh viện`).
 */
export const MODIFIER_CLASSES = [
  'negator',
  'shifter',
  'decrease',
  'increase',
  'intensifier',
  'diminisher',
  'modality',
  'contrast',
  'frame',
  'neutral',
] as const;

export type LexiconClass = (typeof POLAR_CLASSES)[number] | (typeof MODIFIER_CLASSES)[number];

/**
 * The part of speech of a term's head, by the labels of the Vietnamese treebank: `N` noun, `Np` proper name, `V` verb
 * (the copula too), `A` adjective, `R` adverb, `E` preposition, `C` conjunction, `P` pronoun and question word,
 * `I` interjection, `X` other, foreign words among them; and its constituent label `S` for a whole clause (`học sinh
 * nhập viện`).
 *
 * Nguyen Phuong-Thai et al., "Building a large syntactically-annotated corpus of Vietnamese", LAW III, 2009.
 */
export const PARTS_OF_SPEECH = ['N', 'Np', 'V', 'A', 'R', 'E', 'C', 'P', 'I', 'S', 'X'] as const;
export type PartOfSpeech = (typeof PARTS_OF_SPEECH)[number];

export interface LexiconTerm {
  readonly term: string;
  readonly weight: number;
  readonly partOfSpeech: PartOfSpeech;
  readonly class: LexiconClass;
  /** Where it comes from; the head of the file says what each word means. */
  readonly origin: string;
  /** Terms of the opposite sign that stand in this one and are meant to count for nothing there. */
  readonly overrules: readonly string[];
  /** What an editor should know: where it means something else in health news than elsewhere. */
  readonly note?: string;
  readonly isPolar: boolean;
}

export interface Lexicon {
  readonly version: string;
  readonly terms: readonly LexiconTerm[];
  readonly matcher: TermMatcher<LexiconTerm>;
  /** For text without diacritics. Terms that fold to one form with opposite signs are left out: nobody can tell. */
  readonly foldedMatcher: TermMatcher<LexiconTerm>;
}

/** Weights by class, least and greatest. The sign is the class's; `tone` alone goes both ways. */
const RANGES: Readonly<Record<LexiconClass, readonly [least: number, greatest: number]>> = {
  ...sameRange(NEGATIVE_CLASSES, [-1, -0.05]),
  ...sameRange(POSITIVE_CLASSES, [0.05, 1]),
  tone: [-0.2, 0.2],
  ...sameRange(['negator', 'diminisher', 'modality', 'frame'], [-1, -0.05]),
  ...sameRange(['shifter', 'decrease', 'increase', 'intensifier', 'contrast'], [0.05, 1]),
  neutral: [0, 0],
};

function sameRange<C extends LexiconClass>(
  classes: readonly C[],
  range: readonly [number, number],
): Record<C, readonly [number, number]> {
  return Object.fromEntries(classes.map((name) => [name, range])) as Record<C, readonly [number, number]>;
}

/** Origin ends what every term must have; what it overrules and a note may follow. */
const LEAST_COLUMNS = 5;
const MOST_COLUMNS = 7;
const POLAR: ReadonlySet<string> = new Set(POLAR_CLASSES);
const TAGS: ReadonlySet<string> = new Set(PARTS_OF_SPEECH);

/**
 * Parses a lexicon file: first line `version<TAB>…`, then per line `term`, `weight`, `part of speech`, `class`,
 * `origin`, and where there is something to say `overrules` (terms parted by `;`) and `note`, parted by tabs; empty
 * lines and lines that begin with `#` are skipped.
 *
 * @param file  name for faults
 * @throws {ConfigError} with every fault and its line: bad columns, unknown class or part of speech, a weight out of its
 *   class's range; and, once every line can be read, what is wrong between them (see `findFaults`)
 */
export function parseLexicon(text: string, file: string): Lexicon {
  const faults: ConfigFault[] = [];
  const lines = text.split(/\r?\n/u);
  const version = /^version\t(\S+)\s*$/u.exec(lines[0] ?? '')?.[1];
  if (version === undefined)
    faults.push({ file, line: 1, expected: 'version<TAB>the version, without spaces' });

  const placed: PlacedTerm[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '' || line.startsWith('#')) continue;
    const parsed = parseLine(line);
    if (typeof parsed === 'string') faults.push({ file, line: index + 1, expected: parsed });
    else placed.push({ ...parsed, line: index + 1 });
  }
  for (const { line, expected } of findFaults(placed)) faults.push({ file, line, expected });
  if (placed.length === 0) faults.push({ file, expected: 'at least one term' });
  if (faults.length > 0 || version === undefined) throw new ConfigError(faults.sort(byLine));

  const terms = placed.map(({ line: _line, ...term }): LexiconTerm => term);
  const foldedMatcher = createTermMatcher(unambiguousWhenFolded(terms), { folded: true, abbreviated: true });
  const exact = createTermMatcher(
    terms.map((term) => [term.term, term] as const),
    { abbreviated: true },
  );
  return { version, terms, matcher: inEitherSpelling(exact, () => foldedMatcher), foldedMatcher };
}

function byLine(a: ConfigFault, b: ConfigFault): number {
  return (a.line ?? 0) - (b.line ?? 0);
}

/** The term, or what should have stood there. */
function parseLine(line: string): LexiconTerm | string {
  const columns = line.split('\t').map((column) => column.trim());
  if (columns.length < LEAST_COLUMNS || columns.length > MOST_COLUMNS) {
    return (
      'term, weight, part of speech, class, origin and perhaps overrules and note, parted by tabs; ' +
      `found ${columns.length} columns`
    );
  }
  const [rawTerm = '', rawWeight = '', partOfSpeech = '', termClass = '', origin = ''] = columns;
  const [overrules = '', note = ''] = columns.slice(LEAST_COLUMNS);
  const term = formOf(rawTerm);
  if (term === '') return 'a term';
  if (!isPartOfSpeech(partOfSpeech))
    return `a part of speech, one of ${PARTS_OF_SPEECH.join(' ')}; found \`${partOfSpeech}\``;
  if (!isClass(termClass)) return `a known class; found \`${termClass}\``;
  const weight = Number(rawWeight);
  const [least, greatest] = RANGES[termClass];
  if (rawWeight === '' || !(weight >= least && weight <= greatest))
    return `a weight from ${least} to ${greatest} for class \`${termClass}\`; found \`${rawWeight}\``;
  if (weight === 0 && termClass === 'tone') return 'a weight other than 0 for class `tone`';
  if (origin === '') return 'an origin';
  return {
    term,
    weight,
    partOfSpeech,
    class: termClass,
    origin,
    overrules: overrules
      .split(';')
      .map(formOf)
      .filter((overruled) => overruled !== ''),
    ...(note === '' ? {} : { note }),
    isPolar: POLAR.has(termClass),
  };
}

function formOf(raw: string): string {
  return normalise(raw).trim().toLowerCase();
}

function isPartOfSpeech(tag: string): tag is PartOfSpeech {
  return TAGS.has(tag);
}

function isClass(name: string): name is LexiconClass {
  return Object.hasOwn(RANGES, name);
}

/** Of terms that read alike without diacritics and agree the strongest; those that contradict each other are left out. */
function unambiguousWhenFolded(terms: readonly LexiconTerm[]): (readonly [string, LexiconTerm])[] {
  return foldedGroups(terms)
    .filter(isAgreed)
    .map((group) => group.reduce((a, b) => (Math.abs(b.weight) > Math.abs(a.weight) ? b : a)))
    .map((strongest) => [strongest.term, strongest]);
}
