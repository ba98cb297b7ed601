import { seriesKey } from '../../domain/series.ts';
import type { Misquotation } from '../../reports/misquoted-facts.ts';
import {
  PHASES,
  type PolicyReport,
  type SpokenSentence,
  type StanceCount,
} from '../../reports/policy-coverage.ts';
import { type ArticleQuery, toSearch } from '../article-query.ts';
import { polarityHistogram } from '../charts.ts';
import { dayOf, number, percent } from '../times.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Scroll } from './parts.tsx';

const MOST_ROWS = 40;
const MOST_QUESTIONS = 12;
const DATES = ['draftedAt', 'consultedAt', 'issuedAt', 'effectiveAt'] as const;

export function PolicyPage({ report }: { report: PolicyReport }) {
  const { m, lang, names } = useUi();
  const series = seriesKey('policy-document', report.id);
  const list = (query: ArticleQuery) =>
    `/articles${toSearch({ series, ...(query.from === undefined && query.to === undefined ? { period: 'all' } : {}), ...query })}`;
  const known = DATES.flatMap((date) => {
    const day = report.dates[date];
    return day === undefined ? [] : [[date, day] as const];
  });
  return (
    <Layout title={report.name} section="policies">
      <h1>{report.name}</h1>
      <p>
        <a href={list({})}>
          {number(report.all, lang)} {m.campaigns.articles.toLowerCase()}
        </a>
        {report.read < report.all
          ? ` · ${m.campaigns.readOf(number(report.read, lang), number(report.all, lang))}`
          : null}
      </p>
      {known.length === 0 ? (
        <p class="notice plain">{m.campaigns.noDates}</p>
      ) : (
        <dl class="figures">
          {known.map(([date, day]) => (
            <div key={date}>
              <dt>{m.campaigns.date[date]}</dt>
              <dd>
                {dayOf(day)}
                {date === 'effectiveAt' && report.inDays !== undefined ? (
                  <small>
                    {' '}
                    {report.inDays === 0
                      ? m.campaigns.today
                      : m.campaigns.upcoming(number(report.inDays, lang))}
                  </small>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <MonthChart report={report} />
      <FactTable facts={report.facts} />
      {report.phases.length === 0 ? null : (
        <StanceTable
          title={m.campaigns.phases}
          of={m.campaigns.phaseName}
          rows={report.phases.map((span) => {
            const days = {
              ...(span.from === undefined ? {} : { from: span.from }),
              ...(span.to === undefined ? {} : { to: span.to }),
            };
            return {
              ...span,
              name: m.campaigns.phase[span.phase],
              href: (query) => list({ ...days, ...query }),
            };
          })}
        />
      )}
      <h2 id="misquoted">{m.campaigns.misquoted}</h2>
      {report.misquotations.length === 0 ? (
        <p>{report.facts.length === 0 ? m.campaigns.factsHow : m.campaigns.noFacts}</p>
      ) : (
        <ul class="misquotations">
          {report.misquotations.map((one) => (
            <Misquoted key={`${one.articleId} ${one.factId} ${one.sentence}`} misquotation={one} />
          ))}
        </ul>
      )}
      {report.clauses.length === 0 ? (
        <>
          <h2>{m.campaigns.clauses}</h2>
          <p>{m.campaigns.noClauses}</p>
        </>
      ) : (
        <StanceTable
          title={m.campaigns.clauses}
          of={m.campaigns.clause}
          rows={report.clauses.map((clause) => ({
            ...clause,
            name: `${clause.name} (${m.campaigns.questions.toLowerCase()}: ${number(clause.questions.length, lang)})`,
            href: (query) => list({ q: clause.search, ...query }),
          }))}
        />
      )}
      <h2>{m.campaigns.questions}</h2>
      <Questions questions={report.questions} />
      <Speakers report={report} />
      <StanceTable
        title={m.campaigns.outlets}
        of={m.filter.outlet}
        rows={report.outlets.map((row) => ({
          ...row,
          name: names.outlet(row.outletId),
          href: (query) => list({ outlet: row.outletId, ...query }),
        }))}
      />
    </Layout>
  );
}

const STANCES = { positive: 'praised', negative: 'criticised' } as const;

function MonthChart({ report: { months } }: { report: PolicyReport }) {
  const { m } = useUi();
  if (months.length === 0) return <p class="notice plain">{m.campaigns.none}</p>;
  const shaded = PHASES.filter(
    (phase) => phase !== 'before-draft' && months.some((month) => month.phase === phase),
  );
  const bars = months.map(({ month, phase, ...counts }) => ({
    label: month.split('-').reverse().join('/'),
    ...counts,
    ...(phase === undefined || phase === 'before-draft' ? {} : { shade: phase }),
  }));
  const draw = (size: 'wide' | 'narrow') => polarityHistogram(bars, size, m.campaigns.monthsLabel);
  return (
    <figure class="chart-figure">
      <figcaption>
        <h2>{m.campaigns.months}</h2>
      </figcaption>
      <div class="drawing" dangerouslySetInnerHTML={{ __html: draw('wide') + draw('narrow') }} />
      <ul class="legend" aria-label={m.campaigns.months}>
        {(['positive', 'neutral', 'negative'] as const).map((stance) => (
          <li key={stance}>
            <span class={`swatch ${stance}`} />{' '}
            {stance === 'neutral' ? m.polarity.neutral : m.campaigns[STANCES[stance]]}
          </li>
        ))}
      </ul>
      <ul class="legend" aria-label={m.campaigns.phases}>
        {shaded.map((phase) => (
          <li key={phase}>
            <span class={`swatch ${phase}`} /> {m.campaigns.phase[phase]}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function FactTable({ facts }: Pick<PolicyReport, 'facts'>) {
  const { m, lang } = useUi();
  if (facts.length === 0) return null;
  return (
    <>
      <h2>{m.campaigns.facts}</h2>
      <Scroll label={m.campaigns.facts}>
        <table>
          <caption class="visually-hidden">{m.campaigns.facts}</caption>
          <thead>
            <tr>
              <th scope="col">{m.campaigns.factSays}</th>
              <th scope="col">{m.campaigns.expected}</th>
              <th scope="col" class="figure">
                {m.campaigns.factMisquoted}
              </th>
            </tr>
          </thead>
          <tbody>
            {facts.map(({ id, says, value, misquoted }) => (
              <tr key={id}>
                <th scope="row">{says}</th>
                <td>{value}</td>
                <td class="figure">
                  {misquoted === 0 ? 0 : <a href="#misquoted">{number(misquoted, lang)}</a>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function Misquoted({ misquotation }: { misquotation: Misquotation }) {
  const { m, names } = useUi();
  const { articleId, outletId, sentence, found, expected, says } = misquotation;
  return (
    <li>
      <a href={`/articles/${encodeURIComponent(articleId)}`}>{names.outlet(outletId)}</a>: “{sentence}”
      <br />
      {m.campaigns.found}: <strong>{found}</strong> · {m.campaigns.expected}: <strong>{expected}</strong>
      <br />
      {m.campaigns.howToCorrect} “{says}”
    </li>
  );
}

function Questions({ questions }: { questions: readonly SpokenSentence[] }) {
  const { m, names } = useUi();
  if (questions.length === 0) return <p>{m.campaigns.noQuestions}</p>;
  return (
    <ul>
      {questions.slice(0, MOST_QUESTIONS).map(({ articleId, outletId, sentence }) => (
        <li key={`${articleId} ${sentence}`}>
          “{sentence}” <a href={`/articles/${encodeURIComponent(articleId)}`}>{names.outlet(outletId)}</a>
        </li>
      ))}
    </ul>
  );
}

function Speakers({ report: { speakers } }: { report: PolicyReport }) {
  const { m, lang } = useUi();
  if (speakers.length === 0) return null;
  return (
    <>
      <h2>{m.campaigns.speakers}</h2>
      <table>
        <caption class="visually-hidden">{m.campaigns.speakers}</caption>
        <thead>
          <tr>
            <th scope="col">{m.campaigns.speaker}</th>
            <th scope="col" class="figure">
              {m.campaigns.articles}
            </th>
            <th scope="col" class="figure">
              {m.campaigns.criticised}
            </th>
            <th scope="col" class="figure">
              {m.campaigns.praised}
            </th>
          </tr>
        </thead>
        <tbody>
          {speakers.map(({ speaker, articles, critical, favourable }) => (
            <tr key={speaker}>
              <th scope="row">{m.campaigns.speakerName[speaker]}</th>
              <td class="figure">{number(articles, lang)}</td>
              <td class="figure">{number(critical, lang)}</td>
              <td class="figure">{number(favourable, lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface StanceRow extends StanceCount {
  readonly name: string;
  readonly href: (query: ArticleQuery) => string;
}

function StanceTable({ title, of, rows }: { title: string; of: string; rows: readonly StanceRow[] }) {
  const { m, lang } = useUi();
  if (rows.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      <Scroll label={title}>
        <table class="stances">
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{of}</th>
              <th scope="col" class="figure">
                {m.campaigns.articles}
              </th>
              <th scope="col" class="figure">
                {m.campaigns.criticised}
              </th>
              <th scope="col" class="figure">
                {m.campaigns.praised}
              </th>
              <th scope="col" class="figure">
                {m.campaigns.stanceShare}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map(({ name, articles, negative, positive, share, href }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="figure">
                  <a href={href({})}>{number(articles, lang)}</a>
                </td>
                <td class="figure">
                  <a href={href({ stance: 'negative' })}>{number(negative, lang)}</a>
                </td>
                <td class="figure">
                  <a href={href({ stance: 'positive' })}>{number(positive, lang)}</a>
                </td>
                <td class="figure">
                  {share === undefined
                    ? '–'
                    : `${percent(share.share, lang)} (${percent(share.low, lang)} – ${percent(share.high, lang)})`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
