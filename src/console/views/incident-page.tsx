import type { Forecast } from '../../detection/forecast.ts';
import type { RecomputedEvidence } from '../../detection/recompute-evidence.ts';
import { SEVERITY_NAMES } from '../../detection/severity-names.ts';
import type { Alert, Severity, Signal } from '../../domain/alert.ts';
import type { Article } from '../../domain/article.ts';
import type { Incident, IncidentChange, IncidentStatus, Verdict } from '../../domain/incident.ts';
import { PROGRAM } from '../../domain/incident.ts';
import { splitSeriesKey } from '../../domain/series.ts';
import type { Statement } from '../../domain/statement.ts';
import type { StatementPickup } from '../../reports/statement-pickup.ts';
import type { ResponseDeadline } from '../../routing/response-clock.ts';
import type { WhoIsTold } from '../../routing/who-is-told.ts';
import { toSearch } from '../article-query.ts';
import { campaignEntry } from '../campaign-entry.ts';
import type { IncidentActionKind } from '../incident-form.ts';
import type { Lang, Messages } from '../messages.ts';
import { absoluteTime, number, percent } from '../times.ts';
import { useUi } from '../ui.ts';
import { ArticleList } from './article-list.tsx';
import { ForecastSection } from './forecast.tsx';
import { FirstAct, OtherActs, type Typed } from './incident-acts.tsx';
import { Recount } from './incident-recount.tsx';
import { Layout } from './layout.tsx';
import { Notice, SeverityChip, ShareBar, Time } from './parts.tsx';
import { ResponseClock, Statements } from './response.tsx';
import { Told } from './told.tsx';

/** What has just happened, or why it could not. */
export type IncidentNotice =
  | { readonly kind: 'done' | 'not-possible'; readonly action: IncidentActionKind }
  | { readonly kind: 'conflict'; readonly changes: readonly IncidentChange[] }
  | { readonly kind: 'bad-form' | 'bad-statement' };

interface IncidentPageProps {
  readonly incident: Incident;
  /** Articles of the latest alert that are still in the archive. */
  readonly evidence: readonly Article[];
  readonly storySizes: ReadonlyMap<string, number>;
  /** The latest alert's figures, counted again. */
  readonly recount: RecomputedEvidence;
  readonly forecast: Forecast | undefined;
  readonly told: WhoIsTold;
  readonly response: {
    readonly clock: readonly ResponseDeadline[];
    readonly statements: readonly Statement[];
    readonly pickups: readonly StatementPickup[];
  };
  /** Other incidents under way. */
  readonly others: readonly Incident[];
  readonly storyTitles: ReadonlyMap<string, string>;
  /** Who acted last from this browser. */
  readonly officer: string;
  readonly notice: IncidentNotice | undefined;
  readonly typed: Typed | undefined;
}

/** Smaller chances than this are not worth telling apart. */
const LEAST_PROBABILITY = 0.0001;
const SHOWN_NEWSROOMS = 8;

/** One incident, made for a phone at night: the sentence, what to do, then why. */
export function IncidentPage(props: IncidentPageProps) {
  const { incident, evidence, storySizes, recount, forecast, told, response, notice } = props;
  const { m } = useUi();
  const alert = incident.latestAlert;
  return (
    <Layout title={incident.title} section="incidents">
      <article class={`incident ${incident.severity}`}>
        <Outcome notice={notice} incident={incident} />
        <p class="incident-line">
          <SeverityChip severity={incident.severity} />
          <span class={`chip status ${incident.status}`}>{m.incidentStatus[incident.status]}</span>
          {incident.mark === undefined ? null : <span class="chip">{m.incident.mark[incident.mark]}</span>}
          <Time at={incident.updatedAt} />
        </p>
        <h1>{incident.title}</h1>
        <WhoHasIt incident={incident} />
        <Kin incident={incident} />
        <FirstAct {...props} />
        <ResponseClock clock={response.clock} />
        <Facts alert={alert} evidence={evidence} />
        <Recount recount={recount} />
        <ForecastSection forecast={forecast} />
        {alert.signals.length === 0 ? null : <Signals signals={alert.signals} />}
        <section>
          <h2>{m.incident.evidence}</h2>
          {evidence.length === 0 ? (
            <p class="hint">{m.incident.noEvidence}</p>
          ) : (
            <ArticleList articles={evidence} storySizes={storySizes} byDay={false} />
          )}
        </section>
        <Links incident={incident} />
        <OtherActs {...props} />
        <Statements
          incident={incident}
          {...response}
          officer={props.officer}
          isBad={notice?.kind === 'bad-statement'}
        />
        {incident.verdict === 'planned' ? <PlannedEntry incident={incident} /> : null}
        <Told {...told} />
        <History history={incident.history} />
        <p class="hint">
          {m.incident.rule}: <code>{alert.ruleId}</code> <code>{alert.ruleVersion}</code> · {m.incident.data}{' '}
          {absoluteTime(alert.dataWatermarkAt)}
        </p>
      </article>
    </Layout>
  );
}

