/** A drill that somebody has started from the console, as far as it has come. */
export interface DrillRun {
  readonly startedAt: string;
  readonly by: string;
  /** Whether officers are told, rather than the log alone. */
  readonly isReal: boolean;
  /** What it has said, in both languages. */
  readonly said: string;
  /** Absent while it runs. */
  readonly end?: { readonly at: string; readonly outcome: 'passed' | 'failed' };
}
