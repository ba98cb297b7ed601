/** The job can never succeed as it stands (bad payload, page is not HTML): park it, do not retry. */
export class PermanentError extends Error {
  override name = 'PermanentError';
  /** Short, stable and countable, such as `http-404` or `not-an-article`; the message says the rest. */
  readonly reason: string;

  constructor(reason: string, message = reason) {
    super(message);
    this.reason = reason;
  }
}

/** The far side answered, but with no page: what it said can prove that a page is gone. */
export class NoPageError extends PermanentError {
  readonly answer: {
    readonly url: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
  };

  constructor(reason: string, message: string, answer: NoPageError['answer']) {
    super(reason, message);
    this.answer = answer;
  }
}

/** The far side asked us to wait (429, Retry-After, host pace): try again later, at no cost in attempts. */
export class RetryLaterError extends Error {
  override name = 'RetryLaterError';
  readonly delayMs: number;

  constructor(message: string, delayMs: number) {
    super(message);
    this.delayMs = delayMs;
  }
}

/**
 * A store cannot serve just now: it is down, full, read-only or overloaded. The work waits, at no cost in attempts,
 * and goes on by itself once an operator has seen to `reason`.
 */
export class StoreUnavailableError extends RetryLaterError {
  override name = 'StoreUnavailableError';
  /** Plain words: what is wrong and, where we know it, what to look at. */
  readonly reason: string;

  constructor(reason: string, delayMs = 5000, options?: ErrorOptions) {
    super(reason, delayMs);
    this.reason = reason;
    if (options?.cause !== undefined) this.cause = options.cause;
  }
}

/** One fault in what an operator wrote: where it is and what was expected there. */
export interface ConfigFault {
  readonly file: string;
  /** 1-based; absent for environment variables. */
  readonly line?: number;
  readonly expected: string;
}

/** The configuration cannot be used; carries every fault found, so that one run is enough to mend them all. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    super(
      faults
        .map(({ file, line, expected }) => `${file}${line === undefined ? '' : `:${line}`}: ${expected}`)
        .join('\n'),
    );
    this.faults = faults;
  }
}
