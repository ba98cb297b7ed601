import type { Access } from '../domain/access.ts';
import { type Account, accountId } from '../domain/account.ts';
import { roleOfToken } from '../domain/api-token.ts';
import { isSessionOver, type Session, used } from '../domain/session.ts';
import type { OfficeStore } from '../ports/office-store.ts';
import { hashPassword, isOutdatedHash, isPassword } from './passwords.ts';
import { newSecret, secretId } from './secrets.ts';

/** After so many wrong passwords each further one is waited for, twice as long each time, up to a minute. */
const FREE_TRIES = 4;
const LONGEST_WAIT_MS = 60_000;
/** What was tried longer ago is forgotten. */
const FORGET_AFTER_MS = 15 * 60_000;
const MOST_REMEMBERED = 10_000;
const MAX_BROWSER = 120;

/** Whoever may read the data folder may do everything with it. */
const OPERATOR: Account = { id: 'operator', at: '1970-01-01T00:00:00.000Z', name: 'operator', role: 'admin' };

export type SignedIn =
  | { readonly kind: 'signed-in'; readonly account: Account; readonly cookie: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'wait'; readonly ms: number };

interface Tries {
  count: number;
  at: number;
}

/** Lets people in by name and password, and knows them again by what their browser or program holds. */
export class SignIn {
  readonly #office: OfficeStore;
  readonly #now: () => Date;
  readonly #operatorId: string | undefined;
  /** By the name tried, whether there is such an account or not. */
  readonly #tries = new Map<string, Tries>();

  /** @param operatorToken  what commands on this machine hold; they may do everything */
  constructor(office: OfficeStore, now: () => Date, operatorToken?: string) {
    this.#operatorId = operatorToken && secretId(operatorToken);
    this.#office = office;
    this.#now = now;
  }

  /** Lets somebody in who knows the password; says nothing of whether the name or the password was wrong. */
  async withPassword(typed: string, password: string, browser: string): Promise<SignedIn> {
    const id = accountId(typed).slice(0, 200);
    const wait = this.#waitFor(id);
    if (wait > 0) return { kind: 'wait', ms: wait };
    const account = await this.#office.find('account', id);
    const isRight = await isPassword(password, account?.passwordHash);
    if (!isRight || account === undefined || account.disabledAt !== undefined) {
      this.#noteFailure(id);
      return { kind: 'refused' };
    }
    this.#tries.delete(id);
    if (isOutdatedHash(account.passwordHash ?? '')) {
      const passwordHash = await hashPassword(password);
      await this.#office.update('account', id, (current) => ({ ...current, passwordHash }));
    }
    return { kind: 'signed-in', account, cookie: await this.begin(account, browser) };
  }

  /** Begins a session. @returns what the browser is to hold */
  async begin({ id: owner }: Pick<Account, 'id'>, browser: string): Promise<string> {
    const { value, id } = newSecret('');
    const at = this.#now().toISOString();
    const session: Session = { id, at, owner, usedAt: at, browser: browser.slice(0, MAX_BROWSER) };
    await this.#office.insert('session', session);
    await this.#office.update('account', owner, (account) => ({ ...account, lastSignInAt: at }));
    return value;
  }

  /** Who holds this cookie; `undefined` where nobody does, or no longer. */
  async bySession(cookie: string): Promise<(Access & { readonly account: Account }) | undefined> {
    const now = this.#now();
    const session = await this.#office.find('session', secretId(cookie));
    if (session === undefined) return undefined;
    const account = await this.#office.find('account', session.owner);
    if (isSessionOver(session, now) || account === undefined || account.disabledAt !== undefined) {
      await this.#office.remove('session', session.id);
      return undefined;
    }
    if (used(session, now) !== session)
      await this.#office.update('session', session.id, (one) => used(one, now));
    return { ...accessOf(account), via: 'session', account };
  }

  async end(cookie: string): Promise<void> {
    await this.#office.remove('session', secretId(cookie));
  }

  /** Whose program holds this token; `undefined` where it is not known or over. */
  async byToken(value: string): Promise<(Access & { readonly account: Account }) | undefined> {
    const now = this.#now();
    if (secretId(value) === this.#operatorId)
      return { ...accessOf(OPERATOR), via: 'token', account: OPERATOR };
    const token = await this.#office.find('api-token', secretId(value));
    if (token === undefined || Date.parse(token.expiresAt) <= now.getTime()) return undefined;
    const account = await this.#office.find('account', token.owner);
    if (account === undefined || account.disabledAt !== undefined) return undefined;
    if (used(token, now) !== token) await this.#office.update('api-token', token.id, (one) => used(one, now));
    return { ...accessOf(account), role: roleOfToken(token, account.role), via: 'token', account };
  }

  #waitFor(id: string): number {
    const tries = this.#tries.get(id);
    if (tries === undefined || tries.count < FREE_TRIES) return 0;
    const waitMs = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (tries.count - FREE_TRIES));
    return Math.max(0, tries.at + waitMs - this.#now().getTime());
  }

  #noteFailure(id: string): void {
    const now = this.#now().getTime();
    const before = this.#tries.get(id);
    const count = before !== undefined && now - before.at < FORGET_AFTER_MS ? before.count + 1 : 1;
    this.#tries.delete(id);
    this.#tries.set(id, { count, at: now });
    // The oldest is forgotten first: a map keeps the order in which it was told.
    if (this.#tries.size > MOST_REMEMBERED) this.#tries.delete(this.#tries.keys().next().value ?? '');
  }
}

function accessOf({ id: accountIdOf, name, role, scope }: Account): Omit<Access, 'via'> {
  return { name, accountId: accountIdOf, role, ...(scope === undefined ? {} : { scope }) };
}
