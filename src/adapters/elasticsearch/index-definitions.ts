import type { estypes } from '@elastic/elasticsearch';

import type { Alert, Signal } from '../../domain/alert.ts';
import type {
  AxisJudgement,
  CaseCount,
  Caution,
  Mention,
  Relevance,
  Sentiment,
  SentimentEvidence,
  TopicMatch,
} from '../../domain/analysis.ts';
import type { Article } from '../../domain/article.ts';
import type { AppliedCorrections, Correction, MachineVerdict, PersonsWord } from '../../domain/correction.ts';
import type { Entry } from '../../domain/entry.ts';
import type { FeedState } from '../../domain/feed-state.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Notification } from '../../domain/notification.ts';
import type { OutletState } from '../../domain/outlet-state.ts';
import type { Attachment, FetchedPage } from '../../domain/page.ts';
import type { PipelineWatch } from '../../domain/pipeline-watch.ts';
import type { PublishedAt } from '../../domain/published-at.ts';
import type { Revision } from '../../domain/revision.ts';
import type { DetectorSnapshot, JournalPage } from '../../domain/sighting.ts';
import type { Story } from '../../domain/story.ts';
import type { OfficeEnvelope } from '../../ports/record-table.ts';
import type { StoryMember } from '../../ports/story-store.ts';
import { upgradeDocument } from './article-document.ts';
import type { IndexDefinition } from './index-definition.ts';

/** Every kind of index; each name ends the names of its indices and aliases. */
export type IndexKind =
  | 'entries'
  | 'found'
  | 'job-outcomes'
  | 'pages'
  | 'revisions'
  | 'corrections'
  | 'articles'
  | 'stories'
  | 'story-members'
  | 'incidents'
  | 'alerts'
  | 'journal-pages'
  | 'detector-snapshots'
  | 'notifications'
  | 'feed-states'
  | 'outlet-states'
  | 'pipeline-watch'
  | 'office-records';

type Property = estypes.MappingProperty;
/** A property for every field of a type: a field added to the domain and forgotten here does not compile. */
type PropertiesOf<T> = Readonly<Record<keyof Required<T>, Property>>;

/** Lucene refuses terms of more than 32,766 bytes; a longer value is kept but not found by. */
const LONGEST_TERM = 8000;
const keyword: Property = { type: 'keyword', ignore_above: LONGEST_TERM };
/** Shown in tables, never searched for. */
const shown: Property = { type: 'keyword', ignore_above: LONGEST_TERM, index: false };
/** Given back as it is, and otherwise no concern of the index. */
const kept: Property = { type: 'object', enabled: false };
const keptText: Property = { type: 'keyword', index: false, doc_values: false };
/** Searched by its words, which stand apart. */
const unsearched: Property = { type: 'text', index: false };
const keptNumber: Property = { type: 'double', index: false, doc_values: false };
const keptFlag: Property = { type: 'boolean', index: false, doc_values: false };
const date: Property = { type: 'date' };
/** Times that an outlet stated: one that no calendar knows must not cost the document. */
const statedDate: Property = { type: 'date', ignore_malformed: true };
const flag: Property = { type: 'boolean' };
const float: Property = { type: 'float' };
const double: Property = { type: 'double' };
const integer: Property = { type: 'integer' };
const long: Property = { type: 'long' };

function object(properties: Record<string, Property>): Property {
  return { type: 'object', properties };
}

/** Text that is found with and without diacritics; `.folded` is what decides, the field itself lifts exact spelling. */
function text(more: Partial<estypes.MappingTextProperty> = {}): estypes.MappingTextProperty {
  return {
    type: 'text',
    analyzer: 'accented',
    ...more,
    fields: { folded: { type: 'text', analyzer: 'folded' }, ...more.fields },
  };
}

const TEXT_ANALYSIS: estypes.IndicesIndexSettings = {
  analysis: {
    analyzer: {
      accented: { type: 'custom', tokenizer: 'standard', filter: ['lowercase'] },
      folded: { type: 'custom', tokenizer: 'standard', filter: ['lowercase', 'asciifolding'] },
    },
  },
};

const publishedAt = {
  at: statedDate,
  source: keyword,
  zoneAssumed: keptFlag,
  offsetMinutes: keptNumber,
  dayOnly: keptFlag,
  corrected: keyword,
  printedAt: keptText,
} satisfies PropertiesOf<PublishedAt>;

