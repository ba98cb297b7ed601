import { createHash } from 'node:crypto';
import { z } from 'zod';

import { SEVERITIES } from '../domain/alert.ts';
import { SERIES_KINDS } from '../domain/series.ts';
import { parseYaml } from '../domain/yaml-document.ts';
import type { AlertRule } from './alert-rule.ts';

const rule = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected 1 to 40 lower-case letters, digits or hyphens'),
  seriesKinds: z.array(z.enum(SERIES_KINDS)).min(1, 'expected at least one kind of series'),
  windowHours: z.int().min(1).max(168),
  minNegative: z.int().min(0).max(1000),
  minNewsrooms: z.int().min(1).max(100),
  minNegativeShare: z.number().min(0).max(1),
  severity: z.enum(SEVERITIES),
  expectedFalsePagesPerWeek: z.number().positive().max(100),
  growthToRepeat: z.number().min(1.1).max(100),
});

const schema = z
  .strictObject({ rules: z.array(rule).min(1, 'expected at least one rule') })
  .superRefine(({ rules }, context) => {
    const seen = new Set<string>();
    rules.forEach(({ id }, index) => {
      if (seen.has(id)) {
        context.addIssue({
          code: 'custom',
          path: ['rules', index, 'id'],
          message: `expected an id of its own, ${JSON.stringify(id)} stands above already`,
        });
      }
      seen.add(id);
    });
  });

/**
 * Reads `config/alert-rules.yaml`. A rule's version is a hash of what it says, so that an edit is a new version.
 *
 * @throws {ConfigError} with every fault, its line and what was expected
 */
export function parseAlertRules(text: string, file = 'config/alert-rules.yaml'): AlertRule[] {
  return parseYaml(file, text, schema).rules.map((entry) => ({
    ...entry,
    version: createHash('sha256').update(JSON.stringify(entry)).digest('hex').slice(0, 12),
  }));
}
