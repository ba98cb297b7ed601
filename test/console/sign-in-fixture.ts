import { Accounts } from '../../src/access/accounts.ts';
import { SignIn } from '../../src/access/sign-in.ts';
import type { ConsoleDeps } from '../../src/console/console-deps.ts';
import { openTestConsole, type TestConsole } from './console-fixture.ts';

export const PASSWORD = 'một mật khẩu đủ dài';
export const OPERATOR = 'nyt_of-the-machine-itself';

export interface SignInConsole extends TestConsole {
  readonly accounts: Accounts;
}

/** A console where everybody has to sign in, over the stores of one where nobody has to. */
export async function openSignInConsole(overrides: Partial<ConsoleDeps> = {}): Promise<SignInConsole> {
  const store = await openTestConsole(overrides);
  const { office, now } = store.deps;
  const accounts = new Accounts(office, now);
  const signIn = new SignIn(office, now, OPERATOR);
  const signInWays = { accounts, signIn, isLocal: true, isSecure: false };
  const console = await openTestConsole({ ...store.deps, signInWays });
  return {
    ...console,
    accounts,
    seed: store.seed,
    clear: store.clear,
    async close() {
      await console.close();
      await store.close();
    },
  };
}
