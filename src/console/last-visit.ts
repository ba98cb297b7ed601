import type { FastifyReply, FastifyRequest } from 'fastify';
import { HOUR_MS } from '../domain/time.ts';

/** When a reader's visit before this one ended, and when the browser was last here. */
const COOKIE = 'nyt_visit';
const YEAR_S = 31_536_000;

/** Who comes back after so long begins a new visit: what has come meanwhile is new to them. */
const VISIT_ENDS_MS = HOUR_MS / 2;
/** What is older is not news to anybody. */
const LONGEST_MS = 14 * 24 * HOUR_MS;

/**
 * Since when what has come is new to this browser; notes that it has been here.
 *
 * @returns `undefined` on a first visit
 */
export function noteVisit(request: FastifyRequest, reply: FastifyReply, now: Date): string | undefined {
  const [since, last] = readVisit(request.cookies[COOKIE]);
  const newsSince =
    last !== undefined && now.getTime() - last > VISIT_ENDS_MS ? last : (since ?? now.getTime());
  writeVisit(reply, newsSince, now);
  if (last === undefined) return undefined;
  return new Date(Math.max(newsSince, now.getTime() - LONGEST_MS)).toISOString();
}

/** The reader says that they have seen everything until now. */
export function markSeen(reply: FastifyReply, now: Date): void {
  writeVisit(reply, now.getTime(), now);
}

/** Two times in seconds; whatever else stands there says nothing. */
function readVisit(cookie = ''): [since?: number, last?: number] {
  const [, since, last] = /^(\d{9,10})\.(\d{9,10})$/.exec(cookie) ?? [];
  return since === undefined || last === undefined ? [] : [Number(since) * 1000, Number(last) * 1000];
}

function writeVisit(reply: FastifyReply, sinceMs: number, now: Date): void {
  const seconds = (ms: number) => Math.floor(ms / 1000);
  void reply.setCookie(COOKIE, `${seconds(sinceMs)}.${seconds(now.getTime())}`, {
    path: '/',
    maxAge: YEAR_S,
    sameSite: 'lax',
    httpOnly: true,
  });
}
