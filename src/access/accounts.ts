import { type AccessScope, isAtLeast, type Role } from '../domain/access.ts';
import { ACCOUNT_ID, type Account, accountId } from '../domain/account.ts';
import type { ApiToken, TokenScope } from '../domain/api-token.ts';
import { given } from '../domain/given.ts';
import { DAY_MS } from '../domain/time.ts';
import type { OfficeStore } from '../ports/office-store.ts';
import { hashPassword, isLongEnough, newPassword, SHORTEST_PASSWORD } from './passwords.ts';
import { newSecret, secretId } from './secrets.ts';

const MOST_ACCOUNTS = 10_000;
const MOST_OF_ONE = 1000;
const LONGEST_TOKEN_DAYS = 366;

/** An account or token that cannot be as asked for; the message says why, for whoever asked. */
export class AccountError extends Error {
  override name = 'AccountError';
  readonly fault: 'bad-name' | 'taken' | 'unknown' | 'short-password' | 'last-admin' | 'bad-days';

  constructor(fault: AccountError['fault'], message: string) {
    super(message);
    this.fault = fault;
  }
}

/** What stays as it is is left out. */
interface AccountChange {
  readonly name?: string;
  readonly role?: Role;
  /** `null`: everything is seen. */
  readonly scope?: AccessScope | null;
  readonly isDisabled?: boolean;
}

/** Accounts, their sessions and tokens, over the office's store. */
export class Accounts {
  readonly #office: OfficeStore;
  readonly #now: () => Date;

  constructor(office: OfficeStore, now: () => Date) {
    this.#office = office;
    this.#now = now;
  }

  list(): Promise<Account[]> {
    return this.#office.list('account', { limit: MOST_ACCOUNTS });
  }

  find(id: string): Promise<Account | undefined> {
    return this.#office.find('account', accountId(id));
  }

