/** The bodies and facilities of `config/facilities.yaml`, with every way to write each of them spelled out. */
import { z } from 'zod';

import { parseYaml } from '../domain/yaml-document.ts';
import { fold } from './normalise.ts';
import type { ProvinceRegistry } from './province-registry.ts';

const LEVELS = [
  'ministry',
  'central',
  'provincial',
  'district',
  'private',
  'department',
  'cdc',
  'military',
  'institute',
  'international',
] as const;
type FacilityLevel = (typeof LEVELS)[number];

const head = z.strictObject({
  slug: z.string().regex(/^[a-z-]+$/u),
  name: z.string().min(2),
  forms: z.array(z.string().min(2)).default([]),
  level: z.enum(LEVELS),
  unlisted: z.boolean(),
  ofProvince: z.string().includes('{code}').optional(),
});

const template = z.strictObject({
  scope: z.enum(['current', 'each', 'abroad']),
  except: z.array(z.string()).default([]),
  id: z.string().includes('{'),
  name: z.string().includes('{province}'),
  forms: z.array(z.string().includes('{province}')).min(1),
  level: z.enum(LEVELS),
});

function schemaFor(codes: ReadonlySet<string>) {
  return z
    .strictObject({
      heads: z.array(head).min(1),
      templates: z.array(template).default([]),
      fillers: z.array(z.string()).default([]),
      notProper: z.array(z.string()).default([]),
      abroad: z.array(z.string()).default([]),
      pitfalls: z.array(z.string()).default([]),
      facilities: z.array(
        z.strictObject({
          id: z.string().regex(/^[a-z0-9-]+$/u, 'expected lower-case letters, digits and hyphens'),
          name: z.string().min(2),
          province: z
            .string()
            .refine((code) => code === 'foreign' || codes.has(code), "expected today's code of a province"),
          level: z.enum(LEVELS),
          aliases: z.array(z.string().min(2)).default([]),
        }),
      ),
    })
    .superRefine(({ facilities }, context) => {
      const ids = new Set<string>();
      const owners = new Map<string, string>();
      for (const [index, { id, name, aliases }] of facilities.entries()) {
        if (ids.has(id)) {
          const path = ['facilities', index, 'id'];
          context.addIssue({ code: 'custom', path, message: `id ${id} once only` });
        }
        ids.add(id);
        for (const alias of [name, ...aliases]) {
          const owner = owners.get(alias.toLowerCase());
          if (owner !== undefined) {
            const message = `“${alias}” stands for ${owner} already`;
            context.addIssue({ code: 'custom', path: ['facilities', index], message });
          }
          owners.set(alias.toLowerCase(), id);
        }
      }
    });
}

interface Facility {
  readonly id: string;
  readonly name: string;
  readonly level: FacilityLevel;
  /** Today's code; absent for what stands abroad. */
  readonly province?: string;
}

export type FacilityHead = z.output<typeof head>;

export interface FacilityRegistry {
  readonly facilities: readonly Facility[];
  /** Every way to write a listed facility. `bare`: the name has no head (`Chợ Rẫy`), so its capitals must do. */
  readonly forms: readonly {
    readonly form: string;
    readonly facility: Facility;
    readonly bare: boolean;
    /** The head in this spelling (`BVĐK`), the first word where there is none. */
    readonly head: string;
    /** What follows the head. */
    readonly rest: string;
  }[];
  /** Ways to write a head, longest first. */
  readonly heads: readonly { readonly form: string; readonly head: FacilityHead }[];
  readonly fillers: readonly string[];
  readonly notProper: readonly string[];
  /** Countries and regions. */
  readonly abroad: readonly string[];
  readonly pitfalls: readonly string[];
}

/** @throws {ConfigError} with every fault of the file */
export function parseFacilities(file: string, text: string, provinces: ProvinceRegistry): FacilityRegistry {
  const parsed = parseYaml(file, text, schemaFor(new Set(provinces.current.keys())));
  const heads = parsed.heads
    .flatMap((each) => [each.name, ...each.forms].map((form) => ({ form, head: each })))
    .sort((a, b) => b.form.length - a.form.length);

  const facilities: Facility[] = [];
  const forms: FacilityRegistry['forms'][number][] = [];
  const add = (facility: Facility, names: readonly string[]) => {
    facilities.push(facility);
    const seen = new Set<string>();
    for (const name of names) {
      const known = headOf(name, heads);
      const bare = known === undefined && !STARTS_LIKE_A_BODY.test(name);
      for (const { start, rest } of spellings(name, known, provinces)) {
        const form = start + rest;
        if (seen.has(form)) continue;
        seen.add(form);
        forms.push({ form, facility, bare, head: start === '' ? (name.split(' ')[0] ?? '') : start, rest });
      }
    }
  };

  const made = new Map(
    parsed.templates
      .flatMap((each) => fromTemplate(each, provinces, parsed.abroad))
      .map(({ facility, names }) => [facility.id, { facility, names }]),
  );
  for (const { id, name, level, province, aliases } of parsed.facilities) {
    // A line with a template's id adds to the names that the template gives.
    const names = [name, ...aliases, ...(made.get(id)?.names ?? [])];
    add({ id, name, level, ...(province === 'foreign' ? {} : { province }) }, names);
    made.delete(id);
  }
  for (const { facility, names } of made.values()) add(facility, names);
  return { ...parsed, facilities, forms, heads };
}

