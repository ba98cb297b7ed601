import { wilsonShare } from '../../domain/share.ts';
import type { CampaignReport, MessageReport } from '../../reports/campaign-coverage.ts';
import type { Difference, Effect } from '../../reports/difference-in-differences.ts';
import { type ArticleQuery, toSearch } from '../article-query.ts';
import { polarityHistogram } from '../charts.ts';
import { dayOf, number, percent, shortDay } from '../times.ts';
import { useUi } from '../ui.ts';
import { daysOf } from './campaigns-page.tsx';
import { Layout } from './layout.tsx';
import { Scroll, Time } from './parts.tsx';

const MOST_ROWS = 40;
const MOST_PICKUPS = 20;
const MESSAGE_EXAMPLE =
  '    messages: [{ id: free, text: Khám sàng lọc miễn phí cho người cao tuổi, variants: [] }]';

export function CampaignPage({ report }: { report: CampaignReport }) {
  const { m, lang, names } = useUi();
  const { campaign, total, negative, searches } = report;
  const days = daysOf(campaign);
  const list = (query: ArticleQuery) => `/articles${toSearch({ q: searches.own, ...days, ...query })}`;
  const share = wilsonShare(negative, total);
  return (
    <Layout title={campaign.name} section="campaigns">
      <h1>{campaign.name}</h1>
      <p class="hint">
        {dayOf(days.from)} – {dayOf(days.to)} · {m.campaigns.status[report.status]}
      </p>
      <dl class="figures">
        <div class="big">
          <dt>{m.campaigns.total}</dt>
          <dd>
            <a href={list({})}>{number(total, lang)}</a>
          </dd>
        </div>
        <div class="big">
          <dt>{m.campaigns.newsrooms}</dt>
          <dd>{number(report.newsrooms.length, lang)}</dd>
        </div>
        {share === undefined ? null : (
          <div class="big wide">
            <dt>{m.campaigns.share}</dt>
            <dd>
              <a href={list({ polarity: 'negative' })}>{percent(share.share, lang)}</a>{' '}
              <small>
                {percent(share.low, lang)} – {percent(share.high, lang)}
              </small>
            </dd>
          </div>
        )}
      </dl>
      {total === 0 ? <p class="notice plain">{m.campaigns.none}</p> : null}
      <DayChart report={report} />
      <EffectTable report={report} />
      <h2>{m.campaigns.backlash}</h2>
      <Backlash report={report} list={list} />
      <h2>{m.campaigns.messages}</h2>
      {report.messages.length === 0 ? (
        <div class="notice plain">
          <p>{m.campaigns.noMessages}</p>
          <pre>{MESSAGE_EXAMPLE}</pre>
        </div>
      ) : (
        <p class="hint">{m.campaigns.readOf(number(report.read, lang), number(total, lang))}</p>
      )}
      {report.messages.map((message) => (
        <Message key={message.id} message={message} />
      ))}
      {report.themes.length === 0 ? null : (
        <CountTable
          title={m.campaigns.themes}
          of={m.campaigns.theme}
          rows={report.themes.map(({ name, search, ...count }) => ({
            ...count,
            name,
            href: (query) => list({ q: search, ...query }),
          }))}
        />
      )}
      <CountTable
        title={m.campaigns.tiers}
        of={m.filter.tier}
        rows={report.tiers.map((row) => ({
          ...row,
          name: m.tier[row.value as keyof typeof m.tier] ?? row.value,
          href: (query) => list({ tier: row.value as ArticleQuery['tier'], ...query }),
        }))}
      />
      <CountTable
        title={m.campaigns.outlets}
        of={m.filter.outlet}
        rows={report.outlets.map((row) => ({
          ...row,
          name: names.outlet(row.value),
          href: (query) => list({ outlet: row.value, ...query }),
        }))}
      />
      {report.silentNewsrooms.length === 0 ? null : (
        <details>
          <summary>{m.campaigns.couldHave(number(report.silentNewsrooms.length, lang))}</summary>
          <p>{report.silentNewsrooms.map(names.newsroom).join(', ')}</p>
        </details>
      )}
    </Layout>
  );
}

