import { type ArticleField, SINGLE_FIELDS } from './article-field.ts';
import { readDays } from './search-day.ts';
import { closedValueNamed, hasClosedValues, type SearchField, searchFieldNamed } from './search-fields.ts';
import { searchWords } from './search-words.ts';
import type { SeriesKey } from './series.ts';

export type ArticleFlag = 'corrected' | 'isLate' | 'imported';

/**
 * What is looked for. `words` stand side by side, in the title alone where `inTitle`; they match whatever their
 * diacritics and case. `is` has any one of the values. `seen`: `firstSeenAt` in [from, to). An `all` of nothing
 * matches everything, an `any` of nothing matches nothing.
 */
export type SearchQuery =
  | WordsQuery
  | { readonly kind: 'is'; readonly field: ArticleField; readonly values: readonly string[] }
  | { readonly kind: 'series'; readonly series: SeriesKey }
  | { readonly kind: 'flag'; readonly flag: ArticleFlag; readonly value: boolean }
  | { readonly kind: 'seen'; readonly from?: string; readonly to?: string }
  | { readonly kind: 'not'; readonly of: SearchQuery }
  | { readonly kind: 'all'; readonly of: readonly SearchQuery[] }
  | { readonly kind: 'any'; readonly of: readonly SearchQuery[] };

/** Words as `searchWords` gives them, at least one. */
export interface WordsQuery {
  readonly kind: 'words';
  readonly words: readonly string[];
  readonly inTitle: boolean;
}

/**
 * What was not understood as it may have been meant, and what was done instead. `unknown-field`, `unknown-value`: the
 * words are looked for in the text; `several-values`: any of them matches; `not-a-day`, `too-long`: left out.
 */
export interface SearchNote {
  readonly kind: 'unknown-field' | 'unknown-value' | 'several-values' | 'not-a-day' | 'too-long';
  /** As typed. */
  readonly text: string;
  readonly field?: SearchField;
  /** What a name may mean, for `several-values`. */
  readonly values?: readonly string[];
}

export interface ParsedSearch {
  /** Absent where nothing was typed; matches nothing where something was, but nothing that can be looked for. */
  readonly query?: SearchQuery;
  readonly notes: readonly SearchNote[];
}

export interface SearchReading {
  /** The ids that a name or an id stands for; none where nobody knows it. Default: what is typed is the id. */
  readonly valuesOf?: (field: ArticleField, typed: string) => readonly string[];
  /** For days such as `today` and `7d`; without it these are none. */
  readonly now?: Date;
}

/** Longer searches are pasted texts; what comes after is not looked for. */
const MOST_CHARACTERS = 2000;
const MOST_TERMS = 50;
/** Parentheses that stand deeper part nothing. */
const MOST_DEPTH = 10;

type Token =
  | { readonly kind: 'open' | 'close' | 'or' | 'not' }
  | { readonly kind: 'term'; readonly field?: string; readonly text: string; readonly isPhrase: boolean };

