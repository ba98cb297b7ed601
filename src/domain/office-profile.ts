import type { OfficeRecord } from './office-record.ts';

/** There is one. */
export const OFFICE_PROFILE_ID = 'office';

/** What the office watches first, and whether it has been through the first steps; its id is `OFFICE_PROFILE_ID`. */
export interface OfficeProfile extends OfficeRecord {
  readonly by: string;
  /** Registry ids; neither any for an office that watches the whole country. */
  readonly provinces: readonly string[];
  readonly facilities: readonly string[];
}
