import type { Incident } from '../../domain/incident.ts';
import { vietnameseDay } from '../../domain/time.ts';
import { toSearch } from '../article-query.ts';
import { absoluteTime, clockTime, dayOf, duration, longDay, number, percent, shortDay } from '../times.ts';
import { type DaySoFar, type NewSince, searchOf, type TodayReport, type Watched } from '../today-report.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Notice, SeverityChip, Time } from './parts.tsx';
import { Pulse } from './pulse.tsx';
import { RisingStory } from './rising-story.tsx';

interface TodayPageProps {
  readonly report: TodayReport;
  /** What the office watches, if it has said so; and whether only that is shown. */
  readonly watched: Watched | undefined;
  readonly isNarrowed: boolean;
  /** Whether the office has not been through the first steps. */
  readonly isNew: boolean;
  /** Whether a drill calls those who are on call. */
  readonly isDrilling: boolean;
}

const SHOWN_SILENT = 8;

/** What is running, in one screen. */
export function TodayPage({ report, watched, isNarrowed, isNew, isDrilling }: TodayPageProps) {
  const { m, lang, now } = useUi();
  const q = isNarrowed && watched !== undefined ? searchOf(watched) : undefined;
  return (
    <Layout title={m.today.title} section="today">
      <div class="today-head">
        <h1>{m.today.title}</h1>
        <p class="hint">
          {longDay(vietnameseDay(now), lang)}, {clockTime(now)}
        </p>
        <Scope watched={watched} isNarrowed={isNarrowed} />
      </div>
      {isNew ? (
        <Notice tone="plain" title={m.welcome.invite}>
          <p>
            {m.welcome.inviteWhy} <a href="/welcome">{m.welcome.begin}</a>
          </p>
        </Notice>
      ) : null}
      {isDrilling ? (
        <Notice tone="plain" title={m.welcome.drillOnNow}>
          <p>
            <a href="/welcome#drill">{m.welcome.drillMore}</a>
          </p>
        </Notice>
      ) : null}
      <div id="today" data-live class="today">
        <Figures report={report} q={q} />
        <div class="today-main">
          <Incidents incidents={report.incidents} active={report.activeIncidents} />
          <Stories report={report} q={q} />
        </div>
        <aside class="today-aside" aria-label={m.today.aside}>
          <section>
            <Pulse buckets={report.pulse} />
          </section>
          <Silent report={report} />
          <Brief brief={report.brief} />
          <Upcoming policies={report.upcoming} />
          <Sampling judged={report.sampledJudgements} />
        </aside>
      </div>
    </Layout>
  );
}

