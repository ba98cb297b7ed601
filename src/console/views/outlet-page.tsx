import type { CoverageDay } from '../../domain/coverage.ts';
import type { Outlet } from '../../domain/outlet.ts';
import type { ClockSource } from '../../domain/outlet-clock.ts';
import type { OutletState } from '../../domain/outlet-state.ts';
import { openRot, type PartSample } from '../../domain/selector-watch.ts';
import { toSearch } from '../article-query.ts';
import type { OutletReport } from '../outlet-report.ts';
import { absoluteTime, dayOf, number, percent } from '../times.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { ClockOffset, coverageReason, OutletOverview } from './outlet-overview.tsx';
import { hostOf, Notice, safeHref } from './parts.tsx';

interface OutletPageProps {
  readonly outlet: Outlet;
  readonly report: OutletReport;
  readonly state: OutletState;
}

/** Everything that following one outlet has taught us, with the samples it rests on. */
export function OutletPage({ outlet, report, state }: OutletPageProps) {
  const { m } = useUi();
  const t = m.outletReport;
  return (
    <Layout title={outlet.name} section="outlets">
      <p class="kicker">{m.tier[outlet.tier]}</p>
      <h1>{outlet.name}</h1>
      <p>
        <a class="more" href={`/outlets#${outlet.id}`}>
          {t.toFeeds}
        </a>{' '}
        · <a href={`/articles${toSearch({ outlet: outlet.id })}`}>{t.toArticles}</a> ·{' '}
        <Address url={outlet.homepage} />
      </p>
      <OutletOverview reports={[report]} />
      <SelectorSection outlet={outlet} state={state} />
      <CoverageSection days={state.coverage ?? []} />
      <ClockSection state={state} />
    </Layout>
  );
}

function Address({ url }: { url: string }) {
  const href = safeHref(url);
  return href === undefined ? <span>{url}</span> : <a href={href}>{hostOf(url)}</a>;
}