function DayChart({ report: { days } }: { report: CampaignReport }) {
  const { m, lang } = useUi();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const bars = days.map((day) => ({
    label: shortDay(day.day),
    ...(day.isDown
      ? { shade: 'down' as const }
      : day.phase === 'during'
        ? { shade: 'holiday' as const }
        : {}),
    negative: day.negative,
    neutral: day.articles - day.negative,
    positive: 0,
  }));
  const label = m.campaigns.chartLabel(dayOf(first.day), dayOf(last.day));
  const svg = polarityHistogram(bars, 'wide', label) + polarityHistogram(bars, 'narrow', label);
  return (
    <figure class="chart-figure">
      <figcaption>
        <h2>{m.campaigns.chart}</h2>
      </figcaption>
      <div class="drawing" dangerouslySetInnerHTML={{ __html: svg }} />
      <details class="figure-table">
        <summary>{m.campaigns.days}</summary>
        <Scroll label={m.campaigns.days}>
          <table>
            <thead>
              <tr>
                <th scope="col">{m.campaigns.day}</th>
                <th scope="col">{m.campaigns.state}</th>
                <th scope="col" class="figure">
                  {m.campaigns.articles}
                </th>
                <th scope="col" class="figure">
                  {m.campaigns.negative}
                </th>
                <th scope="col" class="figure">
                  {m.campaigns.controlLink}
                </th>
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <tr key={day.day}>
                  <th scope="row">{dayOf(day.day)}</th>
                  <td>{day.isDown ? m.campaigns.down : m.campaigns.phaseOf[day.phase]}</td>
                  <td class="figure">{number(day.articles, lang)}</td>
                  <td class="figure">{number(day.negative, lang)}</td>
                  <td class="figure">{number(day.controlArticles, lang)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </figure>
  );
}

function EffectTable({ report }: { report: CampaignReport }) {
  const { m } = useUi();
  const around = {
    from: report.days[0]?.day ?? daysOf(report.campaign).from,
    to: report.days.at(-1)?.day ?? daysOf(report.campaign).to,
  };
  const rows: readonly (readonly [string, Difference])[] = [
    [m.campaigns.duringBefore, report.during],
    [m.campaigns.afterBefore, report.after],
  ];
  return (
    <>
      <h2>{m.campaigns.effect}</h2>
      <p class="hint">{m.campaigns.effectHint}</p>
      <p>
        <a class="more" href={`/articles${toSearch({ q: report.searches.measured, ...around })}`}>
          {m.campaigns.measuredLink} →
        </a>{' '}
        <a class="more" href={`/articles${toSearch({ q: report.searches.control, ...around })}`}>
          {m.campaigns.controlLink} →
        </a>
      </p>
      <Scroll label={m.campaigns.effect}>
        <table>
          <caption class="visually-hidden">{m.campaigns.effect}</caption>
          <thead>
            <tr>
              <th scope="col">{m.campaigns.period}</th>
              <th scope="col" class="figure">
                {m.campaigns.rate}
              </th>
              <th scope="col" class="figure">
                {m.campaigns.shareChange}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, { rateRatio, negativeShare }]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="figure">
                  <EffectCell effect={rateRatio} scale={1} unit="" />
                </td>
                <td class="figure">
                  <EffectCell effect={negativeShare} scale={100} unit={m.campaigns.points} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function EffectCell({ effect, scale, unit }: { effect: Effect | undefined; scale: number; unit: string }) {
  const { m, lang } = useUi();
  if (effect === undefined) return <span class="hint">{m.campaigns.notEnough}</span>;
  const shown = (value: number) => number(Math.round(value * scale * 10) / 10, lang);
  return (
    <>
      {shown(effect.value)} {unit}{' '}
      <small>
        ({shown(effect.low)} – {shown(effect.high)})
      </small>
    </>
  );
}

function Backlash({ report, list }: { report: CampaignReport; list: (query: ArticleQuery) => string }) {
  const { m, lang } = useUi();
  const { backlash, criticised, incidents, cautions } = report;
  if (backlash.share === undefined) return <p>{m.campaigns.notEnough}</p>;
  const control = backlash.controlShare === undefined ? '–' : percent(backlash.controlShare.share, lang);
  return (
    <>
      <p class={backlash.isUnusual ? 'notice bad' : ''}>
        <strong>{backlash.isUnusual ? m.campaigns.unusual : m.campaigns.usual}.</strong>{' '}
        <a href={list({ stance: 'negative' })}>
          {m.campaigns.critical(number(criticised.own, lang), percent(backlash.share.share, lang), control)}
        </a>
      </p>
      {cautions.length === 0 ? null : (
        <p>
          {m.campaigns.cautions}:{' '}
          {cautions.map(({ value, count }) => (
            <a key={value} href={list({ caution: value as ArticleQuery['caution'] })}>
              {m.caution.kind[value as keyof typeof m.caution.kind] ?? value} ({number(count, lang)}){' '}
            </a>
          ))}
        </p>
      )}
      {incidents.length === 0 ? null : (
        <>
          <h3>{m.campaigns.incidents}</h3>
          <ul>
            {incidents.map(({ id, title, openedAt }) => (
              <li key={id}>
                <a href={`/incidents/${encodeURIComponent(id)}`}>{title}</a> <Time at={openedAt} />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Message({ message: { text, pickups, newsrooms } }: { message: MessageReport }) {
  const { m, lang, names } = useUi();
  return (
    <section>
      <h3>“{text}”</h3>
      <p>{m.campaigns.carried(number(pickups.length, lang), number(newsrooms.length, lang))}</p>
      <ul>
        {pickups.slice(0, MOST_PICKUPS).map(({ articleId, outletId, how, sentence }) => (
          <li key={articleId}>
            <a href={`/articles/${encodeURIComponent(articleId)}`}>{names.outlet(outletId)}</a> (
            {m.campaigns.how[how]}): “{sentence}”
          </li>
        ))}
      </ul>
    </section>
  );
}

interface CountRow {
  readonly name: string;
  readonly count: number;
  readonly negative: number;
  readonly href: (query: ArticleQuery) => string;
}

function CountTable({ title, of, rows }: { title: string; of: string; rows: readonly CountRow[] }) {
  const { m, lang } = useUi();
  if (rows.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <Scroll label={title}>
        <table>
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              <th scope="col" class="figure">
                {m.campaigns.articles}
              </th>
              <th scope="col" class="figure">
                {m.campaigns.negative}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map(({ name, count, negative, href }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="figure">
                  <a href={href({})}>{number(count, lang)}</a>
                </td>
                <td class="figure">
                  <a href={href({ polarity: 'negative' })}>{number(negative, lang)}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
