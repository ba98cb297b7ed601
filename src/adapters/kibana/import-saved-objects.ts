import { Agent, FormData, request } from 'undici';
import { z } from 'zod';

import { PermanentError, StoreUnavailableError } from '../../errors.ts';

export interface KibanaAccess {
  /** Where Kibana is reached, with its base path and, for a space, `/s/<space>`. */
  readonly url: string;
  /** Encoded form; wins over user and password. */
  readonly apiKey?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Certificate authority, PEM. */
  readonly ca?: string | undefined;
  /** Longest time for the whole request. */
  readonly timeoutMs?: number;
}

/** An object that Kibana did not take, with why. */
export interface ImportFailure {
  readonly type: string;
  readonly id: string;
  readonly reason: string;
}

export interface ImportResult {
  readonly imported: number;
  /** Of those, how many stood there already and were replaced. */
  readonly replaced: number;
  readonly failures: readonly ImportFailure[];
}

/** Kibana migrates what it imports; a small server takes its time over it. */
const DEFAULT_TIMEOUT_MS = 120_000;

/** A report on some dozens of objects; more is no answer of Kibana's. */
const MAX_ANSWER_BYTES = 5_000_000;

/** Kibana says 503 until it is ready, proxies before it 502 and 504. */
const NOT_READY = new Set([502, 503, 504]);

const failure = z.object({
  id: z.string(),
  type: z.string(),
  error: z.object({
    type: z.string(),
    message: z.string().optional(),
    references: z.array(z.object({ type: z.string(), id: z.string() })).optional(),
  }),
});

const answer = z.object({
  success: z.boolean(),
  successCount: z.number(),
  errors: z.array(failure).optional(),
  successResults: z.array(z.object({ overwrite: z.boolean().optional() })).optional(),
});

/**
 * Brings saved objects into Kibana; those that stand there under the same id are replaced.
 *
 * @param ndjson  an export file, as `toNdjson` makes it
 * @returns what was taken and what was not; Kibana takes the good ones of a file even where it refuses others
 * @throws {StoreUnavailableError} while Kibana cannot be reached or is not ready
 * @throws {PermanentError} `unauthorized`, `forbidden`, `refused`, `not-kibana`; the message says what to look at
 * @see https://www.elastic.co/docs/api/doc/kibana/operation/operation-post-saved-objects-import
 */
export async function importSavedObjects(ndjson: string, access: KibanaAccess): Promise<ImportResult> {
  const target = `${access.url.replace(/\/+$/, '')}/api/saved_objects/_import?overwrite=true`;
  const timeoutMs = access.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const dispatcher = new Agent({
    connect: { timeout: timeoutMs, ...(access.ca === undefined ? {} : { ca: access.ca }) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  try {
    const form = new FormData();
    form.append('file', new Blob([ndjson], { type: 'application/ndjson' }), 'nhip-yte.ndjson');
    const { statusCode, body } = await request(target, {
      method: 'POST',
      dispatcher,
      headers: { 'kbn-xsrf': 'nhip-yte', ...authorization(access) },
      body: form,
      signal: AbortSignal.timeout(timeoutMs),
    });
    return read(statusCode, await body.text(), access.url);
  } catch (error) {
    throw translated(error, access.url, timeoutMs);
  } finally {
    await dispatcher.destroy();
  }
}

function authorization({ apiKey, username, password }: KibanaAccess): Record<string, string> {
  if (apiKey !== undefined) return { authorization: `ApiKey ${apiKey}` };
  if (username === undefined) return {};
  return {
    authorization: `Basic ${Buffer.from(`${username}:${password ?? ''}`, 'utf8').toString('base64')}`,
  };
}

function read(status: number, text: string, url: string): ImportResult {
  if (status === 401) {
    throw new PermanentError(
      'unauthorized',
      `Kibana at ${url} does not know these credentials (401): check ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD`,
    );
  }
  if (status === 403) {
    throw new PermanentError(
      'forbidden',
      `Kibana at ${url} does not allow this user to import (403): it needs the Kibana privilege "Saved Objects Management: All" and the right to write to this space${said(text)}`,
    );
  }
  if (NOT_READY.has(status)) {
    throw new StoreUnavailableError(`Kibana at ${url} is not ready (${status})`);
  }
  if (status !== 200) {
    throw new PermanentError('refused', `Kibana at ${url} refused the import (${status})${said(text)}`);
  }
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new PermanentError(
      'not-kibana',
      `What answers at ${url} is not Kibana's import: check KIBANA_URL${said(text)}`,
    );
  }
  const { successCount, errors = [], successResults = [] } = parsed.data;
  return {
    imported: successCount,
    replaced: successResults.filter(({ overwrite }) => overwrite === true).length,
    failures: errors.map(({ type, id, error }) => ({ type, id, reason: reasonOf(error) })),
  };
}

function reasonOf(error: z.output<typeof failure>['error']): string {
  const missing = (error.references ?? []).map(({ type, id }) => `${type} ${id}`).join(', ');
  return [error.type, ...(missing === '' ? [] : [missing]), ...(error.message ? [error.message] : [])].join(
    ': ',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Kibana's own words, cut short and on one line; empty where there are none. */
function said(text: string): string {
  const parsed = z.object({ message: z.string() }).safeParse(parseJson(text));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what the far side says is shown on a terminal
  const words = (parsed.success ? parsed.data.message : '').replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return words === '' ? '' : `: ${words.slice(0, 300)}`;
}

function translated(error: unknown, url: string, timeoutMs: number): unknown {
  if (error instanceof PermanentError || error instanceof StoreUnavailableError) return error;
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new PermanentError('not-kibana', `What answers at ${url} sends more than Kibana's import would`);
  }
  if (name === 'TimeoutError' || name === 'AbortError' || code?.endsWith('TIMEOUT')) {
    return new StoreUnavailableError(`Kibana at ${url} did not answer within ${timeoutMs / 1000} s`);
  }
  if (isAboutCertificate(code)) {
    return new PermanentError(
      'certificate',
      `The certificate of Kibana at ${url} cannot be trusted (${code}): set ELASTICSEARCH_CA to the authority that signed it`,
    );
  }
  return new StoreUnavailableError(`Kibana cannot be reached at ${url} (${code ?? message})`, undefined, {
    cause: error,
  });
}

function isAboutCertificate(code: string | undefined): boolean {
  return code !== undefined && /CERT|SELF_SIGNED|ALTNAME|UNABLE_TO_(?:GET|VERIFY)/.test(code);
}
