import type { WhoIsTold } from '../../routing/who-is-told.ts';
import type { Messages } from '../messages.ts';
import { absoluteTime } from '../times.ts';
import { useUi } from '../ui.ts';

/** Who has been told, when, over what, and who is called next if nobody takes the incident. */
export function Told({ told, next }: WhoIsTold) {
  const { m } = useUi();
  return (
    <section class="told">
      <h2>{m.told.title}</h2>
      {told.length === 0 ? <p class="hint">{m.told.nobody}</p> : null}
      <ol class="history">
        {told.map(({ id, step, channel, status, createdAt, deliveredAt, who }) => (
          <li key={id}>
            <time dateTime={deliveredAt ?? createdAt}>{absoluteTime(deliveredAt ?? createdAt)}</time>{' '}
            <strong>{who ?? m.told.operator}</strong>, {stepName(step, m)}
            {status === 'held' ? '' : `, ${m.told.channels[channel] ?? channel}`}: {m.told.status[status]}
          </li>
        ))}
      </ol>
      {next === undefined ? null : <p>{m.told.next(absoluteTime(next.at), next.who.join(', '))}</p>}
    </section>
  );
}

function stepName(step: string, m: Messages): string {
  const kind = step.slice(0, step.includes('-') ? step.indexOf('-') : undefined);
  return m.told.steps[kind] ?? step;
}
