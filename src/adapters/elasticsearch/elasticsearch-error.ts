import { errors } from '@elastic/elasticsearch';

import { StoreUnavailableError } from '../../errors.ts';

/** What Elasticsearch says of an error, as far as we look at it. */
interface Refusal {
  readonly status: number;
  readonly type: string;
  /** Its own words, those of the root cause included. */
  readonly reason: string;
}

/**
 * Turns an error of the client into what it means for us.
 *
 * Whatever an operator can mend without our work being at fault becomes a StoreUnavailableError whose reason says what
 * to look at, so that jobs wait: no connection, timeout, overload, missing shards, blocks (a full disk, a read-only
 * index, a migration under way), a missing index, an expired certificate, and credentials or privileges that are
 * refused. All else (a document that the mapping refuses, a version conflict) is given back as it came. No secret is
 * in a reason: the client keeps them out of what Elasticsearch answers and so does Elasticsearch.
 */
export function translate(error: unknown): unknown {
  const reason = reasonOf(error);
  return reason === undefined ? error : new StoreUnavailableError(reason, undefined, { cause: error });
}

/** The server's certificate is not to be trusted, or not for this address: waiting will not mend that. */
export function isCertificateProblem(error: unknown): boolean {
  return error instanceof errors.ConnectionError && certificateCode(error) !== undefined;
}

/** Elasticsearch knows who we are not (401), or what we may not do (403). */
export function isSecurityProblem(error: unknown): error is errors.ResponseError {
  if (!(error instanceof errors.ResponseError)) return false;
  return error.statusCode === 401 || refusalOf(error).type === 'security_exception';
}

/** The words of Elasticsearch itself, without stack and circumstances. */
export function answerOf(error: errors.ResponseError): string {
  const { status, type, reason } = refusalOf(error);
  return `${status} ${reason === '' ? type : reason}`.trim();
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof errors.TimeoutError) {
    return 'Elasticsearch did not answer in time: look at its load, its memory and its disks';
  }
  if (error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError) {
    const code = certificateCode(error);
    return code === undefined
      ? `Elasticsearch cannot be reached (${error.message}): see that it runs and that ELASTICSEARCH_URL is right`
      : `The certificate of Elasticsearch is not trusted (${code}): look at ELASTICSEARCH_CA and at the certificate itself`;
  }
  return error instanceof errors.ResponseError ? refusalReason(refusalOf(error)) : undefined;
}

function refusalReason(refusal: Refusal): string | undefined {
  const { status, type, reason } = refusal;
  const byType = BY_TYPE[type]?.(reason);
  if (byType !== undefined) return byType;
  // A request that is spread over shards fails with what the shards failed with.
  if (/search_context_missing_exception|No search context found/.test(reason)) {
    return 'Elasticsearch lost a search that was under way, as it does when an index goes: it begins anew';
  }
  if (status === 401) return `Elasticsearch does not accept our credentials: ${CREDENTIALS}`;
  if (status === 429)
    return `Elasticsearch has too much to do: look at its load and memory. It says: ${reason}`;
  if (status === 502 || status === 503 || status === 504) {
    return `Elasticsearch cannot serve just now: look at the health of its cluster. It says: ${status} ${type} ${reason}`;
  }
  return undefined;
}

const CREDENTIALS = 'look at ELASTICSEARCH_API_KEY, or at ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD';

const BY_TYPE: Readonly<Record<string, (reason: string) => string>> = {
  cluster_block_exception: blockReason,
  index_closed_exception: (reason) =>
    `An index of Elasticsearch is closed: open it again. It says: ${reason}`,
  index_not_found_exception: (reason) =>
    `An index of Elasticsearch is missing: run \`nhip-yte setup\`. It says: ${reason}`,
  search_context_missing_exception: () =>
    'Elasticsearch lost a search that was under way, as it does when an index goes: it begins anew',
  // A part of a request that names many documents is refused by its type alone: it has no status of its own.
  no_shard_available_action_exception: shardReason,
  illegal_index_shard_state_exception: shardReason,
  shard_not_found_exception: shardReason,
  unavailable_shards_exception: shardReason,
  circuit_breaking_exception: (reason) =>
    `Elasticsearch is short of memory: look at its heap. It says: ${reason}`,
  security_exception: (reason) =>
    /unable to authenticate|missing authentication|unauthenticated/i.test(reason)
      ? `Elasticsearch does not accept our credentials: ${CREDENTIALS}`
      : `Elasticsearch does not let us do this: grant the privilege that it names. It says: ${reason}`,
};

function shardReason(reason: string): string {
  return `Elasticsearch has not all of its shards at hand, as while it starts: look at the health of its cluster. It says: ${reason}`;
}

/**
 * Blocks are named as `[FORBIDDEN/8/index write (api)]`: the number is what counts.
 *
 * @see org.elasticsearch.cluster.metadata.IndexMetadata and org.elasticsearch.cluster.block.ClusterBlock
 */
function blockReason(reason: string): string {
  const number = /\[[A-Z_]+\/(\d+)\//.exec(reason)?.[1] ?? '';
  const meaning = BLOCKS[number] ?? 'Elasticsearch blocks this';
  return `${meaning}. It says: ${reason}`;
}

const BLOCKS: Readonly<Record<string, string>> = {
  1: 'Elasticsearch is starting or recovering its cluster',
  2: 'Elasticsearch has no master node: look at the health of its cluster',
  4: 'An index of Elasticsearch is closed: open it again',
  5: 'An index of Elasticsearch is read-only: set its index.blocks.read_only to null',
  6: 'The cluster of Elasticsearch is read-only: set cluster.blocks.read_only to null',
  7: 'An index of Elasticsearch may not be read: set its index.blocks.read to null',
  8: 'An index of Elasticsearch takes no writes: a migration is under way (`nhip-yte setup` ends one that was cut off), or somebody set index.blocks.write',
  12: 'The disk of Elasticsearch is too full (flood stage): make room; it lifts the block by itself',
  13: 'The cluster of Elasticsearch is read-only: set cluster.blocks.read_only_allow_delete to null',
};

function refusalOf(error: errors.ResponseError): Refusal {
  const status = error.statusCode ?? 0;
  const cause = (error.body as { error?: unknown } | undefined)?.error;
  // A path that no module serves is refused with a bare string.
  if (typeof cause !== 'object' || cause === null) {
    return { status, type: '', reason: typeof cause === 'string' ? cause : '' };
  }
  const { type, reason, root_cause } = cause as {
    type?: string;
    reason?: string | null;
    root_cause?: readonly { type?: string; reason?: string | null }[];
  };
  const root = root_cause?.[0];
  const words = [reason, root === undefined ? undefined : `${root.type}: ${root.reason}`];
  const isRootMoreTelling = root?.reason !== reason || root?.type !== type;
  return {
    status,
    type: type ?? '',
    reason: (isRootMoreTelling ? words : words.slice(0, 1)).filter((word) => word).join('; '),
  };
}

/**
 * Code of OpenSSL or Node where a connection failed for the certificate; the client keeps the message alone, and has
 * the code only in the cause.
 */
function certificateCode(error: Error): string | undefined {
  const messages = [error.message];
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== undefined && CERTIFICATE_CODE.test(code)) return code;
    messages.push(cause.message);
  }
  return messages.find((message) => CERTIFICATE_WORDS.test(message));
}

const CERTIFICATE_CODE = /CERT|^UNABLE_TO_(?:GET|VERIFY)|^ERR_TLS|^HOSTNAME_MISMATCH/;
const CERTIFICATE_WORDS = /certificate|altnames/i;
