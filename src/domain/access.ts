/** Who asks, and what they may do. */

/** From least to most; each may do all that the one before it may. */
export const ROLES = ['viewer', 'officer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What somebody is limited to: what concerns one of these provinces or facilities, by registry id. */
export interface AccessScope {
  readonly provinces: readonly string[];
  readonly facilities: readonly string[];
}

/** Who stands behind a request. */
export interface Access {
  /** The person's name as it is written beside what they do; '' where nobody has to sign in. */
  readonly name: string;
  /** Absent where nobody has to sign in. */
  readonly accountId?: string;
  readonly role: Role;
  /** Absent for those who see everything. */
  readonly scope?: AccessScope;
  readonly via: 'open' | 'session' | 'token';
}

/** What everybody may do where nobody has to sign in. */
export const OPEN_ACCESS: Access = { name: '', role: 'admin', via: 'open' };

/** Whether a role is at least as much as another. */
export function isAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}