/** A sign, a phrase, a field with its value, or a word; each alternative runs to a character it cannot hold: linear. */
const TOKEN =
  /(?<sign>[()])|"(?<phrase>[^"]*)"?|(?<field>\p{L}[\p{L}\p{M}_-]{0,30}):(?:"(?<quoted>[^"]*)"?|(?<value>[^\s"()]+))|(?<word>[^\s"()]+)/gu;

/**
 * Reads what a person typed. Words must all occur; `"several words"` stand together; `-` or `NOT` before a word, phrase,
 * field or parenthesis leaves out; `OR` (`or`, `HOẶC`, `|`) stands between alternatives and binds less than what stands
 * side by side; `field:value` and `field:"a value"` narrow by a field, with commas between values of which any will do.
 * The same field twice means both values, or either where an article has one only.
 *
 * Every text means something and none fails. Linear in its length, of which 2,000 characters and 50 terms are read.
 */
export function parseSearch(text: string, reading: SearchReading = {}): ParsedSearch {
  if (text.trim() === '') return { notes: [] };
  const parser = new Parser(text, reading);
  return { query: parser.alternatives(0), notes: parser.notes };
}

/** The words that are looked for, without those that are left out. */
export function wantedWords(query: SearchQuery): readonly WordsQuery[] {
  if (query.kind === 'words') return [query];
  return query.kind === 'all' || query.kind === 'any' ? query.of.flatMap(wantedWords) : [];
}

class Parser {
  readonly notes: SearchNote[] = [];
  readonly #tokens: readonly Token[];
  readonly #reading: SearchReading;
  #at = 0;
  #terms = 0;

  constructor(text: string, reading: SearchReading) {
    const normal = text.normalize('NFC').replaceAll(/[“”„«»]/g, '"');
    this.#tokens = tokensOf(normal.slice(0, MOST_CHARACTERS));
    this.#reading = reading;
    if (normal.length > MOST_CHARACTERS) this.#tooLong(normal.slice(MOST_CHARACTERS));
  }

  alternatives(depth: number): SearchQuery {
    const found: SearchQuery[] = [];
    let side: SearchQuery[] = [];
    const endSide = () => {
      if (side.length > 0) found.push(allOf(side));
      side = [];
    };
    for (; this.#at < this.#tokens.length; ) {
      const token = this.#tokens[this.#at] as Token;
      if (token.kind === 'close' && depth > 0) break;
      if (token.kind === 'or') endSide();
      const query = token.kind === 'or' || token.kind === 'close' ? this.#skip() : this.#operand(depth);
      if (query !== undefined) side.push(query);
    }
    endSide();
    return found.length === 1 ? (found[0] as SearchQuery) : { kind: 'any', of: found };
  }

  #skip(): undefined {
    this.#at += 1;
  }

  #operand(depth: number): SearchQuery | undefined {
    let isWanted = true;
    let token = this.#tokens[this.#at++];
    for (; token?.kind === 'not'; token = this.#tokens[this.#at++]) isWanted = !isWanted;
    if (token === undefined) return undefined;
    const query = this.#primary(token, depth);
    return query === undefined || isWanted ? query : { kind: 'not', of: query };
  }

  #primary(token: Token, depth: number): SearchQuery | undefined {
    if (token.kind === 'term') return this.#term(token);
    if (token.kind !== 'open') {
      // What a sign of exclusion stands before is for the caller.
      this.#at -= 1;
      return undefined;
    }
    if (depth >= MOST_DEPTH) return undefined;
    const inside = this.alternatives(depth + 1);
    this.#at += 1;
    return isEmpty(inside) ? undefined : inside;
  }

  #term({ field, text, isPhrase }: Token & { kind: 'term' }): SearchQuery | undefined {
    if (this.#terms >= MOST_TERMS) {
      this.#tooLong(text);
      return undefined;
    }
    const query = field === undefined ? words(text, false) : this.#field(field, text, isPhrase);
    if (query !== undefined) this.#terms += 1;
    return query;
  }

  #field(name: string, text: string, isQuoted: boolean): SearchQuery | undefined {
    const field = searchFieldNamed(name);
    if (field === undefined) {
      // An address is no field that somebody got wrong.
      if (!text.startsWith('//')) this.notes.push({ kind: 'unknown-field', text: name });
      return words(`${name} ${text}`, false);
    }
    if (field === 'title') return words(text, true);
    if (field === 'after' || field === 'before' || field === 'until') return this.#seen(field, text);
    const typed = isQuoted ? [text] : text.split(',');
    const read = typed.map((one) => one.trim()).filter((one) => one !== '');
    return anyOf(read.flatMap((one) => this.#value(field, one) ?? []));
  }

  #seen(field: 'after' | 'before' | 'until', text: string): SearchQuery | undefined {
    const days = readDays(text, this.#reading.now);
    if (days === undefined) {
      this.notes.push({ kind: 'not-a-day', field, text });
      return undefined;
    }
    if (field === 'after') return { kind: 'seen', from: days.from };
    return { kind: 'seen', to: field === 'before' ? days.from : days.to };
  }

  #value(field: ArticleField, text: string): SearchQuery | undefined {
    const values = this.#valuesOf(field, text);
    if (values.length > 1) this.notes.push({ kind: 'several-values', field, text, values });
    if (values.length > 0) return { kind: 'is', field, values };
    this.notes.push({ kind: 'unknown-value', field, text });
    return words(text, false);
  }

  #valuesOf(field: ArticleField, text: string): readonly string[] {
    if (!hasClosedValues(field)) return this.#reading.valuesOf?.(field, text) ?? [text];
    const value = closedValueNamed(field, text);
    return value === undefined ? [] : [value];
  }

  #tooLong(text: string): void {
    if (this.notes.some(({ kind }) => kind === 'too-long')) return;
    this.notes.push({ kind: 'too-long', text: text.slice(0, 60) });
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const space = /^\s+/u.exec(rest)?.[0].length ?? 0;
    const isMinus = space === 0 && isExclusion(text, at);
    if (isMinus) tokens.push({ kind: 'not' });
    if (space > 0 || isMinus) {
      at += space || 1;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) break;
    tokens.push(...tokenOf(match.groups ?? {}));
    at = TOKEN.lastIndex;
  }
  return tokens;
}

/** A minus that begins a word, with something after it. */
function isExclusion(text: string, at: number): boolean {
  return text[at] === '-' && /[\s(-]/u.test(text[at - 1] ?? ' ') && /\S/u.test(text[at + 1] ?? ' ');
}

function tokenOf({ sign, phrase, field, quoted, value, word }: Record<string, string | undefined>): Token[] {
  if (sign !== undefined) return [{ kind: sign === '(' ? 'open' : 'close' }];
  if (phrase !== undefined) return [{ kind: 'term', text: phrase, isPhrase: true }];
  if (field !== undefined) {
    return [{ kind: 'term', field, text: quoted ?? value ?? '', isPhrase: quoted !== undefined }];
  }
  const text = word ?? '';
  if (/^(?:or|HOẶC|\|+)$/u.test(text.length === 2 ? text.toLowerCase() : text)) return [{ kind: 'or' }];
  if (text === 'NOT') return [{ kind: 'not' }];
  return text === 'AND' ? [] : [{ kind: 'term', text, isPhrase: false }];
}

/** A word that is taken apart (`covid-19`) stands for its parts side by side. */
function words(text: string, inTitle: boolean): WordsQuery | undefined {
  const found = searchWords(text);
  return found.length === 0 ? undefined : { kind: 'words', words: found, inTitle };
}

function isEmpty(query: SearchQuery): boolean {
  return query.kind === 'any' && query.of.length === 0;
}

function anyOf(queries: readonly SearchQuery[]): SearchQuery | undefined {
  return queries.length > 1 ? { kind: 'any', of: queries } : queries[0];
}

/** Values of a field of which an article has but one are alternatives: both at once would be none. */
function allOf(queries: readonly SearchQuery[]): SearchQuery {
  const merged: SearchQuery[] = [];
  for (const query of queries) {
    const before =
      query.kind === 'is' && SINGLE_FIELDS.has(query.field)
        ? merged.findIndex((one) => one.kind === 'is' && one.field === query.field)
        : -1;
    const other = merged[before];
    if (query.kind === 'is' && other?.kind === 'is') {
      merged[before] = { ...other, values: [...new Set([...other.values, ...query.values])] };
    } else {
      merged.push(query);
    }
  }
  return merged.length === 1 ? (merged[0] as SearchQuery) : { kind: 'all', of: merged };
}
