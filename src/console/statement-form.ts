import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import type { Statement } from '../domain/statement.ts';
import { officerName } from './officer.ts';
import { localMoment, optionalField, typedLines, typedText } from './request-fields.ts';

const MAX_TITLE = 200;
const MAX_TEXT = 8000;
const MAX_URL = 500;

/** What is sent; reading it twice changes nothing. */
export const statementBody = z.object({
  by: officerName,
  title: typedText(MAX_TITLE).refine((title) => title !== ''),
  /** Paragraphs stay, since sentences are looked for in it. */
  text: typedLines(MAX_TEXT).refine((text) => text !== ''),
  url: optionalField(z.httpUrl().max(MAX_URL)),
  issuedAt: localMoment,
});

/**
 * What a form or a program enters as the office's statement on an incident.
 *
 * @throws {ZodError} where something is missing or malformed, or would have been said in the future
 */
export function readStatement(incidentId: string, fields: unknown, now: Date): Statement {
  const at = now.toISOString();
  const { url, ...said } = statementBody
    .refine((statement) => statement.issuedAt <= at, { path: ['issuedAt'] })
    .parse(fields ?? {});
  return { id: randomUUID(), at, owner: incidentId, ...said, ...(url === undefined ? {} : { url }) };
}
