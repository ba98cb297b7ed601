import { Accounts } from '../access/accounts.ts';
import { SignIn } from '../access/sign-in.ts';
import { type Config, isLoopback } from '../config.ts';
import type { SignInWays } from '../console/access-guard.ts';
import { OidcSignIn } from '../console/oidc.ts';
import { OIDC_CALLBACK } from '../console/routes/oidc.tsx';
import type { OfficeStore } from '../ports/office-store.ts';

/** How people sign in to the console, as the configuration has it; `undefined` where nobody has to. */
export function openSignInWays(
  config: Config,
  office: OfficeStore,
  now: () => Date,
  operatorToken: string | undefined,
): SignInWays | undefined {
  const { auth, consoleHost, consoleUrl } = config;
  if (auth === 'off' || (auth === 'auto' && isLoopback(consoleHost))) return undefined;
  const { oidcIssuer: issuer, oidcClientId: clientId } = config;
  const isElsewhere = auth === 'auto' || auth.includes('oidc');
  const provider =
    isElsewhere && issuer !== undefined && clientId !== undefined
      ? new OidcSignIn({
          issuer,
          clientId,
          clientSecret: config.oidcClientSecret,
          scopes: config.oidcScopes,
          roleClaim: config.oidcRoleClaim,
          roleMap: config.oidcRoleMap,
          redirectUrl: `${consoleUrl}${OIDC_CALLBACK}`,
        })
      : undefined;
  return {
    accounts: new Accounts(office, now),
    signIn: new SignIn(office, now, operatorToken),
    isLocal: auth !== 'oidc',
    isSecure: consoleUrl.startsWith('https:'),
    ...(provider === undefined ? {} : { provider }),
  };
}
