import { seriesKey } from '../../domain/series.ts';
import { wilsonShare } from '../../domain/share.ts';
import { vietnameseDay } from '../../domain/time.ts';
import type { DifferingCount, StoryMoment, StoryStep } from '../../reports/story-course.ts';
import { toSearch } from '../article-query.ts';
import { seriesLines, shareLine } from '../charts.ts';
import type { CarriedStatement, StoryReport } from '../story-report.ts';
import { absoluteTime, clockTime, duration, number, percent, shortDay, signed } from '../times.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { PolarityChip, Scroll, SeverityChip, Time } from './parts.tsx';
import { StoryLanes } from './story-lanes.tsx';

const SHOWN_PLACES = 34;

/** How one event went through the press: who was first, who wrote, who copied, how far it came, what we said. */
export function StoryPage(report: StoryReport) {
  const { m, lang } = useUi();
  const { story, course } = report;
  return (
    <Layout title={story.title} section="stories">
      <p class="kicker">{m.story.title}</p>
      <h1>{story.title}</h1>
      <Figures {...report} />
      <p class="hint">{m.story.explain}</p>
      <p class="ways">
        <a class="more" href={`/articles${toSearch({ story: story.id, period: 'all' })}`}>
          {m.filter.sameFiltersList} →
        </a>
        <a class="more" href={`/trends${toSearch({ story: story.id, period: '30d' })}`}>
          {m.filter.sameFilters} →
        </a>
        {report.moves.length === 0 ? null : (
          <a href="/corrections">{m.storyCourse.moved(number(report.moves.length, lang))}</a>
        )}
      </p>
      <Incidents {...report} />
      <figure class="chart-figure">
        <figcaption>
          <h2>{m.storyCourse.course}</h2>
        </figcaption>
        <StoryLanes steps={course.steps} />
      </figure>
      {course.moments.length === 0 ? null : <Curves {...report} />}
      <div class="story-columns">
        <Reached {...report} />
        <Cautions {...report} />
        <Counts {...report} />
        <Terms {...report} />
      </div>
      <Statements {...report} />
      <Steps {...report} />
    </Layout>
  );
}

function Figures({ story, course }: StoryReport) {
  const { m, names, lang } = useUi();
  const { steps } = course;
  const negative = steps.filter(({ article }) => article.sentiment.polarity === 'negative').length;
  const share = wilsonShare(negative, steps.length);
  const spanMs = Date.parse(story.lastSeenAt) - Date.parse(story.firstSeenAt);
  const articles = `/articles${toSearch({ story: story.id, period: 'all' })}`;
  return (
    <dl class="figures">
      <div class="big">
        <dt>{m.story.articles}</dt>
        <dd>
          <a href={articles}>{number(story.articleIds.length, lang)}</a>
        </dd>
      </div>
      <div class="big">
        <dt>{m.story.newsrooms}</dt>
        <dd>{number(story.independentNewsrooms.length, lang)}</dd>
      </div>
      <div class="big">
        <dt>{m.story.copies}</dt>
        <dd>{number(Math.max(0, story.articleIds.length - story.independentNewsrooms.length), lang)}</dd>
      </div>
      <div class="big wide">
        <dt>{m.storyCourse.share}</dt>
        <dd>
          <a href={`${articles}&polarity=negative`}>
            {share === undefined ? '–' : percent(share.share, lang)}
          </a>
          {share === undefined ? null : (
            <small>
              {negative}/{steps.length};{' '}
              {m.storyCourse.interval(percent(share.low, lang), percent(share.high, lang))}
            </small>
          )}
        </dd>
      </div>
      <div class="wide">
        <dt>{m.story.first}</dt>
        <dd>
          <a href={`/articles/${encodeURIComponent(story.firstArticleId)}`}>
            {names.outlet(story.firstOutletId)}
          </a>
          , <Time at={story.firstSeenAt} />
        </dd>
      </div>
      <div class="wide">
        <dt>{m.story.span}</dt>
        <dd>{duration(spanMs, lang)}</dd>
      </div>
    </dl>
  );
}

