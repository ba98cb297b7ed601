/** The parts of an article that selectors name. */
export const SELECTED_PARTS = ['title', 'summary', 'body', 'author', 'publishedAt'] as const;
export type SelectedPart = (typeof SELECTED_PARTS)[number];

/**
 * How the reading by selectors compares with the generic one, for one part of one page: `same`; `different` where both
 * found something else; `missing` where the selector found nothing and generic reading did; `alone` the other way
 * round; `none` where neither did.
 */
export type PartVerdict = 'same' | 'different' | 'missing' | 'alone' | 'none';

/** One part of one page, read both ways; texts are cut. */
export interface PartReading {
  readonly verdict: PartVerdict;
  readonly bySelector: string;
  readonly generic: string;
}

export type PageComparison = Readonly<Partial<Record<SelectedPart, PartReading>>>;

/** A page as evidence. */
export interface PartSample extends PartReading {
  readonly url: string;
  readonly at: string;
}

/** What is known of one part's selector. */
export interface PartWatch {
  /** Pages on which both agreed, and on which they did not, outside of a suspicion. */
  readonly good: number;
  readonly bad: number;
  /** Evidence that it has become worse, or better again while a notice is open; natural logarithm of odds. */
  readonly evidence: number;
  /** Pages of the present suspicion on which they did not agree. */
  readonly suspect: number;
  readonly lastGood?: PartSample;
  readonly firstBad?: PartSample;
  /** Since when a notice is open. */
  readonly openedAt?: string;
}

/** A notice that was opened and has been closed again. */
export interface ClosedRot {
  readonly part: SelectedPart;
  readonly openedAt: string;
  readonly closedAt: string;
  readonly why: 'recovered' | 'selectors-changed';
}

/** An outlet's selectors under watch. */
export interface SelectorWatch {
  /** Fingerprint of the selectors; with others everything begins anew. */
  readonly selectors: string;
  readonly checked: number;
  readonly parts: Readonly<Partial<Record<SelectedPart, PartWatch>>>;
  /** Newest last. */
  readonly closed: readonly ClosedRot[];
}

/** Odds of two thousand to one open a notice: three or four bad pages in a row where selectors hardly ever fail. */
const OPEN_AT = Math.log(2000);
/** Odds of twenty to one close it: about five good pages in a row. */
const CLOSE_AT = Math.log(20);
/** What is believed of a selector that nobody has seen at work: it disagrees on one page of twenty. */
const PRIOR_GOOD = 19;
const PRIOR_BAD = 1;
/** Beyond so many pages the older ones count less. */
const PAGES_REMEMBERED = 200;
/** So many pages show how often a part disagrees anyway; a selector that found nothing on the first ones is told at once. */
const PAGES_TO_LEARN = 12;
const NEVER_FOUND = 4;

/** Where generic reading never agreed, its being different shows nothing. */
const GOOD_TO_COMPARE = 3;
const CLOSED_KEPT = 10;

const UNWATCHED: PartWatch = { good: 0, bad: 0, evidence: 0, suspect: 0 };

/**
 * Takes note of one page read both ways.
 *
 * The first dozen pages show how often each part disagrees anyway. From then on a cumulative sum of log likelihood ratios (Page's test) weighs "disagrees as often as it always has"
 * against "disagrees half-way from there to always". It opens a notice at odds of two thousand to one. While one is open
 * the sum runs the other way and closes it at twenty to one. Other selectors close all notices at once.
 *
 * @param selectors  fingerprint of the selectors that were used
 * @see Page 1954, Continuous inspection schemes, doi:10.1093/biomet/41.1-2.100
 */
export function notePage(
  watch: SelectorWatch | undefined,
  selectors: string,
  page: { readonly url: string; readonly at: string; readonly parts: PageComparison },
): SelectorWatch {
  const current = withSelectors(watch, selectors, page.at);
  const parts: Partial<Record<SelectedPart, PartWatch>> = { ...current.parts };
  let { closed } = current;
  for (const part of SELECTED_PARTS) {
    const reading = page.parts[part];
    if (reading === undefined) continue;
    const before = parts[part] ?? UNWATCHED;
    const after = notePart(before, { ...reading, url: page.url, at: page.at });
    parts[part] = after;
    if (before.openedAt !== undefined && after.openedAt === undefined)
      closed = [...closed, { part, openedAt: before.openedAt, closedAt: page.at, why: 'recovered' }];
  }
  return { ...current, checked: current.checked + 1, parts, closed: closed.slice(-CLOSED_KEPT) };
}

