import { type Command, Option } from 'commander';

import { AccountError, Accounts } from '../access/accounts.ts';
import { ROLES, type Role } from '../domain/access.ts';
import type { Account } from '../domain/account.ts';
import { writeLine } from './json-lines.ts';
import { withApp } from './with-app.ts';

/** Who may sign in to the console. The first admin can be made in no other way. */
export function addAccounts(program: Command): void {
  const accounts = program.command('accounts').description('Who may sign in, and what they may do');
  const role = new Option('--role <role>').choices(ROLES);

  accounts
    .command('list')
    .description('One JSON line per account')
    .action(() => doing(async (desk) => void (await each(await desk.list()))));

  accounts
    .command('add')
    .argument('<name>', 'what they sign in with')
    .description('Make an account; prints a password, once, which its owner must change')
    .addOption(role.makeOptionMandatory())
    .option('--display <name>', 'as it is written beside what they do')
    .action((name: string, options: { role: Role; display?: string }) =>
      doing(async (desk) => {
        const { account, password } = await desk.add(name, {
          name: options.display,
          role: options.role,
        });
        await writeLine({ ...shown(account), password });
      }),
    );

  accounts
    .command('password')
    .argument('<name>')
    .description('Make a new password, printed once; ends their sessions')
    .action((name: string) =>
      doing(async (desk) => writeLine({ id: name, password: await desk.resetPassword(name) })),
    );

  accounts
    .command('role')
    .argument('<name>')
    .addOption(new Option('--role <role>').choices(ROLES).makeOptionMandatory())
    .description('What they may do')
    .action((name: string, options: { role: Role }) =>
      doing(async (desk) => writeLine(shown(await desk.change(name, { role: options.role })))),
    );

  for (const [verb, isDisabled] of [
    ['disable', true],
    ['enable', false],
  ] as const) {
    accounts
      .command(verb)
      .argument('<name>')
      .description(isDisabled ? 'Let them in no more; ends their sessions' : 'Let them in again')
      .action((name: string) =>
        doing(async (desk) => writeLine(shown(await desk.change(name, { isDisabled })))),
      );
  }
}

async function doing(act: (accounts: Accounts) => Promise<void>): Promise<void> {
  try {
    await withApp(({ deps }) => act(new Accounts(deps.office, deps.now)));
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function each(accounts: readonly Account[]): Promise<void> {
  for (const account of accounts) await writeLine(shown(account));
}

/** Without what it is proved by. */
function shown({ passwordHash: _hash, ...account }: Account): Omit<Account, 'passwordHash'> {
  return account;
}
