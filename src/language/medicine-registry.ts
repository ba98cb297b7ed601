/** The medicines, vaccines and other health products of `config/medicines.yaml`, every way to write each spelled out. */
import { z } from 'zod';

import { parseYaml } from '../domain/yaml-document.ts';

const KINDS = ['vaccine', 'medicine', 'biological', 'supplement', 'cosmetic', 'device'] as const;

const schema = z
  .strictObject({
    vaccineHeads: z.array(z.string().min(2)).min(1),
    vaccineLinks: z.array(z.string().min(2)).default([]),
    medicines: z.array(
      z
        .strictObject({
          id: z.string().regex(/^[a-z0-9-]+$/u, 'expected lower-case letters, digits and hyphens'),
          name: z.string().min(1),
          kind: z.enum(KINDS),
          against: z.array(z.string().min(1)).default([]),
          aliases: z.array(z.string().min(2)).default([]),
        })
        .refine(({ kind, against }) => kind === 'vaccine' || against.length === 0, {
          path: ['against'],
          message: 'for a vaccine only',
        }),
    ),
    pitfalls: z.array(z.string()).default([]),
  })
  .superRefine(({ medicines }, context) => {
    const ids = new Set<string>();
    const owners = new Map<string, string>();
    for (const [index, { id, name, aliases }] of medicines.entries()) {
      if (ids.has(id)) {
        context.addIssue({ code: 'custom', path: ['medicines', index, 'id'], message: `id ${id} once only` });
      }
      ids.add(id);
      for (const form of [name, ...aliases]) {
        const owner = owners.get(form.toLowerCase());
        if (owner !== undefined && owner !== id) {
          const message = `“${form}” stands for ${owner} already`;
          context.addIssue({ code: 'custom', path: ['medicines', index], message });
        }
        owners.set(form.toLowerCase(), id);
      }
    }
  });

interface Medicine {
  readonly id: string;
  readonly name: string;
  /** Name and aliases, and for a vaccine every head, link and disease put together. */
  readonly forms: readonly string[];
}

export interface MedicineRegistry {
  readonly medicines: readonly Medicine[];
  readonly pitfalls: readonly string[];
}

/** @throws {ConfigError} with every fault of the file */
export function parseMedicines(file: string, text: string): MedicineRegistry {
  const { vaccineHeads, vaccineLinks, medicines, pitfalls } = parseYaml(file, text, schema);
  const beginnings = vaccineHeads.flatMap((head) => [head, ...vaccineLinks.map((link) => `${head} ${link}`)]);
  return {
    pitfalls,
    medicines: medicines.map(({ id, name, aliases, against }) => ({
      id,
      name,
      forms: [
        name,
        ...aliases,
        ...against.flatMap((disease) => beginnings.map((beginning) => `${beginning} ${disease}`)),
      ],
    })),
  };
}
