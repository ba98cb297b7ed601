import type { Role } from '../../domain/access.ts';
import { ROLES } from '../../domain/access.ts';
import { ACCOUNT_ID_PATTERN } from '../../domain/account.ts';
import type { AccountEntry, AccountFault } from '../account-desk.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Notice, Time } from './parts.tsx';

/** What has just been done, or could not be. */
export type AccountsNotice =
  | { readonly kind: 'saved' | 'signed-out'; readonly name: string }
  | { readonly kind: 'password'; readonly name: string; readonly password: string }
  | { readonly kind: 'refused'; readonly fault: AccountFault | 'input' };

interface AccountsPageProps {
  readonly accounts: readonly AccountEntry[];
  readonly notice: AccountsNotice | undefined;
}

export function AccountsPage({ accounts, notice }: AccountsPageProps) {
  const { m } = useUi();
  return (
    <Layout title={m.accounts.title}>
      <h1>{m.accounts.title}</h1>
      <p class="hint">{m.accounts.intro}</p>
      {notice === undefined ? null : <Said notice={notice} />}
      {accounts.length === 0 ? <p class="hint">{m.accounts.none}</p> : <Table accounts={accounts} />}
      {accounts.map((account) => (
        <ChangeForm key={account.id} account={account} />
      ))}
      <AddForm />
    </Layout>
  );
}

function Said({ notice }: { notice: AccountsNotice }) {
  const { m } = useUi();
  switch (notice.kind) {
    case 'saved':
      return <Notice tone="good" title={m.accounts.saved(notice.name)} announced />;
    case 'signed-out':
      return <Notice tone="good" title={m.accounts.signedOut(notice.name)} announced />;
    case 'refused':
      return <Notice tone="bad" title={m.accounts.fault[notice.fault]} announced />;
    case 'password':
      return (
        <Notice tone="good" title={m.accounts.password(notice.name)} announced>
          <p>
            <code class="shown-once">{notice.password}</code>
          </p>
          <p>{m.accounts.passwordOnce}</p>
        </Notice>
      );
  }
}

function Table({ accounts }: Pick<AccountsPageProps, 'accounts'>) {
  const { m } = useUi();
  const { accounts: t } = m;
  return (
    <table class="stacked">
      <caption class="visually-hidden">{t.caption}</caption>
      <thead>
        <tr>
          {[t.login, t.name, t.role, t.scope, t.signsIn, t.last].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <Row key={account.id} account={account} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ account }: { account: AccountEntry }) {
  const { m } = useUi();
  const { accounts: t } = m;
  const marks = [
    ...(account.isDisabled ? [t.disabled] : []),
    ...(account.mustChangePassword ? [t.mustChange] : []),
  ];
  return (
    <tr {...(account.isDisabled ? { class: 'account-off' } : {})}>
      <th scope="row">
        <a href={`#${anchorOf(account)}`}>{account.login}</a>
      </th>
      <td data-label={t.name}>
        {account.name}
        {marks.length === 0 ? null : ` (${marks.join(', ')})`}
      </td>
      <td data-label={t.role}>{t.roleName[account.role]}</td>
      <td data-label={t.scope}>{useScopeNames(account).join(', ') || t.everything}</td>
      <td data-label={t.signsIn}>{t.via[account.via]}</td>
      <td data-label={t.last}>
        {account.lastSignInAt === undefined ? t.never : <Time at={account.lastSignInAt} />}
      </td>
    </tr>
  );
}

function useScopeNames({ scope }: AccountEntry): string[] {
  const { names } = useUi();
  return [
    ...(scope?.provinces ?? []).map((id) => names.province(id)),
    ...(scope?.facilities ?? []).map((id) => names.facility(id)),
  ];
}

const anchorOf = ({ id }: AccountEntry) => `account-${encodeURIComponent(id)}`;

function ChangeForm({ account }: { account: AccountEntry }) {
  const { m, formToken } = useUi();
  const { accounts: t } = m;
  const prefix = anchorOf(account);
  const at = `/accounts/${encodeURIComponent(account.id)}`;
  const scope = [
    ...(account.scope?.provinces ?? []).map((id) => `province:${id}`),
    ...(account.scope?.facilities ?? []).map((id) => `facility:${id}`),
  ];
  return (
    <details class="account" id={prefix}>
      <summary>{t.change(account.login)}</summary>
      <form method="post" action={at}>
        <input type="hidden" name="token" value={formToken} />
        <Fields prefix={prefix} name={account.name} given={account.role} scope={scope.join('\n')} />
        <p class="choice">
          <input id={`${prefix}-disabled`} type="checkbox" name="disabled" checked={account.isDisabled} />
          <label for={`${prefix}-disabled`}>{t.isDisabled}</label>
        </p>
        <button type="submit" class="primary">
          {t.save}
        </button>{' '}
        {account.via === 'local' ? (
          <button type="submit" formAction={`${at}/password`} formNoValidate>
            {t.newPassword}
          </button>
        ) : null}{' '}
        <button type="submit" formAction={`${at}/sign-out`} formNoValidate>
          {t.signOut}
        </button>
      </form>
    </details>
  );
}

function AddForm() {
  const { m, formToken } = useUi();
  const { accounts: t } = m;
  return (
    <section class="account">
      <h2>{t.add}</h2>
      <form method="post" action="/accounts">
        <input type="hidden" name="token" value={formToken} />
        <p class="field">
          <label for="new-login">{t.login}</label>
          <input
            id="new-login"
            name="login"
            required
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            pattern={ACCOUNT_ID_PATTERN}
            aria-describedby="new-login-hint"
          />
          <span class="hint" id="new-login-hint">
            {t.loginHint}
          </span>
        </p>
        <Fields prefix="new" name="" given="viewer" scope="" />
        <button type="submit" class="primary">
          {t.addButton}
        </button>
      </form>
    </section>
  );
}

interface FieldsProps extends Pick<AccountEntry, 'name'> {
  readonly given: Role;
  readonly prefix: string;
  readonly scope: string;
}

function Fields({ prefix, name, given, scope }: FieldsProps) {
  const { m } = useUi();
  const { accounts: t } = m;
  return (
    <>
      <p class="field">
        <label for={`${prefix}-name`}>{t.name}</label>
        <input
          id={`${prefix}-name`}
          name="name"
          value={name}
          required
          maxLength={80}
          autocomplete="off"
          aria-describedby={`${prefix}-name-hint`}
        />
        <span class="hint" id={`${prefix}-name-hint`}>
          {t.nameHint}
        </span>
      </p>
      <p class="field">
        <label for={`${prefix}-role`}>{t.role}</label>
        <select id={`${prefix}-role`} name="role">
          {ROLES.map((one) => (
            <option key={one} value={one} selected={one === given}>
              {t.roleName[one]}: {t.roleDoes[one]}
            </option>
          ))}
        </select>
      </p>
      <p class="field">
        <label for={`${prefix}-scope`}>{t.scope}</label>
        <textarea id={`${prefix}-scope`} name="scope" rows={3} aria-describedby={`${prefix}-scope-hint`}>
          {scope}
        </textarea>
        <span class="hint" id={`${prefix}-scope-hint`}>
          {t.scopeHint}
        </span>
      </p>
    </>
  );
}
