/** Reads `config/cautions.yaml`: the words of rumours, denials and dangerous advice. */
import { z } from 'zod';

import { CAUTIONS, type Caution } from '../domain/analysis.ts';
import { parseYaml } from '../domain/yaml-document.ts';
import { ConfigError, type ConfigFault } from '../errors.ts';
import { fold, normalise } from './normalise.ts';
import { createTermMatcher, type TermMatcher } from './term-matcher.ts';

export type CautionKind = Caution['kind'];

/** What a term does for the caution of its kind; the head of the file tells what each list is for. */
const ROLES = {
  rumour: ['terms', 'spread', 'doubts', 'pitfalls'],
  denial: ['acts', 'statements', 'pitfalls'],
  'harmful-advice': ['terms', 'remedies', 'cures', 'illnesses', 'guards', 'pitfalls'],
} as const satisfies Record<CautionKind, readonly string[]>;
export type CautionRole = (typeof ROLES)[CautionKind][number];

export interface CautionTerm {
  readonly kind: CautionKind;
  readonly role: CautionRole;
  readonly term: string;
}

export interface CautionRules {
  readonly version: string;
  /** One term may serve several kinds. */
  readonly exact: TermMatcher<readonly CautionTerm[]>;
  readonly folded: TermMatcher<readonly CautionTerm[]>;
}

const terms = z.array(z.string().trim().min(1));

const schema = z.strictObject({
  version: z.string().regex(/^\S+$/, 'a version without spaces'),
  rumour: z.strictObject({ terms: terms.min(1), spread: terms, doubts: terms, pitfalls: terms }),
  denial: z.strictObject({ acts: terms.min(1), statements: terms.min(1), pitfalls: terms }),
  'harmful-advice': z.strictObject({
    terms: terms.min(1),
    remedies: terms,
    cures: terms,
    illnesses: terms,
    guards: terms,
    pitfalls: terms,
  }),
});
type CautionsFile = z.infer<typeof schema>;

/**
 * Parses the file and builds its matchers.
 *
 * @param file  name for faults
 * @throws {ConfigError} with every fault: syntax, schema, a term given twice for one kind
 */
export function parseCautionRules(text: string, file: string): CautionRules {
  const parsed = parseYaml(file, text, schema);
  const all = CAUTIONS.flatMap((kind) => termsOf(kind, parsed));
  const faults = repeated(all).map(
    ({ kind, term }): ConfigFault => ({
      file,
      expected: `each term once in ${kind}; \`${term}\` is repeated`,
    }),
  );
  if (faults.length > 0) throw new ConfigError(faults);

  const byTerm = new Map<string, CautionTerm[]>();
  for (const each of all) byTerm.set(each.term, [...(byTerm.get(each.term) ?? []), each]);
  // A single folded syllable is too often another word.
  const clearWhenFolded = [...byTerm].filter(([term]) => term.includes(' ') || fold(term) === term);
  return {
    version: parsed.version,
    exact: createTermMatcher(byTerm),
    folded: createTermMatcher(clearWhenFolded, { folded: true }),
  };
}

function termsOf(kind: CautionKind, parsed: CautionsFile): CautionTerm[] {
  const lists: Partial<Record<CautionRole, readonly string[]>> = parsed[kind];
  return ROLES[kind].flatMap((role) =>
    (lists[role] ?? []).map((term) => ({ kind, role, term: normalise(term).toLowerCase() })),
  );
}

function repeated(all: readonly CautionTerm[]): CautionTerm[] {
  const seen = new Set<string>();
  return all.filter(({ kind, term }) => {
    const key = `${kind} ${term}`;
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated;
  });
}