const relevance = { isHealth: keptFlag, score: float, reasons: keptText } satisfies PropertiesOf<Relevance>;

/** Not nested: a term has one class per lexicon version, so nothing asks which term of an article had which class. */
const evidence = {
  term: keyword,
  class: keyword,
  weight: float,
  start: keptNumber,
  end: keptNumber,
  modifiers: keptText,
  axes: keyword,
  speaker: keyword,
  towards: keyword,
} satisfies PropertiesOf<SentimentEvidence>;

const axisJudgement = { polarity: keyword, score: float } satisfies PropertiesOf<AxisJudgement>;

const sentiment = {
  polarity: keyword,
  score: float,
  event: object(axisJudgement),
  stance: object(axisJudgement),
  lexiconVersion: keyword,
  evidence: object(evidence),
} satisfies PropertiesOf<Sentiment>;

const topicMatch = { topic: keyword, score: float, terms: keyword } satisfies PropertiesOf<TopicMatch>;

const mention = {
  kind: keyword,
  id: keyword,
  name: keyword,
  province: keyword,
  start: keptNumber,
  end: keptNumber,
} satisfies PropertiesOf<Mention>;

const caseCount = {
  measure: keyword,
  value: double,
  isApproximate: flag,
  unit: keyword,
  province: keyword,
  disease: keyword,
  start: keptNumber,
  end: keptNumber,
} satisfies PropertiesOf<CaseCount>;

const caution = {
  kind: keyword,
  term: keyword,
  speaker: keyword,
  start: keptNumber,
  end: keptNumber,
} satisfies PropertiesOf<Caution>;

/** What is derived from an article for searching and for dashboards; never given back. */
export const DERIVED_ARTICLE_PROPERTIES = {
  facets: object({
    topic: keyword,
    topicName: keyword,
    province: keyword,
    provinceName: keyword,
    facility: keyword,
    facilityName: keyword,
    disease: keyword,
    diseaseName: keyword,
    medicine: keyword,
    medicineName: keyword,
    policyDocument: keyword,
    person: keyword,
    personName: keyword,
  }),
  location: { type: 'geo_point' },
  hasHarm: flag,
  lagMs: long,
  /** Title, summary, body and files in one, so that the words of a search may stand in different ones. */
  searched: text(),
  searchedTitle: text(),
} satisfies Record<string, Property>;

const machineVerdict = {
  languageVersion: keyword,
  isHealth: flag,
  polarity: keyword,
  topics: keyword,
  mentions: keyword,
} satisfies PropertiesOf<MachineVerdict>;

const appliedCorrections = {
  ids: keyword,
  fields: keyword,
  by: keyword,
  at: date,
  machine: object(machineVerdict),
} satisfies PropertiesOf<AppliedCorrections>;

const attachment = {
  url: keptText,
  title: shown,
  kind: keyword,
  text: unsearched,
  sha256: keyword,
  unreadReason: keyword,
} satisfies PropertiesOf<Attachment>;

const article = {
  id: keyword,
  url: shown,
  outletId: keyword,
  outletName: keyword,
  newsroom: keyword,
  tier: keyword,
  section: keyword,
  title: text({ fields: { raw: { type: 'keyword', ignore_above: 512 } } }),
  summary: text(),
  body: unsearched,
  author: keyword,
  tags: keyword,
  image: keptText,
  imageCaption: keptText,
  attachments: object(attachment),
  language: keyword,
  publishedAt: object(publishedAt),
  modifiedAt: object(publishedAt),
  revisedAt: date,
  removedAt: date,
  removedReason: keyword,
  firstSeenAt: date,
  indexedAt: date,
  isLate: flag,
  imported: flag,
  readFrom: keyword,
  unreadReason: keyword,
  storyId: keyword,
  copyNumber: integer,
  corrected: object(appliedCorrections),
  series: keyword,
  relevance: object(relevance),
  sentiment: object(sentiment),
  topics: object(topicMatch),
  mentions: object(mention),
  languageVersion: keyword,
  caseCounts: object(caseCount),
  cautions: object(caution),
  harmTerms: keyword,
  signature: kept,
  creditedTo: keyword,
} satisfies PropertiesOf<Article>;

