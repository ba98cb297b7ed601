import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A record of the program's log, as far as tests look at it. */
export interface LogRecord {
  readonly msg?: string;
  readonly stage?: string;
  readonly status?: string;
  readonly level?: number;
  readonly [field: string]: unknown;
}

/** The real program in a process of its own, with its log as it is written. */
export interface Program {
  readonly process: ChildProcess;
  readonly stderr: () => string;
  /** Resolves at the first record, already written or yet to come, that the test is waiting for. */
  waitFor(matches: (record: LogRecord) => boolean, timeoutMs: number): Promise<LogRecord>;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Ends it without warning, as `kill -9` does. */
  kill(): Promise<void>;
  /** Asks it to stop; resolves to its exit code. */
  stop(): Promise<number | null>;
}

/** How much of the log is repeated when a test waits in vain. */
const LAST_RECORDS = 12;

/** Starts `nhip-yte` with the given arguments and environment. */
export function startProgram(args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const cli = resolve(import.meta.dirname, '../../src/cli.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    env: { PATH: process.env.PATH ?? '', OPERATIONS_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails on the way leaves nothing running behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const records: LogRecord[] = [];
  const waiting = new Set<() => void>();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    try {
      records.push(JSON.parse(line) as LogRecord);
    } catch {
      records.push({ msg: line });
    }
    for (const look of waiting) look();
  });
  const lastWords = () =>
    [stderr, ...records.slice(-LAST_RECORDS).map((record) => JSON.stringify(record))].join('\n');
  const ended = new Promise<number | null>((resolveEnd) => {
    child.on('close', (code) => {
      for (const look of waiting) look();
      resolveEnd(code);
    });
  });

  return {
    process: child,
    ended,
    stderr: () => stderr,
    waitFor(matches, timeoutMs) {
      return new Promise((resolveRecord, reject) => {
        const settle = (end: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          end();
        };
        const look = () => {
          const record = records.find(matches);
          if (record !== undefined) settle(() => resolveRecord(record));
          else if (child.exitCode !== null)
            settle(() => reject(new Error(`The program ended. ${lastWords()}`)));
        };
        const timer = setTimeout(
          () => settle(() => reject(new Error(`Nothing of the kind was logged. ${lastWords()}`))),
          timeoutMs,
        );
        waiting.add(look);
        look();
      });
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
