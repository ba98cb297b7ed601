/** Vietnam keeps one offset all year and has since 1975, so the zone is a constant, not a database look-up. */
export const VIETNAM_OFFSET_MS = 7 * 3_600_000;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Start of the UTC hour that holds `at`, as ISO 8601. Vietnamese hours coincide, the offset being whole. */
export function hourOf(at: string | number | Date): string {
  return new Date(Math.floor(new Date(at).getTime() / HOUR_MS) * HOUR_MS).toISOString();
}

/** Calendar day in Asia/Ho_Chi_Minh that holds `at`, `YYYY-MM-DD`. */
export function vietnameseDay(at: string | number | Date): string {
  return new Date(new Date(at).getTime() + VIETNAM_OFFSET_MS).toISOString().slice(0, 10);
}

/** When a day begins in Asia/Ho_Chi_Minh, milliseconds since 1970. @param day  `YYYY-MM-DD`; NaN for what is none */
export function vietnameseMidnight(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - VIETNAM_OFFSET_MS;
}

/** `2026-02-17 02:00`: the minute in Asia/Ho_Chi_Minh that holds `at`. */
export function vietnameseMinute(at: string | number | Date): string {
  return new Date(new Date(at).getTime() + VIETNAM_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** Hour of the day (0–23) and weekday (0 = Sunday) on a Vietnamese clock. */
export function vietnameseClock(at: string | number | Date): { hour: number; weekday: number } {
  const local = new Date(new Date(at).getTime() + VIETNAM_OFFSET_MS);
  return { hour: local.getUTCHours(), weekday: local.getUTCDay() };
}

/** Start of the UTC month that holds `at`, as ISO 8601. */
export function monthOf(at: string | number | Date): string {
  return `${new Date(at).toISOString().slice(0, 7)}-01T00:00:00.000Z`;
}
