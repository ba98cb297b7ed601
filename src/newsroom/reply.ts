import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** A response as decided, before it meets the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export function htmlReply(html: string, status = 200, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
    body: Buffer.from(html, 'utf8'),
  };
}

export function textReply(text: string, status = 200, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: Buffer.from(text, 'utf8'),
  };
}

/** Adds validators to a 200 and turns it into a 304 where the client's still hold (RFC 9110 §13). */
export function withValidators(reply: Reply, changedAt: Date, request: IncomingMessage): Reply {
  const etag = `"${createHash('sha256').update(reply.body).digest('hex').slice(0, 16)}"`;
  const lastModified = changedAt.toUTCString();
  const headers = { ...reply.headers, etag, 'last-modified': lastModified, 'cache-control': 'no-cache' };
  if (!stillHolds(request, etag, lastModified)) return { ...reply, headers };
  return { status: 304, headers: { etag, 'last-modified': lastModified }, body: Buffer.alloc(0) };
}

function stillHolds(request: IncomingMessage, etag: string, lastModified: string): boolean {
  const ifNoneMatch = request.headers['if-none-match'];
  // If-None-Match wins: a second is too coarse to tell two articles apart.
  if (ifNoneMatch !== undefined) return ifNoneMatch.split(',').some((given) => given.trim() === etag);
  const since = request.headers['if-modified-since'];
  return since !== undefined && Date.parse(since) >= Date.parse(lastModified);
}

/** Writes the reply, compressed where the client takes gzip and the outlet offers it. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  { gzip }: { gzip: boolean },
): void {
  const compress =
    gzip && reply.body.length > 0 && /\bgzip\b/.test(String(request.headers['accept-encoding']));
  const body = compress ? gzipSync(reply.body) : reply.body;
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(compress ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : {}),
    ...(reply.status === 304 ? {} : { 'content-length': String(body.length) }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
