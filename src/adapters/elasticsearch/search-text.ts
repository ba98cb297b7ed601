import type { Query } from './documents.ts';

/** One word, or several that must stand together, as asked for or to be left out. */
interface Term {
  readonly words: string;
  readonly isPhrase: boolean;
  readonly isExcluded: boolean;
}

/** Longer searches are pasted texts; what comes after is not looked for. */
const MOST_TERMS = 50;
const MOST_CHARACTERS = 2000;

/**
 * Score for each word: a match in the spelling that was asked for stands above any other, and a match in the title
 * above one in the body. No word's own score (BM25) comes to more than 35 among millions of articles.
 */
const ACCENTED_SCORE = 100;
const TITLE_SCORE = 40;

/**
 * Reads what a person typed: all words must occur; `"several words"` stand together; `-word` must not occur; `or`
 * stands between alternatives and binds less than what stands side by side. Every text means something and none fails.
 *
 * @returns alternatives, each a list of terms; empty where there is nothing to look for
 */
export function parseSearch(text: string): Term[][] {
  const alternatives: Term[][] = [[]];
  let terms = 0;
  const pieces = text
    .normalize('NFC')
    .slice(0, MOST_CHARACTERS)
    .matchAll(/(-?)"([^"]*)"?|([^\s"]+)/gu);
  for (const [, minus = '', phrase, word = ''] of pieces) {
    if (/^or$/iu.test(word)) {
      alternatives.push([]);
      continue;
    }
    const isPhrase = phrase !== undefined;
    const words = isPhrase ? phrase : word.replace(/^-+/u, '');
    if (!/[\p{L}\p{N}]/u.test(words)) continue;
    if (++terms > MOST_TERMS) break;
    const isExcluded = isPhrase ? minus === '-' : word.startsWith('-');
    alternatives.at(-1)?.push({ words, isPhrase, isExcluded });
  }
  return alternatives.filter((alternative) => alternative.length > 0);
}

/**
 * The query of a search over title, summary and body: with or without diacritics all that matches is found, and what
 * is spelt as asked stands first. A search typed without any diacritics says nothing of spelling and prefers none.
 */
export function searchQuery(text: string): Query {
  const alternatives = parseSearch(text);
  if (alternatives.length === 0) return { match_none: {} };
  return { bool: { should: alternatives.map(alternativeQuery), minimum_should_match: 1 } };
}

function alternativeQuery(terms: readonly Term[]): Query {
  const wanted = terms.filter(({ isExcluded }) => !isExcluded);
  const excluded = terms.filter(({ isExcluded }) => isExcluded);
  const all = (field: string): Query => ({ bool: { must: wanted.map((term) => termQuery(field, term)) } });
  const lift = (field: string, score: number): Query => ({
    constant_score: { filter: all(field), boost: score * wanted.length },
  });
  const isAccented = /[^\p{ASCII}]/u.test(wanted.map(({ words }) => words).join(''));
  return {
    bool: {
      must: wanted.map((term) => termQuery('searched.folded', term)),
      must_not: excluded.map((term) => termQuery('searched.folded', term)),
      should:
        wanted.length === 0
          ? []
          : [
              lift('title.folded', TITLE_SCORE),
              ...(isAccented ? [lift('searched', ACCENTED_SCORE), lift('title', TITLE_SCORE)] : []),
            ],
    },
  };
}

/** A word that the tokenizer takes apart (`covid-19`) stands for its parts side by side. */
function termQuery(field: string, { words, isPhrase }: Term): Query {
  const isOneWord = !isPhrase && /^[\p{L}\p{M}\p{N}]+$/u.test(words);
  return isOneWord ? { match: { [field]: { query: words } } } : { match_phrase: { [field]: words } };
}
