import type { Severity } from '../../src/domain/alert.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Notification } from '../../src/domain/notification.ts';
import { countPages, type Situation } from '../../src/routing/board.ts';
import { isQuiet, nightBeganAt } from '../../src/routing/clock.ts';
import { heldFor, planDigests } from '../../src/routing/digest.ts';
import type { OnCall } from '../../src/routing/on-call.ts';
import { isOutdated, plan, planStep } from '../../src/routing/plan.ts';

const MINUTE_MS = 60_000;

/** What a channel does with what it is handed: delivers after so many minutes, refuses for good, or says nothing. */
export type Behaviour = { readonly afterMinutes: number } | 'refuses' | 'silent';

export interface WorldOptions {
  readonly onCall: OnCall;
  readonly channels: readonly string[];
  /** By address, `channel to`. */
  readonly behaviour: (address: string) => Behaviour;
  readonly start: Date;
  readonly roundMinutes: number;
  /** Rounds of which only so many notifications are stored before the program is killed. */
  readonly crashes: ReadonlyMap<number, number>;
}

export interface WorldIncident {
  readonly id: string;
  readonly severity: Severity;
  readonly series: readonly `${'facility' | 'province' | 'story'}:${string}`[];
  /** The round in which it opens. */
  readonly opensIn: number;
  /** The round in which somebody takes it. */
  readonly takenIn?: number;
}

type Told = Pick<Incident, 'id' | 'status' | 'severity' | 'series' | 'history'>;

/** Plays officers, channels and the clock around the planner, as the detect and notify stages do around the stores. */
export class RoutingWorld {
  readonly notifications: Notification[] = [];
  readonly now: Date;
  readonly #options: WorldOptions;
  readonly #incidents: readonly WorldIncident[];
  #round = -1;

  constructor(options: WorldOptions, incidents: readonly WorldIncident[]) {
    this.#options = options;
    this.#incidents = incidents;
    this.now = new Date(options.start);
  }

  at(round: number): Date {
    return new Date(this.#options.start.getTime() + round * this.#options.roundMinutes * MINUTE_MS);
  }

  /** One round: what the channels have done since the last, then what is planned. */
  step(): void {
    this.#round += 1;
    this.now.setTime(this.at(this.#round).getTime());
    this.#deliver();
    const budget = { left: this.#options.crashes.get(this.#round) ?? Number.POSITIVE_INFINITY };
    const recent = () => this.notifications;
    for (const incident of this.#standing()) {
      // A call whose job was cut short is made again.
      const isNew = this.#round - this.#opensIn(incident.id) <= 1;
      if (isNew) this.#store(planStep('opened', this.situation(incident)), budget);
      this.#store(plan(this.situation(incident)).add, budget);
    }
    this.#store(
      planDigests({
        ...this.#view(),
        recent: recent(),
        incidents: this.#byId(),
        channels: this.#options.channels,
      }),
      budget,
    );
  }

  /** What would be planned now, everything planned so far being stored. */
  owed(): readonly Notification[] {
    return this.#standing().flatMap((incident) => plan(this.situation(incident)).add);
  }

  situation(incident: Told): Situation {
    const { onCall, channels } = this.#options;
    const began = nightBeganAt(this.now, onCall).toISOString();
    const tonight = isQuiet(this.now, onCall)
      ? this.notifications.filter(({ createdAt }) => createdAt >= began)
      : [];
    return {
      incident,
      planned: this.notifications.filter(({ incidentId }) => incidentId === incident.id),
      pagesTonight: countPages(tonight),
      onCall,
      now: this.now,
      channels,
    };
  }

  /** When an officer first had word of an incident, over an address of theirs; `undefined` if never yet. */
  reachedAt(incidentId: string): Date | undefined {
    const { officers } = this.#options.onCall;
    const own = this.notifications.filter(
      ({ officerId, channel, to, deliveredAt }) =>
        deliveredAt !== undefined &&
        officers.get(officerId ?? '')?.channels.some((each) => each.channel === channel && each.to === to),
    );
    const words = own.filter((each) =>
      each.step.startsWith('digest-') ? this.#tells(each, incidentId) : each.incidentId === incidentId,
    );
    const times = words.map(({ deliveredAt }) => Date.parse(deliveredAt ?? ''));
    return times.length === 0 ? undefined : new Date(Math.min(...times));
  }

  /** Words about an incident to channels' own addresses, where whoever keeps the program sees them. */
  toOperator(incidentId: string): readonly Notification[] {
    return this.notifications.filter((each) => {
      if (each.to !== undefined || each.status === 'held') return false;
      return each.step.startsWith('digest-') ? this.#tells(each, incidentId) : each.incidentId === incidentId;
    });
  }

  #tells(digest: Notification, incidentId: string): boolean {
    return heldFor(digest, { ...this.#view(), recent: this.notifications, incidents: this.#byId() }).includes(
      incidentId,
    );
  }

  #view() {
    return { onCall: this.#options.onCall, now: this.now };
  }

  #opensIn(id: string): number {
    return this.#incidents.find((each) => each.id === id)?.opensIn ?? 0;
  }

  #standing(): Told[] {
    return this.#incidents
      .filter(({ opensIn }) => opensIn <= this.#round)
      .map(({ id, severity, series, takenIn = Number.POSITIVE_INFINITY }) => ({
        id,
        severity,
        series,
        status: takenIn <= this.#round ? ('acknowledged' as const) : ('open' as const),
        history: [],
      }));
  }

  #byId(): Map<string, Told> {
    return new Map(this.#standing().map((incident) => [incident.id, incident]));
  }

  #store(wanted: readonly Notification[], budget: { left: number }): void {
    for (const notification of wanted) {
      if (budget.left <= 0) return;
      if (this.notifications.some(({ id }) => id === notification.id)) continue;
      budget.left -= 1;
      this.notifications.push(notification);
    }
  }

  #deliver(): void {
    const statuses = this.#byId();
    this.notifications.forEach((notification, index) => {
      if (notification.status !== 'due') return;
      const status = statuses.get(notification.incidentId)?.status ?? 'open';
      if (isOutdated(notification.step, status)) {
        this.notifications[index] = { ...notification, status: 'failed' };
        return;
      }
      const behaviour = this.#options.behaviour(`${notification.channel} ${notification.to ?? ''}`);
      if (behaviour === 'silent') return;
      if (behaviour === 'refuses') {
        this.notifications[index] = { ...notification, status: 'failed' };
        return;
      }
      const deliveredMs = Date.parse(notification.createdAt) + behaviour.afterMinutes * MINUTE_MS;
      if (deliveredMs > this.now.getTime()) return;
      const deliveredAt = new Date(deliveredMs).toISOString();
      this.notifications[index] = { ...notification, status: 'delivered', deliveredAt };
    });
  }
}
