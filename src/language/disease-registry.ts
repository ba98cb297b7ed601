/** The diseases and syndromes of `config/diseases.yaml`. */
import { z } from 'zod';

import { parseYaml } from '../domain/yaml-document.ts';

const GROUPS = [
  'infectious',
  'zoonotic',
  'vaccine-preventable',
  'chronic',
  'maternal',
  'mental',
  'poisoning',
  'injury',
  'syndrome',
  'other',
] as const;

const schema = z
  .strictObject({
    diseases: z.array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/u, 'expected lower-case letters, digits and hyphens'),
        name: z.string().min(1),
        group: z.enum(GROUPS),
        aliases: z.array(z.string().min(1)).default([]),
      }),
    ),
    pitfalls: z.array(z.string()).default([]),
  })
  .superRefine(({ diseases }, context) => {
    const ids = new Set<string>();
    const owners = new Map<string, string>();
    for (const [index, { id, name, aliases }] of diseases.entries()) {
      if (ids.has(id)) {
        context.addIssue({ code: 'custom', path: ['diseases', index, 'id'], message: `id ${id} once only` });
      }
      ids.add(id);
      for (const form of [name, ...aliases].map((each) => each.toLowerCase())) {
        const owner = owners.get(form);
        if (owner !== undefined && owner !== id) {
          const message = `“${form}” stands for ${owner} already`;
          context.addIssue({ code: 'custom', path: ['diseases', index], message });
        }
        owners.set(form, id);
      }
    }
  });

interface Disease {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

export interface DiseaseRegistry {
  readonly diseases: readonly Disease[];
  readonly pitfalls: readonly string[];
}

/** @throws {ConfigError} with every fault of the file */
export function parseDiseases(file: string, text: string): DiseaseRegistry {
  return parseYaml(file, text, schema);
}
