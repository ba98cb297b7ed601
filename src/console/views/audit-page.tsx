import type { AuditEntry } from '../../domain/audit-entry.ts';
import { absoluteTime } from '../times.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Scroll } from './parts.tsx';

/** Who did what, newest first. */
export function AuditPage({ entries, older }: { entries: readonly AuditEntry[]; older: string | undefined }) {
  const { m } = useUi();
  return (
    <Layout title={m.signIn.audit}>
      <h1>{m.signIn.audit}</h1>
      <p>
        <a class="more" href="/audit.jsonl">
          {m.signIn.export}
        </a>
      </p>
      {entries.length === 0 ? (
        <p class="notice plain">{m.signIn.noEntries}</p>
      ) : (
        <Scroll label={m.signIn.audit}>
          <table class="stacked">
            <caption class="visually-hidden">{m.signIn.audit}</caption>
            <thead>
              <tr>
                <th scope="col">{m.signIn.when}</th>
                <th scope="col">{m.signIn.who}</th>
                <th scope="col">{m.signIn.what}</th>
                <th scope="col">{m.signIn.on}</th>
                <th scope="col">{m.signIn.from}</th>
                <th scope="col">{m.signIn.result}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ id, at, by, what, on, address, result }) => (
                <tr key={id}>
                  <td data-label={m.signIn.when}>
                    <time dateTime={at}>{absoluteTime(at)}</time>
                  </td>
                  <th scope="row">{by === '' ? m.signIn.nobody : by}</th>
                  <td data-label={m.signIn.what}>
                    <code>{what}</code>
                  </td>
                  <td data-label={m.signIn.on}>{on}</td>
                  <td data-label={m.signIn.from}>{address}</td>
                  <td data-label={m.signIn.result}>{m.signIn.outcome[result]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {older === undefined ? null : (
        <p>
          <a class="more" href={`/audit?${older}`}>
            {m.signIn.older} →
          </a>
        </p>
      )}
    </Layout>
  );
}
