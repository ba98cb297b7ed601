import { z } from 'zod';

import { LANGS } from '../messages.ts';
import { LANGUAGE_COOKIE } from '../pages.tsx';
import { ownPath } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';

const YEAR_S = 31_536_000;

const languageQuery = z.object({
  to: z.enum(LANGS),
  back: ownPath,
});

/** The reader's language, and whether we are alive. */
export function sessionRoutes({ server }: RouteContext): void {
  server.get('/lang', (request, reply) => {
    const { to, back } = languageQuery.parse(request.query);
    return reply
      .setCookie(LANGUAGE_COOKIE, to, { path: '/', maxAge: YEAR_S, sameSite: 'lax', httpOnly: true })
      .redirect(back, 303);
  });
  server.get('/livez', (_request, reply) => reply.type('text/plain').send('ok'));
}