const signal = {
  kind: keyword,
  observed: double,
  expected: double,
  spread: double,
  strength: double,
} satisfies PropertiesOf<Signal>;

const alert = {
  id: keyword,
  ruleId: keyword,
  ruleVersion: keyword,
  at: date,
  dataWatermarkAt: date,
  series: keyword,
  seriesName: keyword,
  severity: keyword,
  observed: double,
  expected: double,
  spread: double,
  windowHours: double,
  negative: double,
  usualNegativeShare: double,
  falseAlarmProbability: double,
  score: double,
  falsePagesPerWeek: double,
  sign: keyword,
  sequence: long,
  signals: object(signal),
  articleIds: keptText,
  firstOutletId: keyword,
  firstArticleAt: date,
  independentNewsrooms: keyword,
  storyIds: keyword,
  copiesFolded: integer,
  changed: keptText,
} satisfies PropertiesOf<Alert>;

const incident = {
  id: keyword,
  status: keyword,
  severity: keyword,
  severitySetAt: date,
  title: keyword,
  series: keyword,
  storyIds: keyword,
  alertIds: keptText,
  latestAlert: object(alert),
  openedAt: date,
  updatedAt: date,
  reopenedAt: date,
  acknowledgedAt: date,
  acknowledgedBy: keyword,
  snoozedUntil: date,
  assignedTo: keyword,
  resolvedAt: date,
  verdict: keyword,
  mark: keyword,
  mergedInto: keyword,
  splitFrom: keyword,
  mergedFrom: keyword,
  apart: kept,
  history: kept,
} satisfies PropertiesOf<Incident>;

const notification = {
  id: keyword,
  incidentId: keyword,
  step: keyword,
  severity: keyword,
  channel: keyword,
  officerId: keyword,
  to: keptText,
  reference: keptText,
  status: keyword,
  attempts: integer,
  createdAt: date,
  deliveredAt: date,
  error: shown,
} satisfies PropertiesOf<Notification>;

const journalPage = {
  sequence: long,
  at: date,
  sightings: kept,
  relearned: flag,
} satisfies PropertiesOf<JournalPage>;

const detectorSnapshot = {
  sequence: long,
  at: date,
  version: keyword,
  state: kept,
} satisfies PropertiesOf<DetectorSnapshot>;

const story = {
  id: keyword,
  title: keyword,
  firstArticleId: keptText,
  firstOutletId: keyword,
  firstSeenAt: date,
  lastSeenAt: date,
  articleIds: keptText,
  independentNewsrooms: keyword,
  tiers: keyword,
} satisfies PropertiesOf<Story>;

const storyMember = {
  articleId: keyword,
  storyId: keyword,
  signature: kept,
  facts: kept,
} satisfies PropertiesOf<StoryMember>;

const entry = {
  id: keyword,
  url: keptText,
  title: keptText,
  summary: keptText,
  author: keptText,
  publishedAt: kept,
  outletId: keyword,
  feedId: keyword,
  section: keptText,
  fromHealthFeed: keptFlag,
  firstSeenAt: date,
  imported: flag,
  isBacklog: flag,
  outcome: keyword,
  reason: shown,
  stage: keyword,
  settledAt: date,
  text: kept,
  unreadReason: shown,
  revisedAt: date,
  removedAt: date,
  removedReason: keyword,
  analysis: kept,
} satisfies PropertiesOf<Entry>;

const page = {
  requestedUrl: keptText,
  url: keptText,
  status: { type: 'integer', index: false },
  headers: kept,
  bytes: { type: 'binary' },
  fetchedAt: date,
} satisfies PropertiesOf<FetchedPage>;

const revision = {
  entryId: keyword,
  number: integer,
  firstSeenAt: date,
  requestedUrl: keptText,
  url: keptText,
  status: integer,
  fetchedAt: date,
  headers: kept,
  sha256: keyword,
  size: integer,
  changes: keyword,
  removedReason: keyword,
  leftArchive: flag,
  title: keptText,
  summary: keptText,
  body: keptText,
  author: keptText,
  publishedAt: kept,
} satisfies PropertiesOf<Revision>;

const personsWord = {
  isHealth: flag,
  polarity: keyword,
  topics: keyword,
  mentions: kept,
  storyId: keyword,
} satisfies PropertiesOf<PersonsWord>;

