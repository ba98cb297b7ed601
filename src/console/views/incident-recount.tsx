import type { Difference, RecomputedEvidence } from '../../detection/recompute-evidence.ts';
import type { Names } from '../../reports/names.ts';
import { absoluteTime } from '../times.ts';
import { useUi } from '../ui.ts';

/** Whether the alert's figures stand when they are counted again, and why not where they do not. */
export function Recount({ recount }: { recount: RecomputedEvidence }) {
  const { m, names } = useUi();
  const { differences, missing, correctedSince, indexedSince, provinces, tiers } = recount;
  const causes = [
    missing.length > 0 ? m.incident.recountMissing(missing.length) : '',
    correctedSince.length > 0 ? m.incident.recountCorrected(correctedSince.length) : '',
    indexedSince.length > 0 ? m.incident.recountIndexed(indexedSince.length) : '',
  ].filter((cause) => cause !== '');
  const reach = [...provinces.map((id) => names.province(id)), ...tiers.map((tier) => m.tier[tier])];
  return (
    <div class="hint recount" data-recount={differences.length}>
      <p>
        {differences.length === 0 ? m.incident.recountSame : m.incident.recountDiffers}
        {reach.length === 0 ? '' : ` ${m.incident.recountReach}: ${reach.join(', ')}.`}
      </p>
      {differences.length === 0 ? null : (
        <>
          <ul>
            {differences.map(({ field, stated, recomputed }) => (
              <li key={field}>
                {m.incident.recountField[field]}: {shown({ field, value: stated }, names)} →{' '}
                {shown({ field, value: recomputed }, names)}
              </li>
            ))}
          </ul>
          <p>{causes.length === 0 ? m.incident.recountNoCause : `${causes.join('; ')}.`}</p>
        </>
      )}
    </div>
  );
}

/** A list by how long it is, an outlet by its name, a moment on a Vietnamese clock. */
function shown(
  { field, value }: { field: Difference['field']; value: Difference['stated'] },
  names: Names,
): string {
  if (value === '') return '–';
  if (typeof value === 'object') return String(value.length);
  if (typeof value === 'number') return String(value);
  return field === 'firstOutletId' ? names.outlet(value) : absoluteTime(value);
}
