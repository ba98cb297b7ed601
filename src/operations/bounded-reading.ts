/** A question that has had no answer for this long is given up, and may be asked again. */
const GIVEN_UP_AFTER_MS = 30_000;

export interface Bounds {
  /** How long an answer, good or bad, is given again without asking. */
  readonly keepMs: number;
  /** How long anybody waits for an answer. */
  readonly boundMs: number;
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

  constructor(ask: (signal: AbortSignal) => Promise<T>, bounds: Bounds) {
    this.#ask = ask;
    this.#bounds = bounds;
  }

  /** @throws what asking throws, or that there was no answer in time */
  async read(): Promise<T> {
    const { boundMs } = this.#bounds;
    const question = this.#freshQuestion() ?? this.#askAnew();
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${boundMs / 1000} s`)), boundMs);
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
    const settled = () => {
      question.settledAt = performance.now();
    };
    answer.then(settled, settled);
    this.#question = question;
    return question;
  }
}
