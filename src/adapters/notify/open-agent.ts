import { Agent } from 'undici';

/** Longest wait for the connection, for the headers, and between two pieces of an answer, unless told otherwise. */
export const DELIVERY_TIMEOUT_MS = 15_000;

/** Connections of one channel, every wait bounded. */
export function openAgent(timeoutMs: number): Agent {
  return new Agent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxHeaderSize: 16 * 1024,
  });
}
