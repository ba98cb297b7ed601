import type { Logger } from 'pino';
import type { z } from 'zod';

import type { AlertRule } from '../src/detection/alert-rule.ts';
import type { Campaign } from '../src/detection/campaigns-file.ts';
import type { DocumentReading } from '../src/domain/document.ts';
import type { QueueName } from '../src/domain/entry.ts';
import type { Letterhead } from '../src/domain/letterhead.ts';
import type { SendMail } from '../src/domain/mail.ts';
import type { Observation } from '../src/domain/observation.ts';
import type { Feed, Outlet } from '../src/domain/outlet.ts';
import type { FetchedPage } from '../src/domain/page.ts';
import type { PrintedDocument } from '../src/domain/printed-document.ts';
import type { PublicHoliday } from '../src/domain/public-holiday.ts';
import type { Language } from '../src/language/language.ts';
import type { PolicyDocument } from '../src/language/policy-document-registry.ts';
import type { ArticleFilter, ArticleStore } from '../src/ports/article-store.ts';
import type { Channel } from '../src/ports/channel.ts';
import type { CorrectionStore } from '../src/ports/correction-store.ts';
import type { DetectionJournal } from '../src/ports/detection-journal.ts';
import type { EntryStore } from '../src/ports/entry-store.ts';
import type { FeedStateStore } from '../src/ports/feed-state-store.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { OfficeStore } from '../src/ports/office-store.ts';
import type { OutletStateStore } from '../src/ports/outlet-state-store.ts';
import type { PageStore } from '../src/ports/page-store.ts';
import type { PipelineWatchStore } from '../src/ports/pipeline-watch-store.ts';
import type { RevisionStore } from '../src/ports/revision-store.ts';
import type { StoryStore } from '../src/ports/story-store.ts';
import type { OnCall } from '../src/routing/on-call.ts';
import type { DetectorHolder } from './tell-detector.ts';

/** What each stage reads. Jobs carry ids; stores carry text. */
export interface Payloads {
  /** One poll, due at the time that the feed's state names too; or a push, kept as a page under `pushId`. */
  discover: { feedId: string; dueAt?: string | undefined; pushId?: string | undefined };
  /** The page itself, or what extraction has found that more is to be had: further pages, or its AMP twin. */
  fetch: { entryId: string; more?: 'pages' | 'twin' | undefined };
  /** `isAll` where nothing more is to be fetched for it. */
  extract: { entryId: string; isAll?: boolean | undefined };
  analyse: { entryId: string };
  index: { entryId: string };
  /** One article to re-judge the series of, or none: judge every series with news in the last day. */
  detect: { articleId?: string | undefined };
  notify: { notificationId: string };
  /** The files that an article offers. */
  attach: { entryId: string };
  /** A later look at an article's page; `isSuspect` where the look before it met an error page dressed as one. */
  revisit: { entryId: string; round: number; isSuspect?: boolean | undefined };
  /** `coverage` is of one outlet's day; without these it makes the jobs of all that are due. */
  housekeeping: {
    task: 'recover' | 'retain' | 'coverage' | 'subscriptions';
    outletId?: string | undefined;
    day?: string | undefined;
  };
  /** Asks each report whether it is due. */
  report: Record<string, never>;
}

/** A request that a stage may make; the transport keeps to robots.txt, host pace and every bound. */
export interface PageRequest {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Least time between two requests to the same host. */
  readonly paceMs: number;
  /** Goes before pages of the same host. */
  readonly isPoll?: boolean;
  /** The answer may also be a PDF or Word file, of up to 20 MB. */
  readonly mayBeDocument?: boolean;
  readonly signal: AbortSignal;
}

