import type { Access } from './access.ts';
import type { OfficeRecord } from './office-record.ts';

/** One thing that somebody did, or tried to do. Written once, never changed. */
export interface AuditEntry extends OfficeRecord {
  /** Id of the account, where there is one. */
  readonly owner?: string;
  /** Who it was, by name. */
  readonly by: string;
  readonly via: Access['via'] | 'command-line';
  /** Where the request came from. */
  readonly address?: string;
  /** The kind of act: `POST /incidents/:id/acknowledge`, `sign-in`, `accounts role`. */
  readonly what: string;
  /** What it was done to: the address asked for, the name signed in with. */
  readonly on: string;
  readonly result: 'done' | 'refused' | 'failed';
}
