import untypedRobotsParser from 'robots-parser';

import { PermanentError } from '../../errors.ts';
import { FetchError } from './fetch-error.ts';
import { isRedirect, redirectTarget } from './redirect.ts';
import { retryAfterMs } from './retry-after.ts';
import type { Transport } from './transport.ts';

/** What must be read of a robots.txt, and all that is (RFC 9309, section 2.5). */
const MAX_ROBOTS_BYTES = 512_000;

/** RFC 9309, section 2.3.1.2 asks for at least five. */
const MAX_ROBOTS_REDIRECTS = 5;

/** RFC 9309, section 2.4: no copy is used for longer, unless the file cannot be reached. */
const FRESH_MS = 24 * 3_600_000;

/** How long a copy that could not be renewed serves before the next try. */
const STALE_RETRY_MS = 30 * 60_000;

/** No crawl-delay beyond this is kept: it would leave breaking news unread for too long. */
const MAX_CRAWL_DELAY_MS = 60_000;

/** Matching takes time for each rule, and for one with wildcards in its length times the path's. */
const MAX_RULES = 5_000;
const MAX_WILDCARD_CHARACTERS = 8_000;

const MAX_ORIGINS = 1_000;

/** The package's declaration claims an ES module; what Node loads is its CommonJS function itself. */
const robotsParser = untypedRobotsParser as unknown as typeof untypedRobotsParser.default;

/** What one origin lets us do. */
export interface RobotsRules {
  /** Asked for between two requests; 0 where nothing is asked. */
  readonly crawlDelayMs: number;
  allows(url: URL): boolean;
}

/** The server cannot say what it allows (RFC 9309: assume that nothing is); whoever asks must wait. */
export class RobotsUnavailableError extends Error {
  override name = 'RobotsUnavailableError';
  readonly retryAfterMs: number | undefined;

  constructor(message: string, waitMs: number | undefined) {
    super(message);
    this.retryAfterMs = waitMs;
  }
}

export interface RobotsCache {
  /** What is known of the origin without asking; `undefined` if that is nothing. */
  known(origin: string): RobotsRules | undefined;
  /**
   * Reads the origin's robots.txt, from the cache for a day. An answer of 4xx (429 apart) means that there are no
   * rules; where the file cannot be had, an older copy goes on serving.
   *
   * @throws {RobotsUnavailableError} on 5xx and 429
   * @throws {FetchError} where the host cannot be reached at all
   * @throws {PermanentError} `private-address`
   */
  rulesOf(url: URL): Promise<RobotsRules>;
}

interface CachedRules {
  readonly rules: RobotsRules;
  renewAt: number;
}

const ALLOW_ALL: RobotsRules = { crawlDelayMs: 0, allows: () => true };

/** @param userAgent  its product token (what stands before `/`) is what rules are matched against */
export function createRobotsCache(options: {
  transport: Transport;
  userAgent: string;
  timeoutMs: number;
  now: () => Date;
  signal: AbortSignal;
}): RobotsCache {
  const { transport, now, signal, timeoutMs } = options;
  const token = productToken(options.userAgent);
  const cache = new Map<string, CachedRules>();
  const underWay = new Map<string, Promise<RobotsRules>>();

  async function load(origin: string): Promise<RobotsRules> {
    let url = new URL('/robots.txt', origin);
    const visited = new Set([url.href]);
    for (let hop = 0; hop <= MAX_ROBOTS_REDIRECTS; hop += 1) {
      const { status, headers, bytes } = await transport.exchange({
        url,
        headers: { accept: 'text/plain, */*;q=0.5' },
        maxBytes: MAX_ROBOTS_BYTES,
        isStartEnough: true,
        timeoutMs,
        signal,
      });
      if (status === 200 || status === 203) return parseRobots(origin, bytes, token);
      if (status === 429 || status >= 500) {
        const waitMs = retryAfterMs(headers['retry-after'], now());
        throw new RobotsUnavailableError(`${url.host} answers ${status} for robots.txt`, waitMs);
      }
      if (!isRedirect(status)) return ALLOW_ALL;
      url = redirectTarget(headers.location, url, visited);
      visited.add(url.href);
    }
    return ALLOW_ALL;
  }

  async function renew(origin: string): Promise<RobotsRules> {
    const old = cache.get(origin);
    let renewed: CachedRules;
    try {
      renewed = { rules: await load(origin), renewAt: now().getTime() + FRESH_MS };
    } catch (error) {
      renewed = withoutFile(error, old, now().getTime());
    }
    if (cache.size >= MAX_ORIGINS) cache.delete(cache.keys().next().value ?? '');
    cache.set(origin, renewed);
    return renewed.rules;
  }

  return {
    known: (origin) => cache.get(origin)?.rules,

    async rulesOf({ origin }) {
      const cached = cache.get(origin);
      if (cached !== undefined && cached.renewAt > now().getTime()) return cached.rules;
      const loading = underWay.get(origin) ?? renew(origin).finally(() => underWay.delete(origin));
      underWay.set(origin, loading);
      return loading;
    },
  };
}

/** What holds where robots.txt could not be read. @throws what was caught, where nothing does */
function withoutFile(error: unknown, old: CachedRules | undefined, now: number): CachedRules {
  const isOut = error instanceof RobotsUnavailableError || error instanceof FetchError;
  if (isOut && old !== undefined) return { rules: old.rules, renewAt: now + STALE_RETRY_MS };
  // A file that can be had but not read, such as a circle of redirects, is as good as none (RFC 9309, 2.3.1.3).
  const isUnreadable = error instanceof PermanentError && error.reason !== 'private-address';
  if (isUnreadable) return { rules: ALLOW_ALL, renewAt: now + FRESH_MS };
  throw error;
}

function parseRobots(origin: string, bytes: Uint8Array, token: string): RobotsRules {
  const text = withinBounds(new TextDecoder().decode(bytes));
  const robots = robotsParser(`${origin}/robots.txt`, text);
  const delayMs = (robots.getCrawlDelay(token) ?? 0) * 1_000;
  return {
    crawlDelayMs: delayMs > 0 ? Math.min(delayMs, MAX_CRAWL_DELAY_MS) : 0,
    allows: (url) => robots.isAllowed(url.href, token) ?? true,
  };
}

/** Leaves out the rules beyond bounds that no honest file comes near. */
function withinBounds(text: string): string {
  let rules = 0;
  let wildcardCharacters = 0;
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => {
      if (!/^\s*(?:dis)?allow\s*:/i.test(line)) return true;
      rules += 1;
      if (line.includes('*')) wildcardCharacters += line.length;
      return rules <= MAX_RULES && wildcardCharacters <= MAX_WILDCARD_CHARACTERS;
    })
    .join('\n');
}

function productToken(userAgent: string): string {
  return /^[A-Za-z_-]+/.exec(userAgent)?.[0] ?? userAgent;
}
