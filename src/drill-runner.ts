import { type ChildProcess, spawn } from 'node:child_process';

import type { Logger } from 'pino';

import type { DrillRun } from './domain/drill-run.ts';

/** What is said beyond this is left out: a report has some thirty lines. */
const MOST_SAID = 20_000;
/** A drill that is told to stop takes away what it has stored; one that hangs does not hold up the program. */
const STOPS_WITHIN_MS = 20_000;

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
}

/**
 * Runs drills one at a time, each in a process of its own, so that a crisis that is none cannot hold up or bring down the
 * program that listens for real ones. Remembers the last.
 */
export class DrillRunner {
  readonly #command: readonly string[];
  readonly #now: () => Date;
  readonly #log: Logger;
  #last: DrillRun | undefined;
  #running: Running | undefined;

  /** @param command  what starts this program, without a verb */
  constructor(command: readonly string[], now: () => Date, log: Logger) {
    this.#command = command;
    this.#now = now;
    this.#log = log;
  }

  last(): DrillRun | undefined {
    return this.#last;
  }

  /** @returns false where one is running already */
  start({ by, isReal }: Pick<DrillRun, 'by' | 'isReal'>): boolean {
    if (this.#running !== undefined) return false;
    const [program = process.execPath, ...args] = this.#command;
    const child = spawn(program, [...args, 'drill', '--channels', isReal ? 'real' : 'log'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#last = { startedAt: this.#now().toISOString(), by, isReal, said: '' };
    const hear = (text: string) => this.#note(({ said }) => ({ said: (said + text).slice(0, MOST_SAID) }));
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => this.#log.warn({ text: text.slice(0, MOST_SAID) }, 'said by a drill'));
    child.once('error', (error) => hear(error.message));
    this.#running = { child, ended: this.#untilEnded(child) };
    return true;
  }

  /** Ends a drill that is running. */
  async close(): Promise<void> {
    if (this.#running === undefined) return;
    const { child, ended } = this.#running;
    child.kill('SIGTERM');
    const cut = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
    await ended;
    clearTimeout(cut);
  }

  #untilEnded(child: ChildProcess): Promise<void> {
    return new Promise((resolve) => {
      child.once('close', (code) => {
        const outcome = code === 0 ? 'passed' : 'failed';
        this.#note(() => ({ end: { at: this.#now().toISOString(), outcome } }));
        this.#log.info({ code, outcome }, 'drill ended');
        this.#running = undefined;
        resolve();
      });
    });
  }

  #note(change: (run: DrillRun) => Partial<DrillRun>): void {
    if (this.#last !== undefined) this.#last = { ...this.#last, ...change(this.#last) };
  }
}
