import { HOUR_MS, VIETNAM_OFFSET_MS } from '../../domain/time.ts';
import type { TrendBucket } from '../../ports/article-store.ts';
import { useUi } from '../ui.ts';

const HOURS = 24;
const BAR = 8;
const GAP = 2;
const HALF = 22;
/** A bar that stands for something must be seen. */
const MIN_HEIGHT = 2;

/** The last 24 hours as a pulse: what is neutral or good beats upwards, what is bad beats downwards. */
export function Pulse({ buckets }: { buckets: readonly TrendBucket[] }) {
  const { m, now } = useUi();
  const byHour = new Map(buckets.map((bucket) => [bucket.bucket, bucket]));
  const hours = Array.from({ length: HOURS }, (_, at) => {
    const start = now.getTime() - (HOURS - 1 - at) * HOUR_MS + VIETNAM_OFFSET_MS;
    const bucket = byHour.get(new Date(start).toISOString().slice(0, 13));
    return { up: (bucket?.neutral ?? 0) + (bucket?.positive ?? 0), down: bucket?.negative ?? 0 };
  });
  const most = Math.max(1, ...hours.flatMap(({ up, down }) => [up, down]));
  const height = (count: number) => (count === 0 ? 0 : Math.max(MIN_HEIGHT, (HALF * count) / most));
  const negative = hours.reduce((sum, { down }) => sum + down, 0);
  const total = hours.reduce((sum, { up, down }) => sum + up + down, 0);
  const width = HOURS * (BAR + GAP);
  return (
    <figure class="pulse">
      <svg
        viewBox={`0 0 ${width} ${2 * HALF + 4}`}
        role="img"
        aria-label={m.list.pulseLabel(total, negative)}
        preserveAspectRatio="none"
      >
        <line class="pulse-line" x1="0" x2={width} y1={HALF + 2} y2={HALF + 2} />
        {hours.map(({ up, down }, at) => (
          <g key={at}>
            <rect class="up" x={at * (BAR + GAP)} y={HALF + 1 - height(up)} width={BAR} height={height(up)} />
            <rect class="down" x={at * (BAR + GAP)} y={HALF + 3} width={BAR} height={height(down)} />
          </g>
        ))}
      </svg>
      <figcaption>
        {m.list.pulse} <span class="hint">{m.list.pulseKey}</span>
      </figcaption>
    </figure>
  );
}
