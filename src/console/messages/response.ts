import type { Response } from '../../routing/on-call.ts';
import type { ResponseDeadline } from '../../routing/response-clock.ts';

/** What the page of an incident says of how the office answers it. */
export const responseVi = {
  title: 'Đồng hồ phản ứng',
  what: { acknowledge: 'Nhận xử lý', statement: 'Phát ngôn', resolve: 'Khép sự việc' } as Record<
    Response,
    string
  >,
  state: { met: 'đúng hạn', late: 'trễ hạn', running: 'còn', overdue: 'quá hạn' } as Record<
    ResponseDeadline['state'],
    string
  >,
  due: 'Hạn',
  snooze: 'Hoãn nhắc',
  snoozeHint:
    'Bạn nhận việc, và chương trình im lặng đến giờ đó. Nặng hơn thì vẫn báo; hết giờ mà chưa khép thì sự việc mở lại.',
  snoozeFor: 'Trong',
  minutes: (n: number) => (n < 60 ? `${n} phút` : `${n / 60} giờ`),
  until: (clock: string) => `đến ${clock}`,
  snoozedUntil: (clock: string) => `hoãn nhắc đến ${clock}`,
  statements: 'Phát ngôn của đơn vị',
  noStatement: 'Chưa ghi phát ngôn nào. Ghi lại để thấy báo nào đã đăng và để tính thời gian phản ứng.',
  add: 'Ghi phát ngôn',
  headline: 'Tiêu đề',
  text: 'Nguyên văn',
  textHint: 'Dán nguyên văn: chương trình tìm những câu này trong các bài.',
  link: 'Đường dẫn (không bắt buộc)',
  issuedAt: 'Công bố lúc (giờ Việt Nam)',
  by: (name: string) => `${name} ghi`,
  original: 'Mở bản công bố',
  remove: 'Gỡ',
  removeLabel: (title: string) => `Gỡ phát ngôn: ${title}`,
  carriedBy: (outlets: number, articles: number) => `${outlets} báo đã đăng, trong ${articles} bài`,
  nobodyCarries: 'Chưa báo nào đăng.',
  carried: 'Báo đã đăng phát ngôn',
  outlet: 'Báo',
  article: 'Bài',
  after: 'Sau khi công bố',
  share: 'Số câu đăng lại',
  linked: 'có dẫn đường dẫn',
  open: 'Mở bài',
  badStatement:
    'Chưa ghi được phát ngôn: cần tiêu đề, nguyên văn, giờ công bố không ở tương lai, và đường dẫn http(s) nếu có.',
};

export const responseEn: typeof responseVi = {
  title: 'Response clock',
  what: { acknowledge: 'Acknowledge', statement: 'Statement', resolve: 'Resolve' },
  state: { met: 'in time', late: 'late', running: 'left', overdue: 'overdue by' },
  due: 'Due',
  snooze: 'Snooze',
  snoozeHint:
    'You have it, and the program is quiet until then. It still tells of anything worse, and opens the incident again if it is not resolved in time.',
  snoozeFor: 'For',
  minutes: (n: number) => (n < 60 ? `${n} minutes` : n === 60 ? '1 hour' : `${n / 60} hours`),
  until: (clock: string) => `until ${clock}`,
  snoozedUntil: (clock: string) => `snoozed until ${clock}`,
  statements: 'Our statements',
  noStatement: 'No statement is on record. Enter it to see which outlets carried it, and for response times.',
  add: 'Enter a statement',
  headline: 'Title',
  text: 'Wording',
  textHint: 'Paste the wording: these sentences are looked for in the articles.',
  link: 'Address (optional)',
  issuedAt: 'Made public at (Vietnamese time)',
  by: (name: string) => `entered by ${name}`,
  original: 'Open the statement',
  remove: 'Remove',
  removeLabel: (title: string) => `Remove the statement: ${title}`,
  carriedBy: (outlets: number, articles: number) =>
    `carried by ${outlets} ${outlets === 1 ? 'outlet' : 'outlets'}, in ${articles} ${articles === 1 ? 'article' : 'articles'}`,
  nobodyCarries: 'No outlet has carried it yet.',
  carried: 'Outlets that carried the statement',
  outlet: 'Outlet',
  article: 'Article',
  after: 'After publication',
  share: 'Sentences carried',
  linked: 'links to it',
  open: 'Open the article',
  badStatement:
    'Not kept: a statement needs a title, its wording, a time of publication that is not in the future, and an http(s) address if any.',
};
