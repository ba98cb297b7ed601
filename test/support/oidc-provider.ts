import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Provider } from 'oidc-provider';

/** Claims of one person. */
interface OidcPersonAtProvider {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

export interface TestOidcProvider {
  readonly issuer: string;
  /** Who may sign in there, by `sub`. */
  readonly people: Map<string, OidcPersonAtProvider>;
  close(): Promise<void>;
}

export const OIDC_CLIENT_ID = 'nhip-yte';
export const OIDC_CLIENT_SECRET = 'a-secret-of-these-tests-alone-0123456789';

/**
 * A certified provider on loopback, with its own pages for signing in and consenting.
 *
 * Any of `people` signs in under their `sub`; the page asks for a password and takes any.
 */
export async function startOidcProvider(redirectUrls: readonly string[]): Promise<TestOidcProvider> {
  const server: Server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const people = new Map<string, OidcPersonAtProvider>();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: OIDC_CLIENT_ID,
        client_secret: OIDC_CLIENT_SECRET,
        redirect_uris: [...redirectUrls],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], profile: ['name', 'groups', 'realm_access'] },
    cookies: { keys: ['a-key-of-these-tests-alone'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, sub) => {
      const person = people.get(sub);
      return person === undefined ? undefined : { accountId: sub, claims: async () => ({ ...person }) };
    },
  });
  server.on('request', provider.callback());
  return {
    issuer,
    people,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A browser as far as redirects, cookies and forms go. */
export class ReaderAtProvider {
  readonly #cookies = new Map<string, string>();

  /**
   * Signs in and consents on the provider's own pages.
   *
   * @returns the address under `home` that the provider sends the browser back to
   */
  async signIn(url: string, sub: string, home: string): Promise<string> {
    let at = await this.#follow(url, home);
    for (let page = 0; page < 5 && typeof at !== 'string'; page++) {
      const action = /<form[^>]* action="([^"]+)"/.exec(at.html)?.[1] ?? '';
      const prompt = /name="prompt" value="(\w+)"/.exec(at.html)?.[1] ?? '';
      const form = new URLSearchParams({
        prompt,
        ...(prompt === 'login' ? { login: sub, password: 'any' } : {}),
      });
      at = await this.#follow(new URL(action, at.url).href, home, form);
    }
    if (typeof at !== 'string') throw new Error('The provider keeps asking');
    return at;
  }

  async #follow(
    url: string,
    home: string,
    form?: URLSearchParams,
  ): Promise<string | { readonly url: string; readonly html: string }> {
    let next = url;
    let body = form;
    for (let hop = 0; hop < 10; hop++) {
      const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
      const response = await fetch(next, {
        redirect: 'manual',
        headers: { cookie },
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
      this.#keep(response.headers.getSetCookie());
      const location = response.headers.get('location');
      if (location === null) return { url: next, html: await response.text() };
      await response.body?.cancel();
      next = new URL(location, next).href;
      body = undefined;
      if (next.startsWith(home)) return next;
    }
    throw new Error('Redirected in circles');
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
  }
}
