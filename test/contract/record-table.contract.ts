import { brotliCompressSync } from 'node:zlib';

import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FeedState } from '../../src/domain/feed-state.ts';
import { openIncident } from '../../src/domain/incident.ts';
import type { Notification } from '../../src/domain/notification.ts';
import {
  type PortableRecord,
  RECORD_KINDS,
  type RecordKind,
  type RecordTable,
  revisionRecordId,
} from '../../src/ports/record-table.ts';
import type { Deps } from '../../workers/stage.ts';
import {
  aCorrection,
  aJournalPage,
  anAlert,
  anArticle,
  anEntry,
  anOutletState,
  aPipelineWatch,
  aRevision,
  aStatement,
} from '../support/factories.ts';

const feedState: FeedState = {
  feedId: 'bao-a-1',
  outletId: 'bao-a',
  status: 'ok',
  consecutiveFailures: 0,
  entriesLastPoll: 3,
  newLastPoll: 1,
};
const outletState = anOutletState();
const notification: Notification = {
  id: 'n1',
  incidentId: 'incident-x',
  step: 'opened',
  channel: 'log',
  status: 'delivered',
  attempts: 1,
  createdAt: '2026-03-02T02:00:00.000Z',
};
const page = {
  requestedUrl: 'https://bao.example/1',
  url: 'https://bao.example/1',
  status: 200,
  headers: { 'content-type': 'text/html' },
  fetchedAt: '2026-03-02T01:06:00.000Z',
  bytes: new TextEncoder().encode('<p>Bệnh viện</p>'.repeat(100)),
};
const revision = aRevision();
const revisionId = revisionRecordId(revision);
const story = {
  id: 's1',
  title: 'Bệnh viện tỉnh quá tải',
  firstArticleId: 'a1',
  firstOutletId: 'bao-a',
  firstSeenAt: '2026-03-02T01:05:00.000Z',
  lastSeenAt: '2026-03-02T01:05:00.000Z',
  articleIds: ['a1'],
  independentNewsrooms: ['bao-a'],
  tiers: ['national' as const],
};
const hour = '2026-03-02T01:00:00.000Z';
const statement = aStatement({ id: 's1', at: hour, owner: 'a' });
const journalPageId = (sequence: number) => String(sequence).padStart(15, '0');

/** One record of each kind, as it must read whichever store it comes from. */
const RECORDS: Readonly<Record<RecordKind, PortableRecord>> = {
  'feed-states': { id: 'bao-a-1', document: feedState },
  'outlet-states': { id: 'bao-a', document: outletState },
  pages: { id: 'e1', document: undefined },
  entries: { id: anEntry().id, document: anEntry() },
  revisions: { id: revisionId, document: { ...revision, id: revisionId } },
  corrections: { id: aCorrection().id, document: aCorrection() },
  'job-counts': {
    id: `fetch bao-a ${hour} done`,
    document: { stage: 'fetch', outletId: 'bao-a', hour, outcome: 'done', count: 2 },
  },
  stories: { id: 's1', document: story },
  'story-members': {
    id: 'a1',
    document: {
      articleId: 'a1',
      storyId: 's1',
      signature: [1, 2, 3],
      bands: ['x', 'y'],
      firstSeenAt: '2026-03-02T01:05:00.000Z',
    },
  },
  articles: { id: 'a1', document: anArticle() },
  'journal-pages': { id: journalPageId(1), document: aJournalPage() },
  alerts: { id: anAlert().id, document: anAlert() },
  incidents: { id: openIncident(anAlert(), 'x').id, document: openIncident(anAlert(), 'x') },
  notifications: { id: 'n1', document: notification },
  'pipeline-watch': { id: 'pipeline', document: aPipelineWatch() },
  'office-records': {
    id: 'statement/s1',
    document: { key: 'statement/s1', kind: 'statement', id: 's1', at: hour, owner: 'a', document: statement },
  },
};

type Stores = Pick<
  Deps,
  | 'entries'
  | 'pages'
  | 'revisions'
  | 'corrections'
  | 'articles'
  | 'stories'
  | 'journal'
  | 'incidents'
  | 'feedStates'
  | 'outletStates'
  | 'pipelineWatch'
  | 'office'
>;

