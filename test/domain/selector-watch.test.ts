import { describe, expect, it } from 'vitest';

import {
  isSuspected,
  notePage,
  openRot,
  type PartVerdict,
  type SelectedPart,
  type SelectorWatch,
} from '../../src/domain/selector-watch.ts';

let page = 0;

/** Notes one page after the other, each with one verdict on one part. */
function watchOf(
  verdicts: readonly PartVerdict[],
  {
    from,
    selectors = 'v1',
    part = 'body',
  }: { from?: SelectorWatch | undefined; selectors?: string; part?: SelectedPart } = {},
): SelectorWatch {
  let watch = from;
  for (const verdict of verdicts) {
    page += 1;
    watch = notePage(watch, selectors, {
      url: `https://bao.example/${page}.html`,
      at: new Date(Date.UTC(2026, 2, 1, 0, page)).toISOString(),
      parts: { [part]: { verdict, bySelector: `theo mẫu ${page}`, generic: `chung ${page}` } },
    });
  }
  if (watch === undefined) throw new RangeError('No page');
  return watch;
}

const times = (count: number, verdict: PartVerdict): PartVerdict[] => Array(count).fill(verdict);

describe('opening a notice', () => {
  it('takes three or four pages in a row on which a selector that worked finds nothing', () => {
    const good = watchOf(times(12, 'same'));
    const lastGood = good.parts.body?.lastGood?.url;
    expect(isSuspected(good)).toBe(false);
    const two = watchOf(times(2, 'missing'), { from: good });
    expect(openRot(two)).toEqual([]);
    expect(isSuspected(two)).toBe(true);
    const firstBad = two.parts.body?.firstBad?.url;
    const [notice] = openRot(watchOf(times(2, 'missing'), { from: two }));
    expect(notice).toMatchObject({ part: 'body', lastGood: { url: lastGood }, firstBad: { url: firstBad } });
  });

  it('opens for a selector that never found anything', () => {
    expect(openRot(watchOf(times(4, 'missing')))).toHaveLength(1);
  });

  it('opens where selectors begin to find something else', () => {
    const watch = watchOf([...times(12, 'same'), ...times(4, 'different')]);
    expect(openRot(watch)).toHaveLength(1);
  });

  it('does not open where generic reading has been another one from the start: that is why there are selectors', () => {
    expect(openRot(watchOf(times(50, 'different')))).toEqual([]);
  });

  it('is not alarmed by single pages of another kind', () => {
    const mixed = Array.from({ length: 30 }, () => [...times(7, 'same' as const), 'missing' as const]).flat();
    expect(openRot(watchOf(mixed))).toEqual([]);
  });

  it('asks for more where a part is often missing anyway', () => {
    const usual = watchOf(Array.from({ length: 40 }, () => ['same', 'same', 'missing'] as const).flat());
    expect(openRot(watchOf(times(4, 'missing'), { from: usual }))).toEqual([]);
    expect(openRot(watchOf(times(14, 'missing'), { from: usual }))).toHaveLength(1);
  });

  it('makes nothing of pages on which neither, or the selector alone, finds the part', () => {
    const watch = watchOf([...times(20, 'none'), ...times(20, 'alone')]);
    expect(watch.checked).toBe(40);
    expect(watch.parts.body).toMatchObject({ good: 0, bad: 0 });
  });

  it('opens by chance less than once in seven thousand pages where one page in twenty disagrees', () => {
    let seed = 7;
    let opened = 0;
    let watch: SelectorWatch | undefined;
    for (let count = 0; count < 20_000; count += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      const before = openRot(watch).length;
      watch = watchOf([seed / 2_147_483_647 < 0.05 ? 'missing' : 'same'], { from: watch });
      opened += openRot(watch).length > before ? 1 : 0;
    }
    expect(opened).toBeLessThan(3);
  });
});

describe('closing a notice', () => {
  const rotten = () => watchOf([...times(12, 'same'), ...times(4, 'missing')]);

  it('takes about five good pages, and keeps that it was open', () => {
    const three = watchOf(times(3, 'same'), { from: rotten() });
    expect(openRot(three)).toHaveLength(1);
    const five = watchOf(times(3, 'same'), { from: three });
    expect(openRot(five)).toEqual([]);
    expect(five.closed).toEqual([
      { part: 'body', openedAt: expect.any(String), closedAt: expect.any(String), why: 'recovered' },
    ]);
    expect(five.parts.body).not.toHaveProperty('firstBad');
  });

  it('keeps the last page from before as the sample while it is open', () => {
    const open = rotten();
    const before = openRot(open)[0]?.lastGood?.url;
    expect(openRot(watchOf(['same'], { from: open }))[0]?.lastGood?.url).toBe(before);
  });

  it('closes all of them and begins anew when the selectors change', () => {
    const changed = watchOf(['same'], { from: rotten(), selectors: 'v2' });
    expect(openRot(changed)).toEqual([]);
    expect(changed).toMatchObject({ selectors: 'v2', checked: 1, closed: [{ why: 'selectors-changed' }] });
  });
});
