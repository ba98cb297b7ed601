import { MESSAGES } from '../console/messages.ts';
import { SEVERITY_NAMES } from '../detection/severity-names.ts';
import { SEVERITIES } from '../domain/alert.ts';
import { ADDRESS, type DataViewDefinition, DURATION, named } from './data-view.ts';

const { vi } = MESSAGES;
const TIER = named(vi.tier);
const POLARITY = named(vi.polarity);
const SEVERITY = named(
  Object.fromEntries(SEVERITIES.map((severity) => [severity, SEVERITY_NAMES[severity].vi])),
);
const SIGNAL = named(vi.signal);
const STAGE = named(vi.stage);
const OUTCOME = named(vi.outcome);
const READ_FROM = named({ page: 'Cả trang', entry: 'Tiêu đề và tóm tắt' });
const TWO_DECIMALS = { id: 'number', params: { pattern: '0,0.[00]' } } as const;
const SHARE = { id: 'percent', params: { pattern: '0,0.[000]%' } } as const;

/** What an alert looks like, whether on its own or as the latest of an incident. */
const ALERT_FIELDS: DataViewDefinition['fields'] = {
  severity: { label: 'Mức độ', format: SEVERITY },
  series: { label: 'Chuỗi theo dõi' },
  seriesName: { label: 'Đối tượng' },
  observed: { label: 'Số bài đếm được', format: TWO_DECIMALS },
  expected: { label: 'Số bài thường có', format: TWO_DECIMALS },
  falseAlarmProbability: { label: 'Xác suất báo nhầm', format: SHARE },
  independentNewsrooms: { label: 'Toà soạn độc lập' },
  'signals.kind': { label: 'Dấu hiệu', format: SIGNAL },
  firstOutletId: { label: 'Báo đăng đầu tiên' },
  ruleId: { label: 'Quy tắc' },
};

const LATEST_ALERT_FIELDS: DataViewDefinition['fields'] = Object.fromEntries(
  Object.entries(ALERT_FIELDS).map(([name, field]) => [
    `latestAlert.${name}`,
    { ...field, label: `${field.label} (cảnh báo mới nhất)` },
  ]),
);

/**
 * Every data view: one per kind of index that people look at.
 *
 * @param documentNumbers  policy documents as printed, by the id under which the index knows them
 */
export function dataViews(documentNumbers: Readonly<Record<string, string>>): DataViewDefinition[] {
  return [articles(documentNumbers), ...OTHERS];
}

function articles(documentNumbers: Readonly<Record<string, string>>): DataViewDefinition {
  return {
    kind: 'articles',
    name: 'Tin bài y tế',
    timeField: 'firstSeenAt',
    fields: {
      firstSeenAt: { label: 'Thấy lần đầu' },
      indexedAt: { label: 'Vào kho lúc' },
      'publishedAt.at': { label: 'Báo ghi đăng lúc' },
      title: { label: 'Tiêu đề' },
      'title.raw': { label: 'Tiêu đề (nguyên văn)' },
      summary: { label: 'Tóm tắt' },
      body: { label: 'Nội dung' },
      url: { label: 'Địa chỉ', format: ADDRESS },
      outletId: { label: 'Mã báo' },
      outletName: { label: 'Báo' },
      newsroom: { label: 'Toà soạn' },
      tier: { label: 'Cấp báo', format: TIER },
      section: { label: 'Chuyên mục' },
      author: { label: 'Tác giả' },
      'sentiment.polarity': { label: 'Sắc thái', format: POLARITY },
      'sentiment.score': { label: 'Điểm sắc thái (−1 đến 1)', format: TWO_DECIMALS },
      'sentiment.evidence.term': { label: 'Từ ngữ quyết định sắc thái' },
      'sentiment.evidence.class': { label: 'Nhóm từ ngữ' },
      'sentiment.lexiconVersion': { label: 'Phiên bản từ điển' },
      'facets.topicName': { label: 'Chủ đề' },
      'facets.provinceName': { label: 'Tỉnh, thành' },
      'facets.facilityName': { label: 'Cơ sở y tế' },
      'facets.diseaseName': { label: 'Bệnh' },
      'facets.policyDocument': { label: 'Văn bản chính sách', format: named(documentNumbers) },
      'facets.personName': { label: 'Người được nhắc' },
      location: { label: 'Vị trí tỉnh, thành' },
      harmTerms: { label: 'Từ ngữ về thiệt hại, sai phạm' },
      'caseCounts.measure': { label: 'Đếm gì', format: named(vi.caseCount.measure) },
      'caseCounts.value': { label: 'Số người', format: TWO_DECIMALS },
      'caseCounts.unit': { label: 'Đơn vị đếm' },
      'cautions.kind': { label: 'Cần đọc kỹ', format: named(vi.caution.kind) },
      'cautions.term': { label: 'Từ ngữ khiến cần đọc kỹ' },
      'cautions.speaker': { label: 'Ai bác bỏ', format: named(vi.speaker) },
      hasHarm: { label: 'Có từ ngữ về thiệt hại' },
      lagMs: { label: 'Từ lúc thấy đến lúc tìm được', format: DURATION },
      isLate: { label: 'Bài cũ, đến muộn' },
      imported: { label: 'Nhập từ kho lưu' },
      readFrom: { label: 'Đọc từ', format: READ_FROM },
      unreadReason: { label: 'Vì sao chưa đọc được trang' },
      creditedTo: { label: 'Ghi theo nguồn' },
      storyId: { label: 'Mã câu chuyện' },
      copyNumber: { label: 'Bản thứ mấy' },
      'corrected.fields': { label: 'Người đã sửa điều gì', format: named(vi.corrections.field) },
      'corrected.by': { label: 'Người sửa hoặc xác nhận' },
      'corrected.at': { label: 'Sửa hoặc xác nhận lúc' },
      'corrected.machine.polarity': { label: 'Sắc thái do máy xếp', format: POLARITY },
      languageVersion: { label: 'Phiên bản đã đánh giá' },
    },
  };
}

