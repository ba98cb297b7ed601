import { z } from 'zod';

import type { AccessScope, Role } from '../domain/access.ts';
import { ROLES } from '../domain/access.ts';
import { ACCOUNT_ID } from '../domain/account.ts';
import type { RegisteredNames } from './registered-names.ts';
import { mentionNamed } from './registered-names.ts';
import { anyId, optionalField, typedLines, typedText } from './request-fields.ts';

const MAX_SCOPE_LINES = 200;

/** An account as an admin sees it: never what it is proved by. */
export interface AccountEntry {
  readonly id: string;
  /** What its owner types to sign in. */
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  /** Absent for those who see everything. */
  readonly scope?: AccessScope;
  readonly isDisabled: boolean;
  readonly mustChangePassword: boolean;
  readonly via: 'local' | 'oidc';
  readonly lastSignInAt?: string;
}

export interface AccountChange {
  readonly name: string;
  readonly role: Role;
  readonly scope?: AccessScope;
  readonly isDisabled: boolean;
}

export type AccountFault = 'taken' | 'last-admin';

/** What an admin asked for cannot be, as the accounts stand. */
export class AccountRefusedError extends Error {
  override name = 'AccountRefusedError';
  readonly fault: AccountFault;

  constructor(fault: AccountFault) {
    super(`The account cannot be so: ${fault}`);
    this.fault = fault;
  }
}

/** What an admin does with accounts; `undefined` where there is none of that id. `by` is the admin's name. */
export interface AccountDesk {
  list(): Promise<readonly AccountEntry[]>;
  /** @returns the password made for it @throws {AccountRefusedError} `taken` */
  add(login: string, change: AccountChange, by: string): Promise<string>;
  /** Ends its sessions where it may now do less. @throws {AccountRefusedError} `last-admin` */
  change(id: string, change: AccountChange, by: string): Promise<AccountEntry | undefined>;
  /** Ends its sessions. @returns the password, to be changed at the next sign-in */
  newPassword(id: string, by: string): Promise<string | undefined>;
  /** Ends its sessions. */
  signOut(id: string, by: string): Promise<AccountEntry | undefined>;
}

/** The form of a new account or a changed one; fails on a line of the scope that names nothing, or several things. */
export function accountForm(names: RegisteredNames) {
  const scope = typedLines(20_000).transform((text, context) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const found = lines.map((line) => mentionNamed(line, names));
    const isKnown = found.every((one) => one?.kind === 'province' || one?.kind === 'facility');
    if (!isKnown || lines.length > MAX_SCOPE_LINES) {
      context.addIssue('a province or facility a line');
      return z.NEVER;
    }
    const idsOf = (kind: string) => [
      ...new Set(found.flatMap((one) => (one?.kind === kind ? [one.id] : []))),
    ];
    return lines.length === 0 ? undefined : { provinces: idsOf('province'), facilities: idsOf('facility') };
  });
  return z.object({
    name: typedText(80).refine((name) => name !== ''),
    role: z.enum(ROLES),
    scope: scope.optional(),
    disabled: optionalField(z.literal('on')),
  });
}

export const loginName = anyId.regex(ACCOUNT_ID);