const correction = {
  id: keyword,
  articleId: keyword,
  at: date,
  by: keyword,
  reason: shown,
  scope: keyword,
  says: object(personsWord),
  storyId: keyword,
  isSampled: flag,
  verdicts: kept,
  url: keptText,
  outletId: keyword,
  fromHealthFeed: keptFlag,
  text: kept,
  revokedAt: date,
  revokedBy: keyword,
} satisfies PropertiesOf<Correction>;

const feedState = {
  feedId: keyword,
  outletId: keyword,
  status: keyword,
  reason: keyword,
  polledAt: date,
  succeededAt: date,
  nextPollAt: date,
  intervalMs: long,
  intervalReason: keyword,
  consecutiveFailures: integer,
  failingSince: date,
  etag: keptText,
  lastModified: keptText,
  recoveredAt: date,
  entriesLastPoll: integer,
  newLastPoll: integer,
  rhythm: kept,
  newsAt: date,
  gaps: integer,
  gapAt: date,
  asksMs: long,
  hub: kept,
  subscription: kept,
} satisfies PropertiesOf<FeedState>;

const outletState = {
  outletId: keyword,
  clock: kept,
  coverage: kept,
  rot: kept,
} satisfies PropertiesOf<OutletState>;

const pipelineWatch = {
  id: keyword,
  lookedAt: date,
  faults: kept,
  bulletin: kept,
} satisfies PropertiesOf<PipelineWatch>;

const officeRecord = {
  key: keyword,
  kind: keyword,
  id: keyword,
  at: date,
  owner: keyword,
  document: kept,
} satisfies PropertiesOf<OfficeEnvelope>;

/** The ledger's pages end early on an index in the ledger's own order. */
const LEDGER_ORDER = ['hour', 'outletId', 'stage', 'outcome', 'countedReason'];

function define(
  kind: IndexKind,
  version: number,
  properties: Record<string, Property>,
  { isMonthly = false, ...settings }: estypes.IndicesIndexSettings & { isMonthly?: boolean } = {},
): IndexDefinition {
  return { kind, version, isMonthly, mappings: { properties }, settings };
}

/**
 * Every index that the program keeps. Fields bear the names of `src/domain`; what nobody filters, sorts, shows or adds
 * up by is kept in the document and nowhere else.
 *
 * No index has a refresh interval of its own: one that is set would refresh for nobody while an archive is brought in.
 */
export const INDEX_DEFINITIONS: readonly IndexDefinition[] = [
  define(
    'entries',
    1,
    { ...entry, hour: date, countedReason: keyword },
    {
      sort: { field: LEDGER_ORDER, order: LEDGER_ORDER.map(() => 'asc' as const) },
    },
  ),
  define('found', 1, { outletId: keyword, hour: date }),
  define('job-outcomes', 1, {
    stage: keyword,
    outletId: keyword,
    hour: date,
    outcome: keyword,
    count: long,
  }),
  define('pages', 1, { ...page, entryId: keyword }),
  define('revisions', 1, { ...revision, id: keyword, bytes: { type: 'binary' } }),
  define('corrections', 1, correction),
  {
    ...define(
      'articles',
      3,
      { ...article, ...DERIVED_ARTICLE_PROPERTIES },
      { isMonthly: true, ...TEXT_ANALYSIS },
    ),
    unkept: ['searched', 'searchedTitle'],
    upgrade: upgradeDocument,
  },
  define('stories', 1, { ...story, articleCount: integer, newsroomCount: integer }),
  define('story-members', 1, { ...storyMember, bands: keyword, firstSeenAt: date }),
  define('incidents', 3, incident),
  define('alerts', 2, alert),
  define('notifications', 2, notification),
  define('journal-pages', 1, { ...journalPage, id: keyword }),
  define('detector-snapshots', 1, detectorSnapshot),
  define('feed-states', 1, feedState),
  define('outlet-states', 1, outletState),
  define('pipeline-watch', 1, pipelineWatch),
  define('office-records', 1, officeRecord),
];

/** @throws if there is no such kind */
export function definitionOf(kind: IndexKind): IndexDefinition {
  const definition = INDEX_DEFINITIONS.find((each) => each.kind === kind);
  if (definition === undefined) throw new Error(`No index of the kind ${kind} is defined`);
  return definition;
}
