/** A request that failed in a way that may pass: worth another attempt, and counted under `reason` if none helps. */
export class FetchError extends Error {
  override name = 'FetchError';
  /** `dns`, `connect`, `timeout`, `tls`, `connection-lost`, `bad-response`, `http-500`, `robots-unavailable` … */
  readonly reason: string;

  constructor(reason: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
