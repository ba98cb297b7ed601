import type { Readable } from 'node:stream';

import type { Logger } from 'pino';

import type { Campaign } from '../detection/campaigns-file.ts';
import type { Forecast } from '../detection/forecast.ts';
import type { RecomputedEvidence } from '../detection/recompute-evidence.ts';
import type { Alert } from '../domain/alert.ts';
import type { Correction, CorrectionDraft } from '../domain/correction.ts';
import type { DrillRun } from '../domain/drill-run.ts';
import type { Incident } from '../domain/incident.ts';
import type { IncidentOrder } from '../domain/incident-order.ts';
import type { LedgerBalance } from '../domain/ledger.ts';
import type { Letterhead } from '../domain/letterhead.ts';
import type {
  KeptMonthlyReport,
  MonthlyEdits,
  MonthlyOrder,
  MonthlyReport,
} from '../domain/monthly-report.ts';
import type { Feed, Outlet } from '../domain/outlet.ts';
import type { BriefOrder, BriefRequest, PressBrief } from '../domain/press-brief.ts';
import type { PrintedDocument } from '../domain/printed-document.ts';
import type { PublicHoliday } from '../domain/public-holiday.ts';
import type { QuarantinedJob } from '../domain/quarantined-job.ts';
import type { SeriesKey } from '../domain/series.ts';
import type { Statement } from '../domain/statement.ts';
import type { Table } from '../domain/table.ts';
import type { Language } from '../language/language.ts';
import type { PolicyDocument } from '../language/policy-document-registry.ts';
import type { ArticleStore } from '../ports/article-store.ts';
import type { CorrectionStore } from '../ports/correction-store.ts';
import type { EntryStore } from '../ports/entry-store.ts';
import type { FeedStateStore } from '../ports/feed-state-store.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { OfficeStore } from '../ports/office-store.ts';
import type { OutletStateStore } from '../ports/outlet-state-store.ts';
import type { PipelineWatchStore } from '../ports/pipeline-watch-store.ts';
import type { RevisionStore } from '../ports/revision-store.ts';
import type { StoryStore } from '../ports/story-store.ts';
import type { BriefDifference } from '../reports/brief-difference.ts';
import type { CampaignReport } from '../reports/campaign-coverage.ts';
import type { PolicyReport } from '../reports/policy-coverage.ts';
import type { StatementPickup } from '../reports/statement-pickup.ts';
import type { ResponseDeadline } from '../routing/response-clock.ts';
import type { WhoIsTold } from '../routing/who-is-told.ts';
import type { SignInWays } from './access-guard.ts';
import type { Lang } from './messages.ts';

/** Jobs set aside, and the way back to work. */
interface Quarantine {
  list(): Promise<readonly QuarantinedJob[]>;
  /** Puts one job, one stage's jobs or all of them back to work. @returns how many */
  replay(stage?: string, key?: string): Promise<number>;
}

/** Press briefs as far as they are more than records: counted, printed, mailed. */
interface PressBriefs {
  /** @throws {PermanentError} `bad-period`, `too-many` */
  make(request: BriefRequest): Promise<PressBrief>;
  differenceOf(brief: PressBrief): Promise<BriefDifference>;
  /** @throws {BriefConflictError | BriefTransitionError} */
  remake(order: BriefOrder): Promise<PressBrief | undefined>;
  /** Absent where there is no mail server, or nobody to send it to. @throws as `remake` */
  readonly send?: ((order: BriefOrder) => Promise<PressBrief | undefined>) | undefined;
  printed(brief: PressBrief, lang: Lang): PrintedDocument;
  /** When the brief of a morning ends, `HH:MM`. */
  readonly at: string;
}

/** What an office needs to be reached, and a way to try it. */
interface SetUp {
  /** Names of the channels that are set up. */
  readonly channels: readonly string[];
  /** Names of the officers on call. */
  readonly officers: readonly string[];
  /** Sends a message that is marked as a trial; `undefined` where there is no such channel. */
  readonly testChannel: (name: string, language: Lang) => Promise<ChannelTrial | undefined>;
  readonly drills?: Drills;
}

/** Drills that are started from the console, one at a time. */
export interface Drills {
  /** @returns false where one is running already */
  start(options: Pick<DrillRun, 'by' | 'isReal'>): boolean;
  /** The one that runs, else the last one. */
  last(): DrillRun | undefined;
}

/** How the trial of a channel ended. */
interface ChannelTrial {
  readonly isTaken: boolean;
  /** Why not, in English, for whoever mends it. */
  readonly why?: string;
  readonly ms: number;
}

