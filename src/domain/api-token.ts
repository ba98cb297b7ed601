import { isAtLeast, type Role } from './access.ts';
import type { OfficeRecord } from './office-record.ts';

/** What a program may do with a token, from least to most; never more than its owner may. */
export const TOKEN_SCOPES = ['read', 'incidents', 'write', 'admin'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

const ROLE_OF: Readonly<Record<TokenScope, Role>> = {
  read: 'viewer',
  incidents: 'officer',
  write: 'editor',
  admin: 'admin',
};

/** What a program signs its requests with. Its id is the SHA-256 of the token, which is shown once. */
export interface ApiToken extends OfficeRecord {
  /** Id of the account. */
  readonly owner: string;
  /** What its owner calls it. */
  readonly name: string;
  readonly scope: TokenScope;
  readonly expiresAt: string;
  /** When it was last used, to within some minutes. */
  readonly usedAt?: string;
}

/** What a token's bearer may do: as much as its scope says and its owner may. */
export function roleOfToken({ scope }: Pick<ApiToken, 'scope'>, owner: Role): Role {
  const role = ROLE_OF[scope];
  return isAtLeast(owner, role) ? role : owner;
}
