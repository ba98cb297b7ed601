/** Every form that a registry gives a name, with what it may stand for and where. */
import type { MentionKind } from '../domain/analysis.ts';
import type { DiseaseRegistry } from './disease-registry.ts';
import type { FacilityHead, FacilityRegistry } from './facility-registry.ts';
import type { MedicineRegistry } from './medicine-registry.ts';
import {
  always,
  beginsWithCapital,
  isBareName,
  isHeadedName,
  isProvinceName,
  isWeakName,
  type NameForm,
  type NameRule,
  peopleRules,
  standsAlone,
} from './name-rules.ts';
import type { Office, OfficeRegistry } from './office-registry.ts';
import type { PolicyDocumentRegistry } from './policy-document-registry.ts';
import type { ProvinceRegistry } from './province-registry.ts';
import { NO_BREAK, syllabify } from './syllables.ts';

const MAX_SHORT_LETTERS = 5;

/** What one written form may stand for; without `id` it stands for nothing and keeps shorter forms from matching. */
export interface Candidate {
  readonly kind: MentionKind;
  readonly id?: string;
  readonly name?: string;
  readonly province?: string;
  readonly form: NameForm;
  readonly accepts: NameRule;
  readonly head?: FacilityHead;
  readonly office?: Office;
  /** A town that stands for its province. */
  readonly isTown?: true;
}

export interface Registries {
  readonly provinces: ProvinceRegistry;
  readonly facilities: FacilityRegistry;
  readonly diseases: DiseaseRegistry;
  readonly medicines: MedicineRegistry;
  readonly offices: OfficeRegistry;
  readonly documents: PolicyDocumentRegistry;
}

export function candidateTerms({
  provinces,
  facilities,
  diseases,
  medicines,
  offices,
  documents,
}: Registries): TermTable {
  const terms = new TermTable();
  addProvinces(terms, provinces);
  addFacilities(terms, facilities);
  addDiseases(terms, diseases);
  addMedicines(terms, medicines);
  for (const office of offices.offices) {
    const { id, name, aliases } = office;
    for (const form of [name, ...aliases]) terms.add(form, { kind: 'person', id, office, accepts: always });
  }
  for (const { id, name, aliases } of documents.documents) {
    for (const form of aliases)
      terms.add(form, { kind: 'policy-document', id, name, accepts: beginsWithCapital });
  }
  return terms;
}

function addProvinces(terms: TermTable, registry: ProvinceRegistry): void {
  const people = peopleRules(registry);
  const accepts: NameRule = (run, match, form) => isProvinceName(run, match, form, people);
  const acceptsPlace: NameRule = (run, match, form) => standsAlone(run, match) && accepts(run, match, form);
  for (const { code, name, forms, places } of registry.all) {
    for (const written of forms)
      terms.add(written, { kind: 'province', id: code, name, province: code, accepts });
    for (const written of places) {
      terms.add(written, {
        kind: 'province',
        id: code,
        name: `${written} (${name})`,
        province: code,
        isTown: true,
        accepts: acceptsPlace,
      });
    }
  }
  for (const pitfall of registry.pitfalls) terms.add(pitfall, { kind: 'province', accepts: always });
}

function addFacilities(terms: TermTable, registry: FacilityRegistry): void {
  const { heads, forms, pitfalls } = registry;
  const fillers = new Set(registry.fillers.map((filler) => filler.toLowerCase()));
  const headLengths = new Map<string, number>();
  for (const { form, facility, bare, head, rest } of forms) {
    let headLength = headLengths.get(head);
    headLength ??= syllabify(head).length;
    headLengths.set(head, headLength);
    const isWeak = rest.length === 1 || fillers.has(rest.toLowerCase());
    const accepts = bare ? isBareName : isWeak ? isWeakName : isHeadedName;
    terms.add(form, { kind: 'facility', ...facility, accepts }, headLength);
  }
  for (const pitfall of pitfalls) terms.add(pitfall, { kind: 'facility', accepts: always });
  for (const { form, head } of heads) {
    if (head.unlisted || head.ofProvince !== undefined)
      terms.add(form, { kind: 'facility', head, accepts: always });
  }
}

function addDiseases(terms: TermTable, { diseases, pitfalls }: DiseaseRegistry): void {
  for (const { id, name, aliases } of diseases) {
    for (const form of [name, ...aliases]) terms.add(form, { kind: 'disease', id, name, accepts: always });
  }
  for (const pitfall of pitfalls) terms.add(pitfall, { kind: 'disease', accepts: always });
}

function addMedicines(terms: TermTable, { medicines, pitfalls }: MedicineRegistry): void {
  for (const { id, name, forms } of medicines) {
    for (const form of forms) terms.add(form, { kind: 'medicine', id, name, accepts: always });
  }
  for (const pitfall of pitfalls) terms.add(pitfall, { kind: 'medicine', accepts: always });
}

/** Forms that read alike share one entry of the trie, so each carries all that it may stand for. */
export class TermTable {
  readonly #entries: { readonly written: string; readonly key: string; readonly candidate: Candidate }[] = [];

  add(written: string, candidate: Omit<Candidate, 'form'>, headLength = 0): void {
    const syllables = syllabify(written);
    const letters = written.replaceAll(/[^\p{L}]/gu, '');
    const isShort =
      letters.length > 1 && letters.length <= MAX_SHORT_LETTERS && letters === letters.toUpperCase();
    const form = { capitals: syllables.map(({ isCapital }) => isCapital), isShort, headLength };
    const key = syllables
      .map(({ text, breakBefore }, index) => (index > 0 && breakBefore !== NO_BREAK ? `,${text}` : text))
      .join(' ');
    this.#entries.push({ written, key, candidate: { ...candidate, form } });
  }

  entries(formOf: (key: string) => string): [string, Candidate[]][] {
    const byKey = new Map<string, [string, Candidate[]]>();
    for (const { written, key, candidate } of this.#entries) {
      const form = formOf(key);
      const entry = byKey.get(form);
      if (entry === undefined) byKey.set(form, [written, [candidate]]);
      else entry[1].push(candidate);
    }
    return [...byKey.values()];
  }
}
