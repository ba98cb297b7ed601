import { setMaxListeners } from 'node:events';

import type { Config } from '../../config.ts';
import { documentKind } from '../../domain/document.ts';
import type { FetchedPage } from '../../domain/page.ts';
import { NoPageError, PermanentError, RetryLaterError, StoreUnavailableError } from '../../errors.ts';
import { FetchError } from './fetch-error.ts';
import type { ResolveHost } from './guarded-connector.ts';
import type { HostPace } from './host-pace.ts';
import { createHostPace } from './host-pace.ts';
import { unpack } from './read-body.ts';
import { fetchableUrl, isRedirect, redirectTarget } from './redirect.ts';
import { retryAfterMs } from './retry-after.ts';
import type { RobotsCache, RobotsRules } from './robots-rules.ts';
import { createRobotsCache, RobotsUnavailableError } from './robots-rules.ts';
import type { Exchange, Transport } from './transport.ts';
import { createTransport } from './transport.ts';

/** A page or feed to fetch. */
interface PageRequest {
  readonly url: string;
  /** Validators of the last 200 from this very URL. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** Least time between two requests to the same host; a longer crawl-delay in robots.txt wins. */
  readonly paceMs: number;
  /** Goes before pages of the same host. */
  readonly isPoll?: boolean;
  /** The answer may also be a PDF or Word file, of up to 20 MB whatever the bound for pages. */
  readonly mayBeDocument?: boolean;
  readonly signal: AbortSignal;
}

export type PageFetcherOptions = Pick<
  Config,
  | 'userAgent'
  | 'allowPrivateHosts'
  | 'fetchTimeoutMs'
  | 'fetchConnectTimeoutMs'
  | 'fetchMaxBytes'
  | 'fetchMaxRedirects'
  | 'maxConcurrentFetches'
> & {
  readonly now?: () => Date;
  /** Instead of the system's resolver. */
  readonly resolveHost?: ResolveHost;
  /** Instead of a pace of this process alone, one that is shared with others. */
  readonly pace?: HostPace;
  /** Told of every request that waited for its host's pace, or was sent away for so long. */
  readonly onWait?: (host: string, waitMs: number) => void;
};

/** Fetches politely and safely whatever the web holds; knows nothing of what it means. */
export interface PageFetcher {
  /**
   * Fetches one page, within robots.txt, the host's pace, and every bound of the options.
   *
   * The answer is a 200 or 203 with its content-decoded bytes, or, where validators were given, a 304 without any.
   * Validators go to the address asked for, never to where it redirects. Time spent waiting for the host's pace
   * does not count towards the time limit.
   *
   * @throws {PermanentError} `bad-url`, `robots-disallowed`, `private-address`, `bad-redirect`, `too-large`,
   *   `headers-too-large`, `bad-encoding`, `not-text`
   * @throws {NoPageError} `http-<status>` for an answer that will not change
   * @throws {RetryLaterError} while the host's pace, a 429, or a 503 with Retry-After asks for patience, and when the
   *   fetcher is closed
   * @throws {FetchError} for everything that may pass, with `reason` `dns`, `connect`, `timeout`, `tls`,
   *   `connection-lost`, `bad-response`, `robots-unavailable`, `http-<status>` or `network`
   * @throws the signal's reason, if it fires
   */
  fetchPage(request: PageRequest): Promise<FetchedPage>;
  /**
   * Posts a form, and keeps to none of what is for pages: no robots.txt, no pace.
   *
   * Follows a 307 or 308, which ask for the same again elsewhere, but never from https down to http. Where the address
   * is a plain http one of the usual port, https is tried first.
   *
   * @throws {PermanentError} as `fetchPage`, and `http-<status>` for any answer that is no success
   * @throws {FetchError} for everything that may pass
   * @throws the signal's reason, if it fires
   */
  postForm(request: FormRequest): Promise<void>;
  /** Ends what is under way and closes every connection. */
  close(): Promise<void>;
}