function Incidents({ incidents }: StoryReport) {
  const { m } = useUi();
  if (incidents.length === 0) return null;
  return (
    <section>
      <h2>{m.storyCourse.incidents}</h2>
      <ul class="plain dense">
        {incidents.map((incident) => (
          <li key={incident.id}>
            <SeverityChip severity={incident.severity} />{' '}
            <a href={`/incidents/${encodeURIComponent(incident.id)}`}>{incident.title}</a>{' '}
            <span class="hint">
              {m.incidentStatus[incident.status]}, <Time at={incident.openedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function momentLabel({ at }: StoryMoment): string {
  return `${clockTime(at)} ${shortDay(vietnameseDay(at))}`;
}

function Curves({ course: { moments }, story }: StoryReport) {
  const { m, lang } = useUi();
  const buckets = moments.map((moment) => ({ label: momentLabel(moment) }));
  const lines = [moments.map(({ articles }) => articles), moments.map(({ newsrooms }) => newsrooms)];
  const last = moments.at(-1);
  const grownLabel = m.storyCourse.grownLabel(
    number(last?.articles ?? 0, lang),
    number(story.independentNewsrooms.length, lang),
  );
  const per = (value: number | undefined) => (value === undefined ? null : Math.round(value * 1000) / 10);
  const shares = moments.map((moment) => ({
    label: momentLabel(moment),
    share: per(moment.share?.share),
    low: per(moment.share?.low),
    high: per(moment.share?.high),
  }));
  const shareLabel = m.storyCourse.shareLabel(percent(last?.share?.share ?? 0, lang));
  return (
    <>
      <div class="story-charts">
        <figure class="chart-figure">
          <figcaption>
            <h2>{m.storyCourse.grown}</h2>
          </figcaption>
          <ul class="legend">
            {[m.storyCourse.lineArticles, m.storyCourse.lineNewsrooms].map((label, at) => (
              <li key={label}>
                <svg class="line-key" viewBox="0 0 28 6" width="28" height="6" aria-hidden="true">
                  <line
                    class={`line${at + 1}`}
                    x1="0"
                    x2="28"
                    y1="3"
                    y2="3"
                    {...(at === 1 ? { 'stroke-dasharray': '8 4' } : {})}
                  />
                </svg>{' '}
                {label}
              </li>
            ))}
          </ul>
          <div dangerouslySetInnerHTML={{ __html: seriesLines(buckets, lines, 'narrow', grownLabel) }} />
        </figure>
        <figure class="chart-figure">
          <figcaption>
            <h2>{m.storyCourse.shareOverTime}</h2>
          </figcaption>
          <div dangerouslySetInnerHTML={{ __html: shareLine(shares, 'narrow', shareLabel) }} />
        </figure>
      </div>
      <details>
        <summary>{m.storyCourse.figures}</summary>
        <Moments moments={moments} />
      </details>
    </>
  );
}

function Moments({ moments }: { moments: readonly StoryMoment[] }) {
  const { m, lang } = useUi();
  const told = moments.filter(
    (moment, at) => at === 0 || moment.articles !== moments[at - 1]?.articles || at === moments.length - 1,
  );
  return (
    <Scroll label={m.storyCourse.figures}>
      <table class="narrow-table">
        <caption class="visually-hidden">{m.storyCourse.figures}</caption>
        <thead>
          <tr>
            <th scope="col">{m.storyCourse.at}</th>
            <th scope="col" class="figure">
              {m.storyCourse.lineArticles}
            </th>
            <th scope="col" class="figure">
              {m.storyCourse.lineNewsrooms}
            </th>
            <th scope="col" class="figure">
              {m.storyCourse.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {told.map((moment) => (
            <tr key={moment.at}>
              <th scope="row">{absoluteTime(moment.at)}</th>
              <td class="figure">{number(moment.articles, lang)}</td>
              <td class="figure">{number(moment.newsrooms, lang)}</td>
              <td class="figure">
                {moment.share === undefined
                  ? '–'
                  : `${percent(moment.share.share, lang)} (${percent(moment.share.low, lang)} – ${percent(moment.share.high, lang)})`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Reached({ course, story }: StoryReport) {
  const { m, names, lang } = useUi();
  const rows = [
    ...course.tiers.map((tier) => ({ ...tier, name: m.tier[tier.value], query: { tier: tier.value } })),
    ...course.provinces
      .slice(0, SHOWN_PLACES)
      .map((place) => ({ ...place, name: names.province(place.value), query: { province: place.value } })),
  ];
  return (
    <section>
      <h2>{m.storyCourse.reached}</h2>
      <table>
        <caption class="visually-hidden">{m.storyCourse.reached}</caption>
        <thead>
          <tr>
            <th scope="col">{m.storyCourse.where}</th>
            <th scope="col">{m.storyCourse.reachedFirst}</th>
            <th scope="col" class="figure">
              {m.storyCourse.articleCount}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, at, articleId, articles, query, value }) => (
            <tr key={value}>
              <th scope="row">{name}</th>
              <td>
                <a href={`/articles/${encodeURIComponent(articleId)}`}>
                  {clockTime(at)} {shortDay(vietnameseDay(at))}
                </a>
              </td>
              <td class="figure">
                <a href={`/articles${toSearch({ ...query, story: story.id, period: 'all' })}`}>
                  {number(articles, lang)}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Terms({ course: { terms }, story }: StoryReport) {
  const { m, lang } = useUi();
  if (terms.length === 0) return null;
  return (
    <section>
      <h2>{m.storyCourse.terms}</h2>
      <p class="hint">{m.storyCourse.termsHint}</p>
      <table>
        <caption class="visually-hidden">{m.storyCourse.terms}</caption>
        <thead>
          <tr>
            <th scope="col">{m.storyCourse.term}</th>
            <th scope="col">{m.storyCourse.termClass}</th>
            <th scope="col" class="figure">
              {m.article.weight}
            </th>
            <th scope="col" class="figure">
              {m.storyCourse.newsroomCount}
            </th>
          </tr>
        </thead>
        <tbody>
          {terms.map(({ term, class: kind, newsrooms, weight }) => (
            <tr key={term}>
              <th scope="row">
                <a href={`/articles${toSearch({ q: `"${term}"`, story: story.id, period: 'all' })}`}>
                  {term}
                </a>
              </th>
              <td>{m.evidenceClass[kind] ?? kind}</td>
              <td class="figure">{signed(weight, lang)}</td>
              <td class="figure">{number(newsrooms, lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Counts({ course: { counts } }: StoryReport) {
  const { m } = useUi();
  if (counts.length === 0) return null;
  return (
    <section>
      <h2>{m.storyCourse.counts}</h2>
      <p class="hint">{m.storyCourse.countsHint}</p>
      {counts.map((count) => (
        <CountGroup key={`${count.measure} ${count.province} ${count.disease}`} count={count} />
      ))}
    </section>
  );
}

function CountGroup({ count: { measure, province, disease, values } }: { count: DifferingCount }) {
  const { m, lang, names } = useUi();
  const about = [
    m.caseCount.measure[measure],
    ...(disease === undefined ? [] : [names.series(seriesKey('disease', disease))]),
    ...(province === undefined ? [] : [names.province(province)]),
  ];
  return (
    <>
      <h3>{about.join(', ')}</h3>
      <ol class="plain dense">
        {values.map(({ value, isApproximate, articleId, outletId, at, articles }) => (
          <li key={value}>
            <a href={`/articles/${encodeURIComponent(articleId)}`}>
              {isApproximate ? `${m.caseCount.about} ` : ''}
              <strong>{number(value, lang)}</strong>
            </a>{' '}
            <span class="hint">
              {m.storyCourse.countFirst(
                names.outlet(outletId),
                `${clockTime(at)} ${shortDay(vietnameseDay(at))}`,
              )}
              ; {m.storyCourse.countArticles(number(articles, lang))}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Cautions({ course: { cautions }, story }: StoryReport) {
  const { m, lang } = useUi();
  if (cautions.length === 0) return null;
  return (
    <section>
      <h2>{m.storyCourse.cautions}</h2>
      <ul class="plain dense">
        {cautions.map(({ kind, articles }) => (
          <li key={kind}>
            {m.caution.kind[kind]}:{' '}
            <a href={`/articles${toSearch({ caution: kind, story: story.id, period: 'all' })}`}>
              {m.storyCourse.cautionArticles(number(articles.length, lang))}
            </a>{' '}
            <span class="hint">{[...new Set(articles.map(({ outletName }) => outletName))].join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Statements({ incidents, statements }: StoryReport) {
  const { m } = useUi();
  const [incident] = incidents;
  if (incident === undefined) return null;
  return (
    <section>
      <h2>{m.storyCourse.statements}</h2>
      {statements.length === 0 ? (
        <p class="hint">
          {m.storyCourse.noStatement}{' '}
          <a href={`/incidents/${encodeURIComponent(incident.id)}#statements`}>
            {m.storyCourse.addStatement}
          </a>
        </p>
      ) : (
        statements.map((one) => <StatementLine key={one.statement.id} carried={one} />)
      )}
    </section>
  );
}

function StatementLine({ carried: { incident, statement, pickups } }: { carried: CarriedStatement }) {
  const { m, lang, names } = useUi();
  return (
    <>
      <h3>
        <a href={`/incidents/${encodeURIComponent(incident.id)}#statements`}>{statement.title}</a>
      </h3>
      <p class="hint">{m.storyCourse.issued(absoluteTime(statement.issuedAt))}</p>
      {pickups.length === 0 ? <p>{m.storyCourse.nobodyCarries}</p> : null}
      <ul class="plain dense">
        {pickups.map(({ articleId, outletId, firstSeenAt, sentences, of, isLinked }) => (
          <li key={articleId}>
            <a href={`/articles/${encodeURIComponent(articleId)}`}>{names.outlet(outletId)}</a>{' '}
            <span class="hint">
              {m.story.after(duration(Date.parse(firstSeenAt) - Date.parse(statement.issuedAt), lang))},{' '}
              {m.storyCourse.carries(number(sentences, lang), number(of, lang))}
              {isLinked ? `, ${m.storyCourse.linked}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Steps({ story, course: { steps } }: StoryReport) {
  const { m, reader } = useUi();
  const tell = reader?.scope === undefined ? m.story.truncated : m.storyCourse.withinScope;
  return (
    <section>
      <h2>{m.storyCourse.whoCopied}</h2>
      {steps.length < story.articleIds.length ? (
        <p class="hint">{tell(steps.length, story.articleIds.length)}</p>
      ) : null}
      <ol class="timeline" data-list>
        {steps.map((step, at) => (
          <Step
            key={step.article.id}
            step={step}
            isFirst={at === 0}
            sinceStartMs={Date.parse(step.article.firstSeenAt) - Date.parse(story.firstSeenAt)}
          />
        ))}
      </ol>
    </section>
  );
}

function Step({ step, isFirst, sinceStartMs }: { step: StoryStep; isFirst: boolean; sinceStartMs: number }) {
  const { m, lang } = useUi();
  const { article, isOwn } = step;
  return (
    <li class={isOwn ? 'own' : 'copy'}>
      <p class="timeline-time">
        <time dateTime={article.firstSeenAt}>{absoluteTime(article.firstSeenAt)}</time>{' '}
        <span>{isFirst ? m.story.start : m.story.after(duration(sinceStartMs, lang))}</span>
      </p>
      <p class="timeline-title">
        <a href={`/articles/${encodeURIComponent(article.id)}`}>{article.title}</a>
      </p>
      <ul class="meta">
        <li>
          <strong>{article.outletName}</strong> <span class="tier">{m.tier[article.tier]}</span>
        </li>
        <li class={isOwn ? 'badge-own' : 'aside'}>{isOwn ? m.story.own : m.story.copy}</li>
        <li>
          <PolarityChip polarity={article.sentiment.polarity} score={article.sentiment.score} />
        </li>
        <Source step={step} />
      </ul>
    </li>
  );
}

function Source({ step: { source } }: { step: StoryStep }) {
  const { m, lang, names } = useUi();
  if (source === undefined) return null;
  const { newsroom, by, articleId, likeness } = source;
  const text =
    by === 'credited'
      ? m.storyCourse.credited(names.newsroom(newsroom))
      : m.storyCourse.repeats(names.newsroom(newsroom));
  return (
    <li>
      {articleId === undefined ? text : <a href={`/articles/${encodeURIComponent(articleId)}`}>{text}</a>}
      {likeness === undefined ? null : (
        <span class="hint"> {m.storyCourse.likeness(percent(Math.round(likeness * 100) / 100, lang))}</span>
      )}
    </li>
  );
}
