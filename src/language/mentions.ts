/** Finds what a text names: provinces, facilities, diseases and policy documents. */
import type { Mention, MentionKind } from '../domain/analysis.ts';
import { seriesKey } from '../domain/series.ts';
import type { ConfigFault } from '../errors.ts';
import { ConfigError } from '../errors.ts';
import { type DiseaseRegistry, parseDiseases } from './disease-registry.ts';
import { type FacilityHead, type FacilityRegistry, parseFacilities } from './facility-registry.ts';
import { fold } from './normalise.ts';
import { createDocumentReader } from './policy-document-numbers.ts';
import { parsePolicyDocuments } from './policy-document-registry.ts';
import { type ProvinceRegistry, parseProvinces } from './province-registry.ts';
import { NO_BREAK, SENTENCE_BREAK, type Syllable, syllabify } from './syllables.ts';
import { createTermMatcher, type TermMatch } from './term-matcher.ts';
import { capitalsBefore, isAllCapitals, isGlued, isNumber, type TokenRun, tokenRun } from './token-run.ts';
import {
  COMMON_SURNAMES,
  createUnlistedReader,
  type UnlistedFacility,
  type UnlistedReader,
} from './unlisted-facility.ts';

/** Texts of the registries, as they stand under `config/`. */
export interface MentionFiles {
  readonly provinces: string;
  readonly facilities: string;
  readonly policyDocuments: string;
  readonly diseases: string;
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
}

/** What one written form may stand for; without `id` it stands for nothing and keeps shorter forms from matching. */
interface Candidate {
  readonly kind: MentionKind;
  readonly id?: string;
  readonly name?: string;
  readonly province?: string;
  readonly form: Form;
  readonly accepts: (run: TokenRun, match: { from: number; to: number }, form: Form) => boolean;
  readonly head?: FacilityHead;
}

/** How a form is capitalised in its registry. */
interface Form {
  readonly capitals: readonly boolean[];
  /** All capitals and short (`BYT`, `TCM`): in lower case it would be another word. */
  readonly isShort: boolean;
  /** Syllables that say what kind of body it is and need no capitals. */
  readonly headLength: number;
}

type Found = TermMatch<Candidate>;

