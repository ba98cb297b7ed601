import type { SearchDefinition } from './search.ts';
import { IS_NEGATIVE } from './shared-parts.ts';

const TITLE_WIDTH = 420;

export const LATEST_NEGATIVE: SearchDefinition = {
  name: 'latest-negative',
  title: 'Tin tiêu cực mới nhất',
  description: 'Negative articles, newest first, with the words that decided.',
  kind: 'articles',
  kql: IS_NEGATIVE,
  columns: [
    'title',
    'outletName',
    'tier',
    'facets.facilityName',
    'facets.provinceName',
    'sentiment.score',
    'sentiment.evidence.term',
    'url',
  ],
  sort: ['firstSeenAt', 'desc'],
  widths: { title: TITLE_WIDTH },
};

export const HARM: SearchDefinition = {
  name: 'harm',
  title: 'Tin có từ ngữ về thiệt hại, sai phạm',
  description: 'Articles in which words of harm or misconduct stand un-negated, newest first.',
  kind: 'articles',
  kql: 'hasHarm : true and isLate : false',
  columns: ['title', 'harmTerms', 'outletName', 'tier', 'facets.facilityName', 'facets.provinceName', 'url'],
  sort: ['firstSeenAt', 'desc'],
  widths: { title: TITLE_WIDTH },
};

const CAUTIONS: SearchDefinition = {
  name: 'cautions',
  title: 'Tin cần đọc kỹ',
  description:
    'Articles that speak of rumours, tell of a denial or hand on a dangerous remedy, newest first.',
  kind: 'articles',
  kql: 'cautions.kind : *',
  columns: ['title', 'cautions.kind', 'cautions.term', 'cautions.speaker', 'outletName', 'tier', 'url'],
  sort: ['firstSeenAt', 'desc'],
  widths: { title: TITLE_WIDTH },
};

export const POLICY_ARTICLES: SearchDefinition = {
  name: 'policy-articles',
  title: 'Tin nhắc đến văn bản chính sách',
  description: 'Articles that name a policy document of the health sector, newest first.',
  kind: 'articles',
  kql: 'facets.policyDocument : *',
  columns: ['title', 'facets.policyDocument', 'sentiment.polarity', 'outletName', 'tier', 'url'],
  sort: ['firstSeenAt', 'desc'],
  widths: { title: TITLE_WIDTH },
};

export const GROWING_STORIES: SearchDefinition = {
  name: 'growing-stories',
  title: 'Câu chuyện nhiều toà soạn cùng viết',
  description: 'Stories on which at least two newsrooms wrote texts of their own, most newsrooms first.',
  kind: 'stories',
  kql: 'newsroomCount >= 2',
  columns: ['title', 'newsroomCount', 'articleCount', 'tiers', 'firstSeenAt', 'lastSeenAt', 'firstOutletId'],
  sort: ['newsroomCount', 'desc'],
  widths: { title: TITLE_WIDTH },
};

export const INCIDENTS_WAITING: SearchDefinition = {
  name: 'incidents-waiting',
  title: 'Sự việc chưa khép',
  description: 'Incidents that are open or taken and not yet resolved, newest change first.',
  kind: 'incidents',
  kql: 'status : ("open" or "acknowledged")',
  columns: [
    'severity',
    'status',
    'title',
    'latestAlert.seriesName',
    'latestAlert.observed',
    'latestAlert.expected',
    'latestAlert.independentNewsrooms',
    'acknowledgedBy',
    'updatedAt',
  ],
  sort: ['updatedAt', 'desc'],
  widths: { title: TITLE_WIDTH },
};

export const LOST_ENTRIES: SearchDefinition = {
  name: 'lost-entries',
  title: 'Bài bị hỏng, kèm lý do',
  description:
    'Entries that failed: found at an outlet and neither indexed nor set aside for a reason of content.',
  kind: 'entries',
  kql: 'outcome : "failed"',
  columns: ['outletId', 'feedId', 'stage', 'countedReason', 'settledAt'],
  sort: ['firstSeenAt', 'desc'],
};

export const UNREAD_ARTICLES: SearchDefinition = {
  name: 'unread-articles',
  title: 'Tin mới chỉ có tiêu đề và tóm tắt',
  description: 'Articles judged by title and summary alone, because their page could not be read so far.',
  kind: 'articles',
  kql: 'readFrom : "entry"',
  columns: ['title', 'outletName', 'unreadReason', 'sentiment.polarity', 'url'],
  sort: ['firstSeenAt', 'desc'],
  widths: { title: TITLE_WIDTH },
};

/** Every search of the library. */
export const SEARCHES: readonly SearchDefinition[] = [
  LATEST_NEGATIVE,
  HARM,
  CAUTIONS,
  POLICY_ARTICLES,
  GROWING_STORIES,
  INCIDENTS_WAITING,
  LOST_ENTRIES,
  UNREAD_ARTICLES,
];
