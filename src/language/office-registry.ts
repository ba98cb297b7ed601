/** The offices of `config/offices.yaml`, and the words that stand between an office and the name of who holds it. */
import { z } from 'zod';

import { parseYaml } from '../domain/yaml-document.ts';

const office = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/u, 'expected lower-case letters, digits and hyphens'),
  name: z.string().min(2),
  aliases: z.array(z.string().min(2)).default([]),
  alone: z.boolean().default(false),
  rank: z.boolean().default(false),
});

const schema = z
  .strictObject({
    offices: z.array(office).min(1),
    degrees: z.array(z.string()).default([]),
    bodyWords: z.array(z.string()).default([]),
    notNames: z.array(z.string()).default([]),
  })
  .superRefine(({ offices }, context) => {
    const seen = new Set<string>();
    for (const [index, { id }] of offices.entries()) {
      if (seen.has(id)) {
        context.addIssue({ code: 'custom', path: ['offices', index, 'id'], message: `id ${id} once only` });
      }
      seen.add(id);
    }
  });

export type Office = z.output<typeof office>;
export type OfficeRegistry = z.output<typeof schema>;

/** @throws {ConfigError} with every fault of the file */
export function parseOffices(file: string, text: string): OfficeRegistry {
  return parseYaml(file, text, schema);
}