interface FormRequest {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, text/html, application/xhtml+xml, ' +
  'application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5';

/** Circulars with scanned annexes have ten. */
const MAX_DOCUMENT_BYTES = 20_000_000;

/** One failed robots.txt must not hold up a page for as long as a page may take. */
const ROBOTS_TIMEOUT_MS = 15_000;

/** A slot that is had within this was free: the time went into asking for it. */
const NO_WAIT_MS = 25;

/** Statuses of a server that is unwell or wants us to come again: another attempt may succeed. */
const PASSING_STATUSES: readonly number[] = [202, 408, 425];

export function createPageFetcher(options: PageFetcherOptions): PageFetcher {
  const now = options.now ?? (() => new Date());
  const closing = new AbortController();
  // Every fetch under way listens to it: that is no leak.
  setMaxListeners(0, closing.signal);
  const transport = createTransport({
    userAgent: options.userAgent,
    allowPrivateHosts: options.allowPrivateHosts,
    connectTimeoutMs: options.fetchConnectTimeoutMs,
    timeoutMs: options.fetchTimeoutMs,
    maxConcurrent: options.maxConcurrentFetches,
    ...(options.resolveHost === undefined ? {} : { resolveHost: options.resolveHost }),
  });
  const parts: FetcherParts = {
    options,
    now,
    transport,
    pace: options.pace ?? createHostPace(() => now().getTime()),
    robots: createRobotsCache({
      transport,
      userAgent: options.userAgent,
      timeoutMs: Math.min(options.fetchTimeoutMs, ROBOTS_TIMEOUT_MS),
      now,
      signal: closing.signal,
    }),
  };

  return {
    async fetchPage(request) {
      const stop = new AbortController();
      const passOn = (event: Event) => stop.abort((event.target as AbortSignal).reason);
      request.signal.throwIfAborted();
      closing.signal.throwIfAborted();
      request.signal.addEventListener('abort', passOn, { once: true });
      closing.signal.addEventListener('abort', passOn, { once: true });
      try {
        return await followToPage(parts, { ...request, signal: stop.signal });
      } finally {
        request.signal.removeEventListener('abort', passOn);
        closing.signal.removeEventListener('abort', passOn);
      }
    },

    async postForm({ url, fields, signal }) {
      const body = new URLSearchParams(fields).toString();
      const end = AbortSignal.any([signal, closing.signal]);
      const plain = fetchableUrl(url);
      if (plain.protocol === 'http:' && plain.port === '') {
        const secure = new URL(plain);
        secure.protocol = 'https:';
        const isDone = await post(parts, secure, body, end).then(
          () => true,
          () => false,
        );
        end.throwIfAborted();
        if (isDone) return;
      }
      await post(parts, plain, body, end);
    },

    async close() {
      // A wait, so that a job which could not finish loses no attempt.
      closing.abort(new RetryLaterError('The program is shutting down', 1_000));
      await transport.close();
    },
  };
}

interface FetcherParts {
  readonly options: PageFetcherOptions;
  readonly now: () => Date;
  readonly transport: Transport;
  readonly pace: HostPace;
  readonly robots: RobotsCache;
}

async function followToPage(parts: FetcherParts, request: PageRequest): Promise<FetchedPage> {
  const { options, now } = parts;
  const first = fetchableUrl(request.url);
  const visited = new Set([first.href]);
  let url = first;
  let previousHost = '';
  let timeLeftMs = options.fetchTimeoutMs;

  for (let hop = 0; hop <= options.fetchMaxRedirects; hop += 1) {
    const isFirst = hop === 0;
    const { answer, tookMs } = await visit(parts, request, { url, isFirst, previousHost, timeLeftMs });
    if (!isRedirect(answer.status)) {
      const isDocument = request.mayBeDocument === true && documentKind(answer.bytes) !== undefined;
      const bytes = isDocument ? answer.bytes : await textBytes(answer, options.fetchMaxBytes);
      return {
        requestedUrl: request.url,
        url: url.href,
        status: answer.status,
        headers: answer.headers,
        bytes,
        fetchedAt: now().toISOString(),
      };
    }
    timeLeftMs = Math.max(1, timeLeftMs - tookMs);
    previousHost = url.host;
    url = redirectTarget(answer.headers.location, url, visited);
    visited.add(url.href);
  }
  throw new PermanentError(
    'bad-redirect',
    `${first.host} redirects more than ${options.fetchMaxRedirects} times`,
  );
}

/** Statuses that ask for the same request elsewhere. */
const REPEATING: readonly number[] = [307, 308];
const FORM_TIMEOUT_MS = 10_000;
const MAX_FORM_ANSWER_BYTES = 4096;

async function post({ transport, options }: FetcherParts, first: URL, body: string, signal: AbortSignal) {
  const visited = new Set([first.href]);
  let url = first;
  for (let hop = 0; hop <= options.fetchMaxRedirects; hop += 1) {
    const { status, headers } = await transport.exchange({
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
      maxBytes: MAX_FORM_ANSWER_BYTES,
      isStartEnough: true,
      timeoutMs: Math.min(FORM_TIMEOUT_MS, options.fetchTimeoutMs),
      signal,
    });
    if (status >= 200 && status < 300) return;
    if (!REPEATING.includes(status))
      throw new PermanentError(`http-${status}`, `${url.host} answers ${status}`);
    url = redirectTarget(headers.location, url, visited);
    visited.add(url.href);
  }
  throw new PermanentError('bad-redirect', `${first.host} redirects without end`);
}

interface Visit {
  readonly url: URL;
  readonly isFirst: boolean;
  readonly previousHost: string;
  readonly timeLeftMs: number;
}

/** One request to one host, in that host's turn; the next step of a redirect within the host follows at once. */
async function visit(
  parts: FetcherParts,
  request: PageRequest,
  { url, isFirst, previousHost, timeLeftMs }: Visit,
): Promise<{ answer: Exchange; tookMs: number }> {
  const { pace, robots, transport, options } = parts;
  const knownDelayMs = robots.known(url.origin)?.crawlDelayMs ?? 0;
  const release =
    url.host === previousHost
      ? undefined
      : await takeSlot(parts, url.host, { ...request, paceMs: Math.max(request.paceMs, knownDelayMs) });
  let hasAnswered = false;
  try {
    const rules = await rulesFor(parts, url);
    await pace.hold(url.host, Math.max(request.paceMs, rules.crawlDelayMs));
    if (!rules.allows(url)) {
      throw new PermanentError(
        'robots-disallowed',
        `robots.txt of ${url.host} does not allow ${url.pathname}`,
      );
    }
    const isConditional = isFirst && (request.etag !== undefined || request.lastModified !== undefined);
    const startedAt = performance.now();
    const answer = await transport.exchange({
      url,
      headers: { accept: ACCEPT, ...(isConditional ? validators(request) : {}) },
      maxBytes: maxBytesOf(request, options.fetchMaxBytes),
      inspect: (status, headers) => {
        inspectPatience(url, status, retryAfterMs(headers['retry-after'], parts.now()));
        hasAnswered = true;
        inspect(url, { status, headers, isConditional, mayBeDocument: request.mayBeDocument === true });
      },
      timeoutMs: timeLeftMs,
      signal: request.signal,
    });
    return { answer, tookMs: performance.now() - startedAt };
  } catch (error) {
    if (!(error instanceof PatienceAsked)) throw error;
    throw await pace.refused(url.host, error.reason, error.askedMs);
  } finally {
    if (hasAnswered) await pace.answered(url.host);
    await release?.();
  }
}

/** Takes the host's next slot, and says how long that took or will take. */
async function takeSlot(
  { pace, options }: FetcherParts,
  host: string,
  { paceMs, isPoll, signal }: Pick<PageRequest, 'paceMs' | 'isPoll' | 'signal'>,
): Promise<() => Promise<void>> {
  const startedAt = performance.now();
  try {
    const release = await pace.take(host, paceMs, signal, isPoll);
    const waitMs = performance.now() - startedAt;
    if (waitMs > NO_WAIT_MS) options.onWait?.(host, Math.round(waitMs));
    return release;
  } catch (error) {
    const isPace = error instanceof RetryLaterError && !(error instanceof StoreUnavailableError);
    if (isPace && !signal.aborted) options.onWait?.(host, error.delayMs);
    throw error;
  }
}

async function rulesFor({ robots, pace }: FetcherParts, url: URL): Promise<RobotsRules> {
  try {
    return await robots.rulesOf(url);
  } catch (error) {
    if (!(error instanceof RobotsUnavailableError)) throw error;
    throw await pace.refused(url.host, 'robots-unavailable', error.retryAfterMs);
  }
}

interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly isConditional: boolean;
  readonly mayBeDocument: boolean;
}

