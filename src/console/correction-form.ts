import { z } from 'zod';

import { MENTION_KINDS, type MentionKind, POLARITIES } from '../domain/analysis.ts';
import { type CorrectionDraft, isSameSet, type MentionKey } from '../domain/correction.ts';
import { officerName } from './officer.ts';
import { mentionNamed, type RegisteredNames } from './registered-names.ts';
import { anyId, optionalField, typedText } from './request-fields.ts';

const MAX_REASON = 500;
const MOST_VALUES = 200;
const MAX_ADDRESS = 500;

export const correctionReason = typedText(MAX_REASON).refine((reason) => reason !== '');

/** A box that is ticked, and a field that may stand once, often or not at all. */
const ticked = z.literal('1').optional();
const values = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(anyId).max(MOST_VALUES),
);

export const mentionKeyText = z
  .string()
  .max(MAX_ADDRESS)
  .transform((value, context): MentionKey => {
    const colon = value.indexOf(':');
    const kind = value.slice(0, colon);
    if ((MENTION_KINDS as readonly string[]).includes(kind) && colon + 1 < value.length)
      return { kind: kind as MentionKind, id: value.slice(colon + 1) };
    context.addIssue('not kind:id');
    return z.NEVER;
  });

/** The form under an article, as browsers send it: every field, most of them as they were shown. */
const correctionForm = z.object({
  by: officerName,
  reason: correctionReason,
  polarity: optionalField(z.enum(POLARITIES)),
  notHealth: ticked,
  /** Topics as they were shown, so that leaving them alone is told from confirming them. */
  shown: values,
  topics: values,
  remove: z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(mentionKeyText).max(MOST_VALUES),
  ),
  add: optionalField(typedText(MAX_ADDRESS)),
  story: optionalField(z.enum(['own', 'other'])),
  otherStory: optionalField(typedText(MAX_ADDRESS)),
  copies: ticked,
});

const confirmationForm = z.object({ by: officerName, confirms: z.literal('1') });

/** Why a form could not be kept: what is missing, or what it names is unknown. */
export type FormFault = 'bad-form' | 'unknown-mention';

/**
 * What the form says.
 *
 * @param confirmedAs  the reason that is written down where a person only confirms
 */
export function readCorrectionForm(
  body: unknown,
  articleId: string,
  { names, confirmedAs }: { names: RegisteredNames; confirmedAs: string },
): CorrectionDraft | FormFault {
  const confirmation = confirmationForm.safeParse(body);
  if (confirmation.success) {
    const { by } = confirmation.data;
    return { articleId, by, reason: confirmedAs, scope: 'article', confirms: true };
  }
  const parsed = correctionForm.safeParse(body);
  if (!parsed.success) return 'bad-form';
  const { by, reason, polarity, notHealth, shown, topics, remove, add, story, otherStory, copies } =
    parsed.data;
  const added = add === undefined ? undefined : mentionNamed(add, names);
  if (add !== undefined && added === undefined) return 'unknown-mention';
  if (story === 'other' && otherStory === undefined) return 'bad-form';
  return {
    articleId,
    by,
    reason,
    scope: copies === '1' ? 'copies' : 'article',
    polarity,
    ...(notHealth === '1' ? { isHealth: false } : {}),
    ...(isSameSet(shown, topics) ? {} : { topics }),
    ...(added === undefined ? {} : { addMentions: [added] }),
    removeMentions: remove,
    ...(story === undefined ? {} : { story: story === 'own' ? 'own' : storyIdIn(otherStory ?? '') }),
  };
}

/** A story is named by its id or by the address of its page. */
function storyIdIn(text: string): string {
  const at = text.indexOf('/stories/');
  const id = at < 0 ? text : text.slice(at + '/stories/'.length).split(/[?#/]/, 1)[0];
  try {
    return decodeURIComponent(id ?? '');
  } catch {
    return id ?? '';
  }
}
