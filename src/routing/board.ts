import type { Severity } from '../domain/alert.ts';
import { type Incident, rank } from '../domain/incident.ts';
import type { Notification } from '../domain/notification.ts';
import { HOUR_MS } from '../domain/time.ts';
import { digestAfter, isQuiet, isWorking, nightBeganAt } from './clock.ts';
import type { Address, OnCall } from './on-call.ts';

export const MINUTE_MS = 60_000;

/** What one plan numbers together, and what a crash left half planned, is one round. */
const ROUND_MS = MINUTE_MS;

/** A channel by this name carries nothing: it stands for the digest in what is held. */
const HELD_FOR = 'digest';

/** All that decides who is told next. */
export interface Situation {
  readonly incident: Pick<Incident, 'id' | 'status' | 'severity' | 'series' | 'history'>;
  /** Everything planned for the incident so far, oldest first. */
  readonly planned: readonly Notification[];
  /** By officer: what they were paged with below critical in this stretch of quiet hours, over all incidents. */
  readonly pagesTonight: ReadonlyMap<string, number>;
  readonly onCall: OnCall;
  readonly now: Date;
  /** Names of the channels that exist. */
  readonly channels: readonly string[];
}

/** What has been planned for one incident, and what a plan adds to it. */
export class Board {
  readonly added: Notification[] = [];
  readonly #situation: Situation;
  readonly #planned: readonly Notification[];
  readonly #now: number;
  #callAt: string;

  /** @param callAt  when the call that stands was made: what was told before it counts for nothing */
  constructor(situation: Situation, callAt: string) {
    this.#situation = situation;
    // A digest is of many incidents, whichever's id it bears, and planned apart.
    this.#planned = situation.planned.filter((each) => !isDigest(each));
    this.#now = situation.now.getTime();
    this.#callAt = callAt;
  }

  get policy() {
    return this.#situation.onCall.policies[this.#situation.incident.severity];
  }