function Outcome({ notice, incident }: { notice: IncidentNotice | undefined; incident: Incident }) {
  const { m } = useUi();
  switch (notice?.kind) {
    case 'done':
      return <Notice tone="good" title={m.incident.done[notice.action]} announced />;
    case 'not-possible':
      return <Notice tone="bad" title={m.incident.notPossible[incident.status]} announced />;
    case 'conflict':
      return (
        <Notice tone="bad" title={m.incident.conflict} announced>
          <ol class="history">
            {notice.changes.map((change) => (
              <Entry key={`${change.at}-${change.what}`} change={change} />
            ))}
          </ol>
          <p>{m.incident.conflictHint}</p>
        </Notice>
      );
    case 'bad-form':
      return <Notice tone="bad" title={m.incident.badForm} announced />;
    default:
      return null;
  }
}

/** The incidents that this one went into, took over or came from. */
function Kin({ incident: { mergedInto, mergedFrom = [], splitFrom, history } }: { incident: Incident }) {
  const { m } = useUi();
  const parts = history.flatMap(({ what, to }) => (what === 'split' && to !== undefined ? [to] : []));
  const kin: [string, readonly string[]][] = [
    [m.incident.mergedInto, mergedInto === undefined ? [] : [mergedInto]],
    [m.incident.mergedFrom, mergedFrom],
    [m.incident.splitFrom, splitFrom === undefined ? [] : [splitFrom]],
    [m.incident.splitInto, parts],
  ];
  return (
    <>
      {kin.map(([label, ids]) =>
        ids.length === 0 ? null : (
          <p key={label} class="hint">
            {label}:{' '}
            {ids.map((id, at) => (
              <span key={id}>
                {at === 0 ? '' : ', '}
                <a href={`/incidents/${encodeURIComponent(id)}`}>{id.replace(/^incident-/, '')}</a>
              </span>
            ))}
          </p>
        ),
      )}
    </>
  );
}

/** What would have kept a planned incident from alarming anybody. */
function PlannedEntry({ incident }: { incident: Incident }) {
  const { m } = useUi();
  return (
    <section>
      <h2>{m.incident.plannedEntry}</h2>
      <p class="hint">{m.incident.plannedEntryHint}</p>
      <textarea class="config-entry" readOnly rows={8} aria-label={m.incident.plannedEntry}>
        {campaignEntry(incident)}
      </textarea>
    </section>
  );
}

function WhoHasIt({ incident }: { incident: Incident }) {
  const { m } = useUi();
  const lines = [
    incident.acknowledgedBy === undefined ? '' : m.incident.acknowledgedBy(incident.acknowledgedBy),
    incident.assignedTo === undefined ? '' : m.incident.assignedTo(incident.assignedTo),
    incident.snoozedUntil === undefined || incident.status !== 'acknowledged'
      ? ''
      : m.response.snoozedUntil(absoluteTime(incident.snoozedUntil)),
    incident.verdict === undefined ? '' : m.incident.resolvedAs(m.verdict[incident.verdict]),
  ].filter((line) => line !== '');
  return lines.length === 0 ? null : <p class="who">{lines.join(' · ')}</p>;
}

