/** What a press brief says, wherever it is shown: printed, mailed or on a page. */

import { number, percent } from '../detection/message/wording.ts';
import { SEVERITY_NAMES } from '../detection/severity-names.ts';
import type { Polarity } from '../domain/analysis.ts';
import type { IncidentStatus } from '../domain/incident.ts';
import type { Tier } from '../domain/outlet.ts';
import type { BriefFilter, BriefImportance, UsualWindow } from '../domain/press-brief.ts';
import type { PrintedLanguage } from '../domain/printed-document.ts';
import type { Names } from './names.ts';

const vi = {
  title: (from: string, to: string) => `Điểm báo y tế từ ${from} đến ${to}`,
  overview: 'Tổng quan',
  topics: 'Theo chủ đề',
  stories: 'Tin, bài đáng chú ý',
  remarks: 'Nhận xét chung',
  noRemarks: '…………………………………………………………………………………………………………',
  scope: (what: string) => `Chỉ tính tin, bài về: ${what}.`,
  counted: 'Trong kỳ có ',
  articles: (n: string) => `${n} bài`,
  ofStories: (stories: string, newsrooms: string) => ` về ${stories} câu chuyện của ${newsrooms} toà soạn. `,
  negative: (n: string) => `${n} bài tiêu cực`,
  shareOf: (share: string, low: string, high: string) =>
    ` (${share}, khoảng tin cậy 95%: ${low} đến ${high})`,
  neutral: (n: string) => `${n} bài trung tính`,
  positive: (n: string) => `${n} bài tích cực`,
  stance: 'Với ngành y tế: ',
  criticised: (n: string) => `${n} bài phê phán`,
  praised: (n: string) => `${n} bài khen ngợi`,
  usual: (weeks: number) => `Cùng khung giờ của ${weeks} tuần trước: `,
  usualSays: (articles: string, share: string) => `giữa là ${articles} bài, ${share} tiêu cực`,
  notUsual: 'Kho chưa có tin của các tuần trước để so sánh.',
  corrected: (n: string) => `Có ${n} bài đã được người đọc sửa đánh giá. `,
  late: (n: string) => `Có ${n} bài ra báo từ trước, về kho muộn. `,
  columns: {
    number: 'TT',
    content: 'Nội dung',
    figures: 'Lan truyền',
    proposal: 'Đề xuất',
    topic: 'Chủ đề',
    all: 'Số bài',
    negative: 'Tiêu cực',
  },
  topicCaption: 'Số bài theo chủ đề (một bài có thể thuộc nhiều chủ đề)',
  storyCaption: (topic: string) => `Tin, bài: ${topic}`,
  noTopic: 'Chủ đề khác',
  first: (outlet: string, at: string) => `${outlet}, ${at}`,
  earlier: (outlet: string, at: string, n: string) =>
    `Tiếp diễn: ${outlet} đăng đầu tiên lúc ${at}; trước kỳ này có ${n}`,
  own: (n: string) => `${n} toà soạn viết riêng`,
  copies: (n: string) => `${n} bài đăng lại`,
  correctedOf: (n: string) => `${n} bài đã sửa đánh giá`,
  provinces: 'Địa phương: ',
  incident: 'Sự việc: ',
  alerts: (n: number) => `${n} cảnh báo`,
  why: 'Vì sao đứng đây: ',
  negativeNewsrooms: (n: string) => `${n} toà soạn đăng bài tiêu cực`,
  harmful: (n: string) => `${n} bài nói đến tổn hại hoặc sai phạm`,
  byHand: 'Thêm bằng tay',
  more: (stories: string) => `Ngoài ra còn ${stories} câu chuyện khác, xem toàn bộ tin bài trong kỳ.`,
  watermark: (at: string) => `Số liệu tính từ kho tin đến ${at}.`,
  draft: 'Bản tự động, chưa biên tập.',
  automatic: 'Số liệu do phần mềm tính từ tin bài thu thập được; mỗi con số dẫn tới đúng những bài đã đếm.',
  status: { open: 'đang mở', acknowledged: 'đã nhận', resolved: 'đã khép' } as Record<IncidentStatus, string>,
  polarity: { negative: 'tiêu cực', neutral: 'trung tính', positive: 'tích cực' } as Record<Polarity, string>,
  tier: {
    central: 'báo trung ương',
    ministry: 'cơ quan nhà nước',
    national: 'báo toàn quốc',
    provincial: 'báo địa phương',
    trade: 'báo ngành',
    aggregator: 'trang tổng hợp',
  } as Record<Tier, string>,
};

