import { describe, expect, it } from 'vitest';

import { RetryLaterError } from '../../src/errors.ts';
import { gather } from '../../workers/gather.ts';

describe('gather', () => {
  it('does alone what comes alone, and together what came meanwhile, in order and within the limit', async () => {
    const batches: number[][] = [];
    let release = () => {};
    const double = gather<number, number>(async (inputs) => {
      batches.push([...inputs]);
      if (batches.length === 1) await new Promise<void>((resolve) => (release = resolve));
      return inputs.map((input) => input * 2);
    }, 3);
    const first = double(1);
    await Promise.resolve();
    const others = [2, 3, 4, 5].map(double);
    release();
    expect(await Promise.all([first, ...others])).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
    expect(await double(6)).toBe(12);
  });

  it('has as many batches under way as allowed, begun in order', async () => {
    const begun: number[][] = [];
    const release: (() => void)[] = [];
    const work = gather<number, number>(
      async (inputs) => {
        begun.push([...inputs]);
        await new Promise<void>((resolve) => release.push(resolve));
        return [...inputs];
      },
      2,
      2,
    );
    const results = [1, 2, 3, 4, 5].map(work);
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual([
      [1, 2],
      [3, 4],
    ]);
    release[1]?.();
    expect(await results[2]).toBe(3);
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun[2]).toEqual([5]);
    for (const each of release) each();
    expect(await Promise.all(results)).toEqual([1, 2, 3, 4, 5]);
  });

  it('lets one bad input fail alone', async () => {
    const work = gather<number, number>(async (inputs) => {
      if (inputs.includes(2)) throw new Error('two');
      return [...inputs];
    }, 9);
    const results = await Promise.allSettled([1, 2, 3].map(work));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('sends all away, without trying each, where the far side asks for patience', async () => {
    let tries = 0;
    const work = gather<number, number>(async () => {
      tries += 1;
      throw new RetryLaterError('later', 10);
    }, 9);
    const results = await Promise.allSettled([1, 2, 3].map(work));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(tries).toBe(1);
  });
});
