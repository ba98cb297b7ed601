/** Reads `config/lexicon.tsv`: the polar terms of health news and the words that change what a term is worth. */
import { ConfigError, type ConfigFault } from '../errors.ts';
import { fold, normalise } from './normalise.ts';
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

/**
 * Classes whose terms say that something is good or bad; the weight is how much, in [-1, 1].
 *
 * `rescue` does more: harm, illness and accident told in the same sentence are what was overcome (`cứu sống sản phụ
 * nguy kịch`), save for what is past rescue, which is harm of weight -1 (`tử vong`). `counter` is good in itself and
 * aims at what follows it, which counts for little then (`khống chế dịch`). `aid` does the same to all want and
 * suffering that follows in the sentence (`tặng quà cho gia đình có người tử vong`).
 */
export const POLAR_CLASSES = [
  ...NEGATIVE_CLASSES,
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
  'joy',
  'tone',
] as const;

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

export interface LexiconTerm {
  readonly term: string;
  readonly weight: number;
  readonly class: LexiconClass;
  /** Where it comes from; the head of the file says what each word means. */
  readonly origin: string;
  readonly isPolar: boolean;
}

export interface Lexicon {
  readonly version: string;
  readonly terms: readonly LexiconTerm[];
  readonly matcher: TermMatcher<LexiconTerm>;
  /** For text without diacritics. Terms that fold to one form with opposite signs are left out: nobody can tell. */
  readonly foldedMatcher: TermMatcher<LexiconTerm>;
}

const COLUMNS = 4;
const POLAR: ReadonlySet<string> = new Set(POLAR_CLASSES);
const MODIFIERS: ReadonlySet<string> = new Set(MODIFIER_CLASSES);

/**
 * Parses a lexicon file: first line `version<TAB>…`, then one `term<TAB>weight<TAB>class<TAB>origin` per line;
 * empty lines and lines that begin with `#` are skipped.
 *
 * @param file  name for faults
 * @throws {ConfigError} with every fault and its line: bad columns, unknown class, a weight out of range or of the
 *   wrong sign for its class, a term that stands twice
 */
export function parseLexicon(text: string, file: string): Lexicon {
  const faults: ConfigFault[] = [];
  const lines = text.split(/\r?\n/u);
  const version = /^version\t(\S+)\s*$/u.exec(lines[0] ?? '')?.[1];
  if (version === undefined)
    faults.push({ file, line: 1, expected: 'version<TAB>the version, without spaces' });

  const terms: LexiconTerm[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === '' || line.startsWith('#')) continue;
    const parsed = parseLine(line);
    if (typeof parsed === 'string') {
      faults.push({ file, line: index + 1, expected: parsed });
      continue;
    }
    const earlier = lineOf.get(parsed.term);
    if (earlier !== undefined) {
      faults.push({
        file,
        line: index + 1,
        expected: `a term not given yet; \`${parsed.term}\` stands on line ${earlier}`,
      });
      continue;
    }
    lineOf.set(parsed.term, index + 1);
    terms.push(parsed);
  }
  if (terms.length === 0) faults.push({ file, expected: 'at least one term' });
  if (faults.length > 0 || version === undefined) throw new ConfigError(faults);

  const foldedMatcher = createTermMatcher(unambiguousWhenFolded(terms), { folded: true, abbreviated: true });
  const exact = createTermMatcher(
    terms.map((term) => [term.term, term] as const),
    { abbreviated: true },
  );
  return { version, terms, matcher: inEitherSpelling(exact, () => foldedMatcher), foldedMatcher };
}

/** The term, or what should have stood there. */
function parseLine(line: string): LexiconTerm | string {
  const columns = line.split('\t');
  if (columns.length !== COLUMNS)
    return `term, weight, class and origin, parted by tabs; found ${columns.length} columns`;
  const [rawTerm = '', rawWeight = '', termClass = '', origin = ''] = columns.map((column) => column.trim());
  const term = normalise(rawTerm).toLowerCase();
  const weight = Number(rawWeight);
  if (term === '') return 'a term';
  if (rawWeight === '' || !(Math.abs(weight) <= 1)) return `a weight from -1 to 1; found \`${rawWeight}\``;
  if (origin === '') return 'an origin';
  const isPolar = POLAR.has(termClass);
  if (!isPolar && !MODIFIERS.has(termClass)) return `a known class; found \`${termClass}\``;
  const wrong = wrongWeight(termClass as LexiconClass, weight);
  return wrong ?? { term, weight, class: termClass as LexiconClass, origin, isPolar };
}

const BELOW_ZERO: ReadonlySet<string> = new Set([
  ...NEGATIVE_CLASSES,
  'negator',
  'diminisher',
  'modality',
  'frame',
]);

function wrongWeight(termClass: LexiconClass, weight: number): string | undefined {
  if (termClass === 'tone') return weight === 0 ? 'a weight other than 0 for class `tone`' : undefined;
  if (termClass === 'neutral') return weight === 0 ? undefined : 'weight 0 for class `neutral`';
  if (BELOW_ZERO.has(termClass))
    return weight < 0 ? undefined : `a weight below 0 for class \`${termClass}\``;
  return weight > 0 ? undefined : `a weight above 0 for class \`${termClass}\``;
}

function unambiguousWhenFolded(terms: readonly LexiconTerm[]): (readonly [string, LexiconTerm])[] {
  const byFolded = new Map<string, LexiconTerm[]>();
  for (const term of terms) {
    const key = fold(term.term);
    byFolded.set(key, [...(byFolded.get(key) ?? []), term]);
  }
  const kept: (readonly [string, LexiconTerm])[] = [];
  for (const group of byFolded.values()) {
    const strongest = group.reduce((a, b) => (Math.abs(b.weight) > Math.abs(a.weight) ? b : a));
    const agree = group.every(
      (term) => term.isPolar === strongest.isPolar && term.weight * strongest.weight >= 0,
    );
    if (agree) kept.push([strongest.term, strongest]);
  }
  return kept;
}