/** A server that says: not now. */
class PatienceAsked extends FetchError {
  readonly askedMs: number | undefined;

  constructor(host: string, reason: string, askedMs: number | undefined) {
    super(reason, `${host} asks for patience (${reason})`);
    this.askedMs = askedMs;
  }
}

/** @throws {FetchError} if the server is unwell or wants us to come again; the latter as `PatienceAsked` */
function inspectPatience(url: URL, status: number, askedMs: number | undefined): void {
  const reason = `http-${status}`;
  // A 503 that names no time is a failure like any other 5xx; one that does is a request for patience.
  if (status === 429 || (status === 503 && askedMs !== undefined)) {
    throw new PatienceAsked(url.host, reason, askedMs);
  }
  if (status >= 500 || PASSING_STATUSES.includes(status)) {
    throw new FetchError(reason, `${url.host} answers ${status}`);
  }
}

/** Turns every answer that is no page into the error that says what to do about it, before its body is read. */
function inspect(url: URL, { status, headers, isConditional, mayBeDocument }: Head): void {
  if (isRedirect(status) || (status === 304 && isConditional)) return;
  if (status !== 200 && status !== 203) {
    const answer = { url: url.href, status, headers };
    throw new NoPageError(`http-${status}`, `${url.host} answers ${status}`, answer);
  }
  const type = mediaType(headers);
  // Servers name documents by a dozen types; what it is shows in its bytes.
  const mayBeRead = isText(type) || isUntyped(type) || isGzipFile(type) || (mayBeDocument && !isMedia(type));
  if (!mayBeRead) {
    throw new PermanentError('not-text', `${url.host} sends ${type}`);
  }
}

