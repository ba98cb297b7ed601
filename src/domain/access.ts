/** Who asks, and what they may do. */

/** From least to most; each may do all that the one before it may. */
export const ROLES = ['viewer', 'officer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What somebody is limited to: what concerns one of these provinces or facilities, by registry id. */
export interface AccessScope {
  readonly provinces: readonly string[];
  readonly facilities: readonly string[];
}