function Upcoming({ policies }: { policies: TodayReport['upcoming'] }) {
  const { m, lang } = useUi();
  if (policies.length === 0) return null;
  return (
    <section>
      <h2>{m.today.upcoming}</h2>
      <ul class="plain dense">
        {policies.map(({ id, name, effectiveAt, inDays }) => (
          <li key={id}>
            <a href={`/policies/${encodeURIComponent(id)}`}>{name}</a>{' '}
            <span class="hint">
              {dayOf(effectiveAt)},{' '}
              {inDays === 0 ? m.campaigns.today : m.campaigns.upcoming(number(inDays, lang))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Scope({ watched, isNarrowed }: Pick<TodayPageProps, 'watched' | 'isNarrowed'>) {
  const { m, names } = useUi();
  if (watched === undefined) return null;
  const what = [...watched.provinces.map(names.province), ...watched.facilities.map(names.facility)].join(
    ', ',
  );
  return (
    <nav class="segments" aria-label={m.today.watching}>
      <a href="/" {...(isNarrowed ? { 'aria-current': 'true' as const } : {})}>
        {m.today.watched(what)}
      </a>
      <a href="/?scope=all" {...(isNarrowed ? {} : { 'aria-current': 'true' as const })}>
        {m.today.everything}
      </a>
    </nav>
  );
}

/** Counts are of what a search `q` finds, where there is one. */
interface Scoped {
  readonly q: string | undefined;
}

function Figures({ report, q }: { report: TodayReport } & Scoped) {
  const { m, lang } = useUi();
  const { day, since, incidents, activeIncidents } = report;
  const open = incidents.filter(({ status }) => status === 'open').length;
  return (
    <section class="today-figures" aria-label={m.today.figures}>
      <ArticlesFigure day={day} q={q} />
      <ShareFigure day={day} q={q} />
      <FreshFigure since={since} q={q} />
      <div class="today-figure">
        <h2>{m.today.open}</h2>
        <p class={open > 0 ? 'today-number bad' : 'today-number'}>
          <a href="/incidents">{number(activeIncidents, lang)}</a>
        </p>
        <p class="hint">
          {activeIncidents === 0
            ? m.today.noneOpen
            : open === 0
              ? m.today.allTaken
              : m.today.ofThem(number(open, lang))}
        </p>
      </div>
    </section>
  );
}

function ArticlesFigure({ day, q }: { day: DaySoFar } & Scoped) {
  const { m, lang } = useUi();
  return (
    <div class="today-figure">
      <h2>{m.today.articles}</h2>
      <p class="today-number">
        <a href={`/articles${toSearch({ q, from: day.from })}`}>{number(day.articles, lang)}</a>
      </p>
      <p class="hint">
        {day.usual === undefined
          ? m.today.notUsual
          : m.today.usual(number(Math.round(day.usual.median), lang))}
      </p>
    </div>
  );
}

function ShareFigure({ day, q }: { day: DaySoFar } & Scoped) {
  const { m, lang } = useUi();
  const { share, usualShare } = day;
  const compared =
    share === undefined || usualShare === undefined
      ? undefined
      : comparedWith(usualShare, share.low, share.high);
  return (
    <div class="today-figure">
      <h2>{m.today.share}</h2>
      <p class={compared === 'above' ? 'today-number bad' : 'today-number'}>
        <a href={`/articles${toSearch({ q, from: day.from, polarity: 'negative' })}`}>
          {share === undefined ? '–' : percent(share.share, lang)}
        </a>
        {usualShare === undefined || compared === undefined ? null : (
          <small>
            {m.today.compared[compared]} ({percent(usualShare, lang)})
          </small>
        )}
      </p>
      <p class="hint">
        {m.today.shareOf(number(day.negative, lang), number(day.articles, lang))}
        {share === undefined
          ? null
          : `; ${m.today.interval(percent(share.low, lang), percent(share.high, lang))}`}
      </p>
    </div>
  );
}

function comparedWith(usual: number, low: number, high: number): 'above' | 'within' | 'below' {
  if (usual < low) return 'above';
  return usual > high ? 'below' : 'within';
}

function FreshFigure({ since, q }: { since: NewSince | undefined } & Scoped) {
  const { m, lang, now, formToken } = useUi();
  return (
    <div class="today-figure">
      <h2>{m.today.fresh}</h2>
      {since === undefined ? (
        <>
          <p class="today-number">–</p>
          <p class="hint">{m.today.firstVisit}</p>
        </>
      ) : (
        <>
          <p class="today-number">
            <a href={`/articles${toSearch({ q, from: since.since })}`}>{number(since.articles, lang)}</a>
            {since.negative === 0 ? null : (
              <small>
                <a href={`/articles${toSearch({ q, from: since.since, polarity: 'negative' })}`}>
                  {m.today.freshNegative(number(since.negative, lang))}
                </a>
              </small>
            )}
          </p>
          <form class="hint seen" method="post" action="/today/seen">
            <input type="hidden" name="token" value={formToken} />
            <time dateTime={since.since}>
              {m.today.since(
                vietnameseDay(since.since) === vietnameseDay(now)
                  ? clockTime(since.since)
                  : `${clockTime(since.since)} ${shortDay(vietnameseDay(since.since))}`,
              )}
            </time>
            <button type="submit" class="plain">
              {m.today.seen}
            </button>
          </form>
        </>
      )}
    </div>
  );
}

function Incidents({ incidents, active }: { incidents: readonly Incident[]; active: number }) {
  const { m, lang } = useUi();
  return (
    <section>
      <h2>{m.today.incidents}</h2>
      {incidents.length === 0 ? (
        <p class="hint">{m.today.noIncidents}</p>
      ) : (
        <ol class="today-incidents" data-list>
          {incidents.map((incident) => (
            <IncidentLine key={incident.id} incident={incident} />
          ))}
        </ol>
      )}
      {active > incidents.length ? (
        <p>
          <a href="/incidents">{m.today.moreIncidents(number(active, lang))}</a>
        </p>
      ) : null}
    </section>
  );
}

function IncidentLine({ incident }: { incident: Incident }) {
  const { m, lang, now } = useUi();
  const since = incident.reopenedAt ?? incident.openedAt;
  const { status, acknowledgedBy, assignedTo, snoozedUntil } = incident;
  return (
    <li class={`${incident.severity} ${status}`}>
      <SeverityChip severity={incident.severity} />
      <div>
        <h3>
          <a href={`/incidents/${encodeURIComponent(incident.id)}`}>{incident.title}</a>
        </h3>
        <p class="hint">
          {status === 'open' ? (
            <strong class="waiting">
              {m.today.waiting(duration(now.getTime() - Date.parse(since), lang))}
            </strong>
          ) : (
            m.today.taken(acknowledgedBy ?? '')
          )}
          {assignedTo === undefined ? null : `, ${m.today.forSomebody(assignedTo)}`}
          {snoozedUntil === undefined ? null : `, ${m.today.snoozed(clockTime(snoozedUntil))}`}
        </p>
      </div>
    </li>
  );
}

function Stories({ report: { stories, pulse }, q }: { report: TodayReport } & Scoped) {
  const { m, sections } = useUi();
  return (
    <section>
      <h2>{m.today.stories}</h2>
      {stories.length === 0 && pulse.length > 0 ? <p class="hint">{m.today.noneRising}</p> : null}
      {stories.length === 0 && pulse.length === 0 ? (
        <p class="notice plain">
          {m.today.noStories} {m.today.noStoriesTodo} <a href="/outlets">{m.nav.outlets}</a>.
        </p>
      ) : null}
      {stories.length === 0 ? null : (
        <>
          <p class="hint">{m.today.storiesHint}</p>
          <ol class="rising" data-list>
            {stories.map((growth) => (
              <RisingStory key={growth.story.id} growth={growth} q={q} />
            ))}
          </ol>
        </>
      )}
      {sections.includes('stories') ? (
        <p>
          <a class="more" href="/stories">
            {m.today.allStories} →
          </a>
        </p>
      ) : null}
    </section>
  );
}

function Silent({ report: { silent, feeds } }: { report: TodayReport }) {
  const { m, lang } = useUi();
  return (
    <section>
      <h2>{m.today.silent}</h2>
      {silent.length === 0 ? <p class="hint">{m.today.noneSilent}</p> : null}
      <ul class="plain dense">
        {silent.slice(0, SHOWN_SILENT).map(({ outletId, name, sinceAt, usualMs }) => (
          <li key={outletId}>
            <a href={`/outlets/${encodeURIComponent(outletId)}`}>{name}</a>{' '}
            <span class="hint">
              {m.today.silentSince} <Time at={sinceAt} />, {m.today.silentUsual(duration(usualMs, lang))}
            </span>
          </li>
        ))}
      </ul>
      {silent.length > SHOWN_SILENT ? (
        <p>
          <a href="/outlets">{m.today.moreSilent(number(silent.length - SHOWN_SILENT, lang))}</a>
        </p>
      ) : null}
      {feeds.failing === 0 ? null : (
        <p>
          <a href="/outlets">
            {m.today.failing(number(feeds.failing, lang), number(feeds.configured, lang))}
          </a>
        </p>
      )}
    </section>
  );
}

function Brief({ brief }: { brief: TodayReport['brief'] }) {
  const { m, sections } = useUi();
  if (!sections.includes('briefs')) return null;
  return (
    <section>
      <h2>{m.today.brief}</h2>
      {brief === undefined ? (
        <p class="hint">
          {m.today.noBrief} <a href="/briefs">{m.today.makeBrief}</a>
        </p>
      ) : (
        <p>
          <a href={`/briefs/${encodeURIComponent(brief.id)}`}>{m.today.briefOf(absoluteTime(brief.at))}</a>{' '}
          <span class="hint">{m.today.briefState[brief.status]}</span>
        </p>
      )}
    </section>
  );
}

function Sampling({ judged }: { judged: number }) {
  const { m, lang } = useUi();
  return (
    <section>
      <h2>{m.today.sampling}</h2>
      <p class="hint">
        {m.today.sampled(number(judged, lang))} <a href="/corrections/sample">{m.today.draw}</a>
      </p>
    </section>
  );
}
