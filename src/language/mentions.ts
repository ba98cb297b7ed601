/** Finds what a text names: provinces, facilities, diseases, medicines, policy documents and persons in office. */
import type { Mention, MentionKind } from '../domain/analysis.ts';
import { seriesKey } from '../domain/series.ts';
import type { ConfigFault } from '../errors.ts';
import { ConfigError } from '../errors.ts';
import { type Found, resolve } from './choose-names.ts';
import { parseDiseases } from './disease-registry.ts';
import { createFacilityFinder } from './facility-mentions.ts';
import { parseFacilities } from './facility-registry.ts';
import { parseMedicines } from './medicine-registry.ts';
import { type Candidate, candidateTerms } from './mention-candidates.ts';
import { fold } from './normalise.ts';
import { parseOffices } from './office-registry.ts';
import { createPersonReader, type Named, type OfficeMatch, type PersonMention } from './person-in-office.ts';
import { createDocumentReader } from './policy-document-numbers.ts';
import { parsePolicyDocuments } from './policy-document-registry.ts';
import { parseProvinces } from './province-registry.ts';
import { type Syllable, syllabify } from './syllables.ts';
import { createTermMatcher, inEitherSpelling, type TermMatch } from './term-matcher.ts';
import { type TokenRun, tokenRun } from './token-run.ts';

/** Texts of the registries, as they stand under `config/`. */
export interface MentionFiles {
  readonly provinces: string;
  readonly facilities: string;
  readonly policyDocuments: string;
  readonly diseases: string;
  readonly medicines: string;
  readonly offices: string;
}

export interface MentionFinder {
  /**
   * What `text` names, in order of appearance. A province inside a facility's name is a mention of its own where the
   * facility stands in it.
   *
   * @param text  as `analysedText` gives it; spans point into it
   * @param syllables  of `text`, where the caller has them already
   */
  find(text: string, syllables?: readonly Syllable[]): Mention[];
  /** Display names by series key: `province:79`, `facility:bv-cho-ray`. */
  readonly names: ReadonlyMap<string, string>;
  readonly provincePoints: ReadonlyMap<string, { readonly lat: number; readonly lon: number }>;
  /** Today's code of a province by every code and name it has or had, names in lower case. */
  readonly provinceCodes: ReadonlyMap<string, string>;
  /** Code of the province in which each listed facility stands. */
  readonly facilityProvinces: ReadonlyMap<string, string>;
}

/**
 * Builds a finder from the registries.
 *
 * @throws {ConfigError} with every fault of every file
 */