  /**
   * Makes an account with a password to begin with, which its owner must change.
   *
   * @returns the account, and the password, which is kept nowhere
   * @throws {AccountError} `bad-name`, `taken`
   */
  async add(
    typed: string,
    { name, role, scope }: { name?: string | undefined; role: Role; scope?: AccessScope | undefined },
  ): Promise<{ account: Account; password: string }> {
    const id = accountId(typed);
    if (!ACCOUNT_ID.test(id)) {
      throw new AccountError(
        'bad-name',
        `${id} is no name to sign in with: letters a–z, digits and . _ @ + -`,
      );
    }
    const password = newPassword();
    const account: Account = {
      id,
      at: this.#now().toISOString(),
      name: name?.trim() || id,
      role,
      ...(scope === undefined ? {} : { scope }),
      passwordHash: await hashPassword(password),
      mustChangePassword: true,
    };
    if (!(await this.#office.insert('account', account))) {
      throw new AccountError('taken', `There is an account ${id} already`);
    }
    return { account, password };
  }

  /**
   * The account of somebody who has signed in elsewhere, made where there is none.
   *
   * @param role  as the other service has it; absent: as it is here, a viewer's to begin with
   */
  async ofSubject(subject: string, name: string, role: Role | undefined): Promise<Account> {
    const id = `oidc-${secretId(subject).slice(0, 24)}`;
    const at = this.#now().toISOString();
    const account: Account = { id, at, name, role: role ?? 'viewer', subject };
    if (await this.#office.insert('account', account)) return account;
    const known = await this.#office.update('account', id, (current) =>
      current.name === name && current.role === (role ?? current.role)
        ? current
        : { ...current, name, role: role ?? current.role },
    );
    return known ?? account;
  }

  /**
   * Changes what an admin may change; ends the sessions of whoever is let in no more.
   *
   * @throws {AccountError} `unknown`, `last-admin`
   */
  async change(id: string, wanted: AccountChange): Promise<Account> {
    if (wanted.isDisabled === true || (wanted.role ?? 'admin') !== 'admin') await this.#refuseLastAdmin(id);
    const changed = await this.#update(id, ({ scope: before, disabledAt, ...current }) => {
      const { name, role, scope = before, isDisabled = disabledAt !== undefined } = wanted;
      return {
        ...current,
        ...given({ name, role, scope: scope ?? undefined }),
        ...(isDisabled ? { disabledAt: disabledAt ?? this.#now().toISOString() } : {}),
      };
    });
    if (changed.disabledAt !== undefined) await this.signOutEverywhere(changed.id);
    return changed;
  }

  /** Sets a password that its owner has chosen, and ends their other sessions. @throws {AccountError} */
  async setPassword(id: string, password: string): Promise<Account> {
    if (!isLongEnough(password)) {
      throw new AccountError('short-password', `A password has at least ${SHORTEST_PASSWORD} characters`);
    }
    const passwordHash = await hashPassword(password);
    const account = await this.#update(id, ({ mustChangePassword: _done, ...current }) => ({
      ...current,
      passwordHash,
    }));
    await this.signOutEverywhere(account.id);
    return account;
  }

  /** Gives an account a new password to begin with. @throws {AccountError} `unknown` */
  async resetPassword(id: string): Promise<string> {
    const password = newPassword();
    const passwordHash = await hashPassword(password);
    const { id: own } = await this.#update(id, (current) => ({
      ...current,
      passwordHash,
      mustChangePassword: true,
    }));
    await this.signOutEverywhere(own);
    return password;
  }

  /** @returns how many sessions were ended */
  async signOutEverywhere(id: string): Promise<number> {
    const sessions = await this.#office.list('session', { owner: id, limit: MOST_OF_ONE });
    for (const session of sessions) await this.#office.remove('session', session.id);
    return sessions.length;
  }

  tokensOf(id: string): Promise<ApiToken[]> {
    return this.#office.list('api-token', { owner: id, limit: MOST_OF_ONE });
  }

  /**
   * Makes a token for programs.
   *
   * @returns the token itself, which is kept nowhere
   * @throws {AccountError} `unknown`, `bad-days`
   */
  async addToken(
    id: string,
    { name, scope, days }: { name: string; scope: TokenScope; days: number },
  ): Promise<{ token: ApiToken; value: string }> {
    const account = await this.find(id);
    if (account === undefined) throw new AccountError('unknown', `There is no account ${id}`);
    if (!(days >= 1 && days <= LONGEST_TOKEN_DAYS)) {
      throw new AccountError('bad-days', `A token lasts from 1 to ${LONGEST_TOKEN_DAYS} days`);
    }
    const now = this.#now();
    const secret = newSecret('nyt_');
    const token: ApiToken = {
      id: secret.id,
      at: now.toISOString(),
      owner: account.id,
      name,
      scope,
      expiresAt: new Date(now.getTime() + days * DAY_MS).toISOString(),
    };
    await this.#office.insert('api-token', token);
    return { token, value: secret.value };
  }

  /** @returns whether the account had such a token */
  async removeToken(id: string, tokenId: string): Promise<boolean> {
    const token = await this.#office.find('api-token', tokenId);
    return token?.owner === accountId(id) && (await this.#office.remove('api-token', tokenId));
  }

  async #update(id: string, change: (current: Account) => Account): Promise<Account> {
    const account = await this.#office.update('account', accountId(id), change);
    if (account === undefined) throw new AccountError('unknown', `There is no account ${id}`);
    return account;
  }

  async #refuseLastAdmin(typed: string): Promise<void> {
    const id = accountId(typed);
    const admins = (await this.list()).filter(
      (account) => isAtLeast(account.role, 'admin') && account.disabledAt === undefined,
    );
    if (admins.length === 1 && admins[0]?.id === id) {
      throw new AccountError('last-admin', `${id} is the last admin: somebody must be able to let others in`);
    }
  }
}
