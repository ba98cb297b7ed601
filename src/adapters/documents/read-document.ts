import { fork } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { DocumentReading } from '../../domain/document.ts';
import type { DocumentOrder } from './document-process.ts';

/** A circular of 67 pages takes three seconds on a slow machine. */
const TIMEOUT_MS = 60_000;
/** Of the whole process, which takes 80 to 190 MB for documents in earnest. */
const MAX_MEMORY_BYTES = 512 * 1024 * 1024;

const IS_SOURCE = import.meta.url.endsWith('.ts');
const PROCESS = fileURLToPath(new URL(`./document-process.${IS_SOURCE ? 'ts' : 'js'}`, import.meta.url));

/**
 * Reads a PDF or DOCX file in a process of its own, which is ended after a minute or at 512 MiB: parsers of such files
 * are large and the files come from anywhere. The process gets no environment and hence no secret.
 *
 * @throws the signal's reason, if it fires
 */
export async function readDocument(
  bytes: Uint8Array,
  signal: AbortSignal,
  { timeoutMs = TIMEOUT_MS, maxMemoryBytes = MAX_MEMORY_BYTES } = {},
): Promise<DocumentReading> {
  signal.throwIfAborted();
  const child = fork(PROCESS, [], {
    cwd: dirname(PROCESS),
    execArgv: IS_SOURCE ? ['--import', 'tsx'] : [],
    env: process.env.PATH === undefined ? {} : { PATH: process.env.PATH },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const end = () => child.kill('SIGKILL');
  const timer = setTimeout(end, timeoutMs);
  signal.addEventListener('abort', end, { once: true });
  try {
    const reading = await new Promise<DocumentReading>((resolve, reject) => {
      child.once('message', (message) => resolve(message as DocumentReading));
      child.once('error', reject);
      child.once('exit', () => resolve({ ok: false, reason: 'too-complex' }));
      const order: DocumentOrder = { bytes, maxMemoryBytes };
      // A process that has ended before it heard the order is told of by its end.
      child.send(order, () => {});
    });
    signal.throwIfAborted();
    return reading;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    end();
  }
}
