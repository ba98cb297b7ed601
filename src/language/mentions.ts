/** Finds what a text names: provinces, facilities, diseases, medicines, policy documents and persons in office. */
import type { Mention, MentionKind } from '../domain/analysis.ts';
import { seriesKey } from '../domain/series.ts';
import type { ConfigFault } from '../errors.ts';
import { ConfigError } from '../errors.ts';
import { parseDiseases } from './disease-registry.ts';
import { type FacilityHead, parseFacilities } from './facility-registry.ts';
import { parseMedicines } from './medicine-registry.ts';
import { type Candidate, candidateTerms } from './mention-candidates.ts';
import { always } from './name-rules.ts';
import { fold } from './normalise.ts';
import { parseOffices } from './office-registry.ts';
import { createPersonReader, type Named, type OfficeMatch, type PersonMention } from './person-in-office.ts';
import { createDocumentReader } from './policy-document-numbers.ts';
import { parsePolicyDocuments } from './policy-document-registry.ts';
import { parseProvinces } from './province-registry.ts';
import { SENTENCE_BREAK, type Syllable, syllabify } from './syllables.ts';
import { createTermMatcher, type TermMatch } from './term-matcher.ts';
import { isAllCapitals, isGlued, isNumber, type TokenRun, tokenRun } from './token-run.ts';
import { createUnlistedReader, type UnlistedFacility, type UnlistedReader } from './unlisted-facility.ts';

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
}

type Found = TermMatch<Candidate>;

/** How far behind a facility the province that it stands in may be named: `… (Phú Thọ)`, `…, tỉnh Đồng Nai`. */
const MAX_SYLLABLES_TO_PROVINCE = 4;

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
  const folded = () => {
    foldedOnce ??= createTermMatcher(terms.entries(fold), { folded: true });
    return foldedOnce;
  };
  const readUnlisted = createUnlistedReader(facilities);
  const readDocuments = createDocumentReader(documents);
  const readPersons = createPersonReader(offices, provinces.surnames);

  const find = (text: string, syllables: readonly Syllable[] = syllabify(text)): Mention[] => {
    const run = tokenRun(text, syllables);
    const byKind = candidatesByKind((run.accented ? exact : folded()).all(run.syllables));
    const places = resolve(run, byKind.province);
    const bodies = facilitiesIn(run, byKind.facility, places, readUnlisted);
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
  for (const { value, from, to } of matches) {
    for (const candidate of value) byKind[candidate.kind].push({ value: candidate, from, to });
  }
  return byKind;
}

/** Leftmost, then longest among those that the context allows; pitfalls win their place and are left out. */
function resolve(run: TokenRun, found: readonly Found[]): Found[] {
  const chosen: Found[] = [];
  let free = 0;
  let at = 0;
  while (at < found.length) {
    const from = (found[at] as Found).from;
    let next = at;
    let best: Found | undefined;
    while (next < found.length && found[next]?.from === from) {
      const each = found[next] as Found;
      if (from >= free && (best === undefined || each.to > best.to) && isAllowed(run, each)) best = each;
      next += 1;
    }
    at = next;
    if (best === undefined) continue;
    if (best.value.head === undefined) free = best.to;
    chosen.push(best);
  }
  return chosen.filter(({ value }) => value.id !== undefined || value.head !== undefined);
}

function isAllowed(run: TokenRun, { value, from, to }: Found): boolean {
  if (value.id !== undefined && isGlued(run, from, to)) return false;
  if (value.form.isShort && !capitalsOnly(run, from, to)) return false;
  if (!run.accented && to - from < 2 && !value.form.isShort) return false;
  return value.accepts(run, { from, to }, value.form);
}

function capitalsOnly(run: TokenRun, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (!isNumber(run.syllables[at]) && !isAllCapitals(run, at) && run.syllables[at]?.isCapital !== true)
      return false;
  }
  return isAllCapitals(run, from) || to - from > 1;
}

/** Listed facilities, and unlisted ones where a head is followed by a name. */
function facilitiesIn(
  run: TokenRun,
  found: readonly Found[],
  places: readonly Found[],
  readUnlisted: UnlistedReader,
): Found[] {
  const bodies: Found[] = [];
  const provinceById = new Map<string, string>();
  for (const each of resolve(run, found)) {
    if (each.from < (bodies.at(-1)?.to ?? 0)) continue;
    const body =
      each.value.head === undefined ? each : unlistedAt(run, each, each.value.head, places, readUnlisted);
    if (body === undefined) continue;
    const { id, province } = body.value;
    if (id !== undefined && province !== undefined) provinceById.set(id, province);
    bodies.push(body);
  }
  return bodies.map((body) => {
    const province = body.value.province ?? provinceById.get(body.value.id ?? '');
    return province === undefined ? body : { ...body, value: { ...body.value, province } };
  });
}

function unlistedAt(
  run: TokenRun,
  { value, from, to }: Found,
  head: FacilityHead,
  places: readonly Found[],
  readUnlisted: UnlistedReader,
): Found | undefined {
  const facility = readUnlisted(run, head, from, to);
  if (facility === undefined) return undefined;
  // `các bệnh viện Hà Nội` are several.
  const isPlaceOnly = places.some(
    (place) => place.from <= facility.proper && place.from >= to && place.to === facility.to,
  );
  if (isPlaceOnly && run.syllables[from]?.isCapital !== true) return undefined;
  const { id, name } = facility;
  const province = provinceOf(run, facility, places);
  return {
    from,
    to: facility.to,
    value: {
      kind: 'facility',
      id,
      name,
      form: value.form,
      accepts: always,
      ...(province === undefined ? {} : { province }),
    },
  };
}

function provinceOf(
  run: TokenRun,
  { proper, to }: UnlistedFacility,
  places: readonly Found[],
): string | undefined {
  const near = places.find(
    ({ from }) =>
      from >= proper && from <= to + MAX_SYLLABLES_TO_PROVINCE && leadsTo(run, Math.max(to, proper), from),
  );
  return near?.value.province;
}

/** Nothing but units and names between: `…, xã Hồng Phong, tỉnh Đồng Nai`, `… ở Phú Thọ`. */
function leadsTo({ syllables }: TokenRun, from: number, to: number): boolean {
  for (let at = from; at <= to; at += 1) if (syllables[at]?.breakBefore === SENTENCE_BREAK) return false;
  return syllables.slice(from, to).every(({ text, isCapital }) => isCapital || LOCATING.has(text));
}

const LOCATING = new Set('ở tại thuộc tỉnh thành phố tp huyện quận xã phường thị trấn đặc khu'.split(' '));

/** A place inside a facility's name counts only where the facility stands in it. */
function isOwnPlace(place: Found, bodies: readonly Found[]): boolean {
  const around = bodies.find((body) => place.from < body.to && body.from < place.to);
  return around === undefined || around.value.province === place.value.province;
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
