/** Bodies and facilities of the health sector in a text, listed or not. */
import { type Found, resolve } from './choose-names.ts';
import type { FacilityRegistry } from './facility-registry.ts';
import type { Candidate } from './mention-candidates.ts';
import { always } from './name-rules.ts';
import { fold } from './normalise.ts';
import { hasBreak, NO_BREAK, PHRASE_BREAK, SENTENCE_BREAK, type Syllable, syllabify } from './syllables.ts';
import { isNumber, isShouted, type TokenRun } from './token-run.ts';
import {
  createUnlistedReader,
  type UnlistedFacility,
  type UnlistedReader,
  unlistedId,
} from './unlisted-facility.ts';

/** How far behind a facility the province that it stands in may be named: `… (Phú Thọ)`, `…, tỉnh Đồng Nai`. */
const MAX_SYLLABLES_TO_PROVINCE = 4;

/** Syllables of a hospital's name without its head. */
const MAX_REST = 6;

type Facility = FacilityRegistry['facilities'][number];

export type FacilityFinder = (run: TokenRun, found: readonly Found[], places: readonly Found[]) => Found[];

/** Builds the finder of bodies and facilities: listed ones, unlisted ones behind a head, and those named by half. */
export function createFacilityFinder(registry: FacilityRegistry): FacilityFinder {
  const readUnlisted = createUnlistedReader(registry);
  const readFurther = createFurtherHospitals(registry);
  const byId = new Map(registry.facilities.map((facility) => [facility.id, facility]));
  const listed = byUnlistedId(registry);

  return (run, found, places) => {
    const bodies: Found[] = [];
    const named = resolve(run, found);
    for (const each of named) {
      if (each.from < (bodies.at(-1)?.to ?? 0)) continue;
      const body = each.value.head === undefined ? each : unlistedAt(run, each, places, readUnlisted, listed);
      if (body !== undefined) bodies.push(body, ...readFurther(run, body, places));
    }
    const known = withProvinces(withOneId(bodies, places));
    const implied = named
      .filter(({ value }) => value.head?.ofProvince !== undefined)
      .flatMap((each) => bodyOfProvince(run, each, known, places, byId) ?? []);
    return implied.length === 0 ? known : [...known, ...implied].sort((a, b) => a.from - b.from);
  };
}

/** Listed facilities by the id that each of their forms would get if it were not listed: `đa khoa` makes no difference. */
function byUnlistedId({ forms, heads }: FacilityRegistry): Map<string, Facility> {
  const slugs = new Map(heads.map(({ form, head }) => [form, head.slug]));
  const listed = new Map<string, Facility>();
  for (const { head, rest, facility } of forms) {
    const slug = slugs.get(head.trim());
    const id = slug === undefined ? undefined : unlistedId(slug, syllabify(rest));
    if (id !== undefined && !listed.has(id)) listed.set(id, facility);
  }
  return listed;
}

/** The province that one mention of a facility names holds for all of them. */
function withProvinces(bodies: readonly Found[]): Found[] {
  const provinceById = new Map<string, string>();
  for (const { value } of bodies) {
    if (value.id !== undefined && value.province !== undefined) provinceById.set(value.id, value.province);
  }
  return bodies.map((body) => {
    const province = body.value.province ?? provinceById.get(body.value.id ?? '');
    return province === undefined ? body : { ...body, value: { ...body.value, province } };
  });
}

/** More facilities than this in one text are a list, and no list gives one of them twice by half. */
const MAX_COMPARED = 50;

/** `Bệnh viện Đa khoa Quốc tế Ví Dụ` and, further on, `Bệnh viện Ví Dụ`: the longer name is meant by both. */
function withOneId(bodies: readonly Found[], places: readonly Found[]): readonly Found[] {
  const byId = new Map(bodies.map((body) => [body.value.id ?? '', body]));
  if (byId.size < 2 || byId.size > MAX_COMPARED) return bodies;
  const longer = new Map<string, Candidate>();
  for (const [id, body] of byId) {
    if (body.value.head === undefined || places.some((place) => place.to === body.to)) continue;
    const other = longerName(id, [...byId.values()]);
    if (other !== undefined) longer.set(id, other);
  }
  if (longer.size === 0) return bodies;
  return bodies.map((body) => {
    const { id, name } = longer.get(body.value.id ?? '') ?? {};
    return id === undefined ? body : { ...body, value: { ...body.value, id, ...(name && { name }) } };
  });
}

/** Of the others, one whose name ends in all that stands behind the head in the name that `id` was made of. */
function longerName(id: string, others: readonly Found[]): Candidate | undefined {
  const [, ...words] = id.split('-');
  if (words.length < 2) return undefined;
  const tail = `-${words.join('-')}`;
  return others.find(
    ({ value }) =>
      value.id !== id && (value.id?.endsWith(tail) === true || slugOf(value.name ?? '').endsWith(tail)),
  )?.value;
}

function slugOf(name: string): string {
  return fold(name).replaceAll(/[^a-z0-9]+/gu, '-');
}

