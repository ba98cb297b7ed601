import { z } from 'zod';

import type { Signature } from './printed-document.ts';
import { parseYaml } from './yaml-document.ts';

/** The office as its documents name it, and who is sent them. */
export interface Letterhead {
  readonly parentAgency?: string;
  readonly agency: string;
  readonly place: string;
  /** What follows the number of a press brief: `ĐB-VP`. */
  readonly symbol: string;
  readonly signature: Signature;
  readonly recipients: readonly string[];
  readonly brief: { readonly to: readonly string[]; readonly onlyApproved: boolean };
  readonly report: {
    readonly to: readonly string[];
    readonly onlyApproved: boolean;
    /** Of the month, from which the report of the month before is made, and `HH:MM` in Vietnam. */
    readonly day: number;
    readonly at: string;
  };
}

const MOST_RECIPIENTS = 50;

const line = z.string().trim().max(200);
const mailbox = z.string().regex(/^[^\s@]{1,64}@[^\s@]{1,190}$/, 'expected a mailbox');
const mailboxes = z.array(mailbox).max(MOST_RECIPIENTS).default([]);

const schema = z.strictObject({
  parentAgency: line.min(1).exactOptional(),
  agency: line.min(1),
  place: line.min(1),
  symbol: line,
  signature: z.strictObject({ office: line.min(1), name: line.default('') }),
  recipients: z.array(line.min(1)).max(MOST_RECIPIENTS),
  brief: z
    .strictObject({ to: mailboxes, onlyApproved: z.boolean().default(false) })
    .default({ to: [], onlyApproved: false }),
  report: z
    .strictObject({
      to: mailboxes,
      onlyApproved: z.boolean().default(false),
      day: z.int().min(1).max(28).default(1),
      at: z.stringFormat('HH:MM', /^(?:[01]\d|2[0-3]):[0-5]\d$/).default('08:00'),
    })
    .default({ to: [], onlyApproved: false, day: 1, at: '08:00' }),
});

/** Reads `config/office.yaml`. @throws {ConfigError} with every fault, its line and what was expected */
export function parseLetterhead(text: string, file = 'config/office.yaml'): Letterhead {
  return parseYaml(file, text, schema);
}
