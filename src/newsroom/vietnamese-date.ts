import { VIETNAM_OFFSET_MS } from '../domain/time.ts';

const WEEKDAYS_VI = ['Chủ nhật', 'Thứ hai', 'Thứ ba', 'Thứ tư', 'Thứ năm', 'Thứ sáu', 'Thứ bảy'] as const;
const WEEKDAYS_EN = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS_EN = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

function onVietnameseClock(at: Date) {
  const local = new Date(at.getTime() + VIETNAM_OFFSET_MS);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    year: String(local.getUTCFullYear()),
    month: two(local.getUTCMonth() + 1),
    day: two(local.getUTCDate()),
    hour: two(local.getUTCHours()),
    minute: two(local.getUTCMinutes()),
    second: two(local.getUTCSeconds()),
    weekdayVi: WEEKDAYS_VI[local.getUTCDay()] as string,
    weekdayEn: WEEKDAYS_EN[local.getUTCDay()] as string,
    monthEn: MONTHS_EN[local.getUTCMonth()] as string,
  };
}

/** `2026-11-22T19:05:00+07:00` */
export function isoInVietnam(at: Date): string {
  const { year, month, day, hour, minute, second } = onVietnameseClock(at);
  return `${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`;
}

/** `Sun, 22 Nov 2026 19:05:00 +0700`, or with a two-digit year as some papers print it. */
export function rfc822InVietnam(at: Date, yearDigits: 2 | 4 = 4): string {
  const { weekdayEn, day, monthEn, year, hour, minute, second } = onVietnameseClock(at);
  return `${weekdayEn}, ${day} ${monthEn} ${year.slice(-yearDigits)} ${hour}:${minute}:${second} +0700`;
}

/** `11/22/2026 7:05:00 PM`: month first, no zone, meaning +07:00, as one large paper's feed has it. */
export function monthFirstWithoutZone(at: Date): string {
  const { month, day, year, hour, minute, second } = onVietnameseClock(at);
  const half = +hour < 12 ? 'AM' : 'PM';
  return `${+month}/${+day}/${year} ${+hour % 12 === 0 ? 12 : +hour % 12}:${minute}:${second} ${half}`;
}

/** `Chủ nhật, 22/11/2026, 19:05 (GMT+7)` */
export function longVietnameseDate(at: Date): string {
  const { weekdayVi, day, month, year, hour, minute } = onVietnameseClock(at);
  return `${weekdayVi}, ${day}/${month}/${year}, ${hour}:${minute} (GMT+7)`;
}

/** `22/11/2026 19:05` */
export function shortVietnameseDate(at: Date): string {
  const { day, month, year, hour, minute } = onVietnameseClock(at);
  return `${day}/${month}/${year} ${hour}:${minute}`;
}

/** `22/11` */
export function dayAndMonth(at: Date): string {
  const { day, month } = onVietnameseClock(at);
  return `${+day}/${+month}`;
}
