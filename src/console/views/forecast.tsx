import type { Forecast, Outlook } from '../../detection/forecast.ts';
import { expectedHistogram } from '../charts.ts';
import type { Lang } from '../messages.ts';
import { absoluteTime, dayOf, number, shortDay } from '../times.ts';
import { useUi } from '../ui.ts';
import { Scroll } from './parts.tsx';

/** Fewer past forecasts than this tell nothing about how good they are. */
const LEAST_RECORD = 3;

/** What is to come of a series or an incident, how sure that is, and how such forecasts turned out of late. */
export function ForecastSection({ forecast }: { forecast: Forecast | undefined }) {
  const { m, lang } = useUi();
  if (forecast === undefined) return null;
  const { at, outlooks, usualPerDay, lastDay, days, peak, backToUsualOn } = forecast;
  const label = m.forecast.chartLabel(
    outlooks.map(({ hours, low, high }) => m.forecast.within(hours, String(low), String(high))).join(', '),
  );
  const bars = days.map(({ day, articles, isExpected }) => ({
    label: shortDay(day),
    counted: isExpected ? null : articles,
    expected: isExpected ? Math.round(10 * articles) / 10 : null,
  }));
  return (
    <section class="forecast">
      <h2>{m.forecast.title}</h2>
      <p class="hint">{m.forecast.meaning(absoluteTime(at))}</p>
      <dl class="figures">
        {outlooks.map((outlook) => (
          <div key={outlook.hours} class="big wide">
            <dt>{m.forecast.next(outlook.hours)}</dt>
            <dd>
              {range(outlook, lang)} <small>{m.forecast.likely(number(outlook.likely, lang))}</small>
            </dd>
          </div>
        ))}
        <div>
          <dt>{peak.isExpected ? m.forecast.peakAhead : m.forecast.peakPast}</dt>
          <dd>
            {dayOf(peak.day)} <small>{m.forecast.articles(number(Math.round(peak.articles), lang))}</small>
          </dd>
        </div>
        <div>
          <dt>{m.forecast.backToUsual}</dt>
          <dd>
            {backToUsualOn === undefined ? m.forecast.notSoon : dayOf(backToUsualOn)}{' '}
            <small>{m.forecast.usual(number(usualPerDay, lang), number(lastDay, lang))}</small>
          </dd>
        </div>
      </dl>
      <Record forecast={forecast} />
      <figure class="chart-figure">
        <figcaption>
          <ul class="legend">
            <li>
              <span class="swatch neutral" /> {m.forecast.counted}
            </li>
            <li>
              <span class="swatch expected" /> {m.forecast.expected}
            </li>
          </ul>
        </figcaption>
        {/* The charts' renderer escapes what the data say and `charts.ts` strips what the page's policy forbids. */}
        <div
          class="drawing"
          dangerouslySetInnerHTML={{
            __html: expectedHistogram(bars, 'wide', label) + expectedHistogram(bars, 'narrow', label),
          }}
        />
      </figure>
    </section>
  );
}

function Record({ forecast: { record } }: { forecast: Forecast }) {
  const { m, lang } = useUi();
  const { past, meanError, naiveError, within } = record;
  if (past.length < LEAST_RECORD) return <p class="hint">{m.forecast.noRecord}</p>;
  return (
    <details class="figure-table">
      <summary>
        {m.forecast.record(past.length, number(meanError, lang), number(naiveError, lang), within)}
      </summary>
      <Scroll label={m.forecast.recordTable}>
        <table>
          <thead>
            <tr>
              <th scope="col">{m.forecast.madeAt}</th>
              <th scope="col" class="figure">
                {m.forecast.said}
              </th>
              <th scope="col" class="figure">
                {m.forecast.came}
              </th>
            </tr>
          </thead>
          <tbody>
            {past.map((outlook) => (
              <tr key={outlook.at}>
                <th scope="row">{absoluteTime(outlook.at)}</th>
                <td class="figure">{range(outlook, lang)}</td>
                <td class="figure">{number(outlook.came, lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

function range({ low, high }: Outlook, lang: Lang): string {
  return low === high ? number(low, lang) : `${number(low, lang)} – ${number(high, lang)}`;
}
