import { z } from 'zod';

import { VIETNAM_OFFSET_MS } from '../domain/time.ts';

const MAX_ID = 200;

/** No store keeps a NUL and no reader types one. */
const CONTROL = /\p{Cc}/u;
const CONTROLS = /\p{Cc}+/gu;

/** An id as it stands in an address or a form; what it names may not exist. */
export const anyId = z
  .string()
  .trim()
  .max(MAX_ID)
  .refine((value) => !CONTROL.test(value));

/** The `:id` of a path. */
export const idParams = z.object({ id: anyId.min(1) });

/** A path of ours to go back to: one slash, so that no other site can be named; `/` where it is none. */
export const ownPath = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[^\s\\]*$/)
  .catch('/');

/** Text that a person typed, NFC, on one line. */
export function typedText(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .transform((value) => value.replace(CONTROLS, ' ').trim().normalize('NFC'));
}

/** A form sends every field; an empty one says nothing. */
export function optionalField<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
}

/** How many somebody asks for. */
export function limitUpTo(most: number, usual: number) {
  return z.coerce.number().int().min(1).max(most).default(usual);
}

/** Text of several lines that a person typed, NFC. */
export function typedLines(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .transform((text) =>
      text
        .normalize('NFC')
        .replaceAll('\r\n', '\n')
        .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
        .trim(),
    );
}

const EARLIEST = '2000-01-01T00:00';

/** A Vietnamese clock as `<input type="datetime-local">` sends it, or an instant; as ISO 8601, UTC. */
export const localMoment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?$/)
  .refine((value) => value >= EARLIEST && !Number.isNaN(Date.parse(value)))
  .transform((value) =>
    /Z|[+-]\d{2}:\d{2}$/.test(value)
      ? new Date(value).toISOString()
      : new Date(Date.parse(`${value}Z`) - VIETNAM_OFFSET_MS).toISOString(),
  );
