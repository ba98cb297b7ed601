import { RetryLaterError } from '../src/errors.ts';

/**
 * Does for many at a time what is cheaper so: whoever asks while the batches allowed are under way is part of the next.
 *
 * Nobody waits for a batch to fill. Where a batch fails, its members are done one by one,
 * so that one bad input fails alone; only a far side that asks for patience sends all of them away.
 *
 * @param work     does a batch; gives one result for each input, in order
 * @param limit    most inputs in one batch
 * @param batches  most batches under way at once; they begin in order
 */
export function gather<In, Out>(
  work: (inputs: readonly In[]) => Promise<readonly Out[]>,
  limit: number,
  batches = 1,
): (input: In) => Promise<Out> {
  const waiting: Call<In, Out>[] = [];
  let working = 0;

  const drain = async () => {
    while (waiting.length > 0) await settle(waiting.splice(0, limit), work);
    working -= 1;
  };
  return (input) =>
    new Promise<Out>((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (working === batches) return;
      working += 1;
      // The callers of one moment begin together.
      queueMicrotask(() => void drain());
    });
}

interface Call<In, Out> {
  readonly input: In;
  readonly resolve: (result: Out) => void;
  readonly reject: (error: unknown) => void;
}

async function settle<In, Out>(
  calls: readonly Call<In, Out>[],
  work: (inputs: readonly In[]) => Promise<readonly Out[]>,
): Promise<void> {
  try {
    const results = await work(calls.map(({ input }) => input));
    for (const [index, { resolve }] of calls.entries()) resolve(results[index] as Out);
  } catch (error) {
    if (calls.length === 1 || error instanceof RetryLaterError) {
      for (const { reject } of calls) reject(error);
    } else {
      for (const call of calls) await settle([call], work);
    }
  }
}