function maxBytesOf({ mayBeDocument }: Pick<PageRequest, 'mayBeDocument'>, maxPageBytes: number): number {
  return mayBeDocument === true ? Math.max(MAX_DOCUMENT_BYTES, maxPageBytes) : maxPageBytes;
}

/** The bytes of a text; a gzip file (some sitemaps are) is unpacked first. @throws {PermanentError} `not-text` … */
async function textBytes({ headers, bytes }: Exchange, maxBytes: number): Promise<Uint8Array> {
  const type = mediaType(headers);
  const isPacked = isGzipFile(type) && bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = isPacked ? await unpack(bytes, 'gzip', maxBytes) : bytes;
  if (text.length > maxBytes)
    throw new PermanentError('too-large', `The body is larger than ${maxBytes} bytes`);
  if (!isText(type) && looksBinary(text)) throw new PermanentError('not-text', 'The body is not text');
  return text;
}

function mediaType(headers: Readonly<Record<string, string>>): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function isText(type: string): boolean {
  return /^text\/|[/+](?:xml|json)$|^application\/(?:x-)?(?:rss|atom|rdf)$/.test(type);
}

function isMedia(type: string): boolean {
  return /^(?:image|audio|video|font)\//.test(type);
}

function isUntyped(type: string): boolean {
  return type === '' || type === 'application/octet-stream' || !type.includes('/');
}

function isGzipFile(type: string): boolean {
  return /^application\/(?:x-)?gzip$/.test(type);
}

/** Text holds no NUL, unless it is UTF-16, which then begins with its mark. */
function looksBinary(bytes: Uint8Array): boolean {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return !isUtf16 && bytes.subarray(0, 1_024).includes(0);
}

function validators({ etag, lastModified }: PageRequest): Record<string, string> {
  return {
    ...(etag === undefined || !isHeaderValue(etag) ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined || !isHeaderValue(lastModified)
      ? {}
      : { 'if-modified-since': lastModified }),
  };
}

/** Validators were written by a server; what it wrote must not break the next request. */
function isHeaderValue(value: string): boolean {
  return /^[\x20-\x7e]{1,512}$/.test(value);
}
