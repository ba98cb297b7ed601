import { type Campaign, quote } from './campaign.ts';
import { NEGATIVE } from './colors.ts';
import type { DashboardDefinition } from './dashboard.ts';
import { table, xy } from './lens-chart.ts';
import { dateHistogram, filters, max, min, terms, uniqueCount } from './lens-column.ts';
import { searchPanel } from './search.ts';
import { POLICY_ARTICLES } from './searches.ts';
import {
  ARTICLE_CONTROLS,
  ARTICLES,
  BY_POLARITY,
  NAVIGATION,
  POLARITY_COLORS,
  SHARE_NEGATIVE,
} from './shared-parts.ts';
import { note } from './text-panels.ts';

/** A policy document of `config/policy-documents.yaml`. */
export interface PolicyDocument {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly issuedAt?: string | undefined;
}

/** How long before and after counts as such. */
const AROUND_DAYS = 30;
/** The newest documents are compared one by one; the rest by the control. */
const COMPARED = 8;
/** So far back the comparisons look, whatever the period above. */
const FAR_BACK = { from: 'now-3y', to: 'now' } as const;

const kind = 'articles';
const firstSeen = dateHistogram('firstSeenAt', { label: 'Thời gian' });
const COMPARISON = [ARTICLES, ...BY_POLARITY, SHARE_NEGATIVE, uniqueCount('newsroom', { label: 'Toà soạn' })];

const HOW_TO = `**Trước, trong và sau.** Chọn một văn bản ở hàng lọc phía trên để xem riêng báo chí viết về văn bản đó.
Lá cờ trên biểu đồ là ngày ban hành. Hai bảng so sánh lấy ${AROUND_DAYS} ngày trước, thời gian diễn ra và ${AROUND_DAYS} ngày sau,
không phụ thuộc khoảng thời gian đang chọn; chiến dịch hằng năm tính cho năm nay.`;

/**
 * Before, during and after: documents from the day they were issued, campaigns from their first day to their last.
 *
 * Documents and campaigns are those of the configuration, since the index knows neither dates of issue nor campaigns.
 */
