import { randomUUID } from 'node:crypto';

import type { Logger } from 'pino';

import {
  type HealthBounds,
  judgePipeline,
  type PipelineFault,
  type PipelineReadings,
} from '../domain/pipeline-health.ts';
import {
  type BulletinDelivery,
  deliveriesDue,
  laterWatch,
  NO_WATCH,
  noteDelivery,
  noteLook,
  type PipelineWatch,
} from '../domain/pipeline-watch.ts';
import { PermanentError } from '../errors.ts';
import type { Channel } from '../ports/channel.ts';
import type { PipelineWatchStore } from '../ports/pipeline-watch-store.ts';
import { BoundedReading } from './bounded-reading.ts';
import { bulletinMessage, faultLines } from './bulletin-message.ts';

/** Tells the outside that all is well, or what is not. @throws if it could not be told */
export type Heartbeat = (trouble: string | undefined, signal: AbortSignal) => Promise<void>;

export interface WatchdogDeps {
  /** Never rejects. */
  readonly read: () => Promise<PipelineReadings>;
  readonly bounds: HealthBounds;
  readonly everyMs: number;
  /** What a program that has just begun still finds as it was left is no fault for so long. */
  readonly graceMs: number;
  readonly store: PipelineWatchStore;
  readonly channels: readonly Channel[];
  /** Where operators are reached: `email`, or `email:it@soyte.example` for an address there. */
  readonly operators: readonly string[];
  readonly heartbeat?: Heartbeat;
  readonly consoleUrl: string;
  /** Told of every look; must not throw. */
  readonly looked: (readings: PipelineReadings, faults: readonly PipelineFault[]) => void;
  /** Told how each heartbeat went; must not throw. */
  readonly beat: (wasSent: boolean) => void;
  readonly log: Logger;
}

/** A channel, a store or a heartbeat that has not answered by then is asked again at the next look. */
const PATIENCE_MS = 30_000;

/**
 * Looks at the pipeline from beside it, on a timer of its own: queues and stores may be what has stopped.
 *
 * Every process looks; one of them, which `lead` names, sends heartbeats and tells the operators. Where the queues are
 * away nobody can be named: then all of them do, and what they share in the store keeps them from telling twice. Where
 * that is away as well, each tells for itself.
 */
export class Watchdog {
  readonly #deps: WatchdogDeps;
  readonly #by = randomUUID();
  #memory: PipelineWatch = NO_WATCH;
  #faults: readonly PipelineFault[] = [];
  #isLeader = false;
  #isMute = false;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> | undefined;
  #isClosed = false;

  constructor(deps: WatchdogDeps) {
    this.#deps = deps;
  }

  /** Whether this process is the one that tells. */
  lead(isLeader: boolean): void {
    this.#isLeader = isLeader;
  }

  /** Looks now and every `everyMs` from the end of a look. */
  start(): void {
    const next = () => {
      if (this.#isClosed) return;
      this.#underWay = this.look().finally(() => {
        this.#timer = setTimeout(next, this.#deps.everyMs);
        this.#timer.unref();
      });
    };
    next();
  }

  /** Ends after the look that is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#underWay;
    clearTimeout(this.#timer);
  }

  /** What the last look found. @throws with the faults in words, where there are any */
  refuseIfFaulty(): void {
    if (this.#faults.length > 0) throw new Error(faultLines(this.#faults));
  }

  /** One look. Never rejects: what goes wrong is logged, and tried again at the next one. */
  async look(): Promise<void> {
    const { read, bounds, looked, log } = this.#deps;
    try {
      const readings = await read();
      this.#faults = judgePipeline(readings, bounds);
      looked(readings, this.#faults);
      if (this.#isLeader || readings.queuesAwaySince !== undefined) await this.#tell(readings);
    } catch (err) {
      log.error({ err }, 'watchdog');
    }
  }

  async #tell({ now, startedAt }: PipelineReadings): Promise<void> {
    const { everyMs, graceMs, operators } = this.#deps;
    const faults = this.#faults;
    // Neither told nor well: a program that is restarted again and again gives no sign of life.
    if (faults.length > 0 && now.getTime() - startedAt.getTime() < graceMs) return;
    const look = { now, faults, everyMs, by: this.#by, operators };
    const watch = await this.#remember((known) => noteLook(known, look));
    const due = deliveriesDue(watch, this.#by);
    await Promise.all([this.#beat(watch), ...due.map((to) => this.#deliver(watch, to))]);
  }

  /** In the store where that answers, in memory anyway. */
  async #remember(change: (known: PipelineWatch) => PipelineWatch): Promise<PipelineWatch> {
    const merged = (stored: PipelineWatch) => change(laterWatch(this.#memory, stored));
    const storing = new BoundedReading(() => this.#deps.store.update(merged), {
      keepMs: 0,
      boundMs: PATIENCE_MS,
    });
    this.#memory = await storing.read().catch(() => change(this.#memory));
    return this.#memory;
  }

  async #beat({ bulletin, faults }: PipelineWatch): Promise<void> {
    const { heartbeat, beat, log } = this.#deps;
    if (heartbeat === undefined) return;
    const deaf = (bulletin?.deliveries ?? []).filter(
      ({ status, error }) => error !== undefined && (status === 'due' || faults.length > 0),
    );
    const trouble = [
      ...(this.#faults.length === 0 ? [] : [faultLines(this.#faults)]),
      ...deaf.map(({ to, error }) => `Chưa báo được người vận hành / operator not reached: ${to}: ${error}`),
    ].join('\n');
    try {
      await heartbeat(trouble === '' ? undefined : trouble, AbortSignal.timeout(PATIENCE_MS));
      this.#isMute = false;
      beat(true);
    } catch (err) {
      beat(false);
      // Once, until it has worked again.
      if (!this.#isMute) log.warn({ err }, 'heartbeat');
      this.#isMute = true;
    }
  }

  async #deliver({ bulletin }: PipelineWatch, to: string): Promise<void> {
    if (bulletin === undefined) return;
    const delivery = await this.#handOver(bulletinMessage(bulletin, this.#deps.consoleUrl), bulletin.id, to);
    if (delivery.error !== undefined) {
      this.#deps.log.warn({ to: channelOf(to), reason: delivery.error }, 'operators');
    }
    await this.#remember((known) => noteDelivery(known, bulletin.id, delivery));
  }

  async #handOver(
    message: ReturnType<typeof bulletinMessage>,
    notificationId: string,
    to: string,
  ): Promise<BulletinDelivery> {
    const channel = this.#deps.channels.find(({ name }) => name === channelOf(to));
    if (channel === undefined) return { to, status: 'failed', error: 'not configured' };
    const address = to.slice(channel.name.length + 1);
    try {
      const delivery = { notificationId, ...(address === '' ? {} : { to: address }) };
      await channel.deliver(message, delivery, AbortSignal.timeout(PATIENCE_MS));
      return { to, status: 'delivered' };
    } catch (error) {
      return { to, status: error instanceof PermanentError ? 'failed' : 'due', error: reasonOf(error) };
    }
  }
}

/** `email` of `email:it@soyte.example`. */
function channelOf(to: string): string {
  return to.split(':', 1)[0] as string;
}

/** Short, without any password in an address. */
function reasonOf(error: unknown): string {
  const { reason, message } = (error ?? {}) as { reason?: unknown; message?: unknown };
  const words = typeof reason === 'string' && reason !== '' ? reason : String(message ?? error);
  return words.slice(0, 200).replace(/\/\/[^/@\s]*@/g, '//***@');
}