const MAX_SHORT_LETTERS = 5;
/** Syllables of surname and middle name that may stand before a given name that reads like a province. */
const MAX_NAME_BEFORE = 2;
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
  const documents = collecting(faults, () =>
    parsePolicyDocuments('config/policy-documents.yaml', files.policyDocuments),
  );
  const facilities =
    provinces &&
    collecting(faults, () => parseFacilities('config/facilities.yaml', files.facilities, provinces));
  if (!provinces || !diseases || !documents || !facilities) throw new ConfigError(faults);

  const terms = new TermTable();
  addProvinces(terms, provinces);
  addFacilities(terms, facilities);
  addDiseases(terms, diseases);
  for (const { id, name, aliases } of documents.documents) {
    for (const form of aliases)
      terms.add(form, { kind: 'policy-document', id, name, accepts: beginsWithCapital });
  }

  const exact = createTermMatcher(terms.entries((key) => key));
  // Built when the first text without diacritics comes: most processes never see one.
  let foldedOnce: typeof exact | undefined;
  const folded = () => {
    foldedOnce ??= createTermMatcher(terms.entries(fold), { folded: true });
    return foldedOnce;
  };
  const readUnlisted = createUnlistedReader(facilities);
  const readDocuments = createDocumentReader(documents);

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
      ...resolve(run, byKind['policy-document']).map((found) => mentionOf(run, found)),
      ...readDocuments(text).map((found) => ({ kind: 'policy-document' as const, ...found })),
    ].sort((a, b) => a.start - b.start || b.end - a.end);
  };

  return {
    find,
    names: new Map([
      ...[...provinces.current].map(([code, name]) => [seriesKey('province', code), name] as const),
      ...facilities.facilities.map(({ id, name }) => [seriesKey('facility', id), name] as const),
      ...diseases.diseases.map(({ id, name }) => [seriesKey('disease', id), name] as const),
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

function addProvinces(terms: TermTable, registry: ProvinceRegistry): void {
  const people = peopleRules(registry);
  const accepts: Candidate['accepts'] = (run, match, form) => isProvinceName(run, match, form, people);
  const acceptsPlace: Candidate['accepts'] = (run, match, form) =>
    standsAlone(run, match) && accepts(run, match, form);
  for (const { code, name, forms, places } of registry.all) {
    for (const written of forms)
      terms.add(written, { kind: 'province', id: code, name, province: code, accepts });
    for (const written of places) {
      terms.add(written, {
        kind: 'province',
        id: code,
        name: `${written} (${name})`,
        province: code,
        accepts: acceptsPlace,
      });
    }
  }
  for (const pitfall of registry.pitfalls) terms.add(pitfall, { kind: 'province', accepts: always });
}

function addFacilities(terms: TermTable, registry: FacilityRegistry): void {
  const { heads, forms, pitfalls } = registry;
  const fillers = new Set(registry.fillers.map((filler) => filler.toLowerCase()));
  for (const { form, facility, bare } of forms) {
    const head = heads.find((each) => form.toLowerCase().startsWith(`${each.form.toLowerCase()} `));
    const rest = head === undefined ? form : form.slice(head.form.length + 1);
    const isWeak = rest.length === 1 || fillers.has(rest.toLowerCase());
    const accepts = bare ? isBareName : isWeak ? isWeakName : isHeadedName;
    const headLength = head === undefined ? 1 : syllabify(head.form).length;
    terms.add(form, { kind: 'facility', ...facility, accepts }, headLength);
  }
  for (const pitfall of pitfalls) terms.add(pitfall, { kind: 'facility', accepts: always });
  for (const { form, head } of heads) {
    if (head.unlisted) terms.add(form, { kind: 'facility', head, accepts: always });
  }
}

function addDiseases(terms: TermTable, { diseases, pitfalls }: DiseaseRegistry): void {
  for (const { id, name, aliases } of diseases) {
    for (const form of [name, ...aliases]) terms.add(form, { kind: 'disease', id, name, accepts: always });
  }
  for (const pitfall of pitfalls) terms.add(pitfall, { kind: 'disease', accepts: always });
}

/** Forms that read alike share one entry of the trie, so each carries all that it may stand for. */
class TermTable {
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

type ByKind = Record<MentionKind, Found[]>;

function candidatesByKind(matches: readonly TermMatch<readonly Candidate[]>[]): ByKind {
  const byKind: ByKind = { province: [], facility: [], disease: [], 'policy-document': [], person: [] };
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

const always = () => true;

function beginsWithCapital({ syllables }: TokenRun, { from }: { from: number }): boolean {
  return syllables[from]?.isCapital === true;
}

/** `bệnh viện hữu nghị` is any friendly one; `Bệnh viện Hữu nghị` has a capital in its own name. */
function isHeadedName({ syllables }: TokenRun, match: { from: number; to: number }, form: Form): boolean {
  for (let at = match.from + form.headLength; at < match.to; at += 1) {
    if (syllables[at]?.isCapital === true || isNumber(syllables[at])) return true;
  }
  return false;
}

/** A name of one letter or of a kind (`Bệnh viện E`, `Bệnh viện Hữu nghị`) is another's beginning if more follows. */
function isWeakName(run: TokenRun, match: { from: number; to: number }, form: Form): boolean {
  const next = run.syllables[match.to];
  if (next?.breakBefore === NO_BREAK && (next.isCapital || next.text === 'đa')) return false;
  return isHeadedName(run, match, form);
}

/** `Chợ Rẫy`, `Từ Dũ`: capitals as in the registry, and no part of a longer name or a street's. */
function isBareName(run: TokenRun, match: { from: number; to: number }, form: Form): boolean {
  const { syllables } = run;
  const asWritten = form.capitals.every(
    (capital, index) => !capital || syllables[match.from + index]?.isCapital === true,
  );
  if (!asWritten) return false;
  if (!form.isShort && !HEALTH.test(run.text)) return false;
  const before =
    match.from > 0 && syllables[match.from]?.breakBefore === NO_BREAK ? syllables[match.from - 1] : undefined;
  return before === undefined || !PLACE_WORDS.has(before.text);
}

/** Without any of these a text that says `Việt Đức` means the school. */
const HEALTH =
  /bệnh viện|bệnh nhân|bác sĩ|y tế|cấp cứu|viện phí|benh vien|benh nhan|bac si|y te|cap cuu|(?<!\p{L})(?:BV|BS)(?!\p{L})/iu;

/** Before a bare name these say that it names a street, a quarter, a market, a school. */
const PLACE_WORDS = new Set('phố đường phường xã quận cầu chợ chùa ngõ trường thpt thcs'.split(' '));

/** The name of a town is also part of many others: `Nam Đông Hà`, `Đồng Văn Hùng`. */
function standsAlone(run: TokenRun, { from, to }: { from: number; to: number }): boolean {
  const next = run.syllables[to];
  if (isAllCapitals(run, from)) return true;
  return capitalsBefore(run, from, 1) === 0 && !(next?.breakBefore === NO_BREAK && next.isCapital);
}

interface PeopleRules {
  readonly smallUnits: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
  readonly surnames: ReadonlySet<string>;
}

function peopleRules({ smallUnits, titles, surnames }: ProvinceRegistry): PeopleRules {
  return {
    smallUnits: new Set(smallUnits),
    titles: new Set(titles.map((title) => syllabify(title).at(-1)?.text ?? '')),
    surnames: new Set(surnames.map((surname) => surname.toLowerCase().normalize('NFC'))),
  };
}

function isProvinceName(
  run: TokenRun,
  match: { from: number; to: number },
  form: Form,
  people: PeopleRules,
): boolean {
  const { syllables } = run;
  const written = syllables.slice(match.from, match.to);
  const isAbbreviation = written.some(({ text }) => text === 'hcm' || text === 'tphcm');
  if (
    !isAbbreviation &&
    !written.every(({ isCapital }, index) => isCapital || form.capitals[index] === false)
  ) {
    return false;
  }
  return !isAnothersName(run, match.from, people);
}

/** `Nguyễn Hải Dương`, `bà Huế`, `thôn Hòa Bình`. A headline in capitals tells nothing. */
function isAnothersName(run: TokenRun, from: number, { smallUnits, titles, surnames }: PeopleRules): boolean {
  const { syllables } = run;
  if (isAllCapitals(run, from - 1)) return false;
  const names = capitalsBefore(run, from, MAX_NAME_BEFORE + 1);
  const before = syllables[from - 1];
  if (names === 0) {
    const isNext = syllables[from]?.breakBefore === NO_BREAK && before !== undefined;
    return isNext && (titles.has(before.text) || smallUnits.has(before.text));
  }
  if (names === 1 && titles.has(before?.text ?? '')) return true;
  if (names <= MAX_NAME_BEFORE) return surnames.has(syllables[from - names]?.text ?? '');
  // A longer run is a place or an office and then the person: `TP Đà Nẵng Phan Thái Bình`.
  return COMMON_SURNAMES.has(before?.text ?? '');
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
  const isPlaceOnly = places.some((place) => place.from === facility.proper && place.to === facility.to);
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
