import { type FeedState, isFailing } from '../../domain/feed-state.ts';
import type { Feed } from '../../domain/outlet.ts';
import type { Subscription } from '../../domain/subscription.ts';
import { reasonText } from '../messages.ts';
import { duration, number } from '../times.ts';
import { useUi } from '../ui.ts';
import { hostOf, Time } from './parts.tsx';

/** A poll waits for its turn at its host; only one that is later than this has gone astray. */
const LATE_MS = 5 * 60_000;

/** What polling has taught of each feed of one outlet, and when and why then it is polled again. */
export function FeedTable({
  feeds,
  states,
}: {
  feeds: readonly Feed[];
  states: ReadonlyMap<string, FeedState>;
}) {
  const { m } = useUi();
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{m.outlets.feed}</th>
          <th scope="col">{m.outlets.status}</th>
          <th scope="col">{m.outlets.lastSuccess}</th>
          <th scope="col">{m.outlets.next}</th>
          <th scope="col" class="figure">
            {m.outlets.failures}
          </th>
          <th scope="col">{m.outlets.entries}</th>
        </tr>
      </thead>
      <tbody>
        {feeds.map((feed) => (
          <FeedRow key={feed.id} feed={feed} state={states.get(feed.id)} />
        ))}
      </tbody>
    </table>
  );
}

function FeedRow({ feed, state }: { feed: Feed; state: FeedState | undefined }) {
  const { m, lang } = useUi();
  const status = state?.status ?? 'new';
  return (
    <tr>
      <th scope="row">
        {feed.section ?? hostOf(feed.url)} <small class="address">{feed.url}</small>
      </th>
      <td data-label={m.outlets.status}>
        <span class={`chip feed ${isFailing({ status }) ? 'broken' : status}`}>{m.feedStatus[status]}</span>{' '}
        {isFailing({ status }) && state?.reason !== undefined ? (
          <small class="why">{reasonText(state.reason, m)}</small>
        ) : null}
        {state?.subscription === undefined ? null : <Pushes subscription={state.subscription} />}
      </td>
      <td data-label={m.outlets.lastSuccess}>
        {state?.succeededAt === undefined ? m.outlets.never : <Time at={state.succeededAt} />}
      </td>
      <td data-label={m.outlets.next}>
        <NextPoll state={state} />
      </td>
      <td data-label={m.outlets.failures} class="figure">
        {number(state?.consecutiveFailures ?? 0, lang)}
      </td>
      <td data-label={m.outlets.entries}>
        {state?.polledAt === undefined ? '–' : m.outlets.entriesOf(state.entriesLastPoll, state.newLastPoll)}
        {state?.gaps === undefined ? null : (
          <small class="why">
            {m.feedSchedule.gaps(state.gaps)}
            {state.gapAt === undefined ? null : (
              <>
                {' '}
                (<Time at={state.gapAt} />)
              </>
            )}
          </small>
        )}
      </td>
    </tr>
  );
}

function NextPoll({ state }: { state: FeedState | undefined }) {
  const { m, now, lang } = useUi();
  if (state?.nextPollAt === undefined) return <>–</>;
  const lateMs = now.getTime() - Date.parse(state.nextPollAt);
  return (
    <>
      {lateMs > LATE_MS ? (
        <strong class="late">{m.feedSchedule.late(duration(lateMs, lang))}</strong>
      ) : (
        <Time at={state.nextPollAt} />
      )}
      {state.intervalMs === undefined || state.intervalReason === undefined ? null : (
        <small class="why">
          {m.feedSchedule.after(duration(state.intervalMs, lang), m.pollReason[state.intervalReason])}
        </small>
      )}
    </>
  );
}

function Pushes({ subscription }: { subscription: Subscription }) {
  const { m } = useUi();
  const { status, reason, pushes, pushedAt } = subscription;
  return (
    <small class="why">
      WebSub: {m.subscriptionStatus[status]}
      {reason === undefined ? null : `: ${reasonText(reason, m)}`}
      {pushes === 0 ? null : ` · ${m.feedSchedule.pushes(pushes)}`}
      {pushedAt === undefined ? null : (
        <>
          {' '}
          (<Time at={pushedAt} />)
        </>
      )}
    </small>
  );
}
