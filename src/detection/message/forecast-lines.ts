import type { Forecast, Outlook } from '../forecast.ts';
import { number, type Wording } from './wording.ts';

/** Fewer past forecasts than this tell nothing about how good they are. */
const LEAST_RECORD = 3;

/**
 * One line in each language: what is to come in 24 and 72 hours if nothing new happens, whether the peak is over, and how
 * far the forecasts of the last days were off.
 */
export function forecastLines({ outlooks: [day, threeDays], peak, record }: Forecast): Wording {
  const { past, meanError } = record;
  const isKnown = past.length >= LEAST_RECORD;
  const on = `${peak.day.slice(8, 10)}/${peak.day.slice(5, 7)}`;
  return {
    vi: `Nếu không có gì mới: 24 giờ tới ${range(day)} bài, 72 giờ ${range(threeDays)}; ${
      peak.isExpected ? `có thể đông nhất ${on}` : `đông nhất đã qua, ${on}`
    }${isKnown ? ` (${past.length} ngày qua dự báo lệch trung bình ${number(meanError, 'vi')} bài)` : ''}.`,
    en: `If nothing new happens: ${range(day)} articles in 24 h, ${range(threeDays)} in 72 h; ${
      peak.isExpected ? `busiest day may be ${on}` : `busiest day was ${on}`
    }${isKnown ? ` (forecasts of the last ${past.length} days were off by ${number(meanError, 'en')} on average)` : ''}.`,
  };
}

function range({ low, high }: Outlook): string {
  return low === high ? String(low) : `${low}–${high}`;
}
