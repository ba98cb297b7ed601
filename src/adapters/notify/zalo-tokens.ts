import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

import type { MessageHttp } from './message-http.ts';
import { jsonOf, valueAt } from './message-http.ts';

export interface ZaloTokenOptions {
  readonly appId: string;
  readonly appSecret: string;
  /** The one that began it all; once it was used, what `file` holds counts. */
  readonly refreshToken: string;
  /** Where the newest pair is kept, for our eyes alone. Processes that send must share it. */
  readonly file: string;
  /** `https://oauth.zaloapp.com/v4/oa/access_token` */
  readonly url: string;
}

interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** The configured token that this pair descends from: another one begins anew. */
  readonly from: string;
}

/** Renewed this long before it ends. */
const EARLY_MS = 10 * 60_000;
const DEFAULT_LIFE_S = 3600;

/**
 * The access token of a Zalo Official Account. It lives for about a day; a refresh token is spent by its use and comes
 * with its successor, so each is stored before it is used any further.
 *
 * @see https://developers.zalo.me/docs/official-account/bat-dau/xac-thuc-va-uy-quyen-cho-ung-dung-new
 */
export class ZaloTokens {
  readonly #options: ZaloTokenOptions;
  readonly #http: MessageHttp;
  readonly #now: () => number;
  #renewal: Promise<string> | undefined;

  constructor(options: ZaloTokenOptions, http: MessageHttp, now: () => number = Date.now) {
    this.#options = options;
    this.#http = http;
    this.#now = now;
  }

  /**
   * @param refused  a token that the far side no longer takes, whatever its age
   * @throws {PermanentError} `zalo-token` if it cannot be renewed: an administrator must allow the application again
   */
  async access(signal: AbortSignal, refused?: string): Promise<string> {
    const pair = this.#stored();
    const isGood =
      pair !== undefined && pair.accessToken !== refused && pair.expiresAt - EARLY_MS > this.#now();
    if (isGood) return pair.accessToken;
    // Two renewals at once would spend the same refresh token twice.
    this.#renewal ??= this.#renew(pair?.refreshToken ?? this.#options.refreshToken, signal).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew(refreshToken: string, signal: AbortSignal): Promise<string> {
    const { appId, appSecret, url } = this.#options;
    this.#refuseUnlessWritable();
    const body = new URLSearchParams({
      app_id: appId,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', secret_key: appSecret };
    const answer = await this.#http.send({ url, headers, body: body.toString() }, signal);
    this.#http.refuseUnlessTaken(answer);
    const json = jsonOf(answer);
    const [accessToken, next] = [valueAt(json, 'access_token'), valueAt(json, 'refresh_token')];
    if (typeof accessToken !== 'string' || typeof next !== 'string') {
      const said = valueAt(json, 'error_name') ?? valueAt(json, 'error_description');
      if (said === undefined) throw this.#http.failure('an answer without a token');
      throw this.#http.refusal(
        'zalo-token',
        `${said}; allow the application again and set ZALO_REFRESH_TOKEN`,
      );
    }
    for (const token of [accessToken, next]) this.#http.keepSecret(token);
    const lifeS = Number(valueAt(json, 'expires_in')) || DEFAULT_LIFE_S;
    const from = this.#options.refreshToken;
    this.#store({ accessToken, refreshToken: next, expiresAt: this.#now() + lifeS * 1000, from });
    return accessToken;
  }

  /** A successor that cannot be kept would be lost, and the account with it, until somebody allows it again. */
  #refuseUnlessWritable(): void {
    const trial = `${this.#options.file}.${process.pid}`;
    try {
      writeFileSync(trial, '', { mode: 0o600 });
      rmSync(trial);
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      throw this.#http.refusal('zalo-token-file', `${this.#options.file} cannot be written: ${code}`);
    }
  }

  #stored(): Pair | undefined {
    try {
      const pair = JSON.parse(readFileSync(this.#options.file, 'utf8')) as Pair;
      return pair.from === this.#options.refreshToken ? pair : undefined;
    } catch {
      return undefined;
    }
  }

  #store(pair: Pair): void {
    const { file } = this.#options;
    const next = `${file}.${process.pid}`;
    writeFileSync(next, JSON.stringify(pair), { mode: 0o600 });
    chmodSync(next, 0o600);
    renameSync(next, file);
  }
}