export function policyAndCampaigns(
  documents: readonly PolicyDocument[],
  campaigns: readonly Campaign[],
): DashboardDefinition {
  const issued = documents
    .flatMap((document) =>
      document.issuedAt === undefined ? [] : [{ ...document, issuedAt: document.issuedAt }],
    )
    .sort((a, b) => b.issuedAt.localeCompare(a.issuedAt) || a.id.localeCompare(b.id));
  const compared = issued.slice(0, COMPARED);
  return {
    name: 'policy-and-campaigns',
    title: 'Nhịp Y tế: Chính sách và chiến dịch',
    description:
      'What the press writes before, during and after a policy document is issued or a campaign runs.',
    from: 'now-90d',
    refreshMs: 300_000,
    controls: [
      { id: 'policy-document', title: 'Văn bản chính sách', kind, field: 'facets.policyDocument' },
      ...ARTICLE_CONTROLS,
    ],
    panels: [
      { x: 0, y: 0, w: 48, h: 3, content: NAVIGATION },
      { x: 0, y: 3, w: 48, h: 5, content: note(HOW_TO, 'How to read this dashboard.') },
      {
        x: 0,
        y: 8,
        w: 32,
        h: 14,
        content: xy({
          title: 'Tin nhắc đến văn bản chính sách',
          description: 'Articles that name a policy document, by polarity; flags mark days of issue.',
          kql: 'facets.policyDocument : *',
          series: 'bar_stacked',
          kind,
          x: firstSeen,
          metrics: BY_POLARITY,
          colors: POLARITY_COLORS,
          marks: compared.map(({ id, number, issuedAt }) => ({
            id: `issued-${id}`,
            label: `Ban hành ${number}`,
            at: `${issuedAt}T00:00:00+07:00`,
          })),
        }),
      },
      {
        x: 32,
        y: 8,
        w: 16,
        h: 14,
        content: xy({
          title: 'Tỷ lệ tiêu cực trong tin về văn bản',
          description: 'Negative articles as a share of those that name a policy document.',
          kql: 'facets.policyDocument : *',
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
        w: 24,
        h: 15,
        content: table({
          title: 'Văn bản được nhắc nhiều',
          description: 'Policy documents by the number of articles that name them.',
          kind,
          rows: [terms('facets.policyDocument', { label: 'Văn bản', size: 50 })],
          metrics: [
            ARTICLES,
            SHARE_NEGATIVE,
            uniqueCount('newsroom', { label: 'Toà soạn' }),
            min('firstSeenAt', { label: 'Bài đầu', dataType: 'date' }),
            max('firstSeenAt', { label: 'Bài gần nhất', dataType: 'date' }),
          ],
        }),
      },
      {
        x: 24,
        y: 22,
        w: 24,
        h: 15,
        content: table({
          title: 'Văn bản mới: trước và sau ngày ban hành',
          description: `The newest documents: ${AROUND_DAYS} days before issue, the ${AROUND_DAYS} days from it, and later.`,
          kind,
          period: FAR_BACK,
          rows: [filters('Văn bản và thời kỳ', compared.flatMap(periodsOfDocument))],
          metrics: COMPARISON,
        }),
      },
      {
        x: 0,
        y: 37,
        w: 48,
        h: 15,
        content: table({
          title: 'Chiến dịch: trước, trong và sau',
          description: `Campaigns of this year: ${AROUND_DAYS} days before, its own days, and ${AROUND_DAYS} days after.`,
          kind,
          period: FAR_BACK,
          rows: [filters('Chiến dịch và thời kỳ', campaigns.flatMap(periodsOfCampaign))],
          metrics: COMPARISON,
        }),
      },
      {
        x: 0,
        y: 52,
        w: 48,
        h: 14,
        content: xy({
          title: 'Tin theo chiến dịch',
          description: 'Articles that speak of a campaign, whenever it is.',
          series: 'bar_horizontal_stacked',
          kind,
          x: filters(
            'Chiến dịch',
            campaigns.map(({ name, kql }) => ({ label: name, kql })),
          ),
          metrics: BY_POLARITY,
          colors: POLARITY_COLORS,
        }),
      },
      { x: 0, y: 66, w: 48, h: 18, content: searchPanel(POLICY_ARTICLES) },
    ],
  };
}

function periodsOfDocument({ id, number, issuedAt }: PolicyDocument) {
  const named = `facets.policyDocument : ${quote(id)}`;
  const day = (offset: string) => quote(`${issuedAt}||${offset}`);
  const later = day(`+${AROUND_DAYS}d`);
  return [
    {
      label: `${number}: ${AROUND_DAYS} ngày trước`,
      kql: `${named} and firstSeenAt >= ${day(`-${AROUND_DAYS}d`)} and firstSeenAt < ${day('')}`,
    },
    {
      label: `${number}: ${AROUND_DAYS} ngày đầu`,
      kql: `${named} and firstSeenAt >= ${day('')} and firstSeenAt < ${later}`,
    },
    { label: `${number}: về sau`, kql: `${named} and firstSeenAt >= ${later}` },
  ];
}

function periodsOfCampaign({ name, kql, from, until }: Campaign) {
  const within = (start: string, end: string) =>
    `(${kql}) and firstSeenAt >= ${quote(start)} and firstSeenAt < ${quote(end)}`;
  return [
    { label: `${name}: ${AROUND_DAYS} ngày trước`, kql: within(`${from}-${AROUND_DAYS}d`, from) },
    { label: `${name}: trong chiến dịch`, kql: within(from, until) },
    { label: `${name}: ${AROUND_DAYS} ngày sau`, kql: within(until, `${until}+${AROUND_DAYS}d`) },
  ];
}
