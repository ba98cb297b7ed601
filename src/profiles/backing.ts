import type { Deps } from '../../workers/stage.ts';
import type { QueueBackend } from '../adapters/bullmq/backend.ts';
import type { HostPace } from '../adapters/http/host-pace.ts';

/** What one profile puts under the program: where it stores, where its jobs wait, what it shares with others. */
export interface Backing {
  readonly stores: Pick<
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
    | 'office'
    | 'pipelineWatch'
  >;
  readonly queues: QueueBackend;
  /** The pace of hosts, where several processes must keep it together; absent where one process is all there is. */
  readonly pace?: HostPace;
  /** Whether each far side answers; `check` throws with the reason where it does not. */
  readonly checks: readonly { readonly name: string; check(signal: AbortSignal): Promise<void> }[];
  /** Lets `begin` run while this process alone may do the named work, and `end` when it no longer may. */
  lead(name: string, work: Leadership): Promise<{ close(): Promise<void> }>;
  /** What the stores want done once a day. */
  tidy(): Promise<void>;
  /** Tells other processes where this one can be asked, where they could not ask the stores themselves. */
  announce(consoleUrl: string): void;
  close(): Promise<void>;
}

/** Work that only one process does at a time. */
export interface Leadership {
  begin(): void;
  /** Resolves once nothing of it is under way here any more. */
  end(): Promise<void>;
}
