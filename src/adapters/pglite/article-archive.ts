import type { PGlite } from '@electric-sql/pglite';

import { type SearchQuery, type WordsQuery, wantedWords } from '../../domain/search-query.ts';
import { articleClauses } from '../../ports/article-clauses.ts';
import { ACCENTED_RANK, accentedWords, TITLE_RANK } from '../../ports/article-rank.ts';
import type { ArticleFilter } from '../../ports/article-store.ts';
import { ArticleColumns, type FactRow } from './article-columns.ts';
import type { TermKind } from './article-terms.ts';
import { pairsTsquery, spellingTsquery, wordsTsquery } from './article-words.ts';
import {
  type Bits,
  clearBit,
  countBits,
  difference,
  eachBit,
  emptyBits,
  intersection,
  setBit,
  union,
  widened,
} from './bits.ts';

/** Rows per look while the columns are filled. */
const LOAD_BATCH = 5000;

/** So many changes are looked through one by one; after more, the index is asked anew. */
const MOST_CHANGES = 2000;

/**
 * Texts that are read to see whether more than two words stand side by side. Where more than these have each of the
 * words beside the next, somewhere, they are taken to: reading all would take seconds, and some two in a hundred differ.
 */
const MOST_READ = 3000;

/** Remembered sets are a bit per article each: 25 kB where there are 200,000. */
const MOST_WORD_SETS = 300;
const MOST_FILTER_SETS = 40;

/** What matches a filter at one moment. */
export interface Matches {
  readonly columns: ArticleColumns;
  readonly bits: Bits;
  /** By row, for what matches; absent where no words are looked for. */
  readonly ranks?: Uint16Array;
  /** What has been counted among these, by whatever name: the same filter is asked of many fields at once. */
  readonly counted: Map<string, unknown>;
}

interface WordSet {
  readonly bits: Promise<Bits>;
  /** The change up to which it is right. */
  readonly change: number;
}

/**
 * The articles of one database in columns, kept up with what is written to it by whomever, and the sets of those that
 * filters match. What is asked of words is answered by the database's index; everything else from the columns.
 *
 * The first question after the start reads some 100 bytes an article; each later one what has changed since.
 */
export class ArticleArchive {
  readonly #db: PGlite;
  #columns = new ArticleColumns();
  /** Every change up to here is in the columns. */
  #change = 0;
  #file = -1;
  #reading: Promise<void> = Promise.resolve();
  /** The next reading of changes, as long as it has not begun. */
  #nextReading: Promise<void> | undefined;
  readonly #wordSets = new Map<string, WordSet>();
  /** Right up to the last change that was read; a page asks many fields of one filter at once. */
  #filterSets = new Map<string, Promise<Matches>>();

  constructor(db: PGlite) {
    this.#db = db;
  }

  /** The articles that match, of all that had been saved when this was called. */
  async matches(filter: ArticleFilter): Promise<Matches> {
    await this.#catchUp();
    const key = JSON.stringify(Object.entries(filter).sort(([one], [other]) => (one < other ? -1 : 1)));
    const known = this.#filterSets.get(key);
    if (known !== undefined) return known;
    const sets = this.#filterSets;
    const found = this.#matching(filter);
    remember(sets, key, found, MOST_FILTER_SETS);
    found.catch(() => sets.delete(key));
    return found;
  }

  async #matching(filter: ArticleFilter): Promise<Matches> {
    const columns = this.#columns;
    const { all, ranked } = articleClauses(filter);
    const bits = await this.#set({ kind: 'all', of: all });
    const words = ranked === undefined ? [] : wantedWords(ranked);
    const ranks = words.length === 0 ? undefined : await this.#ranks(words, bits);
    if (columns !== this.#columns) return this.matches(filter);
    return { columns, bits, counted: new Map(), ...(ranks === undefined ? {} : { ranks }) };
  }

