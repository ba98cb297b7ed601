import type { FastifyReply, FastifyRequest } from 'fastify';
import { DAY_MS } from '../domain/time.ts';
import { type Visit, visitAt } from '../domain/visit.ts';
import type { OfficeStore } from '../ports/office-store.ts';

/** The visit of a browser, where nobody has signed in. */
const COOKIE = 'nyt_visit';
const YEAR_S = 31_536_000;

/** What is older is not news to anybody. */
const LONGEST_MS = 14 * DAY_MS;

/**
 * Since when what has come is new to whoever asks: to their account on whatever device, else to this browser. Notes that
 * they have been here.
 *
 * @returns `undefined` on a first visit
 */
export async function noteVisit(
  request: FastifyRequest,
  reply: FastifyReply,
  office: OfficeStore,
  now: Date,
): Promise<string | undefined> {
  const last = await lastVisit(request, office);
  const visit = visitAt(now, last);
  await keepVisit(request, reply, office, visit);
  if (last === undefined) return undefined;
  const since = Math.max(Date.parse(visit.newsSince), now.getTime() - LONGEST_MS);
  return new Date(since).toISOString();
}

/** The reader says that they have seen everything until now. */
export async function markSeen(
  request: FastifyRequest,
  reply: FastifyReply,
  office: OfficeStore,
  now: Date,
): Promise<void> {
  await keepVisit(request, reply, office, visitAt(now, undefined));
}

async function lastVisit(
  { account, cookies }: FastifyRequest,
  office: OfficeStore,
): Promise<Visit | undefined> {
  return account === undefined ? readVisit(cookies[COOKIE]) : office.find('last-visit', account.id);
}

async function keepVisit(
  { account }: FastifyRequest,
  reply: FastifyReply,
  office: OfficeStore,
  visit: Visit,
): Promise<void> {
  if (account === undefined) return writeVisit(reply, visit);
  const record = { id: account.id, ...visit };
  if (await office.insert('last-visit', record)) return;
  await office.update('last-visit', account.id, () => record);
}

/** Two times in seconds; whatever else stands there says nothing. */
function readVisit(cookie = ''): Visit | undefined {
  const [, since, at] = /^(\d{9,10})\.(\d{9,10})$/.exec(cookie) ?? [];
  if (since === undefined || at === undefined) return undefined;
  const time = (seconds: string) => new Date(Number(seconds) * 1000).toISOString();
  return { at: time(at), newsSince: time(since) };
}

function writeVisit(reply: FastifyReply, { at, newsSince }: Visit): void {
  const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
  void reply.setCookie(COOKIE, `${seconds(newsSince)}.${seconds(at)}`, {
    path: '/',
    maxAge: YEAR_S,
    sameSite: 'lax',
    httpOnly: true,
  });
}