const OTHERS: readonly DataViewDefinition[] = [
  {
    kind: 'stories',
    name: 'Câu chuyện',
    timeField: 'lastSeenAt',
    fields: {
      title: { label: 'Tiêu đề bài đầu tiên' },
      articleCount: { label: 'Số bài' },
      newsroomCount: { label: 'Số toà soạn độc lập' },
      independentNewsrooms: { label: 'Toà soạn độc lập' },
      tiers: { label: 'Cấp báo đã đăng', format: TIER },
      firstOutletId: { label: 'Báo đăng đầu tiên' },
      firstSeenAt: { label: 'Bắt đầu' },
      lastSeenAt: { label: 'Bài gần nhất' },
      id: { label: 'Mã câu chuyện' },
    },
  },
  {
    kind: 'corrections',
    name: 'Sửa đánh giá',
    timeField: 'at',
    fields: {
      at: { label: 'Lúc' },
      by: { label: 'Người sửa hoặc xác nhận' },
      reason: { label: 'Lý do' },
      articleId: { label: 'Mã bài' },
      outletId: { label: 'Mã báo' },
      scope: { label: 'Phạm vi', format: named({ article: 'Riêng bài này', copies: 'Mọi bản sao' }) },
      'says.polarity': { label: 'Sắc thái', format: POLARITY },
      'says.topics': { label: 'Chủ đề' },
      'says.isHealth': { label: 'Thuộc ngành y tế' },
      isSampled: { label: 'Bài rút ngẫu nhiên' },
      revokedAt: { label: 'Rút lại lúc' },
      revokedBy: { label: 'Người rút lại' },
    },
  },
  {
    kind: 'incidents',
    name: 'Sự việc',
    timeField: 'openedAt',
    fields: {
      title: { label: 'Sự việc' },
      status: { label: 'Tình trạng', format: named(vi.incidentStatus) },
      severity: { label: 'Mức độ', format: SEVERITY },
      series: { label: 'Chuỗi theo dõi' },
      openedAt: { label: 'Mở lúc' },
      updatedAt: { label: 'Thay đổi lúc' },
      acknowledgedAt: { label: 'Nhận lúc' },
      acknowledgedBy: { label: 'Người nhận' },
      resolvedAt: { label: 'Khép lúc' },
      verdict: { label: 'Kết luận', format: named(vi.verdict) },
      ...LATEST_ALERT_FIELDS,
    },
  },
  {
    kind: 'alerts',
    name: 'Cảnh báo',
    timeField: 'at',
    fields: { at: { label: 'Lúc' }, ...ALERT_FIELDS },
  },
  {
    kind: 'notifications',
    name: 'Tin báo đã gửi',
    timeField: 'createdAt',
    fields: {
      incidentId: { label: 'Mã sự việc' },
      step: { label: 'Bước' },
      channel: { label: 'Kênh' },
      status: {
        label: 'Tình trạng',
        format: named({ due: 'Chờ gửi', delivered: 'Đã gửi', failed: 'Gửi hỏng' }),
      },
      attempts: { label: 'Số lần thử' },
      createdAt: { label: 'Lập lúc' },
      deliveredAt: { label: 'Gửi được lúc' },
      error: { label: 'Lỗi' },
    },
  },
  {
    kind: 'entries',
    name: 'Sổ cái: bài tìm thấy',
    timeField: 'firstSeenAt',
    fields: {
      firstSeenAt: { label: 'Thấy lần đầu' },
      hour: { label: 'Giờ' },
      outletId: { label: 'Mã báo' },
      feedId: { label: 'Nguồn' },
      outcome: { label: 'Kết cục', format: OUTCOME },
      stage: { label: 'Công đoạn', format: STAGE },
      countedReason: { label: 'Lý do' },
      settledAt: { label: 'Ngã ngũ lúc' },
      imported: { label: 'Nhập từ kho lưu' },
      isBacklog: { label: 'Tin tồn của nguồn' },
    },
  },
  {
    kind: 'job-outcomes',
    name: 'Kết cục công việc',
    timeField: 'hour',
    fields: {
      hour: { label: 'Giờ' },
      stage: { label: 'Công đoạn', format: STAGE },
      outletId: { label: 'Mã báo' },
      outcome: { label: 'Kết cục' },
      count: { label: 'Số lượng' },
    },
  },
  {
    kind: 'feed-states',
    name: 'Sức khoẻ nguồn báo',
    timeField: 'polledAt',
    fields: {
      feedId: { label: 'Nguồn' },
      outletId: { label: 'Mã báo' },
      status: { label: 'Tình trạng', format: named(vi.feedStatus) },
      reason: { label: 'Lý do' },
      polledAt: { label: 'Đọc lần cuối' },
      succeededAt: { label: 'Đọc được lần cuối' },
      nextPollAt: { label: 'Đọc lại lúc' },
      consecutiveFailures: { label: 'Hỏng liên tiếp' },
      entriesLastPoll: { label: 'Số mục lần cuối' },
      newLastPoll: { label: 'Mục mới lần cuối' },
    },
  },
];
