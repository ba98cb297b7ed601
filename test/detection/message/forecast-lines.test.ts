import { describe, expect, it } from 'vitest';

import type { Forecast } from '../../../src/detection/forecast.ts';
import { forecastLines } from '../../../src/detection/message/forecast-lines.ts';

const day = { day: '2026-03-04', articles: 14, isExpected: false };
const made: Forecast = {
  at: '2026-03-05T07:00:00.000Z',
  outlooks: [
    { hours: 24, expected: 6.2, likely: 6, low: 3, high: 10 },
    { hours: 72, expected: 13, likely: 13, low: 7, high: 20 },
  ],
  usualPerDay: 1,
  lastDay: 14,
  days: [day],
  peak: day,
  record: {
    past: Array.from({ length: 5 }, () => ({
      at: '',
      hours: 24,
      expected: 1,
      likely: 1,
      low: 0,
      high: 2,
      came: 1,
    })),
    meanError: 1.24,
    naiveError: 2,
    within: 5,
  },
};

describe('the line about what is to come', () => {
  it('says how many, when the peak was, and how far off such forecasts are', () => {
    expect(forecastLines(made)).toEqual({
      vi: 'Nếu không có gì mới: 24 giờ tới 3–10 bài, 72 giờ 7–20; đông nhất đã qua, 04/03 (5 ngày qua dự báo lệch trung bình 1,2 bài).',
      en: 'If nothing new happens: 3–10 articles in 24 h, 7–20 in 72 h; busiest day was 04/03 (forecasts of the last 5 days were off by 1.2 on average).',
    });
  });

  it('claims no error before there is one, and says when the peak is still ahead', () => {
    const young: Forecast = {
      ...made,
      outlooks: [{ ...made.outlooks[0], low: 0, high: 0 }, made.outlooks[1]],
      peak: { ...day, isExpected: true },
      record: { ...made.record, past: made.record.past.slice(0, 2) },
    };
    expect(forecastLines(young).vi).toBe(
      'Nếu không có gì mới: 24 giờ tới 0 bài, 72 giờ 7–20; có thể đông nhất 04/03.',
    );
  });
});
