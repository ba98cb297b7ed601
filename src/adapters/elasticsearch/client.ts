import { readFileSync } from 'node:fs';

import { Client, errors } from '@elastic/elasticsearch';
import ipaddr from 'ipaddr.js';

import type { Config } from '../../config.ts';
import { ConfigError, type ConfigFault } from '../../errors.ts';
import { answerOf, isCertificateProblem, isSecurityProblem, translate } from './elasticsearch-error.ts';

/** What of the configuration concerns Elasticsearch. */
export type ElasticsearchConfig = Pick<
  Config,
  | 'elasticsearchUrls'
  | 'elasticsearchApiKey'
  | 'elasticsearchUsername'
  | 'elasticsearchPassword'
  | 'elasticsearchCa'
>;

/** Longer than any of our searches takes; a bulk request sets its own. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Beside the first attempt, each on the next node. */
const MAX_RETRIES = 2;

/** First version whose interface we use; the client speaks the compatibility header of its own major version. */
const LEAST_MAJOR = 9;

/** What `nhip-yte` does with the cluster and with its indices; `docs/operations.md` repeats it for operators. */
const CLUSTER_PRIVILEGES = ['monitor', 'manage_index_templates'] as const;
const INDEX_PRIVILEGES = ['read', 'write', 'manage'] as const;

/**
 * Makes a client of the configured cluster; nothing is asked of it yet.
 *
 * Bodies are compressed unless every node is on this machine, where it would cost more than it saves.
 *
 * @throws {ConfigError} if the certificate authority cannot be read, or an address carries user or password
 */
export function createElasticsearchClient(config: ElasticsearchConfig): Client {
  const nodes = config.elasticsearchUrls.map((address) => {
    const url = new URL(address);
    if (url.username === '' && url.password === '') return url;
    throw new ConfigError([fault('ELASTICSEARCH_URL must not hold user or password; they have variables')]);
  });
  const ca = config.elasticsearchCa === undefined ? undefined : readAuthority(config.elasticsearchCa);
  const auth = authOf(config);
  return new Client({
    nodes: nodes.map(String),
    ...(auth === undefined ? {} : { auth }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    requestTimeout: REQUEST_TIMEOUT_MS,
    maxRetries: MAX_RETRIES,
    compression: !nodes.every(isLoopback),
    // Errors end in logs: neither headers nor the connection may hang on them.
    redaction: { type: 'remove' },
  });
}

/**
 * Sees to it that the server is one that we can use and that we may do there what we have to.
 *
 * Without the security module there is nobody to ask about privileges, and nothing is forbidden.
 *
 * @throws {ConfigError} for an older server, a certificate that is not trusted, refused credentials, and with every
 *   missing privilege by name
 * @throws {StoreUnavailableError} if it cannot be reached just now
 */
export async function checkElasticsearch(client: Client, prefix: string): Promise<void> {
  try {
    await checkPrivileges(client, prefix);
    await checkVersion(client);
  } catch (error) {
    throw asConfigError(error) ?? translate(error);
  }
}

async function checkPrivileges(client: Client, prefix: string): Promise<void> {
  const indices = `${prefix}-*`;
  const granted = await client.security
    .hasPrivileges({
      cluster: [...CLUSTER_PRIVILEGES],
      index: [{ names: [indices], privileges: [...INDEX_PRIVILEGES] }],
    })
    .catch((error: unknown) => {
      if (isWithoutSecurity(error)) return undefined;
      throw error;
    });
  if (granted === undefined || granted.has_all_requested) return;
  const missing = (privileges: Readonly<Record<string, boolean>> = {}) =>
    Object.keys(privileges).filter((name) => !privileges[name]);
  throw new ConfigError([
    ...missing(granted.cluster).map((name) => lacking(`cluster privilege ${name}`, granted.username)),
    ...missing(granted.index[indices]).map((name) =>
      lacking(`index privilege ${name} on ${indices}`, granted.username),
    ),
  ]);
}

async function checkVersion(client: Client): Promise<void> {
  // The root address, where clients ask for the version, needs a module that not every server has.
  const { nodes } = await client.nodes.info({ metric: 'os', filter_path: 'nodes.*.version' });
  const old = Object.values(nodes)
    .map(({ version }) => version)
    .find((version) => Number.parseInt(version, 10) < LEAST_MAJOR);
  if (old === undefined) return;
  throw new ConfigError([
    { file: 'Elasticsearch', expected: `version ${LEAST_MAJOR} or newer, not ${old}: upgrade it` },
  ]);
}

/** A server without the module has no such path; it says so with a status of its own. */
function isWithoutSecurity(error: unknown): boolean {
  if (!(error instanceof errors.ResponseError)) return false;
  return error.statusCode === 405 || /no handler found for uri/.test(JSON.stringify(error.body));
}

function asConfigError(error: unknown): ConfigError | undefined {
  if (isCertificateProblem(error)) {
    const { message } = error as Error;
    return new ConfigError([
      fault(
        `ELASTICSEARCH_CA must hold the authority that signed the certificate of ELASTICSEARCH_URL: ${message}`,
      ),
    ]);
  }
  if (!isSecurityProblem(error)) return undefined;
  return new ConfigError([
    error.statusCode === 401
      ? fault(
          'ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD, must be what Elasticsearch ' +
            `accepts. It says: ${answerOf(error)}`,
        )
      : { file: 'Elasticsearch', expected: answerOf(error) },
  ]);
}

function authOf(
  config: ElasticsearchConfig,
): { apiKey: string } | { username: string; password: string } | undefined {
  const { elasticsearchApiKey: apiKey, elasticsearchUsername: username } = config;
  if (apiKey !== undefined) return { apiKey };
  if (username === undefined) return undefined;
  return { username, password: config.elasticsearchPassword ?? '' };
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError([
      fault(`ELASTICSEARCH_CA must name a file that can be read: ${(error as Error).message}`),
    ]);
  }
}

function isLoopback({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || (ipaddr.isValid(host) && ipaddr.parse(host).range() === 'loopback');
}

function lacking(privilege: string, username: string): ConfigFault {
  return { file: 'Elasticsearch', expected: `${privilege} is missing: grant it to ${username}` };
}

function fault(expected: string): ConfigFault {
  return { file: 'environment', expected };
}
