import { HOUR_MS } from '../../domain/time.ts';
import { GROWTH_HOURS, RECENT_HOURS, type StoryGrowth } from '../../reports/story-growth.ts';
import { toSearch } from '../article-query.ts';
import { number, percent } from '../times.ts';
import { useUi } from '../ui.ts';
import { Time } from './parts.tsx';

/** One story with what it has gained. */
export function RisingStory({ growth, q }: { growth: StoryGrowth; q?: string | undefined }) {
  const { m, lang, names, now } = useUi();
  const { story, recent, day, before, negative, newsroomsGained, tierJump } = growth;
  const since = (hours: number) => new Date(now.getTime() - hours * HOUR_MS).toISOString();
  const articles = (change: Parameters<typeof toSearch>[1]) =>
    `/articles${toSearch({ q, story: story.id }, change)}`;
  return (
    <li>
      <HourBars growth={growth} />
      <div class="rising-text">
        <h3>
          <a href={`/stories/${encodeURIComponent(story.id)}`}>{story.title}</a>
        </h3>
        <p class="meta">
          <a href={articles({ from: since(RECENT_HOURS) })} class={recent > 0 ? 'risen' : ''}>
            {m.today.recent(number(recent, lang))}
          </a>
          {day === recent ? null : (
            <a href={articles({ from: since(GROWTH_HOURS) })}>{m.today.day(number(day, lang))}</a>
          )}
          {before === 0 ? (
            <span>{m.today.newStory}</span>
          ) : (
            <a href={articles({ period: 'all' })}>{m.today.before(number(before, lang))}</a>
          )}
          {newsroomsGained.length === 0 || (before === 0 && newsroomsGained.length === 1) ? null : (
            <span class="gain" title={newsroomsGained.map(names.newsroom).join(', ')}>
              {m.today.gained(number(newsroomsGained.length, lang))}
            </span>
          )}
          {tierJump === undefined ? null : (
            <span class="gain jump">{m.today.jump(m.tier[tierJump.from], m.tier[tierJump.to])}</span>
          )}
          {negative === 0 ? null : (
            <a class="bad" href={articles({ from: since(GROWTH_HOURS), polarity: 'negative' })}>
              <span class="sign negative" aria-hidden="true">
                ▼
              </span>{' '}
              {m.today.negativeShare(percent(negative / day, lang))}
            </a>
          )}
          <span class="aside">
            {names.outlet(story.firstOutletId)}, <Time at={story.firstSeenAt} />
          </span>
        </p>
      </div>
    </li>
  );
}

const BAR = 4;
const BAR_GAP = 1;
const BARS_HEIGHT = 28;
/** A bar that stands for something must be seen. */
const LEAST_HEIGHT = 2;

/** Its last 24 hours, a bar an hour, what is negative at the foot. */
function HourBars({ growth: { hours, day, negative } }: { growth: StoryGrowth }) {
  const { m, lang } = useUi();
  const most = Math.max(1, ...hours.map((hour) => hour.negative + hour.others));
  const height = (count: number) => (count === 0 ? 0 : Math.max(LEAST_HEIGHT, (BARS_HEIGHT * count) / most));
  const width = hours.length * (BAR + BAR_GAP);
  return (
    <svg
      class="hour-bars"
      viewBox={`0 0 ${width} ${BARS_HEIGHT + 1}`}
      role="img"
      aria-label={m.today.sparkline(number(day, lang), number(negative, lang))}
    >
      <line class="track" x1="0" x2={width} y1={BARS_HEIGHT + 0.5} y2={BARS_HEIGHT + 0.5} />
      {hours.map((hour, at) => {
        const foot = height(hour.negative);
        const rest = Math.min(height(hour.others), BARS_HEIGHT - foot);
        const x = at * (BAR + BAR_GAP);
        return hour.negative + hour.others === 0 ? null : (
          <g key={at}>
            <rect class="others" x={x} y={BARS_HEIGHT - foot - rest} width={BAR} height={rest} />
            <rect class="negative" x={x} y={BARS_HEIGHT - foot} width={BAR} height={foot} />
          </g>
        );
      })}
    </svg>
  );
}
