/**
 * A process of its own that reads one document and ends: whatever a hostile file does to it, nothing else suffers. It
 * ends itself, without a word, when it takes more memory than it may.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { type DocumentReading, documentKind, MAX_DOCUMENT_CHARS } from '../../domain/document.ts';
import { readDocx } from './docx-text.ts';
import { readPdf } from './pdf-text.ts';

/** What the process is asked: one document, and the memory that it may take in all. */
export interface DocumentOrder {
  readonly bytes: Uint8Array;
  readonly maxMemoryBytes: number;
}

/**
 * Parsing keeps the process's one thread busy, so a second one watches. Memory outside of the JavaScript heap, where
 * unpacked streams lie, has no other bound.
 */
const WATCH = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  if (process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL');
}, 20);`;

process.once('message', (order: DocumentOrder) => {
  void answer(order);
});

async function answer({ bytes, maxMemoryBytes }: DocumentOrder): Promise<void> {
  const watch = new Worker(WATCH, { eval: true, workerData: maxMemoryBytes, execArgv: [] });
  await once(watch, 'online');
  const reading = await read(bytes);
  process.send?.(bounded(reading), () => process.exit(0));
}

async function read(bytes: Uint8Array): Promise<DocumentReading> {
  const kind = documentKind(bytes);
  if (kind === 'pdf') return readPdf(bytes);
  if (kind === 'docx') return readDocx(bytes);
  return { ok: false, reason: kind === 'doc' ? 'unsupported' : 'unreadable' };
}

/** Controls but line ends, halves of pairs, soft hyphens, zero-width spaces, byte order marks. */
const UNSEEN = /(?!\n)\p{Cc}|[\p{Cs}\u00ad\u200b\ufeff\ufffe\uffff]/gu;

function bounded(reading: DocumentReading): DocumentReading {
  if (!reading.ok) return reading;
  const clean = (text: string) => text.replace(UNSEEN, '').normalize('NFC');
  return {
    ...reading,
    text: clean(reading.text).slice(0, MAX_DOCUMENT_CHARS),
    ...(reading.title === undefined ? {} : { title: clean(reading.title) }),
  };
}