/** `Viện Pasteur …`, `Cục Quản lý Dược`, `Trung tâm Chống độc …`: the first word says that it is a body. */
const STARTS_LIKE_A_BODY = /^(?:Bộ|Cục|Sở|Viện|Trung tâm|Học viện|Hệ thống|Bảo hiểm|Nhà thuốc)\s/u;

function fromTemplate(
  { scope, except, id, name, forms, level }: z.output<typeof template>,
  { all, current }: ProvinceRegistry,
  abroad: readonly string[],
): { facility: Facility; names: string[] }[] {
  const fill = (pattern: string, province: string, code: string) =>
    pattern
      .replace('{province}', province)
      .replace('{code}', code)
      .replace('{slug}', fold(province).replace(/[^a-z0-9]+/gu, '-'));

  if (scope === 'abroad') {
    return abroad.map((country) => ({
      facility: { id: fill(id, country, ''), name: fill(name, country, ''), level },
      names: forms.map((form) => fill(form, country, '')),
    }));
  }
  if (scope === 'each') {
    return all
      .filter((province) => !except.includes(province.name))
      .map((province) => ({
        facility: {
          id: fill(id, province.name, province.code),
          name: fill(name, province.name, province.code),
          level,
          province: province.code,
        },
        names: forms.map((form) => fill(form, province.name, province.code)),
      }));
  }
  return [...current].map(([code, today]) => ({
    facility: { id: fill(id, today, code), name: fill(name, today, code), level, province: code },
    names: [
      fill(name, today, code),
      ...all
        .filter((province) => province.code === code)
        .flatMap((province) => forms.map((form) => fill(form, province.name, code))),
    ],
  }));
}

type WrittenHead = FacilityRegistry['heads'][number];

function headOf(name: string, heads: readonly WrittenHead[]): WrittenHead | undefined {
  const lower = name.toLowerCase();
  return heads.find(({ form }) => lower.startsWith(`${form.toLowerCase()} `));
}

/** How papers shorten `Trung ương`. */
const CENTRAL = ['TW', 'TƯ', 'T.Ư'];

interface Spelling {
  /** A head and a space, or nothing. */
  readonly start: string;
  readonly rest: string;
}

/** Head in each of its forms, the province that closes the name in each of its own, ` - ` also left out. */
function spellings(name: string, head: WrittenHead | undefined, provinces: ProvinceRegistry): Spelling[] {
  const rest = head === undefined ? name : name.slice(head.form.length + 1);
  const starts = head === undefined ? [''] : [head.head.name, ...head.head.forms].map((form) => `${form} `);
  const province = SAIGON.test(rest)
    ? undefined
    : provinces.all.find(({ forms }) => forms.some((form) => ` ${rest}`.endsWith(` ${form}`)));
  const ends = (province === undefined ? [rest] : endings(rest, province.forms)).flatMap(looser);
  return starts.flatMap((start) => ends.map((end) => ({ start, rest: end })));
}

function looser(whole: string): string[] {
  return whole.includes('Đại học')
    ? [whole, whole.replace('Đại học', 'ĐH')].flatMap(loosened)
    : loosened(whole);
}

function loosened(rest: string): string[] {
  const written = /\btrung ương\b/iu.test(rest)
    ? [rest, ...CENTRAL.map((central) => rest.replace(/\btrung ương\b/iu, central))]
    : [rest];
  return rest.includes(' - ') ? written.flatMap((form) => [form, form.replaceAll(' - ', ' ')]) : written;
}

function endings(rest: string, forms: readonly string[]): string[] {
  const written = forms.find((form) => ` ${rest}`.endsWith(` ${form}`)) ?? '';
  const stem = rest.slice(0, rest.length - written.length).replace(/(?:tỉnh|thành phố|TP) $/iu, '');
  // `thành phố Thái Nguyên` is a town of the province.
  const units = forms.some((form) => CITIES.has(form)) ? ['', 'tỉnh ', 'thành phố ', 'TP '] : ['', 'tỉnh '];
  const ends = forms
    .filter((form) => !OTHERS_USE_IT.test(form))
    .flatMap((form) => (NAMES_ITS_UNIT.test(form) ? [form] : units.map((unit) => unit + form)));
  return [rest, ...ends.map((end) => stem + end)];
}

/** `Bệnh viện Mắt Sài Gòn` is a private chain, not the city's eye hospital. */
const OTHERS_USE_IT = /^(?:Sài Gòn|Saigon)$/u;

/** Run by the centre. */
const CITIES = new Set(['Hà Nội', 'Hải Phòng', 'Huế', 'Đà Nẵng', 'Cần Thơ', 'TP.HCM']);

/** A name that ends so is written so. */
const SAIGON = /(?:Sài Gòn|Saigon)$/u;

/** `TP.HCM`, `Thành phố Hồ Chí Minh`, `BR-VT`: nothing is put before these. */
const NAMES_ITS_UNIT = /^(?:TP|Thành phố|HCM|Ho Chi|S[aà]i ?[gG]òn|Saigon|BR|TT)/u;
