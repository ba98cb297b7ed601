import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Notice } from './parts.tsx';

interface SignInPageProps {
  readonly back: string;
  readonly isLocal: boolean;
  readonly isElsewhere: boolean;
  readonly login: string;
  readonly fault?: 'refused' | { readonly waitMs: number };
}

/** Who are you: name and password, or the office's own provider. */
export function SignInPage({ back, isLocal, isElsewhere, login, fault }: SignInPageProps) {
  const { m, formToken } = useUi();
  return (
    <Layout title={m.signIn.title}>
      <h1>{m.signIn.title}</h1>
      {fault === undefined ? null : (
        <Notice
          tone="bad"
          title={
            fault === 'refused'
              ? m.signIn.refused
              : m.signIn.wait(Math.max(1, Math.ceil(fault.waitMs / 1000)))
          }
          announced
        />
      )}
      {isElsewhere ? (
        <p>
          <a class="button" href={`/login/oidc?back=${encodeURIComponent(back)}`}>
            {m.signIn.elsewhere}
          </a>
        </p>
      ) : null}
      {isLocal ? (
        <form class="sign-in act" method="post" action="/login">
          <input type="hidden" name="token" value={formToken} />
          <input type="hidden" name="back" value={back} />
          <p class="field">
            <label for="login">{m.signIn.login}</label>
            <input id="login" name="login" required maxLength={100} autocomplete="username" value={login} />
          </p>
          <p class="field">
            <label for="password">{m.signIn.password}</label>
            <input
              id="password"
              name="password"
              type="password"
              required
              maxLength={200}
              autocomplete="current-password"
            />
          </p>
          <button type="submit" class="primary">
            {m.signIn.submit}
          </button>
          <p class="hint">{m.signIn.noAccount}</p>
        </form>
      ) : null}
    </Layout>
  );
}
