import { readFileSync } from 'node:fs';

import type { OnCall, Places } from '../../src/routing/on-call.ts';
import { parseOnCall } from '../../src/routing/on-call-file.ts';

/** A country of two provinces, one of which was joined with a third, with one facility in each. */
export const PLACES: Places = {
  provinceCodes: new Map([
    ['01', '01'],
    ['hà nội', '01'],
    ['79', '79'],
    ['tp.hcm', '79'],
    ['74', '79'],
    ['bình dương', '79'],
  ]),
  facilityProvinces: new Map([
    ['bv-mau', '79'],
    ['bv-khac', '01'],
  ]),
  series: new Set([
    'facility:bv-mau',
    'facility:bv-khac',
    'topic:incidents',
    'topic:insurance',
    'policy-document:1-2026-nd-cp',
  ]),
};

export function shippedOnCallText(): string {
  return readFileSync(new URL('../../config/on-call.yaml', import.meta.url), 'utf8');
}

/** What the shipped file says, or a text in its place. */
export function anOnCall(text = shippedOnCallText()): OnCall {
  return parseOnCall(text, PLACES, []);
}
