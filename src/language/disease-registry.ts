/** The diseases and syndromes of `config/diseases.yaml`. */
import { z } from 'zod';

import { parseYaml } from '../domain/yaml-document.ts';

const GROUPS = [
  'infectious',
  'zoonotic',
  'vaccine-preventable',
  'chronic',
  'mental',
  'poisoning',
  'injury',
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
    const seen = new Set<string>();
    for (const [index, { id }] of diseases.entries()) {
      if (seen.has(id)) {
        context.addIssue({ code: 'custom', path: ['diseases', index, 'id'], message: `id ${id} once only` });
      }
      seen.add(id);
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
