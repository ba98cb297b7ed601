import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** One line of a JSON Lines stream: its value, or why it is none. */
export type Line =
  | { readonly number: number; readonly value: unknown }
  | { readonly number: number; readonly error: string };

/** Lines of a JSON Lines file, plain or gzipped, or of standard input for `-`. Empty lines are passed over. */
export async function* readLines(path = '-'): AsyncGenerator<Line> {
  const file = path === '-' ? process.stdin : createReadStream(path);
  // A file that cannot be opened must fail the reader, not the process.
  if (path !== '-') await once(file, 'open');
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  let number = 0;
  for await (const text of createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (text.trim() === '') continue;
    yield parseLine(number, text);
  }
}

function parseLine(number: number, text: string): Line {
  try {
    return { number, value: JSON.parse(text) };
  } catch (error) {
    return { number, error: `not JSON: ${(error as Error).message}` };
  }
}

/** Writes one JSON line to standard output, and waits where the reader is slower than we are. */
export async function writeLine(value: unknown): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, 'drain');
}

/**
 * Applies `answer` to each line of standard input and writes one line per line. A line that cannot be answered gives
 * `{id?, line, error}` in its place, so that nothing is dropped in silence.
 *
 * @returns how many lines could not be answered
 */
export async function answerLines(answer: (value: unknown, line: number) => unknown): Promise<number> {
  let failures = 0;
  for await (const line of readLines()) {
    let output: unknown;
    try {
      if ('error' in line) throw new Error(line.error);
      output = await answer(line.value, line.number);
    } catch (error) {
      failures += 1;
      const id = 'value' in line ? (line.value as { id?: unknown } | null)?.id : undefined;
      output = { ...(id === undefined ? {} : { id }), line: line.number, error: (error as Error).message };
    }
    await writeLine(output);
  }
  return failures;
}
