import type { AccessScope, Role } from './access.ts';
import type { OfficeRecord } from './office-record.ts';

/** Somebody who may sign in. Its id is the name that they sign in with. */
export interface Account extends OfficeRecord {
  /** As it is written beside what they do. */
  readonly name: string;
  readonly role: Role;
  /** What they are limited to; absent where they see everything. */
  readonly scope?: AccessScope;
  /** Argon2id in its encoded form; absent for those who sign in elsewhere. */
  readonly passwordHash?: string;
  /** Until they have chosen a password of their own they can do nothing else. */
  readonly mustChangePassword?: true;
  /** Issuer and subject of OpenID Connect, for those who sign in there. */
  readonly subject?: string;
  readonly disabledAt?: string;
  readonly lastSignInAt?: string;
}

/** Names to sign in with: what can be typed on any keyboard and written in any log. */
export const ACCOUNT_ID_PATTERN = '[a-z0-9][a-z0-9._@+\\-]{1,98}[a-z0-9]';
export const ACCOUNT_ID = new RegExp(`^${ACCOUNT_ID_PATTERN}$`);

/** The name to sign in with as it is kept: case does not matter. */
export function accountId(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase();
}
