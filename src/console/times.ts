import { DAY_MS, HOUR_MS, VIETNAM_OFFSET_MS } from '../domain/time.ts';
import type { Lang } from './messages.ts';

const LOCALES: Readonly<Record<Lang, string>> = { vi: 'vi-VN', en: 'en-GB' };
const MINUTE_MS = 60_000;

const relative = {
  vi: new Intl.RelativeTimeFormat(LOCALES.vi, { numeric: 'always' }),
  en: new Intl.RelativeTimeFormat(LOCALES.en, { numeric: 'always' }),
};

const weekday = {
  vi: new Intl.DateTimeFormat(LOCALES.vi, { weekday: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat(LOCALES.en, { weekday: 'long', timeZone: 'UTC' }),
};

/** The moment shifted so that its UTC fields read as a Vietnamese clock. */
function onVietnameseClock(at: string | Date): Date {
  return new Date(new Date(at).getTime() + VIETNAM_OFFSET_MS);
}

/** `14:05 22/11/2026`, on a Vietnamese clock, whatever the language: the order that both kinds of readers meet here. */
export function absoluteTime(at: string | Date): string {
  return `${clockTime(at)} ${dayOf(onVietnameseClock(at).toISOString().slice(0, 10))}`;
}

/** `14:05` on a Vietnamese clock. */
export function clockTime(at: string | Date): string {
  return onVietnameseClock(at).toISOString().slice(11, 16);
}

/** `2026-11-22` → `22/11/2026`. */
export function dayOf(day: string): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

/** `2026-11-22` → `22/11`. */
export function shortDay(day: string): string {
  return dayOf(day).slice(0, 5);
}

/** `2026-11-22` → `Chủ Nhật, 22/11/2026`. */
export function longDay(day: string, lang: Lang): string {
  return `${weekday[lang].format(new Date(`${day}T00:00:00Z`))}, ${dayOf(day)}`;
}

/** `5 phút trước`, `trong 3 giờ`. */
export function relativeTime(at: string | Date, now: Date, lang: Lang): string {
  const differenceMs = new Date(at).getTime() - now.getTime();
  const size = Math.abs(differenceMs);
  if (size < 2 * HOUR_MS) {
    return relative[lang].format(Math.trunc(differenceMs / MINUTE_MS) || -0, 'minute');
  }
  if (size < 2 * DAY_MS) return relative[lang].format(Math.trunc(differenceMs / HOUR_MS), 'hour');
  return relative[lang].format(Math.trunc(differenceMs / DAY_MS), 'day');
}

/** `3 giờ 20 phút`, coarse: two units at most. */
export function duration(ms: number, lang: Lang): string {
  const units = { vi: ['ngày', 'giờ', 'phút'], en: ['d', 'h', 'min'] }[lang];
  const minutes = Math.max(0, Math.round(ms / MINUTE_MS));
  const parts = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const first = parts.findIndex((part) => part > 0);
  if (first === -1) return `0 ${units[2]}`;
  return parts
    .slice(first, first + 2)
    .flatMap((part, offset) => (part === 0 ? [] : [`${part} ${units[first + offset]}`]))
    .join(' ');
}

/** Whole numbers with a thousands separator, others with at most two decimals. */
export function number(value: number, lang: Lang): string {
  return value.toLocaleString(LOCALES[lang], { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 });
}

/** `0.153` → `15,3 %`. */
export function percent(share: number, lang: Lang): string {
  return `${(share * 100).toLocaleString(LOCALES[lang], { maximumFractionDigits: 1 })} %`;
}

/** A polarity score with its sign always shown, and a true minus. */
export function signed(value: number, lang: Lang): string {
  const size = Math.abs(value).toLocaleString(LOCALES[lang], {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  if (value === 0) return size;
  return value < 0 ? `−${size}` : `+${size}`;
}
