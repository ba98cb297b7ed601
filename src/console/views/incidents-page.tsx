import { SEVERITY_NAMES } from '../../detection/severity-names.ts';
import { SEVERITIES } from '../../domain/alert.ts';
import type { Incident } from '../../domain/incident.ts';
import { INCIDENT_STATUSES, VERDICTS } from '../../domain/incident.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Notice, SeverityChip, Time } from './parts.tsx';

interface IncidentsPageProps {
  readonly active: readonly Incident[];
  readonly past: readonly Incident[];
  readonly filter: IncidentFilterChoice;
}

interface IncidentFilterChoice {
  readonly status: string | undefined;
  readonly severity: string | undefined;
  readonly verdict: string | undefined;
}

export function IncidentsPage({ active, past, filter }: IncidentsPageProps) {
  const { m } = useUi();
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <Layout title={m.incidents.title} section="incidents">
      <h1>{m.incidents.heading}</h1>
      <Filters filter={filter} />
      <div data-live id="incidents">
        {isNarrowed && active.length + past.length === 0 ? (
          <Notice tone="plain" title={m.incidents.noneMatch} />
        ) : null}
        {active.length === 0 && isNarrowed ? null : active.length === 0 ? (
          <Notice tone="good" title={m.incidents.none}>
            {past.length === 0 ? <p>{m.incidents.noneEver}</p> : null}
          </Notice>
        ) : (
          <section>
            <h2 class="visually-hidden">{m.incidents.active}</h2>
            <IncidentList incidents={active} />
          </section>
        )}
        {past.length === 0 ? null : (
          <section>
            <h2>{m.incidents.past}</h2>
            <IncidentList incidents={past} />
          </section>
        )}
      </div>
    </Layout>
  );
}

function Filters({ filter }: { filter: IncidentFilterChoice }) {
  const { m, lang } = useUi();
  const choices: [keyof IncidentFilterChoice, string, [string, string][]][] = [
    ['status', m.incidents.status, INCIDENT_STATUSES.map((value) => [value, m.incidentStatus[value]])],
    ['severity', m.severity, SEVERITIES.map((value) => [value, SEVERITY_NAMES[value][lang]])],
    ['verdict', m.incident.verdict, VERDICTS.map((value) => [value, m.verdict[value]])],
  ];
  return (
    <form class="filters" action="/incidents" method="get">
      <div class="filter-grid">
        {choices.map(([name, label, options]) => (
          <p key={name} class="field">
            <label for={`f-${name}`}>{label}</label>
            <select id={`f-${name}`} name={name}>
              <option value="">{m.filter.any}</option>
              {options.map(([value, text]) => (
                <option key={value} value={value} selected={value === filter[name]}>
                  {text}
                </option>
              ))}
            </select>
          </p>
        ))}
        <button type="submit">{m.filter.apply}</button>
      </div>
    </form>
  );
}

function IncidentList({ incidents }: { incidents: readonly Incident[] }) {
  const { m, lang } = useUi();
  return (
    <ol class="incident-list">
      {incidents.map((incident) => {
        const { latestAlert } = incident;
        return (
          <li key={incident.id} class={`incident-card ${incident.severity} ${incident.status}`}>
            <p class="incident-line">
              <SeverityChip severity={incident.severity} />
              <span class={`chip status ${incident.status}`}>
                {incident.verdict === undefined
                  ? m.incidentStatus[incident.status]
                  : m.incident.resolvedAs(m.verdict[incident.verdict])}
              </span>
              {incident.mark === undefined ? null : (
                <span class="chip">{m.incident.mark[incident.mark]}</span>
              )}
            </p>
            <h3>
              <a href={`/incidents/${encodeURIComponent(incident.id)}`}>{incident.title}</a>
            </h3>
            <p>
              {m.incident.observed(number(latestAlert.observed, lang), latestAlert.windowHours)},{' '}
              {m.incident.expected(number(latestAlert.expected, lang), number(latestAlert.spread, lang))}
              {'; '}
              {m.incident.newsrooms(latestAlert.independentNewsrooms.length)}
            </p>
            <p class="hint">
              {m.incidents.opened} <Time at={incident.openedAt} />
              {incident.acknowledgedBy === undefined
                ? null
                : ` · ${m.incident.acknowledgedBy(incident.acknowledgedBy)}`}
              {incident.assignedTo === undefined ? null : ` · ${m.incident.assignedTo(incident.assignedTo)}`}
            </p>
          </li>
        );
      })}
    </ol>
  );
}
