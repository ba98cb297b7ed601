import { z } from 'zod';

import { officerName } from './officer.ts';
import { typedLines, typedText } from './request-fields.ts';

const MAX_REMARKS = 10_000;
const MAX_NUMBER = 200;
/** A version beyond this belongs to no report. */
const MAX_VERSION = 1_000_000;

/** What a button of the page does; `save` and `approve` keep what was typed. */
export const MONTHLY_ACTIONS = ['save', 'approve', 'reopen', 'remake', 'send'] as const;
export type MonthlyAction = (typeof MONTHLY_ACTIONS)[number];

/** `YYYY-MM`. */
export const monthField = z.string().regex(/^20\d{2}-(?:0[1-9]|1[0-2])$/);

/** What is sent for the report of a month to be made. */
export const monthlyRequest = z.object({ month: monthField, by: officerName });

/** What is sent for something to be done with one. */
export const monthlyOrder = z.object({
  by: officerName,
  version: z.coerce.number().int().min(1).max(MAX_VERSION),
  do: z.enum(MONTHLY_ACTIONS).default('save'),
  remarks: typedLines(MAX_REMARKS).default(''),
  number: typedText(MAX_NUMBER).default(''),
});