export function createMentionFinder(files: MentionFiles): MentionFinder {
  const faults: ConfigFault[] = [];
  const provinces = collecting(faults, () => parseProvinces('config/provinces.yaml', files.provinces));
  const diseases = collecting(faults, () => parseDiseases('config/diseases.yaml', files.diseases));
  const medicines = collecting(faults, () => parseMedicines('config/medicines.yaml', files.medicines));
  const offices = collecting(faults, () => parseOffices('config/offices.yaml', files.offices));
  const documents = collecting(faults, () =>
    parsePolicyDocuments('config/policy-documents.yaml', files.policyDocuments),
  );
  const facilities =
    provinces &&
    collecting(faults, () => parseFacilities('config/facilities.yaml', files.facilities, provinces));
  if (!provinces || !diseases || !medicines || !offices || !documents || !facilities) {
    throw new ConfigError(faults);
  }

  const terms = candidateTerms({ provinces, facilities, diseases, medicines, offices, documents });
  const exact = createTermMatcher(terms.entries((key) => key));
  // Built when the first text without diacritics comes: most processes never see one.
  let foldedOnce: typeof exact | undefined;
  const matcher = inEitherSpelling(exact, () => {
    foldedOnce ??= createTermMatcher(terms.entries(fold), { folded: true });
    return foldedOnce;
  });
  const facilitiesIn = createFacilityFinder(facilities);
  const readDocuments = createDocumentReader(documents);
  const readPersons = createPersonReader(offices, provinces.surnames);

  const find = (text: string, syllables: readonly Syllable[] = syllabify(text)): Mention[] => {
    const run = tokenRun(text, syllables);
    const byKind = candidatesByKind(matcher.all(run.syllables));
    const places = resolve(run, byKind.province);
    const bodies = facilitiesIn(run, byKind.facility, places);
    const outside = (found: Found) => !bodies.some((body) => found.from < body.to && body.from < found.to);
    return [
      ...places.filter((found) => isOwnPlace(found, bodies)).map((found) => mentionOf(run, found)),
      ...bodies.map((found) => mentionOf(run, found)),
      ...resolve(run, byKind.disease)
        .filter(outside)
        .map((found) => mentionOf(run, found)),
      ...resolve(run, byKind.medicine)
        .filter(outside)
        .map((found) => mentionOf(run, found)),
      ...readPersons(
        run,
        resolve(run, byKind.person).flatMap(officeOf),
        bodies.map(namedOf),
        places.map(namedOf),
      ).map((person) => personMention(run, person)),
      ...resolve(run, byKind['policy-document']).map((found) => mentionOf(run, found)),
      ...readDocuments(text).map((found) => ({ kind: 'policy-document' as const, ...found })),
    ].sort((a, b) => a.start - b.start || b.end - a.end);
  };

  return {
    find,
    provincePoints: provinces.points,
    provinceCodes: new Map([
      ...provinces.all.flatMap(({ code, forms }) => forms.map((form) => [form.toLowerCase(), code] as const)),
      ...[...provinces.current].map(([code, name]) => [name.toLowerCase(), code] as const),
      ...provinces.codes,
    ]),
    facilityProvinces: new Map(
      facilities.facilities.flatMap(({ id, province }) => (province === undefined ? [] : [[id, province]])),
    ),
    names: new Map([
      ...[...provinces.current].map(([code, name]) => [seriesKey('province', code), name] as const),
      ...facilities.facilities.map(({ id, name }) => [seriesKey('facility', id), name] as const),
      ...diseases.diseases.map(({ id, name }) => [seriesKey('disease', id), name] as const),
      ...medicines.medicines.map(({ id, name }) => [seriesKey('medicine', id), name] as const),
      ...documents.documents.map(({ id, name }) => [seriesKey('policy-document', id), name] as const),
    ]),
  };
}

function collecting<T>(faults: ConfigFault[], parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

type ByKind = Record<MentionKind, Found[]>;

function candidatesByKind(matches: readonly TermMatch<readonly Candidate[]>[]): ByKind {
  const byKind: ByKind = {
    province: [],
    facility: [],
    disease: [],
    medicine: [],
    'policy-document': [],
    person: [],
  };
  for (const match of matches) {
    for (const value of match.value) byKind[value.kind].push({ ...match, value });
  }
  return byKind;
}

/** A province inside a facility's name counts only where the facility stands in it, a town inside one never. */
function isOwnPlace({ from, to, value }: Found, bodies: readonly Found[]): boolean {
  const around = bodies.find((body) => from < body.to && body.from < to);
  return around === undefined || (value.isTown !== true && around.value.province === value.province);
}

function mentionOf({ syllables }: TokenRun, { value, from, to }: Found): Mention {
  const { kind, id = '', name = '', province } = value;
  return {
    kind,
    id,
    name,
    start: (syllables[from] as Syllable).start,
    end: (syllables[to - 1] as Syllable).end,
    ...(province === undefined ? {} : { province }),
  };
}

function namedOf({ value, from, to }: Found): Named {
  return { from, to, id: value.id ?? '', province: value.province };
}

function officeOf({ value: { office }, from, to }: Found): OfficeMatch[] {
  return office === undefined ? [] : [{ from, to, office }];
}

function personMention({ syllables }: TokenRun, { from, to, ...person }: PersonMention): Mention {
  return {
    kind: 'person',
    ...person,
    start: (syllables[from] as Syllable).start,
    end: (syllables[to - 1] as Syllable).end,
  };
}
