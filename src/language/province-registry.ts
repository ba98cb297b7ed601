/** The provinces of `config/provinces.yaml`: today's 34, and the 63 that went into them. */
import { z } from 'zod';

import { parseYaml } from '../domain/yaml-document.ts';

const code = z.string().regex(/^\d{2}$/u, 'expected an official code of two digits, in quotes');
const place = {
  name: z.string().min(1),
  lat: z.number().min(8).max(24),
  lon: z.number().min(102).max(110),
  aliases: z.array(z.string().min(2)).default([]),
  places: z.array(z.string().min(2)).default([]),
};
const schema = z
  .strictObject({
    mergedAt: z.iso.date(),
    regions: z.record(z.string(), z.string()),
    provinces: z.array(
      z.strictObject({
        code,
        ...place,
        region: z.string(),
        former: z.array(z.strictObject({ code, ...place })).default([]),
      }),
    ),
    pitfalls: z.array(z.string()).default([]),
    smallUnits: z.array(z.string()).default([]),
    titles: z.array(z.string()).default([]),
    surnames: z.array(z.string()).default([]),
  })
  .superRefine(({ provinces, regions }, context) => {
    const seen = new Set<string>();
    for (const [index, { code, region }] of provinces.entries()) {
      const path = ['provinces', index];
      if (seen.has(code)) context.addIssue({ code: 'custom', path, message: `code ${code} once only` });
      if (regions[region] === undefined) {
        context.addIssue({ code: 'custom', path: [...path, 'region'], message: 'a key of `regions`' });
      }
      seen.add(code);
    }
  });

/** One name by which a province is, or was, known. */
interface ProvinceName {
  /** Code of the province as it is today. */
  readonly code: string;
  /** Name of the province that was meant: `Bình Dương`, though its code is that of TP.HCM. */
  readonly name: string;
  /** Ways to write it, the name itself first. */
  readonly forms: readonly string[];
  /** Towns that stand for it. */
  readonly places: readonly string[];
}

export interface ProvinceRegistry {
  /** Today's display name by code. */
  readonly current: ReadonlyMap<string, string>;
  /** A point near the middle of each, by code. */
  readonly points: ReadonlyMap<string, { readonly lat: number; readonly lon: number }>;
  /** Today's code by each code that is or was in use. */
  readonly codes: ReadonlyMap<string, string>;
  /** Every name, today's and former. */
  readonly all: readonly ProvinceName[];
  readonly pitfalls: readonly string[];
  readonly smallUnits: readonly string[];
  readonly titles: readonly string[];
  readonly surnames: readonly string[];
}

/** @throws {ConfigError} with every fault of the file */
export function parseProvinces(file: string, text: string): ProvinceRegistry {
  const { provinces, pitfalls, smallUnits, titles, surnames } = parseYaml(file, text, schema);
  return {
    current: new Map(provinces.map(({ code, name }) => [code, name])),
    points: new Map(provinces.map(({ code, lat, lon }) => [code, { lat, lon }])),
    codes: new Map(
      provinces.flatMap(({ code, former }) =>
        [code, ...former.map((each) => each.code)].map((each) => [each, code]),
      ),
    ),
    all: provinces.flatMap((province) =>
      (province.former.length === 0 ? [province] : province.former).map(({ name, aliases, places }) => ({
        code: province.code,
        name,
        forms: [name, ...aliases],
        places,
      })),
    ),
    pitfalls,
    smallUnits,
    titles,
    surnames,
  };
}
