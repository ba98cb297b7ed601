import { isDeepStrictEqual } from 'node:util';

import type { Severity } from './alert.ts';
import type { Polarity } from './analysis.ts';
import type { IncidentStatus } from './incident.ts';
import type { OfficeRecord } from './office-record.ts';
import type { Tier } from './outlet.ts';
import type { Signature } from './printed-document.ts';

/** From the first moment to before the second, by first sight; ISO 8601, UTC. */
export interface BriefPeriod {
  readonly from: string;
  readonly to: string;
}

/** What a brief is about, where it is not about everything. */
export interface BriefFilter {
  readonly province?: string;
  readonly facility?: string;
  readonly topic?: string;
}

/** What a brief is asked for: the morning of a day, or any period. */
export type BriefRequest = ({ readonly day: string } | { readonly period: BriefPeriod }) & {
  readonly filter?: BriefFilter;
  readonly by: string;
};

/** Who wants something done with which version of a brief. */
export interface BriefOrder {
  readonly id: string;
  readonly version: number;
  readonly by: string;
}

export type PolarityCounts = Readonly<Record<Polarity, number>>;

/** Words that stand in an article, letter by letter. */
export interface BriefQuotation {
  readonly articleId: string;
  readonly outletName: string;
  readonly text: string;
}

export interface BriefArticle {
  readonly articleId: string;
  readonly title: string;
  readonly outletName: string;
  readonly url: string;
  readonly at: string;
}

/** An incident as it stood at the end of the period. */
export interface BriefIncident {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  readonly alerts: number;
}

/** Why a story stands where it stands: compared in this order. */
export interface BriefImportance {
  /** Of the worst incident that it belongs to. */
  readonly severity?: Severity;
  readonly negativeNewsrooms: number;
  readonly tier: Tier;
  readonly articles: number;
  /** Articles that criticise the sector, and those that tell of harm or misconduct. */
  readonly criticised: number;
  readonly harmful: number;
}

/** One story as far as it was told within the period. */
export interface BriefStory {
  readonly id: string;
  /** Key of the topic that most of its text is about; '' where it has none. */
  readonly topic: string;
  /** Its first article in the period. */
  readonly lead: BriefArticle;
  /** Who had it first of all, where that was before the period. */
  readonly earlier?: { readonly outletName: string; readonly at: string; readonly articles: number };
  readonly articles: number;
  readonly copies: number;
  /** Newsrooms with a text of their own, in order of appearance. */
  readonly newsrooms: readonly string[];
  readonly tiers: readonly Tier[];
  /** Codes of the provinces that are mentioned, most often first. */
  readonly provinces: readonly string[];
  readonly polarity: PolarityCounts;
  readonly stance: PolarityCounts;
  readonly quotation?: BriefQuotation;
  readonly incidents: readonly BriefIncident[];
  /** Articles that people have judged. */
  readonly corrected: number;
  /** Articles first seen long after they were published. */
  readonly late: number;
  readonly importance: BriefImportance;
}

/** The same hours of the same weekday, some weeks before. */
export interface UsualWindow extends BriefPeriod {
  readonly articles: number;
  readonly negative: number;
}

export interface BriefTotals {
  readonly articles: number;
  readonly stories: number;
  readonly newsrooms: number;
  readonly polarity: PolarityCounts;
  readonly stance: PolarityCounts;
  readonly corrected: number;
  readonly late: number;
  readonly topics: readonly {
    readonly topic: string;
    readonly articles: number;
    readonly negative: number;
  }[];
  /** Newest first; weeks of which the archive holds nothing are left out. */
  readonly usual: readonly UsualWindow[];
}

/** What of an article decides on the figures: kept, so that it can be told what has changed since. */
export interface BriefBasis {
  readonly articleId: string;
  readonly storyId: string;
  readonly polarity: Polarity;
  readonly isCorrected: boolean;
}

/** What the archive says of a period. The same archive says the same, byte by byte. */
export interface BriefModel {
  readonly period: BriefPeriod;
  readonly filter: BriefFilter;
  readonly totals: BriefTotals;
  /** The most important first; beyond `MOST_STORIES` they are only counted. */
  readonly stories: readonly BriefStory[];
  readonly basis: readonly BriefBasis[];
}

/** A longer brief nobody reads. */
export const MOST_STORIES = 80;
/** How many a brief begins with; the others wait below to be taken in. */
export const STORIES_AT_FIRST = 25;

/** An article that a person adds: of the archive, or of a paper that is not listened to. */
export interface AddedArticle extends Omit<BriefArticle, 'articleId' | 'at'> {
  readonly id: string;
  /** Where it is in the archive. */
  readonly articleId?: string;
  readonly at?: string;
  readonly topic: string;
  readonly quotation?: string;
}

/** What people make of it. Ids are those of stories and of added articles. */
export interface BriefEdits {
  /** What is printed, in this order. */
  readonly order: readonly string[];
  readonly proposals: Readonly<Record<string, string>>;
  readonly quotations: Readonly<Record<string, BriefQuotation>>;
  readonly added: readonly AddedArticle[];
  readonly remarks: string;
  /** `12/ĐB-VP`; empty to be filled in by hand. */
  readonly number: string;
  readonly place: string;
  readonly signature: Signature;
  readonly recipients: readonly string[];
}

export const BRIEF_STATUSES = ['draft', 'approved', 'sent'] as const;
export type BriefStatus = (typeof BRIEF_STATUSES)[number];

export const BRIEF_CHANGES = [
  'made',
  'remade',
  'edited',
  'approved',
  'reopened',
  'sent',
  'not-sent',
] as const;

export interface BriefChange {
  readonly at: string;
  readonly by: string;
  readonly what: (typeof BRIEF_CHANGES)[number];
  /** What was edited. */
  readonly fields?: readonly (keyof BriefEdits)[];
  readonly note?: string;
}

