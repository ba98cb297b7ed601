import type { AnalysableText } from '../src/domain/analysis.ts';
import { type Entry, settle } from '../src/domain/entry.ts';
import type { Language } from '../src/language/language.ts';

/**
 * Judges an entry by the best text there is: its page, or its title and summary while the page is not read.
 *
 * @returns the entry with its analysis and due for the index; or settled as irrelevant; or unchanged where its title
 *          alone is no ground for either and its page may still come
 */
export function judgeEntry(entry: Entry, language: Language, at: string): Entry {
  const analysis = language.analyse(textOf(entry), { fromHealthFeed: entry.fromHealthFeed });
  if (analysis.relevance.isHealth) {
    return { ...entry, analysis, ...(entry.outcome === 'pending' ? { stage: 'index' } : {}) };
  }
  const isLastWord = entry.text !== undefined;
  return isLastWord
    ? settle(entry, { outcome: 'irrelevant', stage: 'analyse', at, reason: 'not-health' })
    : entry;
}

function textOf(entry: Entry): AnalysableText {
  return entry.text ?? { title: entry.title, summary: entry.summary, body: '' };
}
