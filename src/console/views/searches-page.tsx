import { type SavedSearch, SUBSCRIPTIONS } from '../../domain/saved-search.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Time } from './parts.tsx';

interface SearchesPageProps {
  readonly searches: readonly SavedSearch[];
  /** Whether there is a mail server, and whoever reads may have it write. */
  readonly canMail: boolean;
  readonly mayChange: (search: SavedSearch) => boolean;
}

/** Searches that people keep, each with the form that changes it. */
export function SearchesPage({ searches, canMail, mayChange }: SearchesPageProps) {
  const { m } = useUi();
  return (
    <Layout title={m.searches.title} section="articles">
      <h1>{m.searches.title}</h1>
      <p>{m.searches.intro}</p>
      {canMail ? null : <p class="hint">{m.searches.noMail}</p>}
      {searches.length === 0 ? (
        <div class="notice plain">
          <p>{m.searches.none}</p>
          <p class="ways">
            <a href="/articles">{m.searches.toArticles}</a>
          </p>
        </div>
      ) : (
        <ul class="saved-searches">
          {searches.map((search) => (
            <li key={search.id}>
              <Search search={search} canMail={canMail} isOwn={mayChange(search)} />
            </li>
          ))}
        </ul>
      )}
    </Layout>
  );
}

function Search({ search, canMail, isOwn }: { search: SavedSearch; canMail: boolean; isOwn: boolean }) {
  const { m, formToken } = useUi();
  const { id, name, by, query, subscription, delivery } = search;
  const path = `/searches/${encodeURIComponent(id)}`;
  return (
    <article>
      <h2>
        <a href={`/articles?${new URLSearchParams({ ...query })}`}>{name}</a>
      </h2>
      <p class="byline">
        {query.q === undefined ? null : <code>{query.q}</code>}{' '}
        {by === '' ? null : `${m.searches.by}: ${by} · `}
        {m.searches.subscription}: {m.searches.subscriptions[subscription]}
        {subscription === 'none' ? null : (
          <>
            {' · '}
            {m.searches.told} <Time at={delivery.until} />
          </>
        )}
      </p>
      {delivery.fault === undefined ? null : <p class="notice bad">{m.searches.fault(delivery.fault)}</p>}
      {isOwn ? (
        <details>
          <summary>{m.searches.edit(name)}</summary>
          <form method="post" action={path}>
            <input type="hidden" name="token" value={formToken} />
            <SearchFields search={search} canMail={canMail} />
            <button type="submit">{m.searches.change}</button>
          </form>
          <form method="post" action={`${path}/remove`}>
            <input type="hidden" name="token" value={formToken} />
            <button type="submit" class="plain" aria-label={m.searches.removeNamed(name)}>
              {m.searches.remove}
            </button>
          </form>
        </details>
      ) : null}
    </article>
  );
}

function SearchFields({ search, canMail }: { search: SavedSearch; canMail: boolean }) {
  const { m } = useUi();
  const { id, name, subscription, to, isShared } = search;
  return (
    <>
      <p class="field">
        <label for={`name-${id}`}>{m.searches.name}</label>
        <input id={`name-${id}`} name="name" required maxLength={100} value={name} />
      </p>
      {canMail ? (
        <>
          <p class="field">
            <label for={`subscription-${id}`}>{m.searches.subscription}</label>
            <select id={`subscription-${id}`} name="subscription">
              {SUBSCRIPTIONS.map((one) => (
                <option key={one} value={one} selected={one === subscription}>
                  {m.searches.subscriptions[one]}
                </option>
              ))}
            </select>
          </p>
          <p class="field">
            <label for={`to-${id}`}>{m.searches.to}</label>
            <input id={`to-${id}`} name="to" maxLength={1000} value={to.join(', ')} autocomplete="email" />
          </p>
        </>
      ) : null}
      <p class="choice">
        <input id={`shared-${id}`} type="checkbox" name="shared" checked={isShared} />
        <label for={`shared-${id}`}>{m.searches.shared}</label>
      </p>
    </>
  );
}

/** The form that keeps the search of the page. */
export function SaveSearch({ query, suggestion }: { query: string; suggestion: string }) {
  const { m, formToken } = useUi();
  return (
    <details class="save-search">
      <summary>{m.searches.save}</summary>
      <form method="post" action="/searches">
        <input type="hidden" name="token" value={formToken} />
        <input type="hidden" name="query" value={query} />
        <p class="field">
          <label for="save-name">{m.searches.name}</label>
          <input id="save-name" name="name" required maxLength={100} value={suggestion} />
        </p>
        <p class="choice">
          <input id="save-shared" type="checkbox" name="shared" />
          <label for="save-shared">{m.searches.shared}</label>
        </p>
        <button type="submit">{m.searches.save}</button>
      </form>
    </details>
  );
}
