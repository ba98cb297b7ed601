import type { PipelineFault, PipelineFaultKind } from './pipeline-health.ts';
import { DAY_MS, HOUR_MS, VIETNAM_OFFSET_MS } from './time.ts';

/** What is wrong and what to do about it, in one language. */
export interface FaultText {
  readonly what: string;
  readonly todo: string;
}

type Language = 'vi' | 'en';
type Wording = Readonly<Record<Language, (fault: PipelineFault) => FaultText>>;

/** Both languages stand side by side, so that neither is forgotten. */
const WORDINGS: Readonly<Record<PipelineFaultKind, Wording>> = {
  'store-away': {
    vi: () => ({
      what: 'Kho dữ liệu không trả lời',
      todo: 'xem /readyz; kiểm tra Elasticsearch (hoặc ổ đĩa của thư mục dữ liệu) và chỗ trống trên đĩa',
    }),
    en: () => ({
      what: 'The stores do not answer',
      todo: 'see /readyz; check Elasticsearch (or the disk of the data folder) and its free space',
    }),
  },
  'queues-away': {
    vi: () => ({ what: 'Hàng đợi không trả lời', todo: 'xem /readyz; kiểm tra Redis và bộ nhớ của nó' }),
    en: () => ({ what: 'The queues do not answer', todo: 'see /readyz; check Redis and its memory' }),
  },
  'polling-stopped': {
    vi: ({ count, of }) => ({
      what: `Ngừng dò tin: ${count}/${of} nguồn đã quá giờ dò`,
      todo: 'kiểm tra tiến trình chạy khâu discover và trang /queues; khởi động lại nếu nó đứng',
    }),
    en: ({ count, of }) => ({
      what: `Polling has stopped: ${count} of ${of} feeds are overdue`,
      todo: 'check the process that runs the stage discover and the page /queues; restart it if it hangs',
    }),
  },
  'press-unreachable': {
    vi: ({ count, of }) => ({
      what: `Không kết nối được ${count}/${of} cơ quan báo chí`,
      todo: 'kiểm tra đường truyền, DNS, tường lửa của máy chủ; lý do từng nguồn ở trang /outlets',
    }),
    en: ({ count, of }) => ({
      what: `${count} of ${of} outlets cannot be reached`,
      todo: 'check the network, DNS and firewall of the server; reasons by feed stand on the page /outlets',
    }),
  },
  'nothing-new': {
    vi: () => ({
      what: 'Vẫn dò được nguồn nhưng không thấy tin mới nào',
      todo: 'mở vài trang báo để so; nếu báo có tin mới, xem trang /outlets (nguồn bị lưu đệm hoặc đổi cấu trúc)',
    }),
    en: () => ({
      what: 'Feeds are polled but nothing new is in any of them',
      todo: 'compare with a few front pages; where there is news, see the page /outlets (cached or changed feeds)',
    }),
  },
  'queue-behind': {
    vi: ({ subject, count }) => ({
      what: `Hàng đợi ${subject} bị dồn: ${count} việc đang chờ`,
      todo: `xem /queues; kiểm tra tiến trình chạy khâu ${subject}, thêm tiến trình nếu máy quá tải`,
    }),
    en: ({ subject, count }) => ({
      what: `The queue ${subject} is behind: ${count} jobs wait`,
      todo: `see /queues; check the process that runs the stage ${subject}, add one if the machine is overloaded`,
    }),
  },
  'entries-stuck': {
    vi: ({ count, of }) => ({
      what: `${count}/${of} bài tìm thấy mà chưa xử lý xong`,
      todo: 'xem `nhip-yte ledger` và /queues; phần việc hỏng nằm ở `nhip-yte quarantine list`',
    }),
    en: ({ count, of }) => ({
      what: `${count} of ${of} entries were found and are still not done with`,
      todo: 'see `nhip-yte ledger` and /queues; what failed stands in `nhip-yte quarantine list`',
    }),
  },
  'judging-behind': {
    vi: () => ({
      what: 'Bài mới đã vào kho nhưng chưa được xét cảnh báo',
      todo: 'kiểm tra tiến trình chạy khâu detect và /queues: lúc này không có cảnh báo nào được phát',
    }),
    en: () => ({
      what: 'New articles are indexed but have not been judged',
      todo: 'check the process that runs the stage detect and /queues: no alert is raised meanwhile',
    }),
  },
  'delivery-behind': {
    vi: ({ count }) => ({
      what: `${count} thông báo sự cố chưa gửi được`,
      todo: 'mở bảng theo dõi xem sự cố và gọi người trực; kiểm tra khâu notify và các kênh',
    }),
    en: ({ count }) => ({
      what: `${count} notifications of incidents have not gone out`,
      todo: 'open the console, read the incidents and call the officer; check the stage notify and the channels',
    }),
  },
  'reached-nobody': {
    vi: ({ subject }) => ({
      what: `Sự cố ${subject}: không kênh nào tới được người trực`,
      todo: 'mở bảng theo dõi và gọi điện cho người trực ngay; sửa kênh báo tin trong .env và config/on-call.yaml',
    }),
    en: ({ subject }) => ({
      what: `Incident ${subject}: no channel has reached anybody`,
      todo: 'open the console and call the officer now; mend the channels in .env and config/on-call.yaml',
    }),
  },
  'channel-failing': {
    vi: ({ subject, count }) => ({
      what: `Kênh ${subject} hỏng: ${count} lần gửi thất bại`,
      todo: `kiểm tra tài khoản, địa chỉ và hạn mức của kênh ${subject}`,
    }),
    en: ({ subject, count }) => ({
      what: `The channel ${subject} fails: ${count} notifications given up`,
      todo: `check the account, address and quota of the channel ${subject}`,
    }),
  },
};

/** A fault in words. */
export function faultText(fault: PipelineFault, language: Language): FaultText {
  return WORDINGS[fault.kind][language](fault);
}

/** `Ngừng dò tin: … (từ 02:10 03/03, quá 30 phút): kiểm tra …`: one line for a message or a log. */
export function faultLine(fault: PipelineFault, language: Language): string {
  const { what, todo } = faultText(fault, language);
  const since = clock(fault.since);
  const bound = spanText(fault.boundMs, language);
  return language === 'vi'
    ? `${what} (từ ${since}, cho phép ${bound}). Việc cần làm: ${todo}.`
    : `${what} (since ${since}, allowed ${bound}). To do: ${todo}.`;
}

/** `30 phút`, `3 giờ`, `2 ngày`, in the largest unit that it is two of; a single hour is 60 minutes. */
export function spanText(ms: number, language: Language): string {
  const units: readonly (readonly [number, string, string])[] = [
    [DAY_MS, 'ngày', 'days'],
    [HOUR_MS, 'giờ', 'h'],
    [60_000, 'phút', 'min'],
  ];
  const [unit, vi, en] = units.find(([size]) => ms >= 2 * size) ?? ([1000, 'giây', 's'] as const);
  const value = Math.round(ms / unit);
  return `${value} ${language === 'vi' ? vi : en}`;
}

/** `14:05 27/02`, on a Vietnamese clock in either language. */
function clock(at: string): string {
  const local = new Date(Date.parse(at) + VIETNAM_OFFSET_MS).toISOString();
  return `${local.slice(11, 16)} ${local.slice(8, 10)}/${local.slice(5, 7)}`;
}
