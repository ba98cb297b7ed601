import { type Messages, reasonText } from '../messages.ts';
import type { ClockReport, CoverageReport, OutletReport } from '../outlet-report.ts';
import { duration, number, percent, shortDay } from '../times.ts';
import { useUi } from '../ui.ts';
import { Time } from './parts.tsx';

const MINUTE_MS = 60_000;

/** One line per outlet: how well it is heard, and what following it has taught us. */
export function OutletOverview({ reports }: { reports: readonly OutletReport[] }) {
  const { m } = useUi();
  const t = m.outletReport;
  return (
    <section>
      <h2>{t.overview}</h2>
      <p class="hint">{t.explain}</p>
      <table class="stacked outlet-overview">
        <thead>
          <tr>
            <th scope="col">{m.outlets.outlet}</th>
            <th scope="col" class="figure">
              {t.feeds}
            </th>
            <th scope="col" class="figure">
              {t.entries}
            </th>
            <th scope="col" class="figure">
              {t.articles}
            </th>
            <th scope="col">{t.silence}</th>
            <th scope="col">{t.clock}</th>
            <th scope="col">{t.coverage}</th>
            <th scope="col">{t.selectors}</th>
          </tr>
        </thead>
        <tbody>
          {[...reports].sort(byTrouble).map((report) => (
            <OutletRow key={report.outletId} report={report} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What somebody should look at first, then by name. */
function byTrouble(a: OutletReport, b: OutletReport): number {
  return troubleOf(b) - troubleOf(a) || a.name.localeCompare(b.name, 'vi');
}

function troubleOf({ silence, rot, feeds }: OutletReport): number {
  return (silence === undefined ? 0 : 2) + (rot.length > 0 ? 2 : 0) + (feeds.working === 0 ? 1 : 0);
}

function OutletRow({ report }: { report: OutletReport }) {
  const { m, lang } = useUi();
  const t = m.outletReport;
  const { outletId, name, tier, feeds, entries, articles, silence, clocks, coverage } = report;
  const pair = ({ day, week }: OutletReport['entries']) => `${number(day, lang)} / ${number(week, lang)}`;
  return (
    <tr data-outlet={outletId}>
      <th scope="row">
        <a href={`/outlets/${outletId}`}>{name}</a> <small class="tier">{m.tier[tier]}</small>
      </th>
      <td data-label={t.feeds} class="figure">
        <a href={`/outlets#${outletId}`}>
          {feeds.working}/{feeds.configured}
        </a>
      </td>
      <td data-label={t.entries} class="figure">
        {pair(entries)}
      </td>
      <td data-label={t.articles} class="figure">
        {pair(articles)}
      </td>
      <td data-label={t.silence}>
        {silence === undefined ? (
          '–'
        ) : (
          <>
            <strong class="late">
              <Time at={silence.sinceAt} />
            </strong>{' '}
            <small class="why">{t.silentSince(duration(silence.usualMs, lang))}</small>
          </>
        )}
      </td>
      <td data-label={t.clock}>
        <ClockSummary clocks={clocks} />
      </td>
      <td data-label={t.coverage}>
        <CoverageSummary coverage={coverage} />
      </td>
      <td data-label={t.selectors}>
        <SelectorSummary report={report} />
      </td>
    </tr>
  );
}

function ClockSummary({ clocks }: { clocks: readonly ClockReport[] }) {
  const { m } = useUi();
  if (clocks.length === 0) return <>{m.outletReport.clockUnknown}</>;
  const wrong = clocks.filter(({ behindMinutes }) => behindMinutes !== 0);
  if (wrong.length === 0) return <>{m.outletReport.clockRight}</>;
  return (
    <ul class="plain">
      {wrong.map(({ source, behindMinutes }) => (
        <li key={source}>
          {m.publishedSource[source]}: <ClockOffset behindMinutes={behindMinutes} />
        </li>
      ))}
    </ul>
  );
}

/** How far a clock is off, in words. */
export function ClockOffset({ behindMinutes }: { behindMinutes: number }) {
  const { m, lang } = useUi();
  const t = m.outletReport;
  if (behindMinutes === 0) return <>{t.clockRight}</>;
  const by = duration(Math.abs(behindMinutes) * MINUTE_MS, lang);
  return <strong>{behindMinutes > 0 ? t.clockBehind(by) : t.clockAhead(by)}</strong>;
}

function CoverageSummary({ coverage }: { coverage: readonly CoverageReport[] }) {
  const { m, lang } = useUi();
  const t = m.outletReport;
  const last = coverage.at(-1);
  if (last === undefined) return <>{t.notMeasured}</>;
  return (
    <>
      <Sparkline days={coverage} />{' '}
      {last.found === undefined ? (
        <small class="why">{coverageReason(last.reason, m)}</small>
      ) : (
        <span>
          {percent(last.found, lang)} <small class="why">{shortDay(last.day)}</small>
        </span>
      )}
      {last.health === undefined ? null : (
        <small class="why">
          {' '}
          {t.health}: {percent(last.health, lang)}
        </small>
      )}
    </>
  );
}

/** Why a day could not be measured, in words. */
export function coverageReason(reason: string | undefined, m: Messages): string {
  if (reason === 'no-sitemap') return m.outletReport.reasonNoSitemap;
  if (reason === 'nothing-listed') return m.outletReport.reasonNothing;
  return reason === undefined ? m.outletReport.notMeasured : reasonText(reason, m);
}

const SPARK = { width: 96, height: 20 };

/** The share found, day by day; days that could not be measured are gaps. */
export function Sparkline({ days }: { days: readonly CoverageReport[] }) {
  const { m } = useUi();
  const step = SPARK.width / Math.max(1, days.length);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${SPARK.width} ${SPARK.height}`}
      role="img"
      aria-label={m.outletReport.coverageTrend(days.length)}
    >
      <line class="track" x1="0" y1="0.5" x2={SPARK.width} y2="0.5" />
      {days.map(({ day, found }, at) =>
        found === undefined ? null : (
          <rect
            key={day}
            class="fill"
            x={(at * step).toFixed(1)}
            y={(SPARK.height * (1 - found)).toFixed(1)}
            width={Math.max(1, step - 1).toFixed(1)}
            height={(SPARK.height * found).toFixed(1)}
          />
        ),
      )}
    </svg>
  );
}

function SelectorSummary({ report: { rot, pagesCompared } }: { report: OutletReport }) {
  const { m } = useUi();
  const t = m.outletReport;
  if (pagesCompared === undefined) return <>{t.unwatched}</>;
  if (pagesCompared === 0) return <>{t.notCompared}</>;
  if (rot.length === 0) return <>{t.selectorsGood}</>;
  return <strong class="late">{t.selectorsRotten(rot.map(({ part }) => t.part[part]).join(', '))}</strong>;
}