function ClockSection({ state: { clock } }: { state: OutletState }) {
  const { m, lang } = useUi();
  const t = m.outletReport;
  const sources = Object.entries(clock?.sources ?? {});
  return (
    <section>
      <h2>{t.clockHeading}</h2>
      <p class="hint">{t.clockExplain}</p>
      {sources.length === 0 ? <p>{t.clockUnknown}</p> : null}
      {sources.length === 0 ? null : (
        <table class="stacked">
          <thead>
            <tr>
              <th scope="col">{t.source}</th>
              <th scope="col">{t.offset}</th>
              <th scope="col" class="figure">
                {t.samples}
              </th>
              <th scope="col">{t.learntAt}</th>
            </tr>
          </thead>
          <tbody>
            {sources.map(([source, { behindMinutes, samples, learntAt, groups }]) => (
              <tr key={source}>
                <th scope="row">{m.publishedSource[source as ClockSource]}</th>
                <td data-label={t.offset}>
                  {behindMinutes === undefined ? (
                    t.clockUnknown
                  ) : (
                    <ClockOffset behindMinutes={behindMinutes} />
                  )}
                </td>
                <td data-label={t.samples} class="figure">
                  {number(samples ?? groups.reduce((sum, { count }) => sum + count, 0), lang)}
                </td>
                <td data-label={t.learntAt}>{learntAt === undefined ? '–' : absoluteTime(learntAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {clock === undefined || clock.changes.length === 0 ? null : (
        <>
          <h3>{t.history}</h3>
          <ul>
            {[...clock.changes].reverse().map(({ at, source, behindMinutes }) => (
              <li key={at + source}>
                {absoluteTime(at)} · {m.publishedSource[source]}:{' '}
                {behindMinutes === undefined ? t.withdrawn : <ClockOffset behindMinutes={behindMinutes} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function CoverageSection({ days }: { days: readonly CoverageDay[] }) {
  const { m } = useUi();
  const t = m.outletReport;
  const newest = [...days].reverse();
  const missed = newest.find((day) => day.missed.length > 0);
  return (
    <section>
      <h2>{t.coverageHeading}</h2>
      {newest.length === 0 ? <p>{t.notMeasured}</p> : null}
      {newest.length === 0 ? null : (
        <table class="stacked">
          <thead>
            <tr>
              <th scope="col">{t.day}</th>
              {[t.listed, t.found, t.indexed, t.health, t.queued].map((label) => (
                <th key={label} scope="col" class="figure">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {newest.map((day) => (
              <CoverageRow key={day.day} day={day} />
            ))}
          </tbody>
        </table>
      )}
      {missed === undefined ? null : (
        <>
          <h3>
            {t.missed} ({dayOf(missed.day)})
          </h3>
          <ul class="addresses">
            {missed.missed.map((url) => (
              <li key={url}>{safeHref(url) === undefined ? url : <a href={url}>{url}</a>}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function CoverageRow({ day }: { day: CoverageDay }) {
  const { m, lang } = useUi();
  const t = m.outletReport;
  const reason = coverageReason(day.reason, m);
  const of = (part: number, whole: number) =>
    whole === 0 ? '–' : `${number(part, lang)} (${percent(part / whole, lang)})`;
  return (
    <tr>
      <th scope="row">{dayOf(day.day)}</th>
      <td data-label={t.listed} class="figure">
        {number(day.listed, lang)} {day.reason === undefined ? null : <small class="why">{reason}</small>}
      </td>
      <td data-label={t.found} class="figure">
        {of(day.found, day.listed)}
      </td>
      <td data-label={t.indexed} class="figure">
        {of(day.indexed, day.listed)}
      </td>
      <td data-label={t.health} class="figure">
        {of(day.healthIndexed, day.healthListed)}
      </td>
      <td data-label={t.queued} class="figure">
        {number(day.queued, lang)}
      </td>
    </tr>
  );
}

function SelectorSection({ outlet, state: { rot } }: { outlet: Outlet; state: OutletState }) {
  const { m, lang } = useUi();
  const t = m.outletReport;
  if (outlet.selectors === undefined) {
    return (
      <section>
        <h2>{t.selectorHeading}</h2>
        <p>{t.noSelectors}</p>
      </section>
    );
  }
  return (
    <section>
      <h2>{t.selectorHeading}</h2>
      <p class="hint">
        {t.selectorExplain} {t.checked(number(rot?.checked ?? 0, lang))}
      </p>
      {openRot(rot).map(({ part, openedAt, lastGood, firstBad }) => (
        <Notice key={part} tone="bad" title={t.rotOpened(t.part[part])}>
          <p>
            {t.rotSince} {absoluteTime(openedAt)} · <code>{outlet.selectors?.[part]}</code>
          </p>
          {lastGood === undefined ? null : <Sample title={t.lastGood} sample={lastGood} />}
          {firstBad === undefined ? null : <Sample title={t.firstBad} sample={firstBad} />}
        </Notice>
      ))}
      {rot === undefined || rot.closed.length === 0 ? null : (
        <ul>
          {[...rot.closed].reverse().map(({ part, openedAt, closedAt, why }) => (
            <li key={part + closedAt}>
              {t.closedRot}: {t.part[part]}, {absoluteTime(openedAt)} – {absoluteTime(closedAt)},{' '}
              {t.closedWhy[why]}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Sample({ title, sample }: { title: string; sample: PartSample }) {
  const { m } = useUi();
  const t = m.outletReport;
  const href = safeHref(sample.url);
  return (
    <>
      <h3>{title}</h3>
      <p>
        {absoluteTime(sample.at)} · {href === undefined ? sample.url : <a href={href}>{sample.url}</a>}
      </p>
      <dl>
        <dt>{t.bySelector}</dt>
        <dd>{sample.bySelector || t.nothing}</dd>
        <dt>{t.generic}</dt>
        <dd>{sample.generic || t.nothing}</dd>
      </dl>
    </>
  );
}
