import { z } from 'zod';

import { SEVERITIES } from '../domain/alert.ts';
import { VERDICTS } from '../domain/incident.ts';
import type { IncidentAction, IncidentOrder } from '../domain/incident-order.ts';
import type { SeriesKey } from '../domain/series.ts';
import { officerName } from './officer.ts';
import { anyId, typedText } from './request-fields.ts';

const MAX_NOTE = 500;
const MAX_NAME = 120;
const MAX_TITLE = 110;
const MOST_CHOSEN = 200;
const MAX_SNOOZE_MINUTES = 24 * 60;

/** A version beyond this belongs to no incident. */
const MAX_VERSION = 100_000;

export const INCIDENT_ACTIONS = [
  'acknowledge',
  'snooze',
  'hand-over',
  'resolve',
  'reopen',
  'set-severity',
  'merge',
  'unmerge',
  'split',
] as const satisfies readonly IncidentAction['kind'][];
export type IncidentActionKind = (typeof INCIDENT_ACTIONS)[number];

/** A field that may stand once, often or not at all. */
const chosen = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(anyId.min(1)).max(MOST_CHOSEN),
);

const ACTIONS: Readonly<Record<IncidentActionKind, z.ZodType<IncidentAction>>> = {
  acknowledge: bare('acknowledge'),
  reopen: bare('reopen'),
  unmerge: bare('unmerge'),
  snooze: z
    .object({ minutes: z.coerce.number().int().min(5).max(MAX_SNOOZE_MINUTES) })
    .transform(({ minutes }) => ({ kind: 'snooze' as const, minutes })),
  'hand-over': z
    .object({ to: typedText(MAX_NAME).refine((to) => to !== '') })
    .transform(({ to }) => ({ kind: 'hand-over' as const, to })),
  resolve: z
    .object({ verdict: z.enum(VERDICTS) })
    .transform(({ verdict }) => ({ kind: 'resolve' as const, verdict })),
  'set-severity': z
    .object({ severity: z.enum(SEVERITIES) })
    .transform(({ severity }) => ({ kind: 'set-severity' as const, severity })),
  merge: z.object({ into: anyId.min(1) }).transform(({ into }) => ({ kind: 'merge' as const, into })),
  split: z
    .object({
      series: chosen,
      storyIds: chosen,
      title: typedText(MAX_TITLE).refine((title) => title !== ''),
    })
    .refine(({ series, storyIds }) => series.length + storyIds.length > 0)
    .transform(({ series, storyIds, title }) => ({
      kind: 'split' as const,
      series: series as SeriesKey[],
      storyIds,
      title,
    })),
};

function bare<K extends 'acknowledge' | 'reopen' | 'unmerge'>(kind: K) {
  return z.object({}).transform(() => ({ kind }));
}

const order = z.object({
  by: officerName,
  version: z.coerce.number().int().min(1).max(MAX_VERSION),
  note: typedText(MAX_NOTE).default(''),
});

/** What is sent for an action; reading it twice changes nothing. */
export function incidentBody(kind: IncidentActionKind) {
  return order.and(ACTIONS[kind]);
}

/**
 * What a form or a program asks of an incident.
 *
 * @throws {ZodError} where something is missing or malformed
 */
export function readIncidentOrder(
  incidentId: string,
  kind: IncidentActionKind,
  body: unknown,
): IncidentOrder {
  const { by, version, note } = order.parse(body ?? {});
  return { incidentId, version, by, note, action: ACTIONS[kind].parse(body ?? {}) };
}
