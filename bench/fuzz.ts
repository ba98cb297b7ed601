/**
 * Whether any input makes a reader take more than a second of CPU or 512 MB, or throw.
 *
 * `npm run bench -- fuzz [--seconds 60] [--seed N] [--from INDEX] [--replay FILE]`: breaks the real pages and feeds
 * beside the repository (its own fixtures where there are none) and makes hostile ones, and reads each with every
 * reader, in a process of their own that may be killed. An input that offends is kept in the folder that is
 * printed, to be replayed. Exits 1 when there was one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fuzzInputs } from './fuzz-inputs.ts';

const MAX_CPU_MS = 1000;
const MAX_RSS_MB = 512;
/** By the clock, on a busy machine; what takes so long has hung. */
const HANG_MS = 20_000;
/** Objects alone; buffers come on top. */
const HEAP_MB = 384;

const report = z.object({
  index: z.number(),
  reader: z.string(),
  ms: z.number().optional(),
  rssMb: z.number().optional(),
  threw: z.string().optional(),
});
type Report = z.infer<typeof report>;

interface Tally {
  inputs: number;
  /** One past the last input that was begun. */
  next: number;
  peakMb: number;
  readonly slowest: Map<string, Report>;
  readonly offences: Map<number, string>;
}

/** Runs the fuzzer with command-line arguments and prints the slowest input of each reader. */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      replay: { type: 'string' },
    },
  });
  const tally: Tally = {
    inputs: 0,
    next: Number(values.from),
    peakMb: 0,
    slowest: new Map(),
    offences: new Map(),
  };
  if (values.replay !== undefined) {
    await watch(['--file', values.replay], tally, Date.now() + HANG_MS * 10);
  } else {
    const until = Date.now() + Number(values.seconds) * 1000;
    // A reader that was killed is begun again behind the input that killed it.
    while (Date.now() < until) await watch([values.seed, String(tally.next)], tally, until);
  }
  printTally(tally);
  if (tally.offences.size === 0) return;
  process.exitCode = 1;
  if (values.replay === undefined) keep(tally, values.seed);
}

/** One process, until the time is up, it hangs or it dies. */
async function watch(args: readonly string[], tally: Tally, until: number): Promise<void> {
  const program = join(import.meta.dirname, 'fuzz-readers.ts');
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${HEAP_MB}`, '--import', 'tsx', program, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let last: Report | undefined;
  let isStopped = false;
  const stop = () => {
    isStopped = true;
    child.kill('SIGKILL');
  };
  const atEnd = setTimeout(stop, Math.max(0, until - Date.now()));
  const errors = lastWords(child);
  const ended = once(child, 'close');
  let hang = setTimeout(stop, HANG_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(hang);
    last = report.parse(JSON.parse(line));
    note(last, tally);
    hang = setTimeout(() => {
      tally.offences.set(last?.index ?? -1, `${last?.reader} hangs`);
      stop();
    }, HANG_MS);
    if ((last.rssMb ?? 0) > MAX_RSS_MB) stop();
  }
  await ended;
  clearTimeout(hang);
  clearTimeout(atEnd);
  if (isStopped || child.exitCode === 0) return;
  if (last === undefined) throw new Error(`The readers do not start: ${errors()}`);
  tally.offences.set(last.index, `${last.reader} kills the process: ${errors()}`);
}

function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (data: Buffer) => {
    text = (text + data.toString()).slice(-2000);
  });
  return () => text.split('\n').find((line) => /error/i.test(line)) ?? text.slice(0, 200);
}

function note(line: Report, tally: Tally): void {
  const { index, reader, ms, rssMb, threw } = line;
  if (index >= tally.next) {
    tally.next = index + 1;
    tally.inputs += 1;
  }
  if (threw !== undefined) tally.offences.set(index, `${reader} throws ${threw}`);
  if (ms === undefined || rssMb === undefined) return;
  tally.peakMb = Math.max(tally.peakMb, rssMb);
  if (ms > (tally.slowest.get(reader)?.ms ?? 0)) tally.slowest.set(reader, line);
  if (ms > MAX_CPU_MS) tally.offences.set(index, `${reader} takes ${ms.toFixed(0)} ms of CPU`);
  if (rssMb > MAX_RSS_MB) tally.offences.set(index, `${reader} takes ${rssMb.toFixed(0)} MB`);
}

function printTally({ inputs, peakMb, slowest, offences }: Tally): void {
  print(`${inputs} inputs, peak ${peakMb.toFixed(0)} MB, ${offences.size} too much for a reader`);
  print('reader                        slowest, CPU ms   input');
  for (const [reader, { ms = 0, index }] of slowest)
    print(`${reader.padEnd(28)} ${ms.toFixed(0).padStart(16)}   ${String(index).padStart(5)}`);
  for (const [index, what] of offences) print(`input ${index}: ${what}`);
}

function keep({ offences }: Tally, seed: string): void {
  const folder = join(tmpdir(), 'nhip-yte-fuzz');
  mkdirSync(folder, { recursive: true });
  const inputs = fuzzInputs(seed);
  for (const index of offences.keys())
    if (index >= 0) writeFileSync(join(folder, `${seed}-${index}.bin`), inputs.make(index));
  print(`kept in ${folder}; replay one with: npm run bench -- fuzz --replay FILE`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
