import type { Incident } from '../../domain/incident.ts';
import { versionOf } from '../../domain/incident.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Notice, SeverityChip, Time } from './parts.tsx';

type AcknowledgePageProps =
  | {
      readonly kind: 'incident';
      readonly incident: Incident;
      /** For whom the link was made. */
      readonly officer: string;
      /** Where the button posts to: the link itself. */
      readonly action: string;
    }
  | { readonly kind: 'expired' | 'unknown' | 'too-many' };

/** What the link in a message shows on a telephone: what it is about, and one button, without any script. */
export function AcknowledgePage(props: AcknowledgePageProps) {
  const { m } = useUi();
  if (props.kind === 'incident') return <Matter {...props} />;
  const { title, text } = m.acknowledge[props.kind];
  return (
    <Layout title={title}>
      <h1>{title}</h1>
      <Notice tone="plain" title={text}>
        <p class="ways">
          <a href="/incidents">{m.acknowledge.all}</a>
        </p>
      </Notice>
    </Layout>
  );
}

function Matter({ incident, officer, action }: Extract<AcknowledgePageProps, { kind: 'incident' }>) {
  const { m } = useUi();
  const { latestAlert: alert } = incident;
  return (
    <Layout title={m.acknowledge.title}>
      <article class={`incident ${incident.severity}`}>
        <p class="incident-line">
          <SeverityChip severity={incident.severity} />
          {incident.mark === undefined ? null : <span class="chip">{m.incident.mark[incident.mark]}</span>}
          <Time at={incident.updatedAt} />
        </p>
        <h1>{incident.title}</h1>
        <Standing incident={incident} officer={officer} action={action} />
        <p>
          {m.acknowledge.figures(
            alert.negative,
            alert.observed,
            alert.windowHours,
            alert.independentNewsrooms.length,
          )}
        </p>
        <p class="ways">
          <a href={`/incidents/${encodeURIComponent(incident.id)}`}>{m.acknowledge.more}</a>
        </p>
      </article>
    </Layout>
  );
}

function Standing({ incident, officer, action }: { incident: Incident; officer: string; action: string }) {
  const { m } = useUi();
  if (incident.status === 'open') {
    return (
      <form class="act acknowledge" method="post" action={action}>
        <input type="hidden" name="version" value={versionOf(incident)} />
        <button type="submit" class="primary">
          {m.acknowledge.button(officer)}
        </button>
        <p class="hint">{m.incident.acknowledgeHint}</p>
      </form>
    );
  }
  const { status, acknowledgedBy, acknowledgedAt } = incident;
  if (status === 'acknowledged' && acknowledgedBy === officer) {
    return <Notice tone="good" title={m.acknowledge.yours(officer)} announced />;
  }
  const title = status === 'acknowledged' ? m.acknowledge.theirs(acknowledgedBy ?? '') : m.acknowledge.over;
  return (
    <Notice tone="plain" title={title} announced>
      {status === 'acknowledged' && acknowledgedAt !== undefined ? (
        <p>
          <Time at={acknowledgedAt} />
        </p>
      ) : null}
    </Notice>
  );
}
