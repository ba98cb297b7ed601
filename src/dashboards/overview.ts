import { ATTENTION, NEGATIVE, PLAIN } from './colors.ts';
import type { DashboardDefinition } from './dashboard.ts';
import { metric, partition, table, xy } from './lens-chart.ts';
import { average, count, dateHistogram, terms, uniqueCount } from './lens-column.ts';
import { mapPanel } from './map.ts';
import { PROVINCES_MAP } from './provinces-map.ts';
import { searchPanel } from './search.ts';
import { LATEST_NEGATIVE } from './searches.ts';
import {
  ARTICLE_CONTROLS,
  ARTICLES,
  BY_POLARITY,
  IS_NEGATIVE,
  NAVIGATION,
  POLARITY_COLORS,
  SHARE_NEGATIVE,
} from './shared-parts.ts';

const kind = 'articles';
const firstSeen = dateHistogram('firstSeenAt', { label: 'Thời gian' });

export const OVERVIEW: DashboardDefinition = {
  name: 'overview',
  title: 'Nhịp Y tế: Toàn cảnh',
  description:
    'How much the press writes about the health sector, how negative it is, about what, where and in which outlets.',
  from: 'now-7d',
  refreshMs: 60_000,
  controls: ARTICLE_CONTROLS,
  panels: [
    { x: 0, y: 0, w: 48, h: 3, content: NAVIGATION },
    {
      x: 0,
      y: 3,
      w: 8,
      h: 6,
      content: metric({
        title: 'Tin bài',
        description: 'Articles first seen in the period.',
        kind,
        metric: ARTICLES,
        color: PLAIN,
      }),
    },
    {
      x: 8,
      y: 3,
      w: 8,
      h: 6,
      content: metric({
        title: 'Tỷ lệ tiêu cực',
        description: 'Negative articles as a share of all.',
        kind,
        metric: SHARE_NEGATIVE,
        color: NEGATIVE,
      }),
    },
    {
      x: 16,
      y: 3,
      w: 8,
      h: 6,
      content: metric({
        title: 'Có từ ngữ về thiệt hại',
        description: 'Articles with un-negated words of harm or misconduct.',
        kind,
        metric: count({ label: 'Số bài', kql: 'hasHarm : true' }),
        color: ATTENTION,
      }),
    },
    {
      x: 24,
      y: 3,
      w: 8,
      h: 6,
      content: metric({
        title: 'Câu chuyện',
        description: 'Distinct stories; copies of one text and texts on one event are one.',
        kind,
        metric: uniqueCount('storyId', { label: 'Số câu chuyện' }),
        color: PLAIN,
      }),
    },
    {
      x: 32,
      y: 3,
      w: 8,
      h: 6,
      content: metric({
        title: 'Toà soạn',
        description: 'Distinct newsrooms that wrote.',
        kind,
        metric: uniqueCount('newsroom', { label: 'Số toà soạn' }),
        color: PLAIN,
      }),
    },
    {
      x: 40,
      y: 3,
      w: 8,
      h: 6,
      content: metric({
        title: 'Sự việc đang mở',
        description:
          'Incidents opened in the period that nobody has taken yet; the controls above do not apply.',
        kind: 'incidents',
        metric: count({ label: 'Số sự việc', kql: 'status : "open"' }),
        color: NEGATIVE,
        ignoresControls: true,
      }),
    },
    {
      x: 0,
      y: 9,
      w: 32,
      h: 13,
      content: xy({
        title: 'Số bài theo thời gian và sắc thái',
        description: 'Articles by when they were first seen; late ones (backlog, reprints) are left out.',
        kql: 'isLate : false',
        series: 'bar_stacked',
        kind,
        x: firstSeen,
        metrics: BY_POLARITY,
        colors: POLARITY_COLORS,
      }),
    },
    {
      x: 32,
      y: 9,
      w: 16,
      h: 13,
      content: xy({
        title: 'Tỷ lệ tiêu cực theo thời gian',
        description: 'Negative articles as a share of all, per time bucket; few articles make it jump.',
        kql: 'isLate : false',
        series: 'line',
        kind,
        x: firstSeen,
        metrics: [SHARE_NEGATIVE],
        colors: [NEGATIVE],
      }),
    },
    {
      x: 0,
      y: 22,
      w: 16,
      h: 16,
      content: xy({
        title: 'Chủ đề',
        description: 'Topics with the most articles, by polarity; an article may belong to several.',
        series: 'bar_horizontal_stacked',
        kind,
        x: terms('facets.topicName', { label: 'Chủ đề', size: 15 }),
        metrics: BY_POLARITY,
        colors: POLARITY_COLORS,
      }),
    },
    { x: 16, y: 22, w: 16, h: 16, content: mapPanel(PROVINCES_MAP) },
    {
      x: 32,
      y: 22,
      w: 16,
      h: 16,
      content: partition({
        title: 'Báo theo cấp',
        description: 'Articles by tier of the outlet, and within each tier by outlet.',
        shape: 'treemap',
        kind,
        groups: [
          terms('tier', { label: 'Cấp báo', size: 6 }),
          terms('outletName', { label: 'Báo', size: 8, withOther: true }),
        ],
        metric: ARTICLES,
      }),
    },
    {
      x: 0,
      y: 38,
      w: 24,
      h: 14,
      content: table({
        title: 'Cơ sở y tế được nhắc nhiều',
        description: 'Facilities with the most negative articles, with how many newsrooms wrote.',
        kind,
        rows: [terms('facets.facilityName', { label: 'Cơ sở y tế', size: 50 })],
        metrics: [
          count({ label: 'Tiêu cực', kql: IS_NEGATIVE }),
          ARTICLES,
          SHARE_NEGATIVE,
          uniqueCount('newsroom', { label: 'Toà soạn' }),
        ],
      }),
    },
    {
      x: 24,
      y: 38,
      w: 24,
      h: 14,
      content: table({
        title: 'Tỉnh, thành được nhắc nhiều',
        description: 'Provinces with the most articles, with the mean score from -1 to 1.',
        kind,
        rows: [terms('facets.provinceName', { label: 'Tỉnh, thành', size: 63 })],
        metrics: [
          ARTICLES,
          count({ label: 'Tiêu cực', kql: IS_NEGATIVE }),
          SHARE_NEGATIVE,
          average('sentiment.score', { label: 'Điểm trung bình' }),
        ],
      }),
    },
    { x: 0, y: 52, w: 48, h: 18, content: searchPanel(LATEST_NEGATIVE) },
  ],
};
