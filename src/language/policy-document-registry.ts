/** The policy documents of `config/policy-documents.yaml`, and the forms that numbers of others take. */
import { z } from 'zod';

import { parseYaml } from '../domain/yaml-document.ts';
import { fold } from './normalise.ts';

const key = z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected 1 to 40 lower-case letters, digits or hyphens');
const phrases = z.array(z.string().min(2).max(100)).min(1).max(20);

const clause = z.strictObject({ id: key, name: z.string().min(1).max(200), terms: phrases });

/** A number or day of the document as it is to be quoted. */
const fact = z.strictObject({
  id: key,
  /** The right sentence, which an outlet that errs is sent. */
  says: z.string().min(1).max(500),
  /** A sentence speaks of the fact if it holds one of these. */
  terms: phrases,
  value: z.union([z.number(), z.iso.date()]),
  /** `%`, `đồng`, `tháng`, `bác sĩ`: what follows the number; a day has none. */
  unit: z.string().min(1).max(40).optional(),
});

const schema = z
  .strictObject({
    kinds: z.array(
      z.strictObject({
        name: z.string().min(1),
        suffix: z.array(z.string().min(2)).min(1),
        issuers: z.record(z.string(), z.string()).default({}),
      }),
    ),
    documents: z.array(
      z.strictObject({
        id: z.string(),
        number: z.string().regex(/^\d{1,5}[/-]/u, 'expected a number such as 96/2023/NĐ-CP or 20-NQ/TW'),
        name: z.string().min(1),
        draftedAt: z.iso.date().optional(),
        consultedAt: z.iso.date().optional(),
        issuedAt: z.iso.date().optional(),
        effectiveAt: z.iso.date().optional(),
        aliases: z.array(z.string().min(3)).default([]),
        short: z.boolean().default(false),
        clauses: z.array(clause).max(30).default([]),
        facts: z.array(fact).max(30).default([]),
      }),
    ),
  })
  .superRefine(({ documents }, context) => {
    const seen = new Set<string>();
    for (const [index, { id, number }] of documents.entries()) {
      const path = ['documents', index, 'id'];
      if (id !== documentId(number)) {
        context.addIssue({
          code: 'custom',
          path,
          message: `expected ${documentId(number)}, from its number`,
        });
      }
      if (seen.has(id)) context.addIssue({ code: 'custom', path, message: `id ${id} once only` });
      seen.add(id);
    }
  });

export type PolicyDocumentRegistry = z.output<typeof schema>;

export type PolicyDocument = PolicyDocumentRegistry['documents'][number];
export type PolicyFact = PolicyDocument['facts'][number];

/** @throws {ConfigError} with every fault of the file */
export function parsePolicyDocuments(file: string, text: string): PolicyDocumentRegistry {
  return parseYaml(file, text, schema);
}

/** `282/2025/NĐ-CP` → `282-2025-nd-cp`. */
export function documentId(number: string): string {
  return fold(number)
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '');
}