/**
 * How far the mail of the morning has come. `claimed`: a process makes it; `handed-over`: the server is being given it,
 * and may have it; `sent`: it has it; `failed`: it does not, and is tried again.
 */
export interface BriefMailing {
  readonly state: 'claimed' | 'handed-over' | 'sent' | 'failed' | 'uncertain' | 'refused';
  readonly at: string;
  /** Which process. */
  readonly by: string;
  readonly reason?: string;
}

/** `at` is the end of its period. */
export interface PressBrief extends OfficeRecord {
  /** Grows with every change; a person's write names the version that they saw. */
  readonly version: number;
  readonly status: BriefStatus;
  readonly madeAt: string;
  /** Newest first sight in the archive when its figures were counted. */
  readonly dataWatermarkAt: string;
  readonly model: BriefModel;
  readonly edits: BriefEdits;
  readonly history: readonly BriefChange[];
  readonly mailing?: BriefMailing;
}

/** Somebody has changed the brief since a person looked at it. */
export class BriefConflictError extends Error {
  override name = 'BriefConflictError';
  readonly brief: PressBrief;

  constructor(brief: PressBrief) {
    super(`The brief has changed meanwhile: it is at version ${brief.version}`);
    this.brief = brief;
  }
}

/** What its status does not allow: editing what is approved, sending what is not. */
export class BriefTransitionError extends Error {
  override name = 'BriefTransitionError';
}

/** History beyond this is cut in the middle: how it began, and what was done of late, are kept. */
const MOST_CHANGES = 200;
/** Saves of one person within this time are one edit. */
const ONE_EDIT_MS = 15 * 60_000;

interface Act {
  readonly by: string;
  readonly at: string;
}

/** @throws {BriefConflictError} unless the brief is at the version that a person saw */
export function refuseIfBriefChanged(brief: PressBrief, version: number): void {
  if (brief.version !== version) throw new BriefConflictError(brief);
}

/** The brief with a person's edits; the same object where they change nothing. @throws {BriefTransitionError} */
export function editBrief(brief: PressBrief, edits: BriefEdits, act: Act): PressBrief {
  const fields = (Object.keys(edits) as (keyof BriefEdits)[]).filter(
    (field) => !isDeepStrictEqual(edits[field], brief.edits[field]),
  );
  if (fields.length === 0) return brief;
  refuseUnlessDraft(brief);
  return noted({ ...brief, edits }, { ...act, what: 'edited', fields });
}

/**
 * The brief with what the archive says now. What people wrote stays; stories that are new stand where they belong by
 * their importance, those that are gone are left out.
 *
 * @throws {BriefTransitionError}
 */
export function remakeBrief(
  brief: PressBrief,
  made: Pick<PressBrief, 'model' | 'dataWatermarkAt'>,
  act: Act,
): PressBrief {
  refuseUnlessDraft(brief);
  const known = new Set(brief.model.stories.map(({ id }) => id));
  const there = new Set([...made.model.stories, ...brief.edits.added].map(({ id }) => id));
  const kept = brief.edits.order.filter((id) => there.has(id));
  const order = made.model.stories
    .slice(0, STORIES_AT_FIRST)
    .filter(({ id }) => !known.has(id))
    .reduce((sofar, { id }) => inserted(sofar, id, made.model.stories), kept);
  return noted({ ...brief, ...made, edits: { ...brief.edits, order } }, { ...act, what: 'remade' });
}

/** Before the first story that is less important. */
function inserted(order: readonly string[], id: string, stories: readonly BriefStory[]): string[] {
  const rank = (one: string) => stories.findIndex((story) => story.id === one);
  const at = order.findIndex((one) => rank(one) > rank(id));
  return at === -1 ? [...order, id] : [...order.slice(0, at), id, ...order.slice(at)];
}

/** @throws {BriefTransitionError} */
export function approveBrief(brief: PressBrief, act: Act): PressBrief {
  refuseUnlessDraft(brief);
  return noted({ ...brief, status: 'approved' }, { ...act, what: 'approved' });
}

/** To be edited again. @throws {BriefTransitionError} */
export function reopenBrief(brief: PressBrief, act: Act): PressBrief {
  if (brief.status === 'draft') throw new BriefTransitionError('The brief is a draft already');
  return noted({ ...brief, status: 'draft' }, { ...act, what: 'reopened' });
}

/** One more entry in its history; what was sent as approved is sent. */
export function noteSending(brief: PressBrief, change: Act & { isSent: boolean; note: string }): PressBrief {
  const { isSent, ...rest } = change;
  const status = isSent && brief.status === 'approved' ? 'sent' : brief.status;
  return noted({ ...brief, status }, { ...rest, what: isSent ? 'sent' : 'not-sent' });
}

function refuseUnlessDraft({ status }: PressBrief): void {
  if (status !== 'draft') throw new BriefTransitionError(`The brief is ${status}`);
}

function noted(brief: PressBrief, change: BriefChange): PressBrief {
  const last = brief.history.at(-1);
  const isSameEdit =
    last?.what === 'edited' &&
    change.what === 'edited' &&
    last.by === change.by &&
    Date.parse(change.at) - Date.parse(last.at) < ONE_EDIT_MS;
  const history = isSameEdit
    ? [
        ...brief.history.slice(0, -1),
        { ...change, fields: [...new Set([...(last.fields ?? []), ...(change.fields ?? [])])] },
      ]
    : [...brief.history, change];
  const [first, ...later] = history;
  const kept = first === undefined ? [] : [first, ...later.slice(-(MOST_CHANGES - 1))];
  return { ...brief, version: brief.version + 1, history: kept };
}
