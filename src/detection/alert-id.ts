import { createHash } from 'node:crypto';

/** Ids end up in job keys and notification ids, which queues bound. */
const MAX_SLUG = 32;

/**
 * The id of what a rule said of a series on the strength of certain data: lower-case letters, digits and hyphens.
 *
 * Equal data give an equal id, whenever and however often they are judged, so a repeat or a replay never makes a
 * second alert.
 */
export function alertId(ruleId: string, series: string, watermarkAt: string, observed: number): string {
  const hash = createHash('sha256').update(`${ruleId}\n${series}`).digest('hex').slice(0, 8);
  const moment = watermarkAt.replace(/\D/g, '').slice(0, 14);
  return `${slug(series)}-${hash}-${moment}-${observed}`;
}

/** Letters without diacritics, everything else a hyphen. */
function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-|-$/g, '');
}
