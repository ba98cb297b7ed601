import type { Incident } from '../../domain/incident.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Notice, SeverityChip, Time } from './parts.tsx';

interface IncidentsPageProps {
  readonly active: readonly Incident[];
  readonly past: readonly Incident[];
}

export function IncidentsPage({ active, past }: IncidentsPageProps) {
  const { m } = useUi();
  return (
    <Layout title={m.incidents.title} section="incidents">
      <h1>{m.incidents.heading}</h1>
      <div data-live id="incidents">
        {active.length === 0 ? (
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
            </p>
          </li>
        );
      })}
    </ol>
  );
}
