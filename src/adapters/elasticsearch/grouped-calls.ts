import { setImmediate as nextTick } from 'node:timers/promises';

interface Call<Request, Answer> {
  readonly request: Request;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Sends what callers ask for within one tick of the event loop as one request.
 *
 * Nobody waits for company: the request leaves at the end of the tick.
 */
export class GroupedCalls<Request, Answer> {
  readonly #send: (requests: readonly Request[]) => Promise<readonly Answer[]>;
  readonly #most: number;
  #calls: Call<Request, Answer>[] = [];

  /**
   * @param send  answers each request, in order; what it throws is thrown to every caller
   * @param most  requests that go out as one; beyond that they go side by side
   */
  constructor(send: (requests: readonly Request[]) => Promise<readonly Answer[]>, most: number) {
    this.#send = send;
    this.#most = most;
  }

  ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#calls.push({ request, resolve, reject });
      if (this.#calls.length === 1) void this.#leave();
    });
  }

  async #leave(): Promise<void> {
    await nextTick();
    const calls = this.#calls;
    this.#calls = [];
    for (let from = 0; from < calls.length; from += this.#most) {
      void this.#sendAll(calls.slice(from, from + this.#most));
    }
  }

  async #sendAll(calls: readonly Call<Request, Answer>[]): Promise<void> {
    try {
      const answers = await this.#send(calls.map(({ request }) => request));
      for (const [index, { resolve }] of calls.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      for (const { reject } of calls) reject(error);
    }
  }
}