function Facts({ alert, evidence }: { alert: Alert; evidence: readonly Article[] }) {
  const { m, lang, names } = useUi();
  const { negative } = alert;
  const harm = [...new Set(evidence.flatMap(({ harmTerms }) => harmTerms))];
  const newsrooms = alert.independentNewsrooms.map(names.newsroom);
  const rest = newsrooms.length - SHOWN_NEWSROOMS;
  const { kind } = splitSeriesKey(alert.series);
  const what = negative === 0 ? m.incident.noNegative : `${m.incident.negativeOf(negative)}. `;
  return (
    <dl class="facts incident-facts">
      <div>
        <dt>{m.incident.what}</dt>
        <dd>
          {what}
          {harm.length === 0 ? '' : `${m.incident.harm}: ${harm.join(', ')}.`}
        </dd>
      </div>
      <div>
        <dt>{m.incident.where}</dt>
        <dd>
          {alert.seriesName} <small>{m.seriesKind[kind]}</small>
        </dd>
      </div>
      <div>
        <dt>{m.incident.howFast}</dt>
        <dd>
          <strong>{m.incident.observed(number(alert.observed, lang), alert.windowHours)}</strong>,{' '}
          {m.incident.expected(number(alert.expected, lang), number(alert.spread, lang))}
          <ObservedBar alert={alert} />
        </dd>
      </div>
      <div>
        <dt>{m.incident.whoseWord}</dt>
        <dd>
          {m.incident.first(names.outlet(alert.firstOutletId))}, {absoluteTime(alert.firstArticleAt)}.{' '}
          {m.incident.newsrooms(newsrooms.length)}
          {newsrooms.length === 0
            ? ''
            : ` (${newsrooms.slice(0, SHOWN_NEWSROOMS).join(', ')}${rest > 0 ? ` +${rest}` : ''})`}
          {alert.copiesFolded === 0 ? '' : `; ${m.incident.folded(alert.copiesFolded)}`}
        </dd>
      </div>
      <div>
        <dt>{m.incident.howSure}</dt>
        <dd>{m.incident.falseAlarm(probability(alert.falseAlarmProbability, m.incident.below, lang))}</dd>
      </div>
      {alert.changed === undefined ? null : (
        <div>
          <dt>{m.incident.changed}</dt>
          <dd>{inLanguage(alert.changed, lang)}</dd>
        </div>
      )}
    </dl>
  );
}

function probability(value: number, below: (p: string) => string, lang: 'vi' | 'en'): string {
  if (value < LEAST_PROBABILITY) return below(`${(LEAST_PROBABILITY * 100).toLocaleString(lang)} %`);
  return value < 0.01
    ? `${(value * 100).toLocaleString(lang, { maximumFractionDigits: 2 })} %`
    : percent(value, lang);
}

/** The detector writes what changed in both languages, Vietnamese first. */
function inLanguage(text: string, lang: 'vi' | 'en'): string {
  const [vi = text, en = vi] = text.split(' / ');
  return lang === 'vi' ? vi : en;
}

/** What was seen as a bar, what was to be expected as the mark with its spread that the bar runs past. */
function ObservedBar({ alert }: { alert: Alert }) {
  const { m, lang } = useUi();
  const most = Math.max(1, alert.observed, alert.expected + alert.spread) * 1.05;
  const x = (value: number) => (300 * Math.max(0, value)) / most;
  const label = m.incident.barLabel(number(alert.observed, lang), number(alert.expected, lang));
  return (
    <svg class="observed-bar" viewBox="0 0 300 30" role="img" aria-label={label} preserveAspectRatio="none">
      <rect class="track" x="0" y="8" width="300" height="14" />
      <rect class="observed" x="0" y="8" width={x(alert.observed)} height="14" />
      <rect
        class="usual"
        x={x(alert.expected - alert.spread)}
        y="3"
        width={Math.max(2, x(alert.expected + alert.spread) - x(alert.expected - alert.spread))}
        height="24"
      />
      <rect class="expected" x={x(alert.expected)} y="0" width="2" height="30" />
    </svg>
  );
}

