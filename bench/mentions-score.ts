/** How well provinces and facilities are found: sets of ids per text against what people read in it. */
import type { AnalysableText, Mention } from '../src/domain/analysis.ts';
import type { Language } from '../src/language/language.ts';
import { fold } from '../src/language/normalise.ts';

export interface MentionRow {
  readonly text: AnalysableText;
  /** Names of provinces or their codes of today. */
  readonly provinces: readonly string[];
  /** Names of facilities or their ids. */
  readonly facilities: readonly string[];
}

export interface MentionScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly found: number;
  readonly wanted: number;
  readonly right: number;
  /** Per row with an error: what is missing and what is too many. */
  readonly errors: readonly {
    readonly row: number;
    readonly missing: readonly string[];
    readonly extra: readonly string[];
  }[];
}

/**
 * Scores each row's set of provinces and of facilities; a thing named twice counts once.
 *
 * A label's name is turned into an id by the finder itself, so that any usual way to write it will do; a name that
 * the finder does not know stays a name, and so counts as missed.
 */
export function scoreMentions(
  rows: readonly MentionRow[],
  language: Pick<Language, 'analyse'>,
): { readonly province: MentionScore; readonly facility: MentionScore } {
  const find = (text: AnalysableText) => language.analyse(text, { fromHealthFeed: true }).mentions;
  const found = rows.map(({ text }) => find(text));
  const idOf = (kind: Mention['kind'], name: string): string => {
    if (kind === 'province' && /^\d\d$/.test(name)) return name;
    const all = find({ title: name, summary: '', body: '' }).filter((mention) => mention.kind === kind);
    return all[0]?.id ?? fold(name);
  };
  const score = (kind: 'province' | 'facility', wanted: (row: MentionRow) => readonly string[]) =>
    scoreSets(
      rows.map((row, index) => ({
        wanted: new Set(wanted(row).map((name) => idOf(kind, name))),
        found: new Set((found[index] ?? []).filter((mention) => mention.kind === kind).map(({ id }) => id)),
      })),
    );
  return {
    province: score('province', ({ provinces }) => provinces),
    facility: score('facility', ({ facilities }) => facilities),
  };
}

/** Micro-averaged precision, recall and F1 in [0, 1]; 0 where there is nothing to divide by. */
export function scoreSets(
  rows: readonly { readonly wanted: ReadonlySet<string>; readonly found: ReadonlySet<string> }[],
): MentionScore {
  const errors: MentionScore['errors'][number][] = [];
  let [right, found, wanted] = [0, 0, 0];
  for (const [row, each] of rows.entries()) {
    const missing = [...each.wanted].filter((id) => !each.found.has(id));
    const extra = [...each.found].filter((id) => !each.wanted.has(id));
    right += each.wanted.size - missing.length;
    found += each.found.size;
    wanted += each.wanted.size;
    if (missing.length + extra.length > 0) errors.push({ row, missing, extra });
  }
  const precision = found === 0 ? 0 : right / found;
  const recall = wanted === 0 ? 0 : right / wanted;
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, found, wanted, right, errors };
}
