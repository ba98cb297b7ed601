import { z } from 'zod';

import { OFFICE_PROFILE_ID, type OfficeProfile } from '../domain/office-profile.ts';
import type { OfficeStore } from '../ports/office-store.ts';
import { officerName } from './officer.ts';
import { mentionNamed, type RegisteredNames } from './registered-names.ts';
import { anyId, typedText } from './request-fields.ts';

export const FACILITY_FIELDS = 6;
const MAX_NAME = 200;
const MOST_PROVINCES = 100;

const several = <T extends z.ZodType>(one: T, most: number) =>
  z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(one).max(most),
  );

const profileForm = z.object({
  by: officerName,
  province: several(anyId, MOST_PROVINCES),
  facility: several(typedText(MAX_NAME), FACILITY_FIELDS),
});

/** Why a profile was not kept: no name was given, or a facility is not known by the name that was typed. */
export type ProfileFault = { readonly kind: 'no-name' } | { readonly kind: 'unknown'; readonly name: string };

/** The profile that a form asks for, or why not. */
export function readProfileForm(
  body: unknown,
  names: RegisteredNames,
  provinces: ReadonlySet<string>,
  now: Date,
): OfficeProfile | ProfileFault {
  const form = profileForm.safeParse(body ?? {});
  if (!form.success) return { kind: 'no-name' };
  const { by, province, facility } = form.data;
  const facilities: string[] = [];
  for (const typed of facility.filter((name) => name !== '')) {
    const found = mentionNamed(`facility:${typed}`, names);
    if (found === undefined) return { kind: 'unknown', name: typed };
    facilities.push(found.id);
  }
  return {
    id: OFFICE_PROFILE_ID,
    at: now.toISOString(),
    by,
    provinces: [...new Set(province.filter((id) => provinces.has(id)))],
    facilities: [...new Set(facilities)],
  };
}

/** Keeps the profile in place of the one before. */
export async function keepProfile(office: OfficeStore, profile: OfficeProfile): Promise<void> {
  if (await office.insert('office-profile', profile)) return;
  await office.update('office-profile', OFFICE_PROFILE_ID, () => profile);
}
