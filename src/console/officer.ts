import type { FastifyReply, FastifyRequest } from 'fastify';

import { typedText } from './request-fields.ts';

/** Remembers who acts, so that a name is typed once and not at three in the morning. */
const OFFICER_COOKIE = 'nyt_officer';
const MAX_NAME = 80;
const YEAR_S = 31_536_000;

/** The name of whoever acts, as a form or a program gives it. */
export const officerName = typedText(MAX_NAME).refine((name) => name !== '');

export function rememberOfficer(reply: FastifyReply, name: string): FastifyReply {
  return reply.setCookie(OFFICER_COOKIE, encodeURIComponent(name), {
    path: '/',
    maxAge: YEAR_S,
    sameSite: 'strict',
    httpOnly: true,
  });
}

/** The name of whoever has signed in, else the one last given in this browser; empty where none was. */
export function officerOf(request: FastifyRequest): string {
  if (request.access.name !== '') return request.access.name;
  try {
    return decodeURIComponent(request.cookies[OFFICER_COOKIE] ?? '').slice(0, MAX_NAME);
  } catch {
    return '';
  }
}
