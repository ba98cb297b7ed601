import type { QueueName } from '../domain/entry.ts';
import type { OfficeRecord, OfficeRecordKind } from '../domain/office-record.ts';
import type { FetchedPage } from '../domain/page.ts';
import type { Revision } from '../domain/revision.ts';
import type { KeyedStoryMember } from './story-store.ts';

/** Every kind of record that the stores hold, in the order in which a copy writes them: what others refer to first. */
export const RECORD_KINDS = [
  'feed-states',
  'outlet-states',
  'pages',
  'entries',
  'revisions',
  'corrections',
  'job-counts',
  'stories',
  'story-members',
  'articles',
  'journal-pages',
  'alerts',
  'incidents',
  'notifications',
  'pipeline-watch',
  'office-records',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** A raw page: what was said of it, and its bytes as base64 of brotli. */
export type PageRecord = Omit<FetchedPage, 'bytes'> & { readonly entryId: string; readonly brotli: string };

/** A revision under its id, and its bytes, where there are any, as base64 of brotli. */
export type RevisionRecord = Revision & { readonly id: string; readonly brotli?: string };

/** An article's revisions stand in the order of their numbers. */
export function revisionRecordId({ entryId, number }: Pick<Revision, 'entryId' | 'number'>): string {
  return `${entryId}-${String(number).padStart(4, '0')}`;
}

/** Jobs of one stage, outlet and hour that ended alike. */
export interface JobCountRecord {
  readonly stage: QueueName;
  readonly outletId: string;
  readonly hour: string;
  readonly outcome: string;
  readonly count: number;
}

/** A record of the office with its kind, under one key for all kinds. */
export interface OfficeEnvelope extends OfficeRecord {
  readonly key: string;
  readonly kind: OfficeRecordKind;
  readonly document: OfficeRecord;
}

export function officeRecordKey(kind: OfficeRecordKind, id: string): string {
  return `${kind}/${id}`;
}

/** A member with the keys under which it is found. */
export type StoryMemberRecord = KeyedStoryMember;

/**
 * One record on its way from one set of stores to another: plain JSON, the same whichever store it comes from. Where
 * no type of this file says otherwise, the document is the domain's own.
 */
export interface PortableRecord {
  /** Unique within its kind and the same in every store, so that writing it twice leaves one. */
  readonly id: string;
  readonly document: unknown;
}

/**
 * One kind of record, read and written whole: for moving an archive from one set of stores to another, for snapshots
 * and for restoring them. Nobody else writes meanwhile.
 */
export interface RecordTable {
  readonly kind: RecordKind;
  count(): Promise<number>;
  /** The next records in the order of their ids, compared byte by byte, beginning after `afterId`. */
  read(page: { limit: number; afterId?: string }): Promise<PortableRecord[]>;
  /** Inserts or replaces by id, with everything that hangs on a record: counters, search index, series. */
  write(records: readonly PortableRecord[]): Promise<void>;
}
