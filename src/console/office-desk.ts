import { AccountError, type Accounts } from '../access/accounts.ts';
import type { Account } from '../domain/account.ts';
import { given } from '../domain/given.ts';
import { type AccountDesk, type AccountEntry, AccountRefusedError } from './account-desk.ts';

/** What admins do with the accounts of the office's store. */
export function officeDesk(accounts: Accounts): AccountDesk {
  return {
    list: async () => (await accounts.list()).map(entryOf),
    add: (login, { name, role, scope }) =>
      refusing(async () => (await accounts.add(login, { name, role, scope })).password, ''),
    change: (id, change) =>
      refusing(
        async () => entryOf(await accounts.change(id, { ...change, scope: change.scope ?? null })),
        undefined,
      ),
    newPassword: (id) => refusing(() => accounts.resetPassword(id), undefined),
    async signOut(id) {
      const account = await accounts.find(id);
      if (account === undefined) return undefined;
      await accounts.signOutEverywhere(id);
      return entryOf(account);
    },
  };
}

function entryOf(account: Account): AccountEntry {
  const { id, name, role, scope, disabledAt, lastSignInAt, mustChangePassword, subject } = account;
  return {
    id,
    login: id,
    name,
    role,
    ...given({ scope, lastSignInAt }),
    isDisabled: disabledAt !== undefined,
    mustChangePassword: mustChangePassword === true,
    via: subject === undefined ? 'local' : 'oidc',
  };
}

async function refusing<T, U>(act: () => Promise<T>, unknown: U): Promise<T | U> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    if (error.fault === 'taken' || error.fault === 'last-admin') throw new AccountRefusedError(error.fault);
    if (error.fault === 'unknown') return unknown;
    throw error;
  }
}