/** Reports of months, counted when they are asked for, and kept. */
interface MonthlyReports {
  /** @param month  `YYYY-MM` */
  make(month: string): Promise<{ readonly dataWatermarkAt: string; readonly report: MonthlyReport }>;
  /** Keeps the report of a month with its figures frozen, unless one is kept already. */
  keep(month: string, by: string): Promise<KeptMonthlyReport>;
  /** @throws {MonthlyConflictError | MonthlyTransitionError} */
  remake(order: MonthlyOrder): Promise<KeptMonthlyReport | undefined>;
  /** Mails an approved one; absent where there is no way. @throws {MonthlyConflictError | MonthlyTransitionError} */
  readonly send?: ((order: MonthlyOrder) => Promise<void>) | undefined;
  /** @param options.consoleUrl  empty for links within the console */
  printed(
    report: MonthlyReport,
    lang: Lang,
    options?: { readonly edits?: MonthlyEdits; readonly consoleUrl?: string },
  ): PrintedDocument;
}

/** Everything the console reads from, and the little that it changes. */
export interface ConsoleDeps {
  readonly now: () => Date;
  readonly articles: ArticleStore;
  readonly stories: StoryStore;
  readonly incidents: IncidentStore;
  readonly feedStates: FeedStateStore;
  readonly outletStates: OutletStateStore;
  readonly pipelineWatch: Pick<PipelineWatchStore, 'find'>;
  readonly entries: EntryStore;
  readonly revisions: RevisionStore;
  readonly corrections: CorrectionStore;
  readonly office: OfficeStore;
  /** Keeps what a person says of an article; it has taken effect when this resolves. @throws {CorrectionError} */
  readonly correct: (draft: CorrectionDraft) => Promise<Correction>;
  /** Withdraws a correction, with the same effect; `undefined` where there is none. */
  readonly revokeCorrection: (id: string, by: string) => Promise<Correction | undefined>;
  /**
   * Does what a person asks of an incident; `undefined` where there is none.
   *
   * @throws {IncidentConflictError | IncidentTransitionError}
   */
  readonly actOnIncident: (order: IncidentOrder) => Promise<Incident | undefined>;
  /** What an incident still waits for, what the office has said of it, and who has carried that. */
  readonly responseOf: (incident: Incident) => Promise<{
    readonly clock: readonly ResponseDeadline[];
    readonly statements: readonly Statement[];
    readonly pickups: readonly StatementPickup[];
  }>;
  /** Counts an alert's figures again from the index. */
  readonly verifyAlert: (alert: Alert) => Promise<RecomputedEvidence>;
  /** What is to come of a series, or of an incident; `undefined` while the archive is too young to tell. */
  readonly forecastOf: (series: SeriesKey) => Promise<Forecast | undefined>;
  readonly forecastOfIncident: (incident: Incident) => Promise<Forecast | undefined>;
  /** Who has been told of an incident, and who is next. */
  readonly whoIsTold: (incident: Incident) => Promise<WhoIsTold>;
  readonly holidays: readonly PublicHoliday[];
  readonly outlets: ReadonlyMap<string, Outlet>;
  readonly feeds: ReadonlyMap<string, Feed>;
  /** Names only: the console judges no text. */
  readonly language: Pick<Language, 'names' | 'topicNames' | 'version'>;
  readonly campaigns: readonly Campaign[];
  readonly policies: readonly PolicyDocument[];
  /** @param seen  what is counted, where somebody sees only a part */
  readonly campaignReport: (
    campaign: Campaign,
    seen?: Pick<ConsoleDeps, 'articles' | 'incidents'>,
  ) => Promise<CampaignReport>;
  readonly policyReport: (
    document: PolicyDocument,
    seen?: Pick<ConsoleDeps, 'articles'>,
  ) => Promise<PolicyReport>;
  /** Whether there is a mail server. */
  readonly canMail: boolean;
  readonly briefs: PressBriefs;
  readonly monthlyReports: MonthlyReports;
  readonly letterhead: Letterhead;
  readonly writeDocx: (document: PrintedDocument) => Promise<Uint8Array>;
  /** @param software  written into the file as what made it */
  readonly writeParquet: (table: Table, software: string) => Readable;
  /** Absent where there is no browser that prints. */
  readonly printPdf?: ((html: string, signal: AbortSignal) => Promise<Uint8Array>) | undefined;
  readonly ledgerBalance: () => Promise<LedgerBalance>;
  readonly quarantine: Quarantine;
  /** Absent where nobody is to be reached. */
  readonly setUp?: SetUp;
  readonly log: Logger;
  /** How people sign in; absent where nobody has to. */
  readonly signInWays?: SignInWays | undefined;
  /** What signs the links in messages, and whom they are made for, by id; without it no link is known. */
  readonly acknowledgement?:
    | { readonly key: Buffer; readonly officers: ReadonlyMap<string, { readonly name: string }> }
    | undefined;
  /** Of one person and their programs together, where people sign in. Default 600. */
  readonly requestsPerMinute?: number;
  /** For readers who have not chosen. Default `vi`. */
  readonly languageDefault?: Lang;
  /**
   * Host names, without port, under which the console may be asked for; any other Host header is refused, so that a
   * hostile page cannot reach a console on loopback by pointing its own name there. Default: loopback names only.
   */
  readonly allowedHosts?: readonly string[];
}
