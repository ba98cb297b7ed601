import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodError, z } from 'zod';

import type { AccountChange, AccountDesk } from '../account-desk.ts';
import { AccountRefusedError, accountForm, loginName } from '../account-desk.ts';
import { registeredNames } from '../registered-names.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import type { AccountsNotice } from '../views/accounts-page.tsx';
import { AccountsPage } from '../views/accounts-page.tsx';
import { NotFoundError } from './errors.tsx';

const newLogin = z.object({ login: loginName });
const admin = { bodyLimit: 128 * 1024, config: { role: 'admin' as const } };

/** Accounts, for admins. A password that was made stands in the answer itself, since no address may hold it. */
export function accountsRoutes(
  { server, deps, pages, tokens }: Pick<RouteContext, 'server' | 'deps' | 'pages' | 'tokens'>,
  { desk, nameOf }: { readonly desk: AccountDesk; readonly nameOf: (request: FastifyRequest) => string },
): void {
  // A person or disease of the same name is no scope.
  const places = [...deps.language.names].filter(([key]) => /^(?:province|facility):/.test(key));
  const form = accountForm(registeredNames(new Map(places)));

  server.get('/accounts', admin, (request, reply) => show(request, reply));

  server.post('/accounts', admin, (request, reply) =>
    doing(request, reply, async () => {
      const { login } = newLogin.parse(request.body);
      const password = await desk.add(login, changeIn(request), nameOf(request));
      return { kind: 'password', name: login, password };
    }),
  );

  server.post('/accounts/:id', admin, (request, reply) =>
    doing(request, reply, async (id) => {
      const { login } = there(await desk.change(id, changeIn(request), nameOf(request)));
      return { kind: 'saved', name: login };
    }),
  );

  server.post('/accounts/:id/password', admin, (request, reply) =>
    doing(request, reply, async (id) => {
      const password = there(await desk.newPassword(id, nameOf(request)));
      return { kind: 'password', name: await loginOf(id), password };
    }),
  );

  server.post('/accounts/:id/sign-out', admin, (request, reply) =>
    doing(request, reply, async (id) => {
      const { login } = there(await desk.signOut(id, nameOf(request)));
      return { kind: 'signed-out', name: login };
    }),
  );

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    notice?: AccountsNotice,
    status = 200,
  ): Promise<FastifyReply> {
    const accounts = [...(await desk.list())].sort((a, b) => (a.login < b.login ? -1 : 1));
    return pages.send(request, reply, <AccountsPage accounts={accounts} notice={notice} />, status);
  }

  async function doing(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (id: string) => Promise<AccountsNotice>,
  ): Promise<FastifyReply> {
    tokens.check(request);
    const { id } = idParams.catch({ id: '' }).parse(request.params);
    try {
      return await show(request, reply, await act(id));
    } catch (error) {
      if (error instanceof ZodError) {
        return show(request, reply, { kind: 'refused', fault: 'input' }, 400);
      }
      if (!(error instanceof AccountRefusedError)) throw error;
      return show(request, reply, { kind: 'refused', fault: error.fault }, 409);
    }
  }

  function changeIn(request: FastifyRequest): AccountChange {
    const { name, role, scope, disabled } = form.parse(request.body);
    return { name, role, ...(scope === undefined ? {} : { scope }), isDisabled: disabled === 'on' };
  }

  async function loginOf(id: string): Promise<string> {
    return (await desk.list()).find((account) => account.id === id)?.login ?? id;
  }
}

function there<T>(found: T | undefined): T {
  if (found === undefined) throw new NotFoundError();
  return found;
}
