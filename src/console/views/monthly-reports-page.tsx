import type { KeptMonthlyReport } from '../../domain/monthly-report.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';
import { ByField } from './by-field.tsx';
import { Layout } from './layout.tsx';
import { Notice, Scroll, Time } from './parts.tsx';

interface MonthlyReportsPageProps {
  /** Newest first. */
  readonly months: readonly { readonly month: string; readonly kept: KeptMonthlyReport | undefined }[];
  /** The month that is not over. */
  readonly thisMonth: string;
  readonly officer: string;
  readonly isRefused: boolean;
}

/** `2026-01` as people write it. */
export function monthText(month: string): string {
  return month.split('-').reverse().join('/');
}

/** Every month that there is data of, with its report or the way to one. */
export function MonthlyReportsPage({ months, thisMonth, officer, isRefused }: MonthlyReportsPageProps) {
  const { m } = useUi();
  return (
    <Layout title={m.monthly.title} section="reports">
      <h1>{m.monthly.title}</h1>
      <p class="hint">{m.monthly.intro}</p>
      {isRefused ? <Notice tone="bad" title={m.monthly.badMonth} announced /> : null}
      {months.length === 0 ? (
        <Notice tone="plain" title={m.monthly.none}>
          <p>{m.monthly.noneWhy}</p>
        </Notice>
      ) : (
        <>
          <MakeForm months={months} officer={officer} />
          <MonthTable months={months} thisMonth={thisMonth} />
        </>
      )}
    </Layout>
  );
}

function MakeForm({ months, officer }: Pick<MonthlyReportsPageProps, 'months' | 'officer'>) {
  const { m, formToken } = useUi();
  const open = months.filter(({ kept }) => kept === undefined);
  if (open.length === 0) return null;
  return (
    <form class="act brief-make" method="post" action="/reports">
      <input type="hidden" name="token" value={formToken} />
      <div class="filter-grid">
        <p class="field">
          <label for="make-month">{m.monthly.month}</label>
          <select id="make-month" name="month">
            {open.map(({ month }) => (
              <option key={month} value={month}>
                {monthText(month)}
              </option>
            ))}
          </select>
        </p>
        <ByField id="make-by" value={officer} />
        <button type="submit" class="primary">
          {m.monthly.make}
        </button>
      </div>
    </form>
  );
}

function MonthTable({ months, thisMonth }: Pick<MonthlyReportsPageProps, 'months' | 'thisMonth'>) {
  const { m, lang } = useUi();
  return (
    <Scroll label={m.monthly.listCaption}>
      <table>
        <caption class="visually-hidden">{m.monthly.listCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{m.monthly.month}</th>
            <th scope="col">{m.briefs.status}</th>
            <th scope="col" class="figure">
              {m.briefs.articles}
            </th>
            <th scope="col">{m.briefs.made}</th>
          </tr>
        </thead>
        <tbody>
          {months.map(({ month, kept }) => (
            <tr key={month}>
              <th scope="row">
                {kept === undefined ? monthText(month) : <a href={`/reports/${month}`}>{monthText(month)}</a>}
                {month === thisMonth ? <small> ({m.monthly.running})</small> : null}
              </th>
              <td>
                {kept === undefined ? (
                  m.monthly.notMade
                ) : (
                  <span class={`chip brief-status ${kept.status}`}>{m.briefs.statusName[kept.status]}</span>
                )}
              </td>
              <td class="figure">{kept === undefined ? '–' : number(kept.report.total.count, lang)}</td>
              <td>{kept === undefined ? null : <Time at={kept.madeAt} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