  /** The officer, or others at each of their addresses, have been sent something since the call, or are to get a digest. */
  isTold(officerId: string): boolean {
    if (this.#since(officerId).length > 0) return true;
    const since = this.#all.filter(({ createdAt }) => createdAt >= this.#callAt);
    const addresses = this.#addressesOf(officerId);
    return addresses.length > 0 && addresses.every((address) => since.some((each) => isAt(each, address)));
  }

  /** Sends the officer a step, or, where they may not be paged for it now, keeps it for their next digest. */
  tellOrHold(step: string, officerId: string): void {
    if (
      this.#all.some((each) => each.step === step && each.officerId === officerId && each.status === 'held')
    ) {
      return;
    }
    // A digest for whom no channel leads to goes to the operator.
    if (this.#mayPage(officerId) && this.#addressesOf(officerId).length > 0) this.tell(step, officerId);
    else this.#add(step, officerId, { channel: HELD_FOR }, 'held');
  }

  /** Sends the officer a step if they may be paged: over one address that the step has not used, or over all. */
  tell(step: string, officerId: string): void {
    if (!this.#mayPage(officerId)) return;
    const ofStep = this.#ofStep(step);
    const free = this.#addressesOf(officerId).filter(
      (address) => !ofStep.some((each) => isAt(each, address)),
    );
    const isUnderWay = ofStep.some((each) => each.officerId === officerId);
    const isOne = this.policy.over === 'first';
    for (const address of isOne ? free.slice(0, isUnderWay ? 0 : 1) : free) {
      this.#add(step, officerId, address, 'due');
    }
  }

  /** Another word to an officer who was told, at the policy's pace. */
  remind(officerId: string): void {
    const { remind } = this.policy;
    const told = this.#since(officerId);
    const last = told.at(-1);
    if (remind === undefined || last === undefined) return;
    const rounds = new Set(told.filter(({ step }) => step.startsWith('reminder-')).map(({ step }) => step));
    const minutes = rounds.size < remind.times ? remind.everyMinutes : remind.thenEveryMinutes;
    if (this.#now - this.#toldAt(last) >= minutes * MINUTE_MS)
      this.tell(this.numbered('reminder'), officerId);
  }

  /** Whether somebody who has just come on duty is still told of the call. */
  get isStillNews(): boolean {
    return this.policy.remind !== undefined || this.#now - Date.parse(this.#callAt) < HOUR_MS;
  }

  /** When to call who comes after these officers, milliseconds since 1970: at once if nothing is to be hoped of them. */
  nextLineAt(before: readonly string[]): number {
    const asked = before.filter((id) => this.isTold(id) && !this.isOutOfReach(id) && !this.#isPassedOver(id));
    if (asked.length === 0) return this.#now;
    // By step, since who came on duty meanwhile was told of the same call later.
    const toldAt = new Map<string, number>();
    for (const each of asked.flatMap((id) => this.#since(id))) {
      if (isCallOrEscalation(each)) {
        toldAt.set(
          each.step,
          Math.min(this.#toldAt(each), toldAt.get(each.step) ?? Number.POSITIVE_INFINITY),
        );
      }
    }
    return Math.max(0, ...toldAt.values()) + this.policy.escalateAfterMinutes * MINUTE_MS;
  }

  /** Each address of the officer has failed us since the call and has not worked since, or they have none. */
  isOutOfReach(officerId: string): boolean {
    const since = this.#all.filter(({ createdAt }) => createdAt >= this.#callAt);
    return this.#addressesOf(officerId).every((address) => {
      const there = since.filter((each) => isAt(each, address));
      const lastStuck = there.filter((each) => this.#isStuck(each)).at(-1);
      return (
        lastStuck !== undefined &&
        !there.some((each) => each.status === 'delivered' && each.createdAt >= lastStuck.createdAt)
      );
    });
  }

  /** Takes the next address where none that an officer's share of a step went to has delivered in time. */
  fallBack(step: string, officerId: string): void {
    const ofStep = this.#ofStep(step);
    const share = ofStep.filter((each) => each.officerId === officerId);
    if (share.some((each) => !this.#isStuck(each))) return;
    // What began by day wakes nobody who may not be woken.
    if (!share.some(({ createdAt }) => createdAt >= this.#nightBeganAt) && !this.#mayPage(officerId)) return;
    const untried = this.#addressesOf(officerId).find(
      (address) => !ofStep.some((each) => isAt(each, address)),
    );
    if (untried !== undefined) this.#add(step, officerId, untried, 'due');
  }

  /** Tells over every channel's own address that no officer can be reached, at the pace of reminders. */
  tellOperator(): void {
    const last = this.#since(undefined).at(-1);
    const minutes = this.policy.remind?.everyMinutes ?? this.policy.escalateAfterMinutes;
    if (last !== undefined && this.#now - Date.parse(last.createdAt) < minutes * MINUTE_MS) return;
    const step = this.numbered('escalation');
    const ofStep = this.#ofStep(step);
    for (const channel of this.#situation.channels) {
      const isUsed = ofStep.some((each) => each.channel === channel && each.to === undefined);
      if (!isUsed) this.#add(step, undefined, { channel }, 'due');
    }
  }

  /** `reminder-3`: one number for all that a round tells. */
  numbered(kind: 'reminder' | 'escalation'): string {
    const rounds = this.#planned
      .filter(({ step }) => step.startsWith(`${kind}-`))
      .map(({ step, createdAt }) => ({ number: Number(step.slice(kind.length + 1)), createdAt }));
    const last = Math.max(0, ...rounds.map(({ number }) => number));
    const isUnderWay = rounds.some(
      ({ number, createdAt }) => number === last && this.#now - Date.parse(createdAt) < ROUND_MS,
    );
    return `${kind}-${isUnderWay ? last : last + 1}`;
  }

  get #nightBeganAt(): string {
    return nightBeganAt(this.#situation.now, this.#situation.onCall).toISOString();
  }

  get #all(): readonly Notification[] {
    return [...this.#planned, ...this.added];
  }

  #ofStep(step: string): readonly Notification[] {
    return this.#all.filter((each) => each.step === step);
  }

  #since(officerId: string | undefined): readonly Notification[] {
    return this.#all.filter((each) => each.officerId === officerId && each.createdAt >= this.#callAt);
  }

  #addressesOf(officerId: string): readonly Address[] {
    return addressesOf(officerId, this.#situation.onCall, this.#situation.channels);
  }

  /** What is held is told with the digest. */
  #toldAt({ status, createdAt }: Notification): number {
    const at = new Date(createdAt);
    return (status === 'held' ? digestAfter(at, this.#situation.onCall) : at).getTime();
  }

  #isStuck(notification: Notification): boolean {
    return isStuck(notification, this.policy.nextChannelAfterMinutes, this.#now);
  }

  /** Their share is held only because they have been woken often enough tonight: somebody else may still be woken. */
  #isPassedOver(officerId: string): boolean {
    const isHeld = this.#since(officerId).every(({ status }) => status === 'held');
    return isHeld && this.#isTime && !this.#hasBudget(officerId);
  }

  #mayPage(officerId: string): boolean {
    return this.#isTime && (this.#situation.incident.severity === 'critical' || this.#hasBudget(officerId));
  }

  /** Whether the hour and the mutes allow a page, whomever it is for. */
  get #isTime(): boolean {
    const { incident, onCall, now } = this.#situation;
    if (incident.severity === 'critical') return true;
    return !isMuted(incident, onCall, now) && isHourOf(incident.severity, onCall, now);
  }

  #hasBudget(officerId: string): boolean {
    const { onCall, now, pagesTonight } = this.#situation;
    if (!isQuiet(now, onCall)) return true;
    const added = this.added.filter((each) => each.officerId === officerId && each.status === 'due');
    const pages = (pagesTonight.get(officerId) ?? 0) + new Set(added.map(({ step }) => step)).size;
    return pages < onCall.nightlyPages;
  }

  #add(
    step: string,
    officerId: string | undefined,
    { channel, to }: { readonly channel: string; readonly to?: string },
    status: 'due' | 'held',
  ): void {
    const { incident, now } = this.#situation;
    const id = [incident.id, step, officerId, channel].filter((part) => part !== undefined).join('-');
    if (this.#all.some((each) => each.id === id)) return;
    this.added.push({
      id,
      incidentId: incident.id,
      step,
      severity: incident.severity,
      channel,
      ...(officerId === undefined ? {} : { officerId }),
      ...(to === undefined ? {} : { to }),
      status,
      attempts: 0,
      createdAt: now.toISOString(),
    });
  }
}

/** The officer's addresses on the channels that exist, in order of preference. */
export function addressesOf(
  officerId: string,
  { officers }: OnCall,
  channels: readonly string[],
): readonly Address[] {
  return (officers.get(officerId)?.channels ?? []).filter(({ channel }) => channels.includes(channel));
}

/** Failed for good, or not delivered for longer than a channel is waited for. */
export function isStuck({ status, createdAt }: Notification, afterMinutes: number, nowMs: number): boolean {
  return (
    status === 'failed' || (status === 'due' && nowMs - Date.parse(createdAt) >= afterMinutes * MINUTE_MS)
  );
}

/** A call tells of something new and begins the wait for an acknowledgement anew. */
export const CALL = /^(?:opened|reopened-\d+|woken-\d+|worse-[a-z]+(?:-\d+)?)$/;

function isCallOrEscalation({ step }: Notification): boolean {
  return CALL.test(step) || step.startsWith('escalation-');
}

export function isDigest({ step }: Pick<Notification, 'step'>): boolean {
  return step.startsWith('digest-');
}

function isAt(notification: Notification, { channel, to }: Address): boolean {
  return notification.channel === channel && notification.to === to;
}

/** By officer: incidents' steps that they were paged with, critical ones apart. @param tonight  since the night began */
export function countPages(tonight: readonly Notification[]): Map<string, number> {
  const pages = new Map<string, Set<string>>();
  for (const page of tonight) {
    if (
      page.officerId === undefined ||
      page.status === 'held' ||
      page.severity === 'critical' ||
      isDigest(page)
    )
      continue;
    const steps = pages.get(page.officerId) ?? new Set();
    pages.set(page.officerId, steps.add(`${page.incidentId}-${page.step}`));
  }
  return new Map([...pages].map(([officerId, steps]) => [officerId, steps.size]));
}

function isHourOf(severity: Severity, onCall: OnCall, now: Date): boolean {
  switch (onCall.policies[severity].hours) {
    case 'always':
      return true;
    case 'waking':
      return !isQuiet(now, onCall);
    case 'working':
      return isWorking(now, onCall) && !isQuiet(now, onCall);
    case 'digest':
      return false;
  }
}

function isMuted({ id, series }: Situation['incident'], { mutes }: OnCall, now: Date): boolean {
  const at = now.toISOString();
  const muted = new Set(mutes.filter(({ until }) => at < until).flatMap(({ of }) => of));
  return muted.has(id) || (series.length > 0 && series.every((key) => muted.has(key)));
}

/** The more severe first. */
export function bySeverity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return rank(b.severity) - rank(a.severity);
}
