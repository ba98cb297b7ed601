import type { OfficeRecord } from './office-record.ts';

/** What the office has said in public of an incident, which is its owner. */
export interface Statement extends OfficeRecord {
  /** Id of the incident. */
  readonly owner: string;
  /** Who entered it. */
  readonly by: string;
  readonly title: string;
  /** Where it can be read, if anywhere. */
  readonly url?: string;
  readonly text: string;
  /** When it was made public. */
  readonly issuedAt: string;
}