function Signals({ signals }: { signals: readonly Signal[] }) {
  const { m, lang } = useUi();
  return (
    <section>
      <h2>{m.incident.signals}</h2>
      <table class="signals">
        <thead>
          <tr>
            <th scope="col">{m.incident.signal}</th>
            <th scope="col" class="figure">
              {m.incident.observedShort}
            </th>
            <th scope="col" class="figure">
              {m.incident.expectedShort}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...signals]
            .sort((a, b) => b.strength - a.strength)
            .map((signal) => (
              <tr key={signal.kind}>
                <th scope="row">
                  {m.signal[signal.kind] ?? signal.kind}
                  <ShareBar part={signal.strength} whole={1} tone="strength" />
                  <span class="visually-hidden">
                    {m.incident.strength} {percent(signal.strength, lang)}
                  </span>
                </th>
                <td class="figure">{figure(signal, signal.observed, lang)}</td>
                <td class="figure">
                  {figure(signal, signal.expected, lang)}
                  {signal.spread > 0 ? <small> ± {figure(signal, signal.spread, lang)}</small> : null}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

function figure(signal: Signal, value: number, lang: 'vi' | 'en'): string {
  return signal.kind.endsWith('-share') ? percent(value, lang) : number(value, lang);
}

function Links({ incident }: { incident: Incident }) {
  const { m, names } = useUi();
  return (
    <section>
      <h2>{m.incident.series}</h2>
      <ul class="reasons">
        {incident.series.map((key) => {
          const { kind, id } = splitSeriesKey(key);
          const name =
            key === incident.latestAlert.series ? incident.latestAlert.seriesName : names.series(key);
          const isFilter = kind === 'facility' || kind === 'province' || kind === 'topic' || kind === 'story';
          return (
            <li key={key}>
              {isFilter ? <a href={`/trends${toSearch({ [kind]: id })}`}>{name}</a> : <span>{name}</span>}
              <small>{m.seriesKind[kind]}</small>
            </li>
          );
        })}
      </ul>
      {incident.storyIds.length === 0 ? null : (
        <p>
          {m.incident.stories}:{' '}
          {incident.storyIds.slice(0, 10).map((id, at) => (
            <span key={id}>
              {at === 0 ? '' : ', '}
              <a href={`/stories/${encodeURIComponent(id)}`}>{`#${at + 1}`}</a>
            </span>
          ))}
        </p>
      )}
    </section>
  );
}

function History({ history }: { history: readonly IncidentChange[] }) {
  const { m } = useUi();
  return (
    <section>
      <h2>{m.incident.history}</h2>
      <ol class="history">
        {history.map((change, at) => (
          <Entry key={`${at}-${change.at}`} change={change} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ change }: { change: IncidentChange }) {
  const { m, lang } = useUi();
  const { at, by, what, from, to, note } = change;
  const value = (said: string) => valueName(said, m, lang);
  return (
    <li>
      <time dateTime={at}>{absoluteTime(at)}</time> <strong>{m.change[what]}</strong>
      {from === undefined ? '' : `: ${value(from)}`}
      {to === undefined ? '' : `${from === undefined ? ': ' : ' → '}${value(to)}`},{' '}
      {by === PROGRAM ? m.incident.program : by}
      {note === undefined ? null : <span class="note">{by === PROGRAM ? inLanguage(note, lang) : note}</span>}
    </li>
  );
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** A severity, status or verdict by its name, a time as people read it; a focal person or another incident as it is. */
function valueName(said: string, m: Messages, lang: Lang): string {
  return (
    SEVERITY_NAMES[said as Severity]?.[lang] ??
    m.incidentStatus[said as IncidentStatus] ??
    m.verdict[said as Verdict] ??
    (ISO_TIME.test(said) ? absoluteTime(said) : undefined) ??
    said.replace(/^incident-/, '')
  );
}
