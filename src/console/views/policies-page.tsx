import type { SeriesKey } from '../../domain/series.ts';
import { toSearch } from '../article-query.ts';
import { dayOf, number } from '../times.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Scroll } from './parts.tsx';

interface ListedPolicy {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly issuedAt: string | null;
  readonly effectiveAt: string | null;
  readonly inDays: number | null;
  readonly series: SeriesKey;
  readonly articles: number;
  readonly negative: number;
}

const EXAMPLE = `documents:
  - id: 46-2026-nd-cp
    number: 46/2026/NĐ-CP
    name: Nghị định 46/2026/NĐ-CP
    issuedAt: 2026-01-26
    clauses: [{ id: import, name: Kiểm tra hàng nhập khẩu, terms: [hàng nhập khẩu] }]`;

export function PoliciesPage({ policies }: { policies: readonly ListedPolicy[] }) {
  const { m, lang } = useUi();
  const day = (value: string | null) => (value === null ? '–' : dayOf(value));
  return (
    <Layout title={m.campaigns.policies} section="policies">
      <h1>{m.campaigns.policies}</h1>
      {policies.length === 0 ? (
        <div class="notice plain">
          <p>{m.campaigns.noPolicies}</p>
          <pre>{EXAMPLE}</pre>
        </div>
      ) : (
        <Scroll label={m.campaigns.policies}>
          <table>
            <caption class="visually-hidden">{m.campaigns.policies}</caption>
            <thead>
              <tr>
                <th scope="col">{m.campaigns.name}</th>
                <th scope="col">{m.campaigns.date.issuedAt}</th>
                <th scope="col">{m.campaigns.date.effectiveAt}</th>
                <th scope="col" class="figure">
                  {m.campaigns.articles}
                </th>
                <th scope="col" class="figure">
                  {m.campaigns.negative}
                </th>
              </tr>
            </thead>
            <tbody>
              {policies.map(({ id, name, issuedAt, effectiveAt, inDays, series, articles, negative }) => (
                <tr key={id}>
                  <th scope="row">
                    <a href={`/policies/${encodeURIComponent(id)}`}>{name}</a>
                  </th>
                  <td>{day(issuedAt)}</td>
                  <td>
                    {day(effectiveAt)}
                    {inDays === null ? null : (
                      <small>
                        {' '}
                        {inDays === 0 ? m.campaigns.today : m.campaigns.upcoming(number(inDays, lang))}
                      </small>
                    )}
                  </td>
                  <td class="figure">
                    <a href={`/articles${toSearch({ series, period: 'all' })}`}>{number(articles, lang)}</a>
                  </td>
                  <td class="figure">
                    <a href={`/articles${toSearch({ series, period: 'all', polarity: 'negative' })}`}>
                      {number(negative, lang)}
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Layout>
  );
}
