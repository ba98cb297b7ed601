import { Agent, request } from 'undici';

import { PermanentError, RetryLaterError } from '../../errors.ts';
import { allowedHosts } from './allowed-hosts.ts';
import { FetchError } from './fetch-error.ts';
import type { ResolveHost } from './guarded-connector.ts';
import { guardedConnector } from './guarded-connector.ts';
import { ACCEPTED_ENCODINGS, readBody, readStart } from './read-body.ts';

/** Room for a page's cookies and policies; more is an attack or a loop. */
const MAX_HEADER_BYTES = 32_768;

/** What is read of a body that nobody wants, so that the connection can be kept. */
const MAX_DISCARDED_BYTES = 65_536;

/** One request and its answer; redirects are answers like any other. */
export interface Exchange {
  readonly status: number;
  /** Lower-case names; cookies left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** Content-decoded; empty unless the status is 200 or 203. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface TransportRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Makes it a POST. */
  readonly body?: string;
  readonly maxBytes: number;
  /** Read no further than `maxBytes` and keep that, instead of refusing the whole. The body must not be encoded. */
  readonly isStartEnough?: boolean;
  /** Looks at the answer before its body is read; what it throws ends the exchange. */
  readonly inspect?: (status: number, headers: Readonly<Record<string, string>>) => void;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** The only way out to the web: every request passes the same guard, bounds and User-Agent. */
export interface Transport {
  /**
   * @throws {PermanentError} `private-address`, `too-large`, `headers-too-large`, `bad-encoding`
   * @throws {FetchError} where the network or the server failed
   * @throws the signal's reason, if it fires
   */
  exchange(request: TransportRequest): Promise<Exchange>;
  close(): Promise<void>;
}

export function createTransport(options: {
  userAgent: string;
  allowPrivateHosts: readonly string[];
  connectTimeoutMs: number;
  timeoutMs: number;
  maxConcurrent: number;
  resolveHost?: ResolveHost;
}): Transport {
  const agent = new Agent({
    connect: guardedConnector({
      connectTimeoutMs: options.connectTimeoutMs,
      mayReach: allowedHosts(options.allowPrivateHosts),
      ...(options.resolveHost === undefined ? {} : { resolveHost: options.resolveHost }),
    }),
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    pipelining: 1,
  });
  const gate = createGate(options.maxConcurrent);

  async function send(wanted: TransportRequest, signal: AbortSignal): Promise<Exchange> {
    const response = await request(wanted.url, {
      dispatcher: agent,
      signal,
      ...(wanted.body === undefined ? {} : { method: 'POST' as const, body: wanted.body }),
      headers: {
        'user-agent': options.userAgent,
        'accept-language': 'vi, en;q=0.6',
        'accept-encoding': wanted.isStartEnough ? 'identity' : ACCEPTED_ENCODINGS,
        ...wanted.headers,
      },
    });
    const { statusCode: status, body } = response;
    const headers = plainHeaders(response.headers);
    try {
      wanted.inspect?.(status, headers);
      if (status !== 200 && status !== 203) {
        await body.dump({ limit: MAX_DISCARDED_BYTES, signal });
        return { status, headers, bytes: new Uint8Array() };
      }
      const bytes = wanted.isStartEnough
        ? await readStart(body, wanted.maxBytes)
        : await readBody(body, headers['content-encoding'], wanted.maxBytes);
      return { status, headers, bytes };
    } finally {
      // Reading to the end has closed it already; on any other way out the connection must not linger.
      if (!body.closed) body.on('error', ignore).destroy();
    }
  }

  return {
    async exchange(wanted) {
      const leave = await gate(wanted.signal);
      const abort = new AbortController();
      const passOn = () => abort.abort(wanted.signal.reason);
      const timer = setTimeout(() => {
        abort.abort(new FetchError('timeout', `${wanted.url.host} took longer than ${wanted.timeoutMs} ms`));
      }, wanted.timeoutMs);
      wanted.signal.addEventListener('abort', passOn, { once: true });
      try {
        return await send(wanted, abort.signal);
      } catch (error) {
        throw abort.signal.aborted ? abort.signal.reason : classified(error, wanted.url);
      } finally {
        clearTimeout(timer);
        wanted.signal.removeEventListener('abort', passOn);
        leave();
      }
    },

    close: () => agent.destroy(),
  };
}

/** Error codes of undici, Node's resolver, sockets and TLS, by the reason they are counted under. */
const REASONS: readonly [pattern: RegExp, reason: string][] = [
  [/^(ENOTFOUND|EAI_\w+|ENODATA|ESERVFAIL)$/, 'dns'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/, 'connect'],
  [/^(UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT|ETIMEDOUT)$/, 'timeout'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/, 'connection-lost'],
  [/^(HPE_\w+|HTTPParserError)$/, 'bad-response'],
  [/CERT|^ERR_TLS|^ERR_SSL|^EPROTO$|SIGNATURE/, 'tls'],
];

function classified(error: unknown, url: URL): Error {
  if (error instanceof PermanentError || error instanceof RetryLaterError || error instanceof FetchError) {
    return error;
  }
  const { name, message, code = name } = error as NodeJS.ErrnoException;
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return new PermanentError(
      'headers-too-large',
      `${url.host} sent more than ${MAX_HEADER_BYTES} bytes of headers`,
    );
  }
  const reason = REASONS.find(([pattern]) => pattern.test(code))?.[1] ?? 'network';
  return new FetchError(reason, `${url.host}: ${message || code}`, { cause: error });
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name === 'set-cookie' ? [] : [[name, [value].flat().join(', ')]],
    ),
  );
}

/** At most `places` at once; the others wait in line. */
function createGate(places: number): (signal: AbortSignal) => Promise<() => void> {
  const line: (() => void)[] = [];
  let free = places;
  const leave = () => {
    const next = line.shift();
    if (next === undefined) free += 1;
    else next();
  };

  return async (signal) => {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return leave;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        line.splice(line.indexOf(enter), 1);
        reject(signal.reason);
      };
      line.push(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
    return leave;
  };
}

function ignore(): void {}
