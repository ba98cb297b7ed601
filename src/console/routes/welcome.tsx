import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { isAtLeast } from '../../domain/access.ts';
import { OFFICE_PROFILE_ID } from '../../domain/office-profile.ts';
import { RoleError } from '../access-guard.ts';
import { keepProfile, readProfileForm } from '../office-profile-form.ts';
import { officerName, officerOf, rememberOfficer } from '../officer.ts';
import { registeredNames } from '../registered-names.ts';
import type { RouteContext } from '../server.ts';
import { type WelcomeNotice, WelcomePage } from '../views/welcome-page.tsx';
import { NotFoundError } from './errors.tsx';

/** Facilities that are offered while somebody types. */
const OFFERED = 60;

const noticeQuery = z.object({
  notice: z.enum(['saved', 'drill', 'drill-runs']).optional().catch(undefined),
});
const drillForm = z.object({
  by: officerName.catch(''),
  channels: z.enum(['log', 'real']).catch('log'),
});
const trialForm = z.object({ channel: z.string().max(40).catch('') });

/** The first steps of an office. */
export function welcomeRoutes({ server, deps, pages, tokens }: RouteContext): void {
  const names = registeredNames(deps.language.names);
  const provinces = [...deps.language.names]
    .filter(([key]) => key.startsWith('province:'))
    .sort(([, a], [, b]) => a.localeCompare(b, 'vi'))
    .map(([key]) => key.slice('province:'.length));
  const known = new Set(provinces);

  server.get('/welcome', (request, reply) => show(request, reply, noticeQuery.parse(request.query).notice));

  server.post('/welcome', { config: { role: 'admin' } }, async (request, reply) => {
    tokens.check(request);
    const profile = readProfileForm(request.body, names, known, deps.now());
    if ('kind' in profile) return show(request, reply, profile, 400);
    await keepProfile(deps.office, profile);
    deps.log.info({ by: profile.by, provinces: profile.provinces }, 'office profile kept');
    return rememberOfficer(reply, profile.by).redirect('/welcome?notice=saved', 303);
  });

  server.post('/welcome/test', { config: { role: 'admin' } }, async (request, reply) => {
    tokens.check(request);
    const { channel } = trialForm.parse(request.body ?? {});
    const trial = await deps.setUp?.testChannel(channel, pages.languageOf(request));
    if (trial === undefined) throw new NotFoundError();
    deps.log.info({ channel, isTaken: trial.isTaken }, 'channel tried');
    const { ms, why } = trial;
    return show(request, reply, { kind: 'trial', channel, ms, ...(why === undefined ? {} : { why }) });
  });

  server.post('/welcome/drill', async (request, reply) => {
    tokens.check(request);
    const drills = deps.setUp?.drills;
    if (drills === undefined) throw new NotFoundError();
    const { by, channels } = drillForm.parse(request.body ?? {});
    // Whoever is on call is woken by it.
    if (channels === 'real' && !isAtLeast(request.access.role, 'admin')) throw new RoleError('admin');
    const isStarted = drills.start({ by, isReal: channels === 'real' });
    if (isStarted) deps.log.info({ by, channels }, 'drill started');
    return reply.redirect(`/welcome?notice=${isStarted ? 'drill' : 'drill-runs'}#drill`, 303);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    notice: WelcomeNotice | undefined,
    status = 200,
  ): Promise<FastifyReply> {
    const [profile, facilities] = await Promise.all([
      deps.office.find('office-profile', OFFICE_PROFILE_ID),
      deps.articles.facet({}, 'facility', OFFERED),
    ]);
    const view = (
      <WelcomePage
        profile={profile}
        provinces={provinces}
        offered={facilities.flatMap(({ value }) => deps.language.names.get(`facility:${value}`) ?? [])}
        setUp={deps.setUp}
        officer={officerOf(request)}
        notice={notice}
      />
    );
    return pages.send(request, reply, view, status);
  }
}
