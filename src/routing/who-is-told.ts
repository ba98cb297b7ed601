import type { Notification } from '../domain/notification.ts';
import type { Situation } from './board.ts';
import { plan } from './plan.ts';

/** What an incident's page says of who knows. */
export interface WhoIsTold {
  /** Oldest first; `who` is the officer's name or role, absent where it went to the channel's own address. */
  readonly told: readonly (Pick<
    Notification,
    'id' | 'step' | 'channel' | 'status' | 'createdAt' | 'deliveredAt'
  > & {
    readonly who?: string;
  })[];
  /** Who is called next, and when, if nobody takes the incident. */
  readonly next?: { readonly at: string; readonly who: readonly string[] };
}

/** Who has been told of an incident, when, over what, and who is next. */
export function whoIsTold(situation: Situation): WhoIsTold {
  const nameOf = (id: string) => situation.onCall.officers.get(id)?.name ?? id;
  const { next } = plan(situation);
  return {
    told: situation.planned.map(({ id, step, channel, status, createdAt, deliveredAt, officerId }) => ({
      id,
      step,
      channel,
      status,
      createdAt,
      ...(deliveredAt === undefined ? {} : { deliveredAt }),
      ...(officerId === undefined ? {} : { who: nameOf(officerId) }),
    })),
    ...(next === undefined ? {} : { next: { at: next.at, who: next.officers.map(nameOf) } }),
  };
}
