import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import type { Statement } from '../domain/statement.ts';
import { VIETNAM_OFFSET_MS } from '../domain/time.ts';
import { officerName } from './officer.ts';
import { optionalField, typedText } from './request-fields.ts';

const MAX_TITLE = 200;
const MAX_TEXT = 8000;
const MAX_URL = 500;
const EARLIEST = '2000-01-01T00:00';

/** A Vietnamese clock as `<input type="datetime-local">` sends it, or an instant. */
const issuedAt = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?$/)
  .refine((value) => value >= EARLIEST && !Number.isNaN(Date.parse(value)))
  .transform((value) =>
    /Z|[+-]\d{2}:\d{2}$/.test(value)
      ? new Date(value).toISOString()
      : new Date(Date.parse(`${value}Z`) - VIETNAM_OFFSET_MS).toISOString(),
  );

const body = z.object({
  by: officerName,
  title: typedText(MAX_TITLE).refine((title) => title !== ''),
  /** Paragraphs stay, since sentences are looked for in it. */
  text: z
    .string()
    .max(MAX_TEXT)
    .transform((text) =>
      text
        .normalize('NFC')
        .replaceAll('\r\n', '\n')
        .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
        .trim(),
    )
    .refine((text) => text !== ''),
  url: optionalField(z.httpUrl().max(MAX_URL)),
  issuedAt,
});

/**
 * What a form or a program enters as the office's statement on an incident.
 *
 * @throws {ZodError} where something is missing or malformed, or would have been said in the future
 */
export function readStatement(incidentId: string, fields: unknown, now: Date): Statement {
  const at = now.toISOString();
  const { url, ...said } = body
    .refine((statement) => statement.issuedAt <= at, { path: ['issuedAt'] })
    .parse(fields ?? {});
  return { id: randomUUID(), at, owner: incidentId, ...said, ...(url === undefined ? {} : { url }) };
}
