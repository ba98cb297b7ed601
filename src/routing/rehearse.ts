import type { Notification } from '../domain/notification.ts';
import { countPages, MINUTE_MS, type Situation } from './board.ts';
import { isQuiet, nightBeganAt } from './clock.ts';
import { plan, planStep } from './plan.ts';

/** One officer, or the operator where there is none, told of one step. */
export interface Word {
  readonly at: string;
  readonly step: string;
  readonly officerId?: string;
  /** Each with the address on it, where it is not the channel's own. */
  readonly over: readonly { readonly channel: string; readonly to?: string }[];
  /** It waits for their digest. */
  readonly isHeld: boolean;
}

/**
 * Who would be told of an incident that opens now, minute by minute, if every channel delivered at once and nobody
 * acknowledged.
 *
 * @param minutes  how far to look ahead
 */
export function rehearse(
  {
    onCall,
    channels,
    now,
    ...rest
  }: Pick<Situation, 'onCall' | 'channels' | 'now'> & Pick<Situation['incident'], 'severity' | 'series'>,
  minutes: number,
): readonly Word[] {
  const incident = { id: 'rehearsal', status: 'open' as const, history: [], ...rest };
  const planned: Notification[] = [];
  for (let minute = 0; minute <= minutes; minute++) {
    const at = new Date(now.getTime() + minute * MINUTE_MS);
    const since = isQuiet(at, onCall) ? nightBeganAt(at, onCall).toISOString() : at.toISOString();
    const tonight = planned.filter(({ createdAt }) => createdAt >= since);
    const situation = {
      incident,
      planned: [...planned],
      pagesTonight: countPages(tonight),
      onCall,
      now: at,
      channels,
    };
    const added = minute === 0 ? planStep('opened', situation) : plan(situation).add;
    planned.push(
      ...added.map((each) => (each.status === 'due' ? { ...each, status: 'delivered' as const } : each)),
    );
  }
  return wordsOf(planned);
}

/** Notifications gathered by step and officer, in the order of the first of each. */
export function wordsOf(notifications: readonly Notification[]): readonly Word[] {
  const words = new Map<string, Word>();
  for (const { step, officerId, channel, to, status, createdAt } of notifications) {
    const key = `${step} ${officerId}`;
    const isHeld = status === 'held';
    const over = isHeld ? [] : [{ channel, ...(to === undefined ? {} : { to }) }];
    const known = words.get(key) ?? {
      at: createdAt,
      step,
      isHeld,
      ...(officerId === undefined ? {} : { officerId }),
      over: [],
    };
    words.set(key, { ...known, over: [...known.over, ...over] });
  }
  return [...words.values()];
}
