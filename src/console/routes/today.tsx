import { z } from 'zod';

import { markSeen, noteVisit } from '../last-visit.ts';
import { optionalField } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { TodayReader } from '../today-report.ts';
import { TodayPage } from '../views/today-page.tsx';

const todayQuery = z.object({ scope: optionalField(z.literal('all')).catch(undefined) });
const token = z.object({ token: z.string().max(100).catch('') });

/** What is running: the page that everybody begins with. */
export function todayRoutes({ server, deps, pages, tokens }: RouteContext): void {
  const today = new TodayReader(deps);

  server.get('/', async (request, reply) => {
    const { scope, ...others } = { ...(request.query as Record<string, unknown>) };
    // The list of articles once stood here: its addresses are in people's mails.
    if (Object.keys(others).length > 0) {
      return reply.redirect(`/articles${request.url.slice(request.url.indexOf('?'))}`, 308);
    }
    const isNarrowed = todayQuery.parse({ scope }).scope === undefined;
    const since = noteVisit(request, reply, deps.now());
    const report = await today.read(undefined, since);
    return pages.send(
      request,
      reply,
      <TodayPage report={report} watched={undefined} isNarrowed={isNarrowed} />,
    );
  });

  server.post('/today/seen', async (request, reply) => {
    tokens.check(request, token.parse(request.body ?? {}).token);
    markSeen(reply, deps.now());
    return reply.redirect('/', 303);
  });
}
