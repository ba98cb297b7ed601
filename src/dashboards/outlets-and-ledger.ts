import { ATTENTION, NEGATIVE, NEUTRAL, PLAIN, POSITIVE } from './colors.ts';
import type { DashboardDefinition } from './dashboard.ts';
import { gauge, metric, partition, table, xy } from './lens-chart.ts';
import {
  count,
  dateHistogram,
  lastValue,
  max,
  median,
  percentile,
  share,
  sum,
  terms,
} from './lens-column.ts';
import { searchPanel } from './search.ts';
import { LOST_ENTRIES } from './searches.ts';
import { NAVIGATION } from './shared-parts.ts';

const kind = 'entries';
const FAILING = 'status : ("invalid" or "blocked" or "unreachable")';
const FAILED = 'outcome : "failed"';
const SHARE_LOST = share({ label: 'Tỷ lệ hỏng', part: FAILED });
const firstSeen = dateHistogram('firstSeenAt', { label: 'Thời gian' });

const BY_OUTCOME = [
  count({ label: 'Vào kho', kql: 'outcome : "indexed"' }),
  count({ label: 'Trùng', kql: 'outcome : "duplicate"' }),
  count({ label: 'Ngoài ngành', kql: 'outcome : "irrelevant"' }),
  count({ label: 'Hỏng', kql: FAILED }),
  count({ label: 'Đang chờ', kql: 'outcome : "pending"' }),
];
const OUTCOME_COLORS = [PLAIN, POSITIVE, NEUTRAL, NEGATIVE, ATTENTION] as const;

export const OUTLETS_AND_LEDGER: DashboardDefinition = {
  name: 'outlets-and-ledger',
  title: 'Nhịp Y tế: Nguồn báo và sổ cái',
  description:
    'Which feeds can be read, how long articles take to become searchable, and what became of every URL found.',
  from: 'now-7d',
  refreshMs: 60_000,
  // The one field that feeds, entries, jobs and articles share.
  controls: [{ id: 'outlet', title: 'Báo', kind: 'entries', field: 'outletId' }],
  panels: [
    { x: 0, y: 0, w: 48, h: 3, content: NAVIGATION },
    {
      x: 0,
      y: 3,
      w: 10,
      h: 8,
      content: metric({
        title: 'Nguồn đang hỏng',
        description: 'Feeds whose last poll gave nothing to read.',
        kind: 'feed-states',
        metric: count({ label: 'Số nguồn', kql: FAILING }),
        color: NEGATIVE,
      }),
    },
    {
      x: 10,
      y: 3,
      w: 10,
      h: 8,
      content: metric({
        title: 'Bài tìm thấy',
        description: 'Entries found in the period.',
        kind,
        metric: count({ label: 'Số bài' }),
        color: PLAIN,
      }),
    },
    {
      x: 20,
      y: 3,
      w: 10,
      h: 8,
      content: metric({
        title: 'Đang chờ',
        description: 'Entries whose fate is still open.',
        kind,
        metric: count({ label: 'Số bài', kql: 'outcome : "pending"' }),
        color: ATTENTION,
      }),
    },
    {
      x: 30,
      y: 3,
      w: 9,
      h: 8,
      content: gauge({
        title: 'Tỷ lệ hỏng',
        description: 'Entries that failed, as a share of all found.',
        kind,
        metric: SHARE_LOST,
      }),
    },
    {
      x: 39,
      y: 3,
      w: 9,
      h: 8,
      content: metric({
        title: 'Chậm nhất 5 % (từ lúc thấy)',
        description:
          'Time from first sight to searchable that 95 % of articles keep under; imported and late ones left out.',
        kql: 'imported : false and isLate : false',
        kind: 'articles',
        metric: percentile('lagMs', 95, { label: 'p95' }),
        color: PLAIN,
      }),
    },
    {
      x: 0,
      y: 11,
      w: 32,
      h: 13,
      content: xy({
        title: 'Sổ cái: bài tìm thấy theo kết cục',
        description: 'Every URL found, by what became of it: nothing is dropped without a reason.',
        series: 'bar_stacked',
        kind,
        x: firstSeen,
        metrics: BY_OUTCOME,
        colors: OUTCOME_COLORS,
      }),
    },
    {
      x: 32,
      y: 11,
      w: 16,
      h: 13,
      content: partition({
        title: 'Nguồn theo tình trạng',
        description: 'Feeds by what their last poll gave.',
        shape: 'donut',
        kind: 'feed-states',
        groups: [terms('status', { label: 'Tình trạng', size: 7 })],
        metric: count({ label: 'Số nguồn' }),
      }),
    },
    {
      x: 0,
      y: 24,
      w: 24,
      h: 13,
      content: xy({
        title: 'Từ lúc thấy đến lúc tìm được',
        description: 'Median and 95th percentile of the time from first sight to searchable.',
        kql: 'imported : false and isLate : false',
        series: 'line',
        kind: 'articles',
        x: firstSeen,
        metrics: [median('lagMs', { label: 'Trung vị' }), percentile('lagMs', 95, { label: 'p95' })],
        colors: [PLAIN, NEGATIVE],
      }),
    },
    {
      x: 24,
      y: 24,
      w: 24,
      h: 13,
      content: xy({
        title: 'Bài hỏng theo lý do',
        description: 'Why entries failed, by the stage that gave them up.',
        kql: FAILED,
        series: 'bar_horizontal_stacked',
        kind,
        x: terms('countedReason', { label: 'Lý do', size: 15 }),
        split: terms('stage', { label: 'Công đoạn', size: 7 }),
        metrics: [count({ label: 'Số bài' })],
      }),
    },
    {
      x: 0,
      y: 37,
      w: 24,
      h: 15,
      content: table({
        title: 'Nguồn hỏng',
        description: 'Feeds whose last poll gave nothing to read, longest first.',
        kql: FAILING,
        kind: 'feed-states',
        rows: [
          terms('feedId', { label: 'Nguồn', size: 100 }),
          terms('status', { label: 'Tình trạng', size: 1 }),
        ],
        metrics: [
          max('consecutiveFailures', { label: 'Hỏng liên tiếp' }),
          lastValue('reason', { label: 'Lý do', sortField: 'polledAt' }),
          max('succeededAt', { label: 'Đọc được lần cuối', dataType: 'date' }),
        ],
      }),
    },
    {
      x: 24,
      y: 37,
      w: 24,
      h: 15,
      content: table({
        title: 'Sổ cái theo báo',
        description: 'What became of the entries of each outlet.',
        kind,
        rows: [terms('outletId', { label: 'Báo', size: 100 })],
        metrics: [count({ label: 'Tìm thấy' }), ...BY_OUTCOME, SHARE_LOST],
      }),
    },
    {
      x: 0,
      y: 52,
      w: 24,
      h: 13,
      content: table({
        title: 'Công việc theo công đoạn và kết cục',
        description: 'Jobs that ended in the period, repeats and retries included.',
        kind: 'job-outcomes',
        rows: [
          terms('stage', { label: 'Công đoạn', size: 8 }),
          terms('outcome', { label: 'Kết cục', size: 10 }),
        ],
        metrics: [sum('count', { label: 'Số công việc' })],
      }),
    },
    { x: 24, y: 52, w: 24, h: 13, content: searchPanel(LOST_ENTRIES) },
  ],
};
