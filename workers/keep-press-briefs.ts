import {
  type BriefEdits,
  type BriefFilter,
  type BriefOrder,
  type BriefPeriod,
  type BriefRequest,
  type PressBrief,
  refuseIfBriefChanged,
  remakeBrief,
  STORIES_AT_FIRST,
} from '../src/domain/press-brief.ts';
import type { PrintedDocument, PrintedLanguage } from '../src/domain/printed-document.ts';
import { vietnameseDay } from '../src/domain/time.ts';
import { type BriefDifference, briefDifference } from '../src/reports/brief-difference.ts';
import { briefDocument } from '../src/reports/brief-document.ts';
import { morningPeriod } from '../src/reports/brief-period.ts';
import { namesIn } from '../src/reports/names.ts';
import { gatherPressBrief } from './gather-press-brief.ts';
import type { Deps } from './stage.ts';

/**
 * The brief of a period, made unless there is one already.
 *
 * @throws {PermanentError} `bad-period`, `too-many`
 */
export async function makePressBrief(request: BriefRequest, deps: Deps): Promise<PressBrief> {
  const { by, filter = {} } = request;
  const period = 'day' in request ? morningPeriod(request.day, deps.briefAt, deps.holidays) : request.period;
  const id = briefId(period, filter, deps);
  const known = await deps.office.find('press-brief', id);
  if (known !== undefined) return known;
  const made = await gatherPressBrief(period, filter, deps);
  const at = deps.now().toISOString();
  const brief: PressBrief = {
    id,
    at: period.to,
    version: 1,
    status: 'draft',
    madeAt: at,
    ...made,
    edits: editsAtFirst(
      made.model.stories.map((story) => story.id),
      deps,
    ),
    history: [{ at, by, what: 'made' }],
  };
  const isNew = await deps.office.insert('press-brief', brief);
  return isNew ? brief : ((await deps.office.find('press-brief', id)) ?? brief);
}

/** The day, for the brief of its morning about everything; else the period and what it is narrowed to. */
function briefId(period: BriefPeriod, filter: BriefFilter, { briefAt, holidays }: Deps): string {
  const day = vietnameseDay(period.to);
  const morning = morningPeriod(day, briefAt, holidays);
  const narrowed = Object.entries(filter).map(([field, value]) => `-${field}-${value}`);
  const isMorning = morning.from === period.from && morning.to === period.to;
  if (isMorning && narrowed.length === 0) return day;
  const short = (at: string) => at.replace(/[-:]/g, '').replace(/\.000Z$/, 'Z');
  return `${short(period.from)}-${short(period.to)}${narrowed.join('')}`.slice(0, 200);
}

function editsAtFirst(stories: readonly string[], { letterhead }: Deps): BriefEdits {
  const { place, signature, recipients } = letterhead;
  return {
    order: stories.slice(0, STORIES_AT_FIRST),
    proposals: {},
    quotations: {},
    added: [],
    remarks: '',
    number: '',
    place,
    signature,
    recipients,
  };
}

/** What has changed in the archive since the brief was made. */
export async function differenceOf({ model }: PressBrief, deps: Deps): Promise<BriefDifference> {
  const now = await gatherPressBrief(model.period, model.filter, deps);
  return briefDifference(model, now.model);
}

/**
 * Counts the brief again; what people wrote stays.
 *
 * @returns `undefined` where there is none
 * @throws {BriefConflictError | BriefTransitionError}
 */
export async function remakePressBrief(
  { id, version, by }: BriefOrder,
  deps: Deps,
): Promise<PressBrief | undefined> {
  const known = await deps.office.find('press-brief', id);
  if (known === undefined) return undefined;
  const made = await gatherPressBrief(known.model.period, known.model.filter, deps);
  const at = deps.now().toISOString();
  return deps.office.update('press-brief', id, (brief) => {
    refuseIfBriefChanged(brief, version);
    return { ...remakeBrief(brief, made, { by, at }), madeAt: at };
  });
}

/** The brief as it is printed in a language. */
export function printedBrief(brief: PressBrief, lang: PrintedLanguage, deps: Deps): PrintedDocument {
  const { letterhead, consoleUrl } = deps;
  return briefDocument(brief, { lang, names: namesIn(lang, deps), consoleUrl, letterhead });
}
