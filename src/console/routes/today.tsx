import { z } from 'zod';

import { OFFICE_PROFILE_ID, type OfficeProfile } from '../../domain/office-profile.ts';
import { markSeen, noteVisit } from '../last-visit.ts';
import { optionalField } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { TodayReader, type Watched } from '../today-report.ts';
import { TodayPage } from '../views/today-page.tsx';

const todayQuery = z.object({ scope: optionalField(z.literal('all')).catch(undefined) });

/** What is running: the page that everybody begins with. */
export function todayRoutes({ server, deps, pages, tokens, depsOf }: RouteContext): void {
  const today = new TodayReader(deps);

  server.get('/', { config: { scoped: true } }, async (request, reply) => {
    const { scope, ...others } = { ...(request.query as Record<string, unknown>) };
    // The list of articles once stood here: its addresses are in people's mails.
    if (Object.keys(others).length > 0) {
      return reply.redirect(`/articles${request.url.slice(request.url.indexOf('?'))}`, 308);
    }
    const since = await noteVisit(request, reply, deps.office, deps.now());
    const profile = await deps.office.find('office-profile', OFFICE_PROFILE_ID);
    const limited = request.access.scope;
    const watched = limited ?? (profile === undefined ? undefined : watchedBy(profile));
    const isNarrowed =
      watched !== undefined && (limited !== undefined || todayQuery.parse({ scope }).scope === undefined);
    const reader = limited === undefined ? today : new TodayReader(depsOf(request));
    const report = await reader.read(isNarrowed ? watched : undefined, since);
    const drill = deps.setUp?.drills?.last();
    const view = (
      <TodayPage
        report={report}
        watched={watched}
        isNarrowed={isNarrowed}
        isNew={profile === undefined}
        isDrilling={drill?.isReal === true && drill.end === undefined}
      />
    );
    return pages.send(request, reply, view);
  });

  server.post('/today/seen', { config: { role: 'viewer', scoped: true } }, async (request, reply) => {
    tokens.check(request);
    await markSeen(request, reply, deps.office, deps.now());
    return reply.redirect('/', 303);
  });
}

/** `undefined` for an office that watches everything. */
function watchedBy({ provinces, facilities }: OfficeProfile): Watched | undefined {
  return provinces.length + facilities.length === 0 ? undefined : { provinces, facilities };
}
