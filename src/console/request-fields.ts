import { z } from 'zod';

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
