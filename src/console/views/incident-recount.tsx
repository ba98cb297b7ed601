import type { RecomputedEvidence } from '../../detection/recompute-evidence.ts';
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
                {m.incident.recountField[field]}: {shown(stated)} → {shown(recomputed)}
              </li>
            ))}
          </ul>
          <p>{causes.length === 0 ? m.incident.recountNoCause : `${causes.join('; ')}.`}</p>
        </>
      )}
    </div>
  );
}

function shown(value: number | string | readonly string[]): string {
  return typeof value === 'object' ? String(value.length) : String(value);
}