/** Every set of `RecordTable`s must pass this suite unchanged, so that records read from one can be written to another. */
export function recordTableContract(
  name: string,
  open: () => Promise<{ tables: readonly RecordTable[]; stores: Stores; clear: () => Promise<unknown> }>,
): void {
  describe(`RecordTable contract: ${name}`, () => {
    let tables: readonly RecordTable[];
    let stores: Stores;
    let clear: () => Promise<unknown>;
    beforeAll(async () => {
      ({ tables, stores, clear } = await open());
    });
    beforeEach(() => clear());

    const table = (kind: RecordKind) => {
      const found = tables.find((one) => one.kind === kind);
      if (found === undefined) throw new Error(`No table of ${kind}`);
      return found;
    };

    it('has a table for each kind, in the order of a copy', () => {
      expect(tables.map(({ kind }) => kind)).toEqual(RECORD_KINDS);
    });

    it('reads what the stores wrote', async () => {
      await stores.feedStates.save(feedState);
      await stores.outletStates.update('bao-a', () => outletState);
      await stores.pages.save('e1', page);
      await stores.entries.add([anEntry()]);
      await stores.revisions.save(revision);
      await stores.corrections.add(aCorrection());
      for (let i = 0; i < 2; i++) {
        await stores.entries.countJob({ stage: 'fetch', outletId: 'bao-a', outcome: 'done', at: hour });
      }
      const { bands, firstSeenAt, ...member } = RECORDS['story-members'].document as {
        articleId: string;
        storyId: string;
        signature: number[];
        bands: string[];
        firstSeenAt: string;
      };
      await stores.stories.update(story.id, () => story, [{ ...member, bands, firstSeenAt }]);
      await stores.articles.save([anArticle()]);
      await stores.journal.append(aJournalPage());
      await stores.incidents.saveAlert(anAlert());
      await stores.incidents.open(openIncident(anAlert(), 'x'));
      await stores.incidents.plan(notification);
      await stores.office.insert('statement', statement);
      await stores.pipelineWatch.update(() => aPipelineWatch());
      for (const kind of RECORD_KINDS) {
        expect(await table(kind).count(), kind).toBe(1);
        const [record] = await table(kind).read({ limit: 5 });
        const expected = RECORDS[kind];
        if (kind !== 'pages') expect(record, kind).toEqual(expected);
        else expect(record).toMatchObject({ id: 'e1', document: { entryId: 'e1', url: page.url } });
      }
    });

    it('writes what the stores then read, and twice is once', async () => {
      const { bytes, ...about } = page;
      const brotli = brotliCompressSync(bytes).toString('base64');
      const documents = { ...RECORDS, pages: { id: 'e1', document: { ...about, entryId: 'e1', brotli } } };
      for (let time = 0; time < 2; time++) {
        for (const kind of RECORD_KINDS) await table(kind).write([documents[kind]]);
      }
      for (const kind of RECORD_KINDS) {
        expect(await table(kind).read({ limit: 5 }), kind).toEqual([documents[kind]]);
      }
      expect(await stores.feedStates.all()).toEqual([feedState]);
      expect(await stores.outletStates.all()).toEqual([outletState]);
      const kept = await stores.pages.find('e1');
      expect(Buffer.from(kept?.bytes ?? []).equals(bytes)).toBe(true);
      expect(await stores.entries.foundCount()).toBe(1);
      expect((await stores.entries.ledger()).map(({ count }) => count)).toEqual([1]);
      expect((await stores.entries.jobCounts()).map(({ count }) => count)).toEqual([2]);
      expect(await stores.stories.candidates(['y'], hour)).toHaveLength(1);
      expect(await stores.articles.count({ text: 'qua tai' })).toBe(1);
      expect(await stores.incidents.alertsOf(openIncident(anAlert(), 'x').id)).toEqual([anAlert()]);
      expect(await stores.incidents.notificationsOf('incident-x')).toEqual([notification]);
    });

    it('carries the bytes of a revision, and revisions in the order of their numbers', async () => {
      await stores.revisions.save(revision, page.bytes);
      await stores.revisions.save({ ...revision, number: 10 });
      const read = await table('revisions').read({ limit: 5 });
      expect(read.map(({ id }) => id)).toEqual([revisionId, `${revision.entryId}-0010`]);
      expect(await table('revisions').read({ limit: 5, afterId: revisionId })).toEqual(read.slice(1));
      await clear();
      await table('revisions').write(read);
      expect(await table('revisions').read({ limit: 5 })).toEqual(read);
      const kept = await stores.revisions.bytes(revision.entryId, revision.number);
      expect(Buffer.from(kept ?? []).equals(page.bytes)).toBe(true);
      expect(await stores.revisions.bytes(revision.entryId, 10)).toBeUndefined();
    });

    it('replaces what has changed, counters included', async () => {
      await table('entries').write([RECORDS.entries]);
      const settled = anEntry({
        outcome: 'irrelevant',
        stage: 'analyse',
        reason: 'not-health',
        settledAt: hour,
      });
      await table('entries').write([{ id: settled.id, document: settled }]);
      expect((await stores.entries.ledger()).map(({ outcome }) => outcome)).toEqual(['irrelevant']);
      expect(await stores.entries.foundCount()).toBe(1);
    });

    it('reads what is counted in the order of ids too', async () => {
      const ids = ['analyse - x done', 'fetch bao x done', 'fetch bao-a x done', 'fetch bao-a x http-404'];
      const rows = ids.map((id, index) => {
        const [stage, outletId, , outcome] = id.split(' ');
        return {
          id: id.replace(' x ', ` ${hour} `),
          document: { stage, outletId, hour, outcome, count: index + 1 },
        };
      });
      await table('job-counts').write([...rows].reverse());
      expect(await table('job-counts').count()).toBe(4);
      expect(await table('job-counts').read({ limit: 3 })).toEqual(rows.slice(0, 3));
      const afterId = rows[1]?.id ?? '';
      expect(await table('job-counts').read({ limit: 3, afterId })).toEqual(rows.slice(2));
    });

    it('reads in the order of ids, after an id, as many as asked', async () => {
      const states = ['b', 'B', 'a-1', 'a1', 'é'].map((feedId) => ({ ...feedState, feedId }));
      await table('feed-states').write(states.map((document) => ({ id: document.feedId, document })));
      const first = await table('feed-states').read({ limit: 2 });
      expect(first.map(({ id }) => id)).toEqual(['B', 'a-1']);
      const rest = await table('feed-states').read({ limit: 9, afterId: 'a-1' });
      expect(rest.map(({ id }) => id)).toEqual(['a1', 'b', 'é']);
      expect(await table('feed-states').read({ limit: 9, afterId: 'é' })).toEqual([]);
    });
  });
}
