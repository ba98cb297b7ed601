import type { Agreement, VersionAgreement } from '../../domain/agreement.ts';
import type { Correction } from '../../domain/correction.ts';
import { number, percent } from '../times.ts';
import { useUi } from '../ui.ts';
import { CorrectionList } from './corrections.tsx';
import { Layout } from './layout.tsx';
import { Notice } from './parts.tsx';

interface CorrectionsPageProps {
  readonly latest: readonly Correction[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly agreement: readonly VersionAgreement[];
  readonly sampled: readonly VersionAgreement[];
  readonly officer: string;
  readonly notice: 'corrected' | 'revoked' | 'bad-form' | 'nothing-to-draw' | undefined;
}

/** How often the program says what people say, and everything that people have said. */
export function CorrectionsPage(props: CorrectionsPageProps) {
  const { m, lang } = useUi();
  const { latest, total, page, pages, agreement, sampled, officer, notice } = props;
  return (
    <Layout title={m.nav.corrections} section="corrections">
      <h1>{m.corrections.heading}</h1>
      {notice === undefined ? null : (
        <Notice
          tone={notice === 'corrected' || notice === 'revoked' ? 'good' : 'bad'}
          title={m.corrections.pageNotice[notice]}
          announced
        />
      )}
      <section>
        <h2>{m.corrections.byChance}</h2>
        <p>{m.corrections.byChanceWhy}</p>
        <p>
          <a href="/corrections/sample">{m.corrections.draw}</a>
        </p>
        <AgreementTable rows={sampled} caption={m.corrections.byChance} />
      </section>
      <section>
        <h2>{m.corrections.all}</h2>
        <p>{m.corrections.allWhy}</p>
        <AgreementTable rows={agreement} caption={m.corrections.all} />
      </section>
      <section>
        <h2>{m.corrections.latest(number(total, lang))}</h2>
        <p class="hint">
          <a href="/articles?corrected=yes&period=all">{m.corrections.showArticles}</a>
        </p>
        <CorrectionList corrections={latest} officer={officer} />
        <p class="ways">
          {page > 1 ? <a href={`/corrections?page=${page - 1}`}>{m.corrections.newer}</a> : null}{' '}
          {page < pages ? <a href={`/corrections?page=${page + 1}`}>{m.corrections.older}</a> : null}
        </p>
      </section>
    </Layout>
  );
}

function AgreementTable({ rows, caption }: { rows: readonly VersionAgreement[]; caption: string }) {
  const { m } = useUi();
  if (rows.length === 0) return <p class="hint">{m.corrections.noFigures}</p>;
  return (
    <table class="agreement">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{m.corrections.version}</th>
          <th scope="col">{m.corrections.field.polarity}</th>
          <th scope="col">{m.corrections.field.topics}</th>
          <th scope="col">{m.corrections.field.relevance}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ languageVersion, polarity, topics, relevance }) => (
          <tr key={languageVersion}>
            <th scope="row">
              <code>{languageVersion}</code>
            </th>
            <td>
              <Share agreement={polarity} />
            </td>
            <td>
              <Share agreement={topics} />
            </td>
            <td>
              <Share agreement={relevance} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The share is nothing without how many it rests on. */
function Share({ agreement: { agreed, of, low, high } }: { agreement: Agreement }) {
  const { m, lang } = useUi();
  if (of === 0) return <span>–</span>;
  return (
    <>
      <strong>{percent(agreed / of, lang)}</strong>{' '}
      <small>
        {m.corrections.agreed(number(agreed, lang), number(of, lang))}, {percent(low, lang)}–
        {percent(high, lang)}
      </small>
    </>
  );
}
