import type { FeedKind, Selectors, Tier } from '../domain/outlet.ts';

/** Page templates, each after a family of Vietnamese sites. */
export type TemplateName = 'wide' | 'rounded' | 'singular' | 'agency' | 'blog' | 'table' | 'cluttered';

type FeedFormat = 'rss-2' | 'rss-2-windows-1258' | 'atom' | 'rdf' | 'json-feed' | 'news-sitemap' | 'listing';

export type DateForm = 'rfc822' | 'rfc822-two-digit-year' | 'month-first-no-zone';

export interface FeedProfile {
  readonly path: string;
  readonly format: FeedFormat;
  readonly kind: FeedKind;
  readonly section: string;
  /** A health section leaves out what is not about health; a home feed lists everything. */
  readonly isHealth: boolean;
  readonly dates?: DateForm;
  /** Added to every link, as papers do to count clicks. */
  readonly tracking?: string;
  readonly linkSelector?: string;
}

/** An outlet of the simulator: invented name, own template, own habits, own listening port. */
export interface OutletProfile {
  readonly id: string;
  readonly name: string;
  readonly tier: Tier;
  readonly province?: string;
  /** Shared by outlets of one editorial office. */
  readonly newsroom: string;
  readonly template: TemplateName;
  readonly extension: '.html' | '.htm' | '/';
  readonly feeds: readonly FeedProfile[];
  readonly selectors?: Selectors;
  /** Share of the archive's articles. */
  readonly weight: number;
  readonly robots: string;
  /** Every response is held back this long. */
  readonly latencyMs?: { readonly low: number; readonly high: number };
  readonly gzip?: true;
  /** Serves the same articles again on a mobile host of its own. */
  readonly mobileHost?: true;
  /** The feed's first answer is 429 with Retry-After as an HTTP date. */
  readonly feedRefusesOnce?: true;
}

const OPEN = 'User-agent: *\nDisallow: /tim-kiem\n';

