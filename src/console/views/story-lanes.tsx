import { TIER_REACH } from '../../detection/signals.ts';
import type { Tier } from '../../domain/outlet.ts';
import { TIERS } from '../../domain/outlet.ts';
import { DAY_MS, HOUR_MS, vietnameseDay } from '../../domain/time.ts';
import type { StoryStep } from '../../reports/story-course.ts';
import { clockTime, number, shortDay } from '../times.ts';
import { useUi } from '../ui.ts';

/** Drawn twice, for a wide and for a narrow screen, so that lettering keeps its size; CSS shows one. */
const SIZES = {
  wide: { width: 960, left: 190, right: 24, lane: 46, fontSize: 13, ticks: 7 },
  narrow: { width: 328, left: 6, right: 12, lane: 56, fontSize: 12, ticks: 3 },
} as const;
type Size = keyof typeof SIZES;

const MARK = 5;
/** Marks that would hide each other are set beside each other. */
const APART = 2 * MARK + 1;
const MOST_ROWS = 3;
const FOOT = 26;

interface Mark {
  readonly step: StoryStep;
  readonly x: number;
  readonly y: number;
}

/** Who wrote when: a lane for each tier, the widest on top; lines lead from an original to what repeats it. */
export function StoryLanes({ steps }: { steps: readonly StoryStep[] }) {
  return (
    <>
      <Lanes steps={steps} size="wide" />
      <Lanes steps={steps} size="narrow" />
      <LanesKey />
    </>
  );
}

function Lanes({ steps, size }: { steps: readonly StoryStep[]; size: Size }) {
  const { m, lang } = useUi();
  const { width, left, right, lane, fontSize, ticks } = SIZES[size];
  const there = new Set(steps.map(({ article }) => article.tier));
  const lanes = [...TIERS].filter((tier) => there.has(tier)).sort((a, b) => TIER_REACH[b] - TIER_REACH[a]);
  const times = steps.map(({ article }) => Date.parse(article.firstSeenAt));
  const from = Math.min(...times);
  // One moment alone stands at the left, with an hour of room.
  const span = Math.max(HOUR_MS, Math.max(...times) - from);
  const room = width - left - right - 2 * MARK;
  const xOf = (ms: number) => left + MARK + (room * (ms - from)) / span;
  const marks = placed(steps, lanes, lane, size, xOf);
  const byId = new Map(marks.map((mark) => [mark.step.article.id, mark]));
  const height = lanes.length * lane + FOOT;
  return (
    <svg
      class={`chart ${size} lanes`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={m.storyCourse.lanesLabel(
        number(steps.length, lang),
        lanes.map((tier) => m.tier[tier]).join(', '),
      )}
    >
      {lanes.map((tier, at) => (
        <g key={tier}>
          <line class="lane" x1={left} x2={width - right} y1={(at + 1) * lane} y2={(at + 1) * lane} />
          <text
            class="fill-ink"
            font-size={fontSize}
            x={size === 'wide' ? 0 : left}
            y={size === 'wide' ? at * lane + lane / 2 + 9 : at * lane + 15}
          >
            {m.tier[tier]}
          </text>
        </g>
      ))}
      {marks.map(({ step, x, y }) => {
        const original = byId.get(step.source?.articleId ?? '');
        return original === undefined ? null : (
          <path
            key={step.article.id}
            class="copied"
            d={`M${round(original.x)} ${round(original.y)} Q${round((original.x + x) / 2)} ${round(Math.min(original.y, y) - 14)} ${round(x)} ${round(y)}`}
          />
        );
      })}
      {marks.map((mark) => (
        <LaneMark key={mark.step.article.id} mark={mark} />
      ))}
      {Array.from({ length: ticks }, (_, at) => {
        const ms = from + (span * at) / (ticks - 1);
        return (
          <text
            key={at}
            class="fill-ink"
            font-size={fontSize}
            text-anchor={at === 0 ? 'start' : at === ticks - 1 ? 'end' : 'middle'}
            x={round(xOf(ms))}
            y={height - 6}
          >
            {span > 2 * DAY_MS ? shortDay(vietnameseDay(ms)) : clockTime(new Date(ms))}
          </text>
        );
      })}
    </svg>
  );
}

function placed(
  steps: readonly StoryStep[],
  lanes: readonly Tier[],
  lane: number,
  size: Size,
  xOf: (ms: number) => number,
): Mark[] {
  const ends = new Map<string, number>();
  return steps.map((step) => {
    const { tier, firstSeenAt } = step.article;
    const x = xOf(Date.parse(firstSeenAt));
    const at = lanes.indexOf(tier);
    const isFree = (row: number) => x - (ends.get(`${at} ${row}`) ?? Number.NEGATIVE_INFINITY) >= APART;
    const rows = Array.from({ length: MOST_ROWS }, (_, row) => row);
    const row = rows.find(isFree) ?? step.article.id.length % MOST_ROWS;
    ends.set(`${at} ${row}`, x);
    const foot = (at + 1) * lane - MARK - 5;
    return { step, x, y: foot - row * (size === 'wide' ? APART : APART - 1) };
  });
}

function LaneMark({ mark: { step, x, y } }: { mark: Mark }) {
  const isNegative = step.article.sentiment.polarity === 'negative';
  const tone = `${isNegative ? 'negative' : 'other'} ${step.isOwn ? 'own' : 'copy'}`;
  return isNegative ? (
    <path
      class={tone}
      d={`M${round(x - MARK)} ${round(y - MARK + 1)} h${2 * MARK} l${-MARK} ${2 * MARK - 1} z`}
    />
  ) : (
    <circle class={tone} cx={round(x)} cy={round(y)} r={MARK - 0.5} />
  );
}

/** Shapes say what colours say. */
function LanesKey() {
  const { m } = useUi();
  const entries = [
    ['other own', m.storyCourse.laneOwn],
    ['other copy', m.storyCourse.laneCopy],
    ['negative own', m.storyCourse.laneNegative],
    ['copied', m.storyCourse.laneLine],
  ] as const;
  return (
    <ul class="legend">
      {entries.map(([tone, label]) => (
        <li key={tone}>
          <svg class="lanes lane-key" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
            {tone === 'copied' ? (
              <path class={tone} d="M1 12 Q7 -2 13 12" />
            ) : tone.startsWith('negative') ? (
              <path class={tone} d="M2 3 h10 l-5 9 z" />
            ) : (
              <circle class={tone} cx="7" cy="7" r="4.5" />
            )}
          </svg>{' '}
          {label}
        </li>
      ))}
    </ul>
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
