import type { MonthlyDifference } from '../../reports/monthly-difference.ts';
import { MONTHLY_WORDS } from '../../reports/monthly-words.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';

/** What differs between two countings of a month, which are not the same. */
export function MonthlyChanges({ difference }: { difference: MonthlyDifference }) {
  const { m, lang } = useUi();
  const { totals, rows } = difference;
  return (
    <ul>
      {totals.map(({ of, before, now }) => (
        <li key={of}>
          {m.monthly.total[of]}: {number(before, lang)} → {number(now, lang)}
        </li>
      ))}
      {rows.map(({ field, changed }) => (
        <li key={field}>{m.monthly.rows(MONTHLY_WORDS[lang].fields[field], changed)}</li>
      ))}
      {totals.length + rows.length === 0 ? <li>{m.monthly.other}</li> : null}
    </ul>
  );
}
