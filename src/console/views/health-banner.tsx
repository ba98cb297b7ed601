import { faultText } from '../../domain/pipeline-fault-texts.ts';
import { useUi } from '../ui.ts';
import { Notice, Time } from './parts.tsx';

/** The watchdog looks every minute; one that has not for so long does not look any more. */
const UNWATCHED_MS = 15 * 60_000;

/** Says on top of every page what has stopped behind it: a calm list must never be a dead one. */
export function HealthBanner() {
  const { m, lang, now, watch } = useUi();
  if (watch?.lookedAt === undefined) return null;
  if (now.getTime() - Date.parse(watch.lookedAt) > UNWATCHED_MS) {
    return (
      <Notice tone="bad" title={m.health.unwatched}>
        <p>
          {m.health.unwatchedWhy} <Time at={watch.lookedAt} />.
        </p>
      </Notice>
    );
  }
  if (watch.faults.length === 0) return null;
  return (
    <Notice tone="bad" title={m.health.faulty}>
      <ul>
        {watch.faults.map(({ key, fault }) => {
          const { what, todo } = faultText(fault, lang);
          return (
            <li key={key}>
              {what}, {m.health.since} <Time at={fault.since} />. {m.health.todo}: {todo}.
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
