/** What several dashboards have in common. */
import { NEGATIVE, NEUTRAL, POSITIVE } from './colors.ts';
import type { Control } from './dashboard.ts';
import { type Column, count, share } from './lens-column.ts';
import { links } from './text-panels.ts';

export const IS_NEGATIVE = 'sentiment.polarity : "negative"';

/** Articles by polarity, as three series with colours of their own. */
export const BY_POLARITY: readonly Column[] = [
  count({ label: 'Tiêu cực', kql: IS_NEGATIVE }),
  count({ label: 'Trung tính', kql: 'sentiment.polarity : "neutral"' }),
  count({ label: 'Tích cực', kql: 'sentiment.polarity : "positive"' }),
];
export const POLARITY_COLORS = [NEGATIVE, NEUTRAL, POSITIVE] as const;

export const SHARE_NEGATIVE = share({ label: 'Tỷ lệ tiêu cực', part: IS_NEGATIVE });
export const ARTICLES = count({ label: 'Số bài' });

/** Fields of articles that a reader narrows a dashboard down by. */
export const ARTICLE_CONTROLS: readonly Control[] = [
  { id: 'topic', title: 'Chủ đề', kind: 'articles', field: 'facets.topicName' },
  { id: 'province', title: 'Tỉnh, thành', kind: 'articles', field: 'facets.provinceName' },
  { id: 'facility', title: 'Cơ sở y tế', kind: 'articles', field: 'facets.facilityName' },
  { id: 'tier', title: 'Cấp báo', kind: 'articles', field: 'tier' },
];

export const NAVIGATION = links([
  { name: 'overview', label: 'Toàn cảnh' },
  { name: 'crisis-room', label: 'Phòng xử lý khủng hoảng' },
  { name: 'policy-and-campaigns', label: 'Chính sách và chiến dịch' },
  { name: 'outlets-and-ledger', label: 'Nguồn báo và sổ cái' },
]);
