import type { MonthlyCounting } from '../../domain/monthly-report.ts';
import { absoluteTime } from '../times.ts';
import { useUi } from '../ui.ts';
import { Time } from './parts.tsx';

interface MonthlyCountedProps {
  readonly at: string;
  readonly counting: Pick<MonthlyCounting, 'dataWatermarkAt' | 'languageVersion'>;
}

/** When figures were counted, of what, and by which version of the program. */
export function MonthlyCounted({ at, counting: { dataWatermarkAt, languageVersion } }: MonthlyCountedProps) {
  const { m } = useUi();
  return (
    <p class="hint">
      {m.briefs.made} <Time at={at} />
      {'. '}
      {dataWatermarkAt === '' ? null : m.briefs.counted(absoluteTime(dataWatermarkAt))}{' '}
      {m.monthly.version(languageVersion)}
    </p>
  );
}
