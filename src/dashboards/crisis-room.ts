import { ATTENTION, NEGATIVE, PLAIN } from './colors.ts';
import type { DashboardDefinition } from './dashboard.ts';
import { metric, partition, table, xy } from './lens-chart.ts';
import { count, dateHistogram, filters, lastValue, max, terms, uniqueCount } from './lens-column.ts';
import { searchPanel } from './search.ts';
import { HARM } from './searches.ts';
import { ARTICLE_CONTROLS, ARTICLES, IS_NEGATIVE, NAVIGATION, SHARE_NEGATIVE } from './shared-parts.ts';

const kind = 'articles';
const NOT_RESOLVED = 'status : ("open" or "acknowledged")';
const OUTSIDE_CONTROLS = 'The controls above, which are about articles, do not apply.';

export const CRISIS_ROOM: DashboardDefinition = {
  name: 'crisis-room',
  title: 'Nhịp Y tế: Phòng xử lý khủng hoảng',
  description: 'Incidents that wait for somebody, the signs behind them, and how the stories grow.',
  from: 'now-14d',
  refreshMs: 30_000,
  controls: ARTICLE_CONTROLS,
  panels: [
    { x: 0, y: 0, w: 48, h: 3, content: NAVIGATION },
    {
      x: 0,
      y: 3,
      w: 12,
      h: 6,
      content: metric({
        title: 'Chưa ai nhận',
        description: `Open incidents that nobody has taken. ${OUTSIDE_CONTROLS}`,
        kind: 'incidents',
        metric: count({ label: 'Số sự việc', kql: 'status : "open"' }),
        color: NEGATIVE,
        ignoresControls: true,
      }),
    },
    {
      x: 12,
      y: 3,
      w: 12,
      h: 6,
      content: metric({
        title: 'Đang xử lý',
        description: `Incidents taken and not yet resolved. ${OUTSIDE_CONTROLS}`,
        kind: 'incidents',
        metric: count({ label: 'Số sự việc', kql: 'status : "acknowledged"' }),
        color: ATTENTION,
        ignoresControls: true,
      }),
    },
    {
      x: 24,
      y: 3,
      w: 12,
      h: 6,
      content: metric({
        title: 'Nghiêm trọng trở lên',
        description: `Serious and critical incidents that are not resolved. ${OUTSIDE_CONTROLS}`,
        kind: 'incidents',
        metric: count({
          label: 'Số sự việc',
          kql: `severity : ("serious" or "critical") and ${NOT_RESOLVED}`,
        }),
        color: NEGATIVE,
        ignoresControls: true,
      }),
    },
    {
      x: 36,
      y: 3,
      w: 12,
      h: 6,
      content: metric({
        title: 'Tin báo gửi hỏng',
        description: `Notifications that reached nobody. ${OUTSIDE_CONTROLS}`,
        kind: 'notifications',
        metric: count({ label: 'Số tin báo', kql: 'status : "failed"' }),
        color: NEGATIVE,
        ignoresControls: true,
      }),
    },
    {
      x: 0,
      y: 9,
      w: 48,
      h: 14,
      content: table({
        title: 'Sự việc chưa khép',
        description: `Incidents that are open or taken, newest change first, with what their latest alert counted. ${OUTSIDE_CONTROLS}`,
        kind: 'incidents',
        rows: [
          filters('Tình trạng', [
            { label: 'Chưa ai nhận', kql: 'status : "open"' },
            { label: 'Đang xử lý', kql: 'status : "acknowledged"' },
          ]),
          terms('title', { label: 'Sự việc', size: 50 }),
          terms('severity', { label: 'Mức độ', size: 1 }),
        ],
        metrics: [
          max('updatedAt', { label: 'Thay đổi lúc', dataType: 'date' }),
          max('openedAt', { label: 'Mở lúc', dataType: 'date' }),
          lastValue('latestAlert.seriesName', { label: 'Đối tượng', sortField: 'updatedAt' }),
          max('latestAlert.observed', { label: 'Số bài đếm được' }),
          max('latestAlert.expected', { label: 'Số bài thường có' }),
          uniqueCount('latestAlert.independentNewsrooms', { label: 'Toà soạn độc lập' }),
        ],
        ignoresControls: true,
      }),
    },
    {
      x: 0,
      y: 23,
      w: 16,
      h: 13,
      content: xy({
        title: 'Dấu hiệu trong các cảnh báo',
        description: `Which early signs stood in the alerts of the period; an alert carries several. ${OUTSIDE_CONTROLS}`,
        series: 'bar_horizontal_stacked',
        kind: 'alerts',
        x: terms('signals.kind', { label: 'Dấu hiệu', size: 12 }),
        split: terms('severity', { label: 'Mức độ', size: 4 }),
        metrics: [count({ label: 'Số cảnh báo' })],
        ignoresControls: true,
      }),
    },
    {
      x: 16,
      y: 23,
      w: 16,
      h: 13,
      content: xy({
        title: 'Cảnh báo theo thời gian',
        description: `Alerts by severity. ${OUTSIDE_CONTROLS}`,
        series: 'bar_stacked',
        kind: 'alerts',
        x: dateHistogram('at', { label: 'Thời gian' }),
        split: terms('severity', { label: 'Mức độ', size: 4 }),
        metrics: [count({ label: 'Số cảnh báo' })],
        ignoresControls: true,
      }),
    },
    {
      x: 32,
      y: 23,
      w: 16,
      h: 13,
      content: partition({
        title: 'Sự việc theo mức độ và tình trạng',
        description: `Incidents opened in the period. ${OUTSIDE_CONTROLS}`,
        shape: 'donut',
        kind: 'incidents',
        groups: [
          terms('severity', { label: 'Mức độ', size: 4 }),
          terms('status', { label: 'Tình trạng', size: 3 }),
        ],
        metric: count({ label: 'Số sự việc' }),
        ignoresControls: true,
      }),
    },
    {
      x: 0,
      y: 36,
      w: 24,
      h: 14,
      content: table({
        title: 'Câu chuyện đang lớn',
        description: `Stories with the most newsrooms that wrote texts of their own. ${OUTSIDE_CONTROLS}`,
        kind: 'stories',
        rows: [terms('title', { label: 'Bài đầu tiên', size: 50 })],
        metrics: [
          max('newsroomCount', { label: 'Toà soạn độc lập' }),
          max('articleCount', { label: 'Số bài' }),
          max('firstSeenAt', { label: 'Bắt đầu', dataType: 'date' }),
          max('lastSeenAt', { label: 'Bài gần nhất', dataType: 'date' }),
        ],
        ignoresControls: true,
      }),
    },
    {
      x: 24,
      y: 36,
      w: 24,
      h: 14,
      content: xy({
        title: 'Câu chuyện lớn lên thế nào',
        description:
          'Articles over time in the stories with the most negative articles, by the id of the story.',
        kql: 'isLate : false',
        series: 'line',
        kind,
        x: dateHistogram('firstSeenAt', { label: 'Thời gian' }),
        split: terms('storyId', { label: 'Câu chuyện', size: 6 }),
        metrics: [count({ label: 'Tin tiêu cực', kql: IS_NEGATIVE })],
      }),
    },
    {
      x: 0,
      y: 50,
      w: 24,
      h: 12,
      content: xy({
        title: 'Toà soạn độc lập viết tin tiêu cực',
        description: 'Distinct newsrooms with negative texts of their own (no copies) over time.',
        kql: `${IS_NEGATIVE} and copyNumber : 1 and isLate : false`,
        series: 'line',
        kind,
        x: dateHistogram('firstSeenAt', { label: 'Thời gian' }),
        metrics: [uniqueCount('newsroom', { label: 'Toà soạn' })],
        colors: [PLAIN],
      }),
    },
    {
      x: 24,
      y: 50,
      w: 24,
      h: 12,
      content: xy({
        title: 'Bài riêng và bài đăng lại của tin tiêu cực',
        description:
          'Negative articles that newsrooms wrote themselves beside copies of other newsrooms’ texts.',
        kql: `${IS_NEGATIVE} and isLate : false`,
        series: 'bar_stacked',
        kind,
        x: dateHistogram('firstSeenAt', { label: 'Thời gian' }),
        split: filters('Bài', [
          { label: 'Bài riêng', kql: 'copyNumber : 1' },
          { label: 'Đăng lại', kql: 'copyNumber > 1' },
        ]),
        metrics: [ARTICLES],
      }),
    },
    {
      x: 0,
      y: 62,
      w: 24,
      h: 13,
      content: partition({
        title: 'Từ ngữ về thiệt hại, sai phạm',
        description: 'Words of harm and misconduct that stand un-negated in articles.',
        shape: 'treemap',
        kind,
        groups: [terms('harmTerms', { label: 'Từ ngữ', size: 25 })],
        metric: ARTICLES,
      }),
    },
    {
      x: 24,
      y: 62,
      w: 24,
      h: 13,
      content: table({
        title: 'Báo đang viết tiêu cực',
        description: 'Outlets with the most negative articles, by tier.',
        kind,
        rows: [terms('outletName', { label: 'Báo', size: 40 }), terms('tier', { label: 'Cấp báo', size: 1 })],
        metrics: [
          count({ label: 'Tiêu cực', kql: IS_NEGATIVE }),
          ARTICLES,
          SHARE_NEGATIVE,
          uniqueCount('storyId', { label: 'Câu chuyện' }),
        ],
      }),
    },
    { x: 0, y: 75, w: 48, h: 18, content: searchPanel(HARM) },
  ],
};
