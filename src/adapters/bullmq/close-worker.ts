import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 100;

/** How long a worker that was in the middle of closing when its backend went is left to it. */
const PATIENCE_MS = 2_000;

/** What is needed of BullMQ's worker; its type differs with its backend. */
interface Closable {
  close(isForced?: boolean): Promise<void>;
  getBackend(): { close(isForced?: boolean): Promise<void> };
}

/**
 * Closes a worker: it takes nothing new, and what it has in hand is finished and recorded.
 *
 * While the backend is away nothing can be recorded, and BullMQ would wait for it without end. Then the worker is left
 * as soon as the work in hand is done; jobs whose end nobody heard of are taken up by another worker later.
 *
 * @param inHand  how many jobs are being worked on just now
 * @param isAway  whether the backend is out of reach just now
 */
export async function closeWorker(
  worker: Closable,
  inHand: () => number,
  isAway: () => boolean,
): Promise<void> {
  while (isAway()) {
    if (inHand() === 0) return worker.close(true);
    await sleep(LOOK_MS);
  }
  const closed = worker.close().then(() => true);
  let lostAt: number | undefined;
  while (!(await Promise.race([closed, sleep(LOOK_MS, false)]))) {
    // Gone once is enough: BullMQ does not notice that it is back.
    if (isAway()) lostAt ??= performance.now();
    if (lostAt === undefined || inHand() > 0 || performance.now() - lostAt < PATIENCE_MS) continue;
    await worker.getBackend().close(true);
    return;
  }
}
