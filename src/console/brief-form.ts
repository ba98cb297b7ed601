import { z } from 'zod';

import type { AddedArticle, BriefEdits, BriefQuotation, PressBrief } from '../domain/press-brief.ts';
import { briefItems } from '../reports/brief-document.ts';
import { officerName } from './officer.ts';
import { anyId, localMoment, optionalField, typedLines, typedText } from './request-fields.ts';

const MAX_PROPOSAL = 2000;
const MAX_REMARKS = 10_000;
const MAX_LINE = 200;
const MAX_RECIPIENTS = 4000;
const MOST_ADDED = 50;
/** A version beyond this belongs to no brief. */
const MAX_VERSION = 1_000_000;

/** What a button of the page does, once what was typed is kept; those with an id concern one item. */
export const BRIEF_ACTIONS = [
  'save',
  'up',
  'down',
  'out',
  'in',
  'quote',
  'add',
  'approve',
  'reopen',
  'send',
  'remake',
] as const;
export type BriefAction = (typeof BRIEF_ACTIONS)[number];

const action = z.string().transform((value, context) => {
  const [kind = '', ...rest] = value.split(':');
  const known = BRIEF_ACTIONS.find((one) => one === kind);
  if (known !== undefined) return { kind: known, itemId: rest.join(':') };
  context.addIssue('no such action');
  return z.NEVER;
});

const line = typedText(MAX_LINE);

const order = z.object({
  by: officerName,
  version: z.coerce.number().int().min(1).max(MAX_VERSION),
  do: action.default({ kind: 'save', itemId: '' }),
});

const edited = z.object({
  number: line.optional(),
  place: line.optional(),
  office: line.optional(),
  name: line.optional(),
  recipients: typedLines(MAX_RECIPIENTS).optional(),
  remarks: typedLines(MAX_REMARKS).optional(),
});

const added = z.object({
  /** An address, or an id, of an article in the archive; or the address of one that is not. */
  addUrl: typedText(2000).default(''),
  addTitle: line.default(''),
  addOutlet: line.default(''),
  addQuotation: typedText(1000).default(''),
  addTopic: optionalField(anyId),
});
export type AddForm = z.infer<typeof added>;

/** What is sent for a brief to be mailed. */
export const briefOrderBody = order.pick({ by: true, version: true });

/** Who does what to which version of a brief. @throws {ZodError} */
export function readBriefOrder(body: unknown): z.infer<typeof order> {
  return order.parse(body ?? {});
}

/** What the fields about an article to be added say. @throws {ZodError} */
export function readAdded(body: unknown): AddForm {
  return added.parse(body ?? {});
}

/**
 * The edits of a brief after what was typed into its form; fields that the form did not have stay.
 *
 * @throws {ZodError} where something is too long
 */
export function editsOf({ edits }: PressBrief, body: unknown): BriefEdits {
  const { number, place, office, name, recipients, remarks } = edited.parse(body ?? {});
  const typed = Object.entries((body ?? {}) as Record<string, unknown>).flatMap(([field, value]) =>
    field.startsWith(PROPOSAL) ? [[field.slice(PROPOSAL.length), typedLines(MAX_PROPOSAL).parse(value)]] : [],
  ) as [string, string][];
  const proposals = Object.entries({ ...edits.proposals, ...Object.fromEntries(typed) });
  return {
    ...edits,
    number: number ?? edits.number,
    place: place ?? edits.place,
    signature: { office: office ?? edits.signature.office, name: name ?? edits.signature.name },
    recipients: recipients === undefined ? edits.recipients : linesOf(recipients),
    remarks: remarks ?? edits.remarks,
    proposals: Object.fromEntries(proposals.filter(([, text]) => text !== '')),
  };
}

/** Before the id of an item, the name of its field. */
export const PROPOSAL = 'proposal-';

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/**
 * The order after an item was moved one place: within its topic, and at its edge together with the topic.
 *
 * @param step  -1 for up, 1 for down
 */
export function movedOrder(brief: PressBrief, itemId: string, step: -1 | 1): readonly string[] {
  const sections = briefItems(brief).map(({ items }) => items.map(({ id }) => id));
  const section = sections.findIndex((ids) => ids.includes(itemId));
  const ids = sections[section];
  if (ids === undefined) return brief.edits.order;
  const at = ids.indexOf(itemId);
  const isWithin = ids[at + step] !== undefined;
  if (isWithin) exchange(ids, at, at + step);
  else if (sections[section + step] !== undefined) exchange(sections, section, section + step);
  return sections.flat();
}

function exchange<T>(list: T[], a: number, b: number): void {
  [list[a], list[b]] = [list[b] as T, list[a] as T];
}

/** The edits with an item taken in, last in its topic, or left out. */
export function withItem(edits: BriefEdits, itemId: string, isIn: boolean): BriefEdits {
  const others = edits.order.filter((id) => id !== itemId);
  return { ...edits, order: isIn ? [...others, itemId] : others };
}

/** The edits with one more article, which stands last; the same where there are too many. */
export function withAdded(edits: BriefEdits, article: Omit<AddedArticle, 'id'>): BriefEdits {
  if (edits.added.length >= MOST_ADDED) return edits;
  const numbers = edits.added.map(({ id }) => Number(id.replace('added-', '')));
  const id = `added-${Math.max(0, ...numbers) + 1}`;
  return { ...edits, added: [...edits.added, { ...article, id }], order: [...edits.order, id] };
}

/** The edits with another quotation for a story; `undefined` for the program's own choice again. */
export function withQuotation(
  edits: BriefEdits,
  storyId: string,
  quotation: BriefQuotation | undefined,
): BriefEdits {
  const { [storyId]: _before, ...others } = edits.quotations;
  return { ...edits, quotations: quotation === undefined ? others : { ...others, [storyId]: quotation } };
}

/** What is sent for a brief to be made; reading it twice changes nothing. */
export const briefRequestBody = z
  .object({
    by: officerName,
    day: optionalField(z.iso.date()),
    from: optionalField(localMoment),
    to: optionalField(localMoment),
    topic: optionalField(anyId),
    province: optionalField(anyId),
    facility: optionalField(anyId),
  })
  .refine(({ day, from, to }) => day !== undefined || (from !== undefined && to !== undefined));

/** Of which period and about what a brief is to be made: a day's morning, or from and to. @throws {ZodError} */
export function readBriefRequest(body: unknown) {
  const { by, day, from = '', to = '', topic, province, facility } = briefRequestBody.parse(body ?? {});
  const filter = {
    ...(topic === undefined ? {} : { topic }),
    ...(province === undefined ? {} : { province }),
    ...(facility === undefined ? {} : { facility }),
  };
  return day === undefined ? { by, filter, period: { from, to } } : { by, filter, day };
}
