/** A question that has had no answer for this long is given up, and may be asked again. */
const GIVEN_UP_AFTER_MS = 30_000;

export interface Bounds {
  /** How long an answer, good or bad, is given again without asking. */
  readonly keepMs: number;
  /** How long anybody waits for an answer. */
  readonly boundMs: number;
}

/** There was no answer in time. */
export class UnansweredError extends Error {
  override name = 'UnansweredError';
  /** What came of the question before, where that failed. */
  readonly before: unknown;

  constructor(boundMs: number, before: unknown) {
    super(`no answer within ${boundMs / 1000} s`);
    this.before = before;
  }
}

interface Question<T> {
  readonly answer: Promise<T>;
  readonly askedAt: number;
  settledAt?: number;
}

/**
 * Something slow, read under bounds: however many ask, one question is under way at a time, none is asked again while
 * its answer is fresh, and nobody waits long. So neither probes nor scrapes can become load on what they look at.
 */
export class BoundedReading<T> {
  readonly #ask: (signal: AbortSignal) => Promise<T>;
  readonly #bounds: Bounds;
  #question: Question<T> | undefined;
  #lastFault: unknown;

  constructor(ask: (signal: AbortSignal) => Promise<T>, bounds: Bounds) {
    this.#ask = ask;
    this.#bounds = bounds;
  }

  /** @throws {UnansweredError} if there is no answer in time; else what asking throws */
  async read(): Promise<T> {
    const { boundMs } = this.#bounds;
    const question = this.#freshQuestion() ?? this.#askAnew();
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new UnansweredError(boundMs, this.#lastFault)), boundMs);
    });
    try {
      return await Promise.race([question.answer, bound]);
    } finally {
      clearTimeout(timer);
    }
  }

  #freshQuestion(): Question<T> | undefined {
    const question = this.#question;
    if (question === undefined) return undefined;
    const isFresh =
      question.settledAt === undefined
        ? performance.now() - question.askedAt < GIVEN_UP_AFTER_MS
        : performance.now() - question.settledAt < this.#bounds.keepMs;
    return isFresh ? question : undefined;
  }

  #askAnew(): Question<T> {
    // A moment later than the bound, so that a question cut short is told of as unanswered and not as aborted.
    const signal = AbortSignal.timeout(this.#bounds.boundMs + 50);
    const answer = (async () => this.#ask(signal))();
    const question: Question<T> = { answer, askedAt: performance.now() };
    const settle = (fault?: unknown) => {
      question.settledAt = performance.now();
      this.#lastFault = fault;
    };
    answer.then(() => settle(), settle);
    this.#question = question;
    return question;
  }
}