const en: typeof vi = {
  title: (from, to) => `Health press brief from ${from} to ${to}`,
  overview: 'Overview',
  topics: 'By topic',
  stories: 'Stories of note',
  remarks: 'General remarks',
  noRemarks: vi.noRemarks,
  scope: (what) => `Counts only what is about: ${what}.`,
  counted: 'The period has ',
  articles: (n) => `${n} articles`,
  ofStories: (stories, newsrooms) => ` on ${stories} stories from ${newsrooms} newsrooms. `,
  negative: (n) => `${n} negative`,
  shareOf: (share, low, high) => ` (${share}, 95% interval: ${low} to ${high})`,
  neutral: (n) => `${n} neutral`,
  positive: (n) => `${n} positive`,
  stance: 'Towards the health sector: ',
  criticised: (n) => `${n} critical`,
  praised: (n) => `${n} favourable`,
  usual: (weeks) => `The same hours of the ${weeks} weeks before: `,
  usualSays: (articles, share) => `a median of ${articles} articles, ${share} negative`,
  notUsual: 'The archive holds no earlier weeks to compare with.',
  corrected: (n) => `People have corrected the judgement of ${n} articles. `,
  late: (n) => `${n} articles had been published earlier and came late. `,
  columns: {
    number: 'No.',
    content: 'Content',
    figures: 'Spread',
    proposal: 'Proposal',
    topic: 'Topic',
    all: 'Articles',
    negative: 'Negative',
  },
  topicCaption: 'Articles by topic (one article may have several)',
  storyCaption: (topic) => `Stories: ${topic}`,
  noTopic: 'Other topics',
  first: vi.first,
  earlier: (outlet, at, n) => `Continued: first in ${outlet} at ${at}; before this period there were ${n}`,
  own: (n) => `${n} newsrooms of their own`,
  copies: (n) => `${n} copies`,
  correctedOf: (n) => `${n} corrected by people`,
  provinces: 'Places: ',
  incident: 'Incident: ',
  alerts: (n) => `${n} alerts`,
  why: 'Why it stands here: ',
  negativeNewsrooms: (n) => `${n} newsrooms with negative articles`,
  harmful: (n) => `${n} tell of harm or misconduct`,
  byHand: 'Added by hand',
  more: (stories) => `There are ${stories} more stories; see all articles of the period.`,
  watermark: (at) => `Counted from the archive as of ${at}.`,
  draft: 'Made automatically, not yet edited.',
  automatic:
    'Figures are counted by software from the articles it has collected; each leads to the very articles counted.',
  status: { open: 'open', acknowledged: 'acknowledged', resolved: 'resolved' },
  polarity: { negative: 'negative', neutral: 'neutral', positive: 'positive' },
  tier: {
    central: 'central paper',
    ministry: 'public body',
    national: 'national paper',
    provincial: 'provincial paper',
    trade: 'trade paper',
    aggregator: 'aggregator',
  },
};

export const BRIEF_WORDS: Readonly<Record<PrintedLanguage, typeof vi>> = { vi, en };

/** `Nghiêm trọng; 3 toà soạn viết tiêu cực; báo trung ương; 12 bài`: why a story stands where it stands. */
export function importanceReason(
  { severity, negativeNewsrooms, tier, articles, criticised, harmful }: BriefImportance,
  lang: PrintedLanguage,
): string {
  const words = BRIEF_WORDS[lang];
  return [
    ...(severity === undefined ? [] : [SEVERITY_NAMES[severity][lang]]),
    ...(negativeNewsrooms === 0 ? [] : [words.negativeNewsrooms(String(negativeNewsrooms))]),
    words.tier[tier],
    words.articles(String(articles)),
    ...(criticised === 0 ? [] : [words.criticised(String(criticised))]),
    ...(harmful === 0 ? [] : [words.harmful(String(harmful))]),
  ].join('; ');
}

/** `Hà Nội, An toàn thực phẩm`; '' for a brief about everything. */
export function filterText({ province, facility, topic }: BriefFilter, names: Names): string {
  return [
    ...(province === undefined ? [] : [names.province(province)]),
    ...(facility === undefined ? [] : [names.facility(facility)]),
    ...(topic === undefined ? [] : [names.topic(topic)]),
  ].join(', ');
}

/** What the same hours of the same weekday hold: the median of articles, and the share negative of all of them. */
export function usualText(usual: readonly UsualWindow[], lang: PrintedLanguage): string {
  const words = BRIEF_WORDS[lang];
  if (usual.length === 0) return words.notUsual;
  const sorted = usual.map(({ articles }) => articles).sort((a, b) => a - b);
  const middle = (sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number);
  const sum = (field: 'articles' | 'negative') => usual.reduce((total, window) => total + window[field], 0);
  const share = percent(sum('negative') / sum('articles'), lang);
  return `${words.usual(usual.length)}${words.usualSays(number(middle / 2, lang), share)}`;
}
