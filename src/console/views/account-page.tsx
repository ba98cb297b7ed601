import { SHORTEST_PASSWORD } from '../../access/passwords.ts';
import type { Account } from '../../domain/account.ts';
import { type ApiToken, TOKEN_SCOPES } from '../../domain/api-token.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Notice, Time } from './parts.tsx';

export type AccountNotice =
  | { readonly kind: 'changed' | 'bad-password' | 'bad-token' }
  | { readonly kind: 'token'; readonly value: string };

interface AccountPageProps {
  readonly account: Account;
  readonly tokens: readonly ApiToken[];
  readonly notice: AccountNotice | undefined;
}

/** One's own account: password, tokens for programs, sessions. */
export function AccountPage({ account, tokens, notice }: AccountPageProps) {
  const { m } = useUi();
  return (
    <Layout title={m.signIn.account}>
      <h1>{m.signIn.account}</h1>
      <p>{m.signIn.signedInAs(account.name, m.signIn.role[account.role])}</p>
      <Outcome notice={notice} />
      {account.mustChangePassword ? <Notice tone="bad" title={m.signIn.mustChange} /> : null}
      {account.passwordHash === undefined ? null : <PasswordForm />}
      {account.mustChangePassword ? null : <Tokens tokens={tokens} />}
      <SignOutForms />
    </Layout>
  );
}

function Outcome({ notice }: { notice: AccountNotice | undefined }) {
  const { m } = useUi();
  switch (notice?.kind) {
    case 'changed':
      return <Notice tone="good" title={m.signIn.changed} announced />;
    case 'bad-password':
      return <Notice tone="bad" title={m.signIn.badPassword} announced />;
    case 'bad-token':
      return <Notice tone="bad" title={m.signIn.badToken} announced />;
    case 'token':
      return (
        <Notice tone="good" title={m.signIn.newToken} announced>
          <code>{notice.value}</code>
        </Notice>
      );
    default:
      return null;
  }
}

function PasswordForm() {
  const { m, formToken } = useUi();
  return (
    <form class="sign-in act" method="post" action="/account/password">
      <h2>{m.signIn.changePassword}</h2>
      <input type="hidden" name="token" value={formToken} />
      <p class="field">
        <label for="old-password">{m.signIn.oldPassword}</label>
        <input
          id="old-password"
          name="password"
          type="password"
          required
          maxLength={200}
          autocomplete="current-password"
        />
      </p>
      <p class="field">
        <label for="new-password">{m.signIn.newPassword(SHORTEST_PASSWORD)}</label>
        <input
          id="new-password"
          name="next"
          type="password"
          required
          minLength={SHORTEST_PASSWORD}
          maxLength={200}
          autocomplete="new-password"
        />
      </p>
      <button type="submit">{m.signIn.changePassword}</button>
    </form>
  );
}

function Tokens({ tokens }: { tokens: readonly ApiToken[] }) {
  const { m, formToken } = useUi();
  return (
    <section>
      <h2>{m.signIn.tokens}</h2>
      <p class="hint">{m.signIn.tokensHint}</p>
      {tokens.length === 0 ? (
        <p class="hint">{m.signIn.noTokens}</p>
      ) : (
        <ul class="reasons">
          {tokens.map((token) => (
            <li key={token.id}>
              <strong>{token.name}</strong> {m.signIn.scope[token.scope]} · {m.signIn.expires}{' '}
              <Time at={token.expiresAt} /> · {m.signIn.used}{' '}
              {token.usedAt === undefined ? m.signIn.never : <Time at={token.usedAt} />}
              <form method="post" action={`/account/tokens/${token.id}/remove`}>
                <input type="hidden" name="token" value={formToken} />
                <button type="submit" aria-label={m.signIn.removeToken(token.name)}>
                  {m.signIn.remove}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form class="sign-in act" method="post" action="/account/tokens">
        <input type="hidden" name="token" value={formToken} />
        <p class="field">
          <label for="token-name">{m.signIn.tokenName}</label>
          <input id="token-name" name="name" required maxLength={80} />
        </p>
        <p class="field">
          <label for="token-scope">{m.signIn.tokenScope}</label>
          <select id="token-scope" name="scope">
            {TOKEN_SCOPES.map((scope) => (
              <option key={scope} value={scope}>
                {m.signIn.scope[scope]}
              </option>
            ))}
          </select>
        </p>
        <p class="field">
          <label for="token-days">{m.signIn.tokenDays}</label>
          <input id="token-days" name="days" type="number" min={1} max={366} value={90} required />
        </p>
        <button type="submit">{m.signIn.makeToken}</button>
      </form>
    </section>
  );
}

function SignOutForms() {
  const { m, formToken } = useUi();
  return (
    <div class="ways">
      {(
        [
          ['/logout', m.signIn.signOut],
          ['/account/sign-out', m.signIn.everywhere],
        ] as const
      ).map(([action, label]) => (
        <form key={action} method="post" action={action}>
          <input type="hidden" name="token" value={formToken} />
          <button type="submit">{label}</button>
        </form>
      ))}
    </div>
  );
}
