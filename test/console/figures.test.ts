import { describe, expect, it } from 'vitest';

import { polarityHistogram, shareLine } from '../../src/console/charts.ts';
import { absoluteTime, duration, longDay, relativeTime, signed } from '../../src/console/times.ts';
import { intervalFor, withoutGaps } from '../../src/console/trend-series.ts';
import { wilsonShare } from '../../src/domain/share.ts';

describe('charts', () => {
  const bars = [
    { label: '<b>"1"&', negative: 1, neutral: 0, positive: 2 },
    { label: '02/03', negative: 0, neutral: 3, positive: 0 },
  ];

  it('draw one bar per polarity that has any, in classes and not in styles', () => {
    const svg = polarityHistogram(bars, 'wide', 'Nhãn "1" <b>');
    expect(svg.match(/class="[^"]*fill-(negative|neutral|positive)/g)).toHaveLength(3);
    expect(/style=|<style|<script|ecmeta|#0[1-7]0[1-7]0[1-7]"[^>]*style/.test(svg)).toBe(false);
    expect(svg).toContain('aria-label="Nhãn &quot;1&quot; &lt;b>"');
  });

  it('escape what the data say', () => {
    expect(polarityHistogram(bars, 'wide', '')).toContain('&lt;b&gt;');
  });

  it('draw the highest bar highest', () => {
    const height = (count: number) => {
      const svg = polarityHistogram(
        [
          { ...bars[1], label: 'a', negative: count, neutral: 0, positive: 0 },
          { label: 'b', negative: 8, neutral: 0, positive: 0 },
        ],
        'wide',
        '',
      );
      return Math.abs(
        Number(/class="fill-negative[^"]*"[^>]*d="M[\d.]+ [\d.]+l[\d.]+ 0l0 -([\d.]+)/.exec(svg)?.[1]),
      );
    };
    expect(height(8) / height(4)).toBeCloseTo(2, 1);
  });

  it('leave a gap where there is no share', () => {
    const point = { label: 'a', share: 50, low: 30, high: 70 };
    const gap = { label: 'b', share: null, low: null, high: null };
    const points = (svg: string) => svg.match(/class="fill-negative/g)?.length ?? 0;
    expect(points(shareLine([point, point, point], 'narrow', ''))).toBe(3);
    expect(points(shareLine([point, gap, point], 'narrow', ''))).toBe(2);
  });
});

describe('wilsonShare', () => {
  it('gives the published interval for 10 of 100', () => {
    const { low = 0, high = 0 } = wilsonShare(10, 100) ?? {};
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.0552', '0.1744']);
  });

  it('stays within 0 and 1, and says nothing of nothing', () => {
    expect(wilsonShare(0, 3)?.low).toBeCloseTo(0, 10);
    expect(wilsonShare(3, 3)?.high).toBeCloseTo(1, 10);
    expect(wilsonShare(0, 0)).toBeUndefined();
  });
});

describe('times', () => {
  const now = new Date('2026-03-02T07:30:00.000Z');

  it('are shown on a Vietnamese clock', () => {
    expect(absoluteTime('2026-03-01T17:05:00.000Z')).toBe('00:05 02/03/2026');
    expect(longDay('2026-03-02', 'vi')).toBe('Thứ Hai, 02/03/2026');
    expect(longDay('2026-03-02', 'en')).toBe('Monday, 02/03/2026');
  });

  it('are told as people tell them', () => {
    expect(relativeTime('2026-03-02T07:25:00.000Z', now, 'vi')).toBe('5 phút trước');
    expect(relativeTime('2026-03-02T02:30:00.000Z', now, 'en')).toBe('5 hours ago');
    expect(relativeTime('2026-02-20T07:30:00.000Z', now, 'vi')).toBe('10 ngày trước');
    expect(relativeTime(now, now, 'vi')).toBe('0 phút trước');
    expect(duration(4_800_000, 'vi')).toBe('1 giờ 20 phút');
    expect(duration(0, 'en')).toBe('0 min');
  });

  it('scores show their sign', () => {
    expect([signed(-0.5, 'vi'), signed(0.25, 'en'), signed(0, 'vi')]).toEqual(['−0,50', '+0.25', '0,00']);
  });
});

describe('withoutGaps', () => {
  const now = new Date('2026-03-02T07:30:00.000Z');
  const bucket = { bucket: '2026-02-28', negative: 1, neutral: 2, positive: 3 };

  it('fills quiet days with zeros from the start of the filter to now', () => {
    const filled = withoutGaps([bucket], { from: '2026-02-26T17:00:00.000Z' }, 'day', now, 100);
    expect(filled.map(({ bucket: day, negative }) => [day, negative])).toEqual([
      ['2026-02-27', 0],
      ['2026-02-28', 1],
      ['2026-03-01', 0],
      ['2026-03-02', 0],
    ]);
  });

  it('begins with the first article where the filter has no start, and ends where the filter ends', () => {
    const filled = withoutGaps([bucket], { to: '2026-03-01T17:00:00.000Z' }, 'day', now, 100);
    expect(filled.map(({ bucket: day }) => day)).toEqual(['2026-02-28', '2026-03-01']);
  });

  it('keeps the latest buckets when there are too many, and goes by the hour for a day', () => {
    expect(
      withoutGaps([], { from: '1999-01-01T00:00:00.000Z' }, 'day', now, 3).map(({ bucket: day }) => day),
    ).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
    expect(intervalFor({ from: '2026-03-01T07:00:00.000Z' }, now)).toBe('hour');
    expect(intervalFor({ from: '2026-02-20T07:00:00.000Z' }, now)).toBe('day');
    expect(intervalFor({}, now)).toBe('day');
  });
});
