import { z } from 'zod';

/** Longer than any that we give. */
const MAX_LENGTH = 400;

/** Where the next page begins: after an article, or in ranked results at a place. */
export type PageCursor = { readonly firstSeenAt: string; readonly id: string } | { readonly offset: number };

const MAX_OFFSET = 1_000_000;
const contents = z.union([
  z.strictObject({ firstSeenAt: z.iso.datetime(), id: z.string().min(1).max(200) }),
  z.strictObject({ offset: z.int().min(1).max(MAX_OFFSET) }),
]);

/** A cursor as it stands in an address: nobody's business what is in it. */
export function writeCursor(cursor: PageCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** A cursor that `writeCursor` has made. */
export const cursorText = z
  .string()
  .max(MAX_LENGTH)
  .describe('`next` of the page before')
  .transform((text, context): PageCursor => {
    try {
      return contents.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    } catch {
      context.addIssue('not a cursor');
      return z.NEVER;
    }
  });
