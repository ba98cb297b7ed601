import type { AnalysableText, Analysis } from '../src/domain/analysis.ts';
import type { PersonsWord } from '../src/domain/correction.ts';
import { type Entry, settle } from '../src/domain/entry.ts';
import type { Language } from '../src/language/language.ts';

/** What a person took out of the archive, as the ledger names it. */
const TAKEN_OUT = 'corrected-not-health';

/**
 * Judges an entry by the best text there is: its page, or its title and summary while the page is not read.
 *
 * @param word  what people say of it: they decide whether it is about health
 * @returns the entry with its analysis and due for the index; or settled as irrelevant; or unchanged where its title
 *          alone is no ground for either and its page may still come
 */
export function judgeEntry(entry: Entry, language: Language, at: string, word: PersonsWord = {}): Entry {
  return decideEntry(entry, analyseEntry(entry, language), at, word);
}

/** What the program says of an entry's text by itself. */
export function analyseEntry(entry: Entry, language: Language): Analysis {
  return language.analyse(textOf(entry), { fromHealthFeed: entry.fromHealthFeed });
}

/** The same for an analysis that is there already; what it says stays the program's own. */
export function decideEntry(entry: Entry, analysis: Analysis, at: string, { isHealth }: PersonsWord): Entry {
  if (isHealth ?? analysis.relevance.isHealth) {
    // Taken back from those that were irrelevant: by a person, or by a lexicon that has learnt.
    const isOpen = entry.outcome === 'pending' || entry.outcome === 'irrelevant';
    const open = isOpen ? settle(entry, { outcome: 'pending', stage: 'index', at }) : entry;
    return { ...open, analysis };
  }
  if (isHealth === false) return takenOut({ ...entry, analysis }, 'analyse', at);
  const isLastWord = entry.text !== undefined;
  return isLastWord
    ? settle(entry, { outcome: 'irrelevant', stage: 'analyse', at, reason: 'not-health' })
    : entry;
}

/** An entry that a person says is not about health. */
export function takenOut(entry: Entry, stage: 'analyse' | 'index', at: string): Entry {
  if (entry.reason === TAKEN_OUT) return entry;
  return settle(entry, { outcome: 'irrelevant', stage, at, reason: TAKEN_OUT });
}

/** What of an entry is analysed. */
export function textOf(entry: Entry): AnalysableText {
  return entry.text ?? { title: entry.title, summary: entry.summary, body: '' };
}