interface FormRequest {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Everything a stage may touch. `src/app.ts` hands in adapters; tests hand in fakes. */
export interface Deps {
  readonly now: () => Date;
  readonly outlets: ReadonlyMap<string, Outlet>;
  readonly feeds: ReadonlyMap<string, Feed>;
  readonly language: Language;
  readonly alertRules: readonly AlertRule[];
  readonly campaigns: readonly Campaign[];
  readonly policies: readonly PolicyDocument[];
  readonly holidays: readonly PublicHoliday[];
  readonly onCall: OnCall;
  readonly entries: EntryStore;
  readonly pages: PageStore;
  readonly revisions: RevisionStore;
  readonly corrections: CorrectionStore;
  readonly articles: ArticleStore;
  /** The filter for a search as it stands in an address of the console. */
  readonly readSearch: (query: Readonly<Record<string, string>>) => ArticleFilter;
  readonly stories: StoryStore;
  readonly journal: DetectionJournal;
  /** Filled by whoever tells the detector first. */
  readonly detector: DetectorHolder;
  readonly incidents: IncidentStore;
  readonly feedStates: FeedStateStore;
  readonly outletStates: OutletStateStore;
  readonly office: OfficeStore;
  readonly pipelineWatch: PipelineWatchStore;
  readonly channels: readonly Channel[];
  /** Takes note of what operators want measured; never throws and never waits. */
  readonly observe: (observation: Observation) => void;
  /** Which of these jobs their queues still hold, in any state but completed; by key. */
  readonly heldJobs: (jobs: readonly { stage: QueueName; key: string }[]) => Promise<ReadonlySet<string>>;
  readonly retention: {
    readonly pageDays: number;
    /** Whole months of articles kept beside the current one; 0 keeps all. */
    readonly articleMonths: number;
  };
  /** When an article's page is looked at again: hours after its first sight, ascending; none for never. */
  readonly revisitAfterHours: readonly number[];
  /** What the stores want done once a day, at a quiet moment. */
  readonly tidy: () => Promise<void>;
  /** Present in a drill: what it opens is no incident, and whatever it says is marked. */
  readonly drill?: true;
  /** Where the console is reached, for links in alerts. */
  readonly consoleUrl: string;
  /** Signs the links by which officers take an incident over; without it there are none. */
  readonly acknowledgementKey?: Buffer | undefined;
  /**
   * @throws {PermanentError} `robots-disallowed`, `private-address`, `too-large`, `bad-redirect`, …
   * @throws {RetryLaterError} while the host's pace or its Retry-After asks for patience
   */
  readonly fetchPage: (request: PageRequest) => Promise<FetchedPage>;
  /** Reads a PDF or DOCX file, of whatever origin, safely. @throws the signal's reason, if it fires */
  readonly readDocument: (bytes: Uint8Array, signal: AbortSignal) => Promise<DocumentReading>;
  /** How the office's documents name it, and who is sent them. */
  readonly letterhead: Letterhead;
  /** When the press brief of the morning is due, `HH:MM` on a Vietnamese clock. */
  readonly briefAt: string;
  readonly writeDocx: (document: PrintedDocument) => Promise<Uint8Array>;
  /**
   * Prints an HTML document as PDF; absent where there is no browser to do it.
   *
   * @throws {PermanentError} `no-pdf` where it printed nothing
   */
  readonly printPdf?: ((html: string, signal: AbortSignal) => Promise<Uint8Array>) | undefined;
  /** Absent where no mail server is configured. */
  readonly sendMail?: SendMail | undefined;
  /** Sends a form to a hub, through the same guard. @throws as `fetchPage`, and where the answer is no success */
  readonly postForm: (request: FormRequest) => Promise<void>;
  /** Where WebSub hubs reach us, without a slash at the end; `undefined` where they cannot. */
  readonly webSubCallbackUrl?: string | undefined;
}

/** A job for a later stage. Two jobs with one key are one job while the queue still holds the first. */
export type Job<To extends QueueName = QueueName> = {
  [S in To]: {
    readonly stage: S;
    /** Lower-case letters, digits, hyphens: BullMQ refuses `:` and bare integers. */
    readonly key: string;
    readonly payload: Payloads[S];
    readonly delayMs?: number;
  };
}[To];

/** How one job ended: counted and logged exactly once, so no entry is lost in silence. */
export interface JobOutcome<Next extends QueueName> {
  /** `done`, or a named reason why there was nothing to do. */
  readonly status: 'done' | 'skipped';
  readonly reason?: string;
  /** The outlet it concerned, for the ledger. */
  readonly outletId?: string;
  readonly next: readonly Job<Next>[];
}

/** One step of the pipeline as a plain value: what it reads, how wide it runs, what it does. */
export interface Stage<Name extends QueueName, Next extends QueueName> {
  readonly name: Name;
  readonly payload: z.ZodType<Payloads[Name]>;
  readonly concurrency: number;
  /** Tries before the job goes to quarantine; waits asked for by a server cost none. */
  readonly attempts: number;
  /** True where only one process may work at a time: two at once would contradict each other. */
  readonly isSingle?: true;
  /** How many runs of `runTogether` may be under way at once in a process; one unless said otherwise. */
  readonly batches?: number;
  run(
    payload: Payloads[Name],
    deps: Deps,
    context: { log: Logger; signal: AbortSignal },
  ): Promise<JobOutcome<Next>>;
  /**
   * The same for all jobs in hand, where that is cheaper or where they must know of each other: one outcome for each
   * payload, in order. A stage that has this is run by it alone.
   */
  runTogether?(
    payloads: readonly Payloads[Name][],
    deps: Deps,
    context: { log: Logger; signal: AbortSignal },
  ): Promise<readonly JobOutcome<Next>[]>;
  /** Called once when the job can no longer succeed, so that the entry is settled as failed and not left pending. */
  onGivenUp?(payload: Payloads[Name], reason: string, deps: Deps): Promise<void>;
}