/** Twelve newsrooms that do not exist, in places that do. Province codes as in force since 1 July 2025. */
export const OUTLET_PROFILES: readonly OutletProfile[] = [
  {
    id: 'thong-tan-lac-hong',
    name: 'Thông tấn Lạc Hồng',
    tier: 'central',
    newsroom: 'thong-tan-lac-hong',
    template: 'agency',
    extension: '.html',
    feeds: [
      { path: '/rss/y-te.rss', format: 'rss-2', kind: 'feed', section: 'Y tế', isHealth: true },
      {
        path: '/news-sitemap.xml',
        format: 'news-sitemap',
        kind: 'sitemap',
        section: 'Tin mới',
        isHealth: false,
      },
    ],
    weight: 7,
    robots: OPEN,
    gzip: true,
  },
  {
    id: 'bao-y-tam',
    name: 'Báo Y Tâm',
    tier: 'ministry',
    newsroom: 'bao-y-tam',
    template: 'rounded',
    extension: '.htm',
    feeds: [
      { path: '/feed/atom.xml', format: 'atom', kind: 'feed', section: 'Thời sự y tế', isHealth: true },
    ],
    selectors: {
      title: 'h1.detail-title',
      summary: '.detail-sapo',
      body: '.detail-content',
      author: '.detail-author .name',
      drop: '.VCSortableInPreviewMode, figcaption',
    },
    weight: 9,
    robots: OPEN,
    gzip: true,
  },
  {
    id: 'nhat-bao-phu-sa',
    name: 'Nhật báo Phù Sa',
    tier: 'national',
    newsroom: 'nhat-bao-phu-sa',
    template: 'wide',
    extension: '.html',
    feeds: [
      {
        path: '/rss/suc-khoe.rss',
        format: 'rss-2',
        kind: 'feed',
        section: 'Sức khỏe',
        isHealth: true,
        tracking: 'utm_source=rss&utm_medium=suc-khoe&utm_campaign=feed',
      },
      {
        path: '/rss/tin-moi-nhat.rss',
        format: 'rss-2',
        kind: 'feed',
        section: 'Tin mới nhất',
        isHealth: false,
        tracking: 'utm_source=rss&utm_medium=home&fbclid=nhat-bao-phu-sa',
      },
    ],
    selectors: { title: 'h1.title-detail', summary: 'p.description', body: 'article.fck_detail' },
    weight: 8,
    robots: OPEN,
    gzip: true,
  },
  {
    id: 'thoi-bao-hai-dang',
    name: 'Thời báo Hải Đăng',
    tier: 'national',
    newsroom: 'thoi-bao-hai-dang',
    template: 'rounded',
    extension: '.htm',
    feeds: [
      {
        path: '/rss/home.rss',
        format: 'rss-2',
        kind: 'feed',
        section: 'Trang chủ',
        isHealth: false,
        dates: 'rfc822-two-digit-year',
      },
    ],
    weight: 8,
    robots: OPEN,
    feedRefusesOnce: true,
  },
  {
    id: 'dong-thoi-dai',
    name: 'Dòng Thời Đại',
    tier: 'national',
    newsroom: 'dong-thoi-dai',
    template: 'singular',
    extension: '.htm',
    feeds: [{ path: '/feed.json', format: 'json-feed', kind: 'feed', section: 'Sức khỏe', isHealth: true }],
    weight: 7,
    robots: OPEN,
    mobileHost: true,
  },
  {
    id: 'ham-rong-ngay-moi',
    name: 'Hàm Rồng Ngày Mới',
    tier: 'provincial',
    province: '38',
    newsroom: 'ham-rong-ngay-moi',
    template: 'blog',
    extension: '/',
    feeds: [{ path: '/feed/', format: 'rss-2', kind: 'feed', section: 'Tin tức', isHealth: false }],
    weight: 4,
    robots: OPEN,
  },
  {
    id: 'cuu-long-ban-sang',
    name: 'Cửu Long Bản Sáng',
    tier: 'provincial',
    province: '92',
    newsroom: 'cuu-long-ban-sang',
    template: 'table',
    extension: '.html',
    feeds: [
      {
        path: '/rss.aspx',
        format: 'rss-2-windows-1258',
        kind: 'feed',
        section: 'Tin trong ngày',
        isHealth: false,
        tracking: 'zarsrc=31&utm_source=zalo',
      },
    ],
    // No heading and no metadata: nothing generic can tell its title from its name.
    selectors: {
      title: 'td.tieu_de',
      summary: 'td.trich_dan',
      body: 'td.noi_dung',
      author: 'td.tac_gia',
      publishedAt: 'td.ngay_thang',
    },
    weight: 4,
    robots: OPEN,
    latencyMs: { low: 1_000, high: 2_000 },
  },
  {
    id: 'cao-nguyen-xanh',
    name: 'Cao Nguyên Xanh',
    tier: 'provincial',
    province: '66',
    newsroom: 'cao-nguyen-xanh',
    template: 'cluttered',
    extension: '.html',
    feeds: [{ path: '/rdf/suc-khoe.rdf', format: 'rdf', kind: 'feed', section: 'Sức khỏe', isHealth: true }],
    weight: 4,
    robots: OPEN,
  },
  {
    id: 'duyen-hai-chieu',
    name: 'Duyên Hải Chiều',
    tier: 'provincial',
    province: '31',
    newsroom: 'duyen-hai-chieu',
    template: 'blog',
    extension: '.html',
    feeds: [
      {
        path: '/chuyen-muc/xa-hoi',
        format: 'listing',
        kind: 'listing',
        section: 'Xã hội',
        isHealth: false,
        linkSelector: 'article.story h3 a',
      },
    ],
    weight: 4,
    robots: 'User-agent: *\nCrawl-delay: 1\nDisallow: /noi-bo/\nDisallow: /tim-kiem\n',
  },
  {
    id: 'y-duoc-so',
    name: 'Y Dược Số',
    tier: 'trade',
    newsroom: 'y-duoc-so',
    template: 'agency',
    extension: '.html',
    feeds: [
      {
        path: '/sitemaps/news.xml',
        format: 'news-sitemap',
        kind: 'sitemap',
        section: 'Y dược',
        isHealth: true,
      },
    ],
    weight: 5,
    robots: OPEN,
    gzip: true,
  },
  {
    id: 'xu-doai-hom-nay',
    name: 'Xứ Đoài Hôm Nay',
    tier: 'provincial',
    province: '01',
    newsroom: 'xu-doai-hom-nay',
    template: 'singular',
    extension: '.htm',
    feeds: [
      {
        path: '/rss/suc-khoe.rss',
        format: 'rss-2',
        kind: 'feed',
        section: 'Sức khỏe',
        isHealth: true,
        dates: 'month-first-no-zone',
      },
    ],
    weight: 5,
    robots: OPEN,
  },
  {
    id: 'diem-tin-nhanh',
    name: 'Điểm Tin Nhanh',
    tier: 'aggregator',
    newsroom: 'thoi-bao-hai-dang',
    template: 'wide',
    extension: '.html',
    feeds: [{ path: '/rss.xml', format: 'rss-2', kind: 'feed', section: 'Điểm tin', isHealth: false }],
    weight: 3,
    robots: OPEN,
  },
];