/** `Sở Y tế` without a province: the one named in full, or that of the only province of the text. */
function bodyOfProvince(
  run: TokenRun,
  { from, to, value }: Found,
  bodies: readonly Found[],
  places: readonly Found[],
  byId: ReadonlyMap<string, Facility>,
): Found | undefined {
  const { head } = value;
  const next = run.syllables[to];
  if (head === undefined || run.syllables[from]?.isCapital !== true) return undefined;
  if (bodies.some((body) => from < body.to && body.from < to)) return undefined;
  if (next?.breakBefore === NO_BREAK && next.isCapital) return undefined;
  const full = bodies.filter((body) => body.value.id?.startsWith(`${head.slug}-`));
  const provinces = new Set(places.map((place) => place.value.province));
  const [only] = provinces.size === 1 ? provinces : [];
  const id =
    full.findLast((body) => body.from < from)?.value.id ??
    full[0]?.value.id ??
    (only === undefined ? undefined : head.ofProvince?.replace('{code}', only));
  const facility = byId.get(id ?? '');
  if (facility === undefined) return undefined;
  const { name, province } = facility;
  return {
    from,
    to,
    value: {
      kind: 'facility',
      id: facility.id,
      name,
      form: value.form,
      accepts: always,
      ...(province && { province }),
    },
  };
}

type FurtherReader = (run: TokenRun, after: Found, places: readonly Found[]) => Found[];

/** `Bệnh viện Chợ Rẫy, Hùng Vương và Từ Dũ`: hospitals named without their head behind one that has it. */
function createFurtherHospitals({ forms }: FacilityRegistry): FurtherReader {
  const byRest = new Map<string, Facility>();
  for (const { head, rest, facility } of forms) {
    if (head.trim().toLowerCase() === 'bệnh viện') byRest.set(wordsOf(syllabify(rest)), facility);
  }

  const longestFrom = ({ syllables }: TokenRun, from: number): Found | undefined => {
    for (let to = Math.min(from + MAX_REST, syllables.length); to > from; to -= 1) {
      const facility = byRest.get(wordsOf(syllables.slice(from, to)));
      const next = syllables[to];
      if (facility === undefined || (next?.breakBefore === NO_BREAK && next.isCapital)) continue;
      return { from, to, value: { kind: 'facility', ...facility, form: NO_FORM, accepts: always } };
    }
    return undefined;
  };

  const nextAfter = (run: TokenRun, at: number, places: readonly Found[]): Found | undefined => {
    const isAnd = run.syllables[at]?.text === 'và';
    const from = isAnd ? at + 1 : at;
    const first = run.syllables[from];
    if (first?.isCapital !== true && !isNumber(first)) return undefined;
    if (first?.breakBefore !== (isAnd ? NO_BREAK : PHRASE_BREAK)) return undefined;
    // `Bệnh viện Hoàn Mỹ, Đà Nẵng` says where it is.
    return places.some((place) => place.from === from) ? undefined : longestFrom(run, from);
  };

  return (run, after, places) => {
    if (!/^bv-/u.test(after.value.id ?? '')) return [];
    const further: Found[] = [];
    let next = nextAfter(run, after.to, places);
    while (next !== undefined) {
      further.push(next);
      next = nextAfter(run, next.to, places);
    }
    return further;
  };
}

function wordsOf(syllables: readonly Syllable[]): string {
  return syllables.map(({ text }) => text).join(' ');
}

const NO_FORM = { capitals: [], isShort: false, headLength: 0 };

function unlistedAt(
  run: TokenRun,
  { value, from, to }: Found,
  places: readonly Found[],
  readUnlisted: UnlistedReader,
  listed: ReadonlyMap<string, Facility>,
): Found | undefined {
  const { head } = value;
  const mayRead = head?.unlisted === true && !isShouted(run, from);
  const facility = mayRead ? readUnlisted(run, head, from, to) : undefined;
  if (head === undefined || facility === undefined) return undefined;
  const place = places.find(({ from: at }) => at >= to && at <= facility.proper);
  // `các bệnh viện Hà Nội` are several.
  const isPlaceOnly = place !== undefined && place.to >= facility.to;
  const isKindOnly = isPlaceOnly && place.from === to && place.value.isTown !== true;
  if (isKindOnly || (isPlaceOnly && run.syllables[from]?.isCapital !== true)) return undefined;
  const end = isPlaceOnly ? place.to : facility.to;
  const known = listed.get(facility.id);
  const province = known?.province ?? provinceOf(run, facility, places);
  const { id, name } = known ?? facility;
  return {
    from,
    to: end,
    value: {
      kind: 'facility',
      id,
      name,
      head,
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
  if (hasBreak(syllables, from, to, SENTENCE_BREAK)) return false;
  return syllables.slice(from, to).every(({ text, isCapital }) => isCapital || LOCATING.has(text));
}

const LOCATING = new Set('ở tại thuộc tỉnh thành phố tp huyện quận xã phường thị trấn đặc khu'.split(' '));
