import type { MonthlyDifference } from '../../reports/monthly-difference.ts';

type Total = MonthlyDifference['totals'][number]['of'];

/** What the pages of monthly reports say, beside what those of press briefs say. */
export const monthlyVi = {
  title: 'Báo cáo tháng',
  intro:
    'Mỗi tháng một báo cáo: số liệu được giữ nguyên như lúc lập và mở ra được đến từng bài; nhận xét do người viết.',
  none: 'Kho chưa có tin nào',
  noneWhy: 'Khi có tin, mỗi tháng có dữ liệu hiện ra ở đây để lập báo cáo.',
  listCaption: 'Các tháng có dữ liệu, tháng mới nhất ở trên',
  month: 'Tháng',
  notMade: 'Chưa lập',
  running: 'tháng chưa hết',
  make: 'Lập báo cáo',
  csv: 'Số liệu (CSV)',
  version: (version: string) => `Phiên bản phần mềm đọc tin: ${version}.`,
  hasChanged: 'Kho đã đổi từ lúc lập báo cáo này',
  total: { count: 'Số bài', negative: 'Tiêu cực', positive: 'Tích cực' } as Record<Total, string>,
  rows: (field: string, n: number) => `${field}: ${n} dòng đổi`,
  other: 'Số liệu đi kèm (sự việc, sửa đánh giá, sổ cái) đã đổi',
  remakeHint: 'Nhận xét đã viết được giữ nguyên.',
  remarks: 'Nhận xét, kiến nghị',
  numberHint: 'Ví dụ: 12/BC-VP; để trống thì in dấu chấm để ghi tay.',
  notPossible: 'Không làm được lúc này: trạng thái của báo cáo đã khác.',
  cannotSend: 'Chưa gửi được thư: đặt SMTP_URL và report.to trong config/office.yaml.',
  mailSent: 'Đã gửi thư lúc',
  mailUnderWay: 'Đang gửi thư, hoặc chương trình dừng giữa lúc gửi, từ',
  mailRefused: (reason: string) => `Máy chủ thư không nhận báo cáo: ${reason}`,
  badMonth: 'Không lập được: tháng này không có tin trong kho, hoặc thiếu tên người lập.',
};

export const monthlyEn: typeof monthlyVi = {
  title: 'Monthly reports',
  intro:
    'One report a month: its figures stay as they were counted and lead to the articles; people write the remarks.',
  none: 'The archive is empty',
  noneWhy: 'Once there is news, every month that has any stands here, to make its report.',
  listCaption: 'Months with data, newest first',
  month: 'Month',
  notMade: 'Not made',
  running: 'not over yet',
  make: 'Make the report',
  csv: 'Figures (CSV)',
  version: (version) => `Version of the program that read the news: ${version}.`,
  hasChanged: 'The archive has changed since this report was made',
  total: { count: 'Articles', negative: 'Negative', positive: 'Positive' },
  rows: (field, n) => `${field}: ${n} rows differ`,
  other: 'Figures beside them (incidents, corrections, ledger) have changed',
  remakeHint: 'Remarks stay as they were written.',
  remarks: 'Remarks and proposals',
  numberHint: 'For example 12/BC-VP; left empty, dots are printed to write it by hand.',
  notPossible: 'Not possible now: the report is in another state.',
  cannotSend: 'It cannot be mailed: set SMTP_URL, and report.to in config/office.yaml.',
  mailSent: 'Mailed at',
  mailUnderWay: 'Being mailed, or the program ended on the way, since',
  mailRefused: (reason) => `The mail server did not take the report: ${reason}`,
  badMonth: 'It could not be made: the archive has nothing of that month, or your name is missing.',
};
