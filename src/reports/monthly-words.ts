import type { PrintedLanguage } from '../domain/printed-document.ts';

const vi = {
  title: (month: string) => `Báo cáo truyền thông y tế tháng ${month}`,
  findings: 'Điểm nổi bật',
  noFindings: 'Không có thay đổi nào vượt quá dao động thường gặp.',
  noPrevious: 'Chưa có dữ liệu của tháng trước để so sánh.',
  all: 'Tất cả bài',

  finding: (name: string, before: string, change: string) =>
    `bài, ${name}: so với ${before} bài tháng trước; tính theo ngày bằng ${change} lần`,
  shareFinding: (name: string, points: string) =>
    `bài, ${name}: tỷ lệ tiêu cực so với tháng trước ${points} điểm phần trăm`,
  coverage: (days: string, uptime: string) =>
    `Số liệu của ${days} ngày; tỷ lệ nguồn tin hoạt động: ${uptime}.`,
  rule: 'Khoảng tin cậy 95 %; điểm nổi bật chỉ nêu thay đổi có |z| từ 3,3 trở lên.',
  noData: 'chưa có dữ liệu',
  fields: {
    topic: 'Theo chủ đề',
    province: 'Theo tỉnh, thành phố',
    facility: 'Theo cơ sở y tế',
    outletId: 'Theo báo, đài',
    tier: 'Theo cấp báo chí',
    policyDocument: 'Theo văn bản chính sách',
  },
  tiers: {
    central: 'Trung ương',
    ministry: 'Bộ, ngành',
    national: 'Toàn quốc',
    provincial: 'Địa phương',
    trade: 'Chuyên ngành',
    aggregator: 'Tổng hợp',
  },
  columns: ['Mục', 'Số bài', 'Tiêu cực', 'Tích cực', 'Phê phán', 'Khen', 'So tháng trước', 'So cùng kỳ'],
  stories: 'Câu chuyện lớn nhất',
  storyColumns: ['Câu chuyện', 'Số bài', 'Tòa soạn', 'Tiêu cực', 'Giờ cao điểm'],
  incidents: 'Sự cố truyền thông',
  incidentColumns: ['Sự cố', 'Mức', 'Kết luận', 'Báo sau', 'Nhận sau', 'Xong sau', 'Đúng hạn'],
  median: 'Trung vị',
  verdicts: { true: 'đúng', false: 'báo nhầm', planned: 'có kế hoạch', duplicate: 'trùng' },
  noIncidents: 'Không có sự cố nào được mở trong tháng.',
  campaigns: 'Chiến dịch truyền thông',
  campaignColumns: ['Chiến dịch', 'Số bài', 'Tiêu cực', 'Tích cực'],
  quality: 'Chất lượng số liệu',
  corrections: (made: string, people: string) => `${made} lần sửa của ${people} người.`,
  accuracy: (version: string, share: string, low: string, high: string, of: string) =>
    `Độ chính xác về sắc thái, phiên bản ${version}: ${share} (${low}–${high}; ${of} bài chọn ngẫu nhiên).`,
  noAccuracy: 'Chưa có bài chọn ngẫu nhiên nào được người kiểm tra trong tháng: chưa đo được độ chính xác.',
  ledgerColumns: ['Tin tìm thấy', 'Số tin'],
  ledger: {
    found: 'Tìm thấy',
    indexed: 'Đã lập chỉ mục',
    duplicate: 'Trùng',
    irrelevant: 'Không liên quan',
    pending: 'Đang chờ',
    failed: 'Lỗi',
  },
  remarks: 'Nhận xét, kiến nghị',
  none: 'Không có.',
};

const en: typeof vi = {
  title: (month) => `Health news report for ${month}`,
  findings: 'Findings',
  noFindings: 'Nothing changed beyond what is usual.',
  noPrevious: 'There is no data of the month before to compare with.',
  all: 'All articles',

  finding: (name, before, change) =>
    `articles, ${name}: against ${before} the month before; per day ${change} times`,
  shareFinding: (name, points) =>
    `articles, ${name}: negative share ${points} percentage points on the month before`,
  coverage: (days, uptime) => `Figures of ${days} days; outlets heard from: ${uptime}.`,
  rule: 'Intervals are 95 %; findings are changes with |z| of at least 3.3.',
  noData: 'no data yet',
  fields: {
    topic: 'By topic',
    province: 'By province',
    facility: 'By facility',
    outletId: 'By outlet',
    tier: 'By tier',
    policyDocument: 'By policy document',
  },
  tiers: {
    central: 'Central',
    ministry: 'Ministry',
    national: 'National',
    provincial: 'Provincial',
    trade: 'Trade',
    aggregator: 'Aggregator',
  },
  columns: [
    'Item',
    'Articles',
    'Negative',
    'Positive',
    'Critical',
    'Praising',
    'On last month',
    'On last year',
  ],
  stories: 'Largest stories',
  storyColumns: ['Story', 'Articles', 'Newsrooms', 'Negative', 'Peak hour'],
  incidents: 'Incidents',
  incidentColumns: ['Incident', 'Severity', 'Verdict', 'Told after', 'Taken after', 'Done after', 'In time'],
  median: 'Median',
  verdicts: { true: 'true', false: 'false alarm', planned: 'planned', duplicate: 'duplicate' },
  noIncidents: 'No incident was opened this month.',
  campaigns: 'Campaigns',
  campaignColumns: ['Campaign', 'Articles', 'Negative', 'Positive'],
  quality: 'How good the figures are',
  corrections: (made, people) => `${made} corrections by ${people} people.`,
  accuracy: (version, share, low, high, of) =>
    `Accuracy of polarity, version ${version}: ${share} (${low}–${high}; ${of} articles drawn by chance).`,
  noAccuracy: 'Nobody judged an article drawn by chance this month: accuracy was not measured.',
  ledgerColumns: ['Entries', 'Number'],
  ledger: {
    found: 'Found',
    indexed: 'Indexed',
    duplicate: 'Duplicate',
    irrelevant: 'Irrelevant',
    pending: 'Pending',
    failed: 'Failed',
  },
  remarks: 'Remarks and proposals',
  none: 'None.',
};

export const MONTHLY_WORDS: Readonly<Record<PrintedLanguage, typeof vi>> = { vi, en };