  /** One reading serves all who ask before it begins. */
  #catchUp(): Promise<void> {
    this.#nextReading ??= this.#reading
      .catch(() => {})
      .then(() => {
        this.#nextReading = undefined;
        this.#reading = this.#readChanges();
        return this.#reading;
      });
    return this.#nextReading;
  }

  async #readChanges(): Promise<void> {
    const { rows } = await this.#db.query<{ file: number; change: string | null }>(
      `select pg_relation_filenode('article_fact')::int as file, (select max(change) from article_fact)::text as change`,
    );
    const { file = -1, change = null } = rows[0] ?? {};
    const newest = Number(change ?? 0);
    // Another file holds the table once it has been emptied; then nothing tells what is gone.
    if (file !== this.#file || newest < this.#change) this.#forget(file);
    if (newest === this.#change) return;
    while (this.#change < newest) await this.#readBatch();
    this.#columns.place();
  }

  #forget(file: number): void {
    this.#file = file;
    this.#change = 0;
    this.#columns = new ArticleColumns();
    this.#wordSets.clear();
    this.#filterSets = new Map();
  }

  /** In one text: a row of a result costs the embedded server more than all that stands in it. */
  async #readBatch(): Promise<void> {
    const { rows } = await this.#db.query<{ facts: string | null; change: string | null }>(
      `select max(change)::text as change, string_agg(
                n || E'\\t' || article_id || E'\\t' || (extract(epoch from first_seen_at) * 1000)
                  || E'\\t' || coalesce(terms, ''), E'\\x1e') as facts
         from (select * from article_fact where change > $1 order by change limit ${LOAD_BATCH}) as changed`,
      [this.#change],
    );
    const { facts = null, change = null } = rows[0] ?? {};
    this.#columns.apply((facts ?? '').split('\u001e').filter(Boolean).map(factRow));
    this.#change = Number(change ?? this.#change);
    this.#filterSets = new Map();
  }

  async #set(query: SearchQuery): Promise<Bits> {
    const columns = this.#columns;
    switch (query.kind) {
      case 'words':
        return intersection(columns.alive, await this.#sideBySide(query.words, query.inTitle));
      case 'is':
        return this.#withTerm(query.values.map((value) => [query.field, value]));
      case 'series':
        return this.#withTerm([['series', query.series]]);
      case 'flag': {
        const flagged = this.#withTerm([['flag', query.flag]]);
        return query.value ? flagged : difference(columns.alive, flagged);
      }
      case 'seen':
        return this.#seen(query);
      case 'not':
        return difference(columns.alive, await this.#set(query.of));
      case 'all': {
        let bits = columns.alive.slice();
        for (const one of query.of) bits = intersection(bits, await this.#set(one));
        return bits;
      }
      case 'any': {
        let bits = emptyBits(columns.rows);
        for (const one of query.of) bits = union(bits, await this.#set(one));
        return bits;
      }
    }
  }

  #withTerm(terms: readonly (readonly [TermKind, string])[]): Bits {
    const columns = this.#columns;
    const found = emptyBits(columns.rows);
    const wanted = new Set(terms.flatMap(([kind, value]) => columns.code(kind, value) ?? []));
    if (wanted.size === 0) return found;
    const isWanted = new Uint8Array(columns.codes);
    for (const code of wanted) isWanted[code] = 1;
    const { pool } = columns;
    eachBit(columns.alive, (row) => {
      const end = columns.termsEnd(row);
      for (let at = columns.termsStart(row); at < end; at += 1) {
        if (isWanted[pool[at] as number] === 1) {
          setBit(found, row);
          return;
        }
      }
    });
    return found;
  }

  #seen({ from, to }: { from?: string; to?: string }): Bits {
    const columns = this.#columns;
    const found = emptyBits(columns.rows);
    const [first, last] = [
      from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
      to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to),
    ];
    eachBit(columns.alive, (row) => {
      const at = columns.at(row);
      if (at >= first && at < last) setBit(found, row);
    });
    return found;
  }

  /** The sum of what lifts each match, word by word. */
  async #ranks(words: readonly WordsQuery[], among: Bits): Promise<Uint16Array> {
    const ranks = new Uint16Array(this.#columns.rows);
    const lift = (bits: Bits, rank: number) =>
      eachBit(intersection(among, bits), (row) => {
        ranks[row] = (ranks[row] as number) + rank;
      });
    for (const { words: side, inTitle } of words) {
      const found = await this.#sideBySide(side, inTitle);
      const accented = accentedWords(side);
      const spelt = async (isTitle: boolean, of: Bits) =>
        accented.length === 0
          ? emptyBits(0)
          : intersection(of, await this.#wordSet(spellingTsquery(accented, isTitle)));
      lift(await spelt(inTitle, found), ACCENTED_RANK);
      if (inTitle) continue;
      const inTitles = await this.#sideBySide(side, true);
      lift(inTitles, TITLE_RANK);
      lift(await spelt(true, inTitles), TITLE_RANK);
    }
    return ranks;
  }

  /** Rows with words side by side; rows that are gone may be among them. */
  async #sideBySide(words: readonly string[], inTitle: boolean): Promise<Bits> {
    const paired = await this.#wordSet(pairsTsquery(words, inTitle));
    if (words.length <= 2 || countBits(paired) > MOST_READ) return paired;
    return this.#wordSet(wordsTsquery(words, inTitle));
  }

  /** Rows whose words match, from what is remembered and has changed since. */
  #wordSet(tsquery: string): Promise<Bits> {
    const known = this.#wordSets.get(tsquery);
    if (known?.change === this.#change) return known.bits;
    const bits = known === undefined ? this.#allWith(tsquery) : this.#updated(known, tsquery);
    remember(this.#wordSets, tsquery, { bits, change: this.#change }, MOST_WORD_SETS);
    bits.catch(() => this.#wordSets.delete(tsquery));
    return bits;
  }

  async #allWith(tsquery: string): Promise<Bits> {
    const { rows } = await this.#db.query<{ found: string | null }>(
      'select articles_with($1::tsquery) as found',
      [tsquery],
    );
    const bits = emptyBits(this.#columns.rows);
    eachNumber(rows[0]?.found ?? '', (row) => setBit(bits, row));
    return bits;
  }

  async #updated({ bits, change }: WordSet, tsquery: string): Promise<Bits> {
    const { rows } = await this.#db.query<{ n: number; found: boolean | null }>(
      `select n, words @@ $2::tsquery as found from article_fact left join article_word using (n)
        where change > $1 limit ${MOST_CHANGES + 1}`,
      [change, tsquery],
    );
    if (rows.length > MOST_CHANGES) return this.#allWith(tsquery);
    const wide = widened(await bits, Math.max(this.#columns.rows, ...rows.map(({ n }) => n + 1))).slice();
    for (const { n, found } of rows) (found ? setBit : clearBit)(wide, n);
    return wide;
  }
}

function factRow(line: string): FactRow {
  const [n = '', id = '', at = '', terms = ''] = line.split('\t');
  return { n: Number(n), id, at: Number(at), terms: terms === '' ? null : terms };
}

/** Calls `visit` with each number of an array of the database, `{1,5,23}`. */
function eachNumber(text: string, visit: (number: number) => void): void {
  let number = 0;
  for (let at = 1; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) {
      number = number * 10 + digit;
      continue;
    }
    visit(number);
    number = 0;
  }
}

/** Keeps the last that were asked for. */
function remember<T>(known: Map<string, T>, key: string, value: T, most: number): void {
  known.delete(key);
  known.set(key, value);
  const oldest = known.keys().next().value;
  if (known.size > most && oldest !== undefined) known.delete(oldest);
}
