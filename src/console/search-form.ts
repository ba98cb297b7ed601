import { z } from 'zod';

import { SUBSCRIPTIONS } from '../domain/saved-search.ts';
import { articleListQuery } from './article-query.ts';
import { typedText } from './request-fields.ts';

const MAX_NAME = 100;
const MAX_QUERY = 4000;
const MOST_RECIPIENTS = 10;
const MAX_RECIPIENTS = 1000;

/** Addresses of mail, with commas or white space between. */
const recipients = z
  .string()
  .max(MAX_RECIPIENTS)
  .transform((text) => text.split(/[\s,;]+/).filter((one) => one !== ''))
  .pipe(z.array(z.email().max(200)).max(MOST_RECIPIENTS));

/** Present and not empty: a box that is ticked, or `true`. */
const ticked = z
  .union([z.boolean(), z.string()])
  .optional()
  .transform((value) => value === true || value === 'on' || value === 'true');

const name = typedText(MAX_NAME).refine((typed) => typed !== '');
const subscription = z.enum(SUBSCRIPTIONS);
const to = z.union([recipients, z.array(z.email()).max(MOST_RECIPIENTS)]);

const isReachable = (form: {
  readonly subscription?: string | undefined;
  readonly to?: readonly string[] | undefined;
}) => (form.subscription ?? 'none') === 'none' || (form.to ?? []).length > 0;

/** A search as it stands in an address: what the list of articles would not understand is refused. */
const addressQuery = z
  .string()
  .max(MAX_QUERY)
  .transform((text, context) => {
    const fields = Object.fromEntries(new URLSearchParams(text.replace(/^\?/, '')));
    const { page: _page, ...query } = fields;
    const parsed = articleListQuery.safeParse(query);
    if (parsed.success) {
      const known = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
      if (known.length > 0) return Object.fromEntries(known) as Record<string, string>;
    }
    context.addIssue('not a search');
    return z.NEVER;
  });

/** What is sent for a search to be kept; reading it twice is not possible. */
export const saveForm = z
  .object({
    name,
    subscription: subscription.default('none'),
    to: to.default([]),
    shared: ticked,
    query: addressQuery,
  })
  .refine(isReachable, { path: ['to'] });

/** What is sent for a kept search to be changed; without fields about mail that stays as it is. */
export const changeForm = z
  .object({ name, subscription: subscription.optional(), to: to.optional(), shared: ticked })
  .refine(isReachable, { path: ['to'] });