/** The watch if it is of these selectors; else a new one, in which the notices of the old are closed. */
export function withSelectors(
  watch: SelectorWatch | undefined,
  selectors: string,
  at: string,
): SelectorWatch {
  if (watch?.selectors === selectors) return watch;
  const closed = openRot(watch).map(
    ({ part, openedAt }): ClosedRot => ({ part, openedAt, closedAt: at, why: 'selectors-changed' }),
  );
  return {
    selectors,
    checked: 0,
    parts: {},
    closed: [...(watch?.closed ?? []), ...closed].slice(-CLOSED_KEPT),
  };
}

/** The parts with an open notice. */
export function openRot(
  watch: SelectorWatch | undefined,
): (PartWatch & { readonly part: SelectedPart; readonly openedAt: string })[] {
  return SELECTED_PARTS.flatMap((part) => {
    const state = watch?.parts[part];
    return state?.openedAt === undefined ? [] : [{ ...state, part, openedAt: state.openedAt }];
  });
}

/** Whether more pages should be looked at: a part is not known yet, has just drifted or has a notice. */
export function isSuspected(watch: SelectorWatch | undefined): boolean {
  return SELECTED_PARTS.some((part) => {
    const state = watch?.parts[part];
    return state !== undefined && (state.openedAt !== undefined || state.evidence > 0 || isNew(state));
  });
}

function notePart(watch: PartWatch, sample: PartSample): PartWatch {
  const isBad = disagrees(watch, sample.verdict);
  if (isBad === undefined) return watch;
  const seen: PartWatch = isBad
    ? { ...watch, firstBad: watch.firstBad ?? sample }
    : { ...watch, lastGood: watch.openedAt === undefined ? sample : (watch.lastGood ?? sample) };
  if (seen.openedAt !== undefined) return recover(seen, isBad);
  return isNew(seen) ? learn(seen, isBad, sample.at) : weigh(seen, isBad, sample.at);
}

function learn(watch: PartWatch, isBad: boolean, at: string): PartWatch {
  const good = watch.good + (isBad ? 0 : 1);
  const bad = watch.bad + (isBad ? 1 : 0);
  if (good === 0 && bad >= NEVER_FOUND) return { ...watch, openedAt: at };
  const { firstBad: _firstBad, ...calm } = watch;
  return { ...(isBad ? watch : calm), good, bad };
}

function isNew({ good, bad }: PartWatch): boolean {
  return good + bad < PAGES_TO_LEARN;
}

/** `undefined` where the page shows nothing either way. */
function disagrees({ good }: PartWatch, verdict: PartVerdict): boolean | undefined {
  switch (verdict) {
    case 'same':
      return false;
    case 'missing':
      return true;
    case 'different':
      return good >= GOOD_TO_COMPARE ? true : undefined;
    default:
      return undefined;
  }
}

/** How often the part usually disagrees, and how often it would if its selector had failed on many pages. */
function ratesOf({ good, bad }: PartWatch): { usual: number; rotten: number } {
  const usual = (bad + PRIOR_BAD) / (good + bad + PRIOR_GOOD + PRIOR_BAD);
  return { usual, rotten: (1 + usual) / 2 };
}

function likelihoodRatio(watch: PartWatch, isBad: boolean): number {
  const { usual, rotten } = ratesOf(watch);
  return isBad ? Math.log(rotten / usual) : Math.log((1 - rotten) / (1 - usual));
}

function weigh(watch: PartWatch, isBad: boolean, at: string): PartWatch {
  const evidence = watch.evidence + likelihoodRatio(watch, isBad);
  const suspect = watch.suspect + (isBad ? 1 : 0);
  if (evidence >= OPEN_AT) return { ...watch, evidence: 0, suspect: 0, openedAt: at };
  if (evidence > 0) return { ...watch, evidence, suspect, good: watch.good + (isBad ? 0 : 1) };
  const { firstBad: _firstBad, ...calm } = watch;
  const good = watch.good + (isBad ? 0 : 1);
  const bad = watch.bad + suspect;
  const kept = good + bad > PAGES_REMEMBERED ? PAGES_REMEMBERED / (good + bad) : 1;
  return { ...calm, evidence: 0, suspect: 0, good: good * kept, bad: bad * kept };
}

function recover(watch: PartWatch, isBad: boolean): PartWatch {
  const evidence = Math.max(0, watch.evidence - likelihoodRatio(watch, isBad));
  if (evidence < CLOSE_AT) return { ...watch, evidence };
  const { openedAt: _openedAt, firstBad: _firstBad, ...calm } = watch;
  return { ...calm, evidence: 0, suspect: 0 };
}
