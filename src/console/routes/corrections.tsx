import { randomInt } from 'node:crypto';

import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { agreementByVersion, sampledAgreement } from '../../domain/agreement.ts';
import { type Correction, CorrectionError, inForce } from '../../domain/correction.ts';
import { DAY_MS } from '../../domain/time.ts';
import type { CorrectionStore } from '../../ports/correction-store.ts';
import type { ConsoleDeps } from '../console-deps.ts';
import { readCorrectionForm } from '../correction-form.ts';
import { MESSAGES } from '../messages.ts';
import { placeOf, placeSearch } from '../neighbours.ts';
import { officerName, officerOf, rememberOfficer } from '../officer.ts';
import { registeredNames } from '../registered-names.ts';
import { idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { CorrectionsPage } from '../views/corrections-page.tsx';
import { showArticle } from './articles.tsx';
import { NotFoundError } from './errors.tsx';

const PER_PAGE = 30;
const MAX_PAGE = 5000;

/** Articles are drawn from what came in the last days: what the program does now. */
const SAMPLED_DAYS = 7;
/** Draws before one that people have judged already is shown after all. */
const MOST_DRAWS = 20;
/** Names the article that was drawn by chance, so that nobody can choose what counts as drawn. */
const SAMPLE_COOKIE = 'nyt_sample';
const HOUR_S = 3600;

const listQuery = z.object({
  page: z.coerce.number().int().min(1).max(MAX_PAGE).catch(1),
  notice: z.enum(['corrected', 'revoked', 'bad-form', 'nothing-to-draw']).optional().catch(undefined),
});
const revokeForm = z.object({ by: officerName });

/** What people say of articles: the forms under an article, the list of corrections, the draw by chance. */
export function correctionRoutes({ server, deps, pages, tokens, filterOf, depsOf }: RouteContext): void {
  const names = registeredNames(deps.language.names);

  server.get('/corrections', async (request, reply) => {
    const { page, notice } = listQuery.parse(request.query);
    const [latest, total, all] = await Promise.all([
      deps.corrections.list({ offset: (page - 1) * PER_PAGE, limit: PER_PAGE }),
      deps.corrections.count(),
      readAll(deps.corrections),
    ]);
    const pagesInAll = Math.max(1, Math.ceil(total / PER_PAGE));
    const view = (
      <CorrectionsPage
        latest={latest}
        total={total}
        page={page}
        pages={pagesInAll}
        agreement={agreementByVersion(all)}
        sampled={sampledAgreement(all)}
        officer={officerOf(request)}
        notice={notice}
      />
    );
    return pages.send(request, reply, view);
  });

  server.get('/corrections/sample', async (_request, reply) => {
    const id = await draw(deps);
    if (id === undefined) return reply.redirect('/corrections?notice=nothing-to-draw', 303);
    return reply
      .setCookie(SAMPLE_COOKIE, id, { path: '/', maxAge: HOUR_S, sameSite: 'lax', httpOnly: true })
      .redirect(`/articles/${encodeURIComponent(id)}#correct`, 303);
  });

  server.post('/articles/:id/corrections', { config: { scoped: true } }, async (request, reply) => {
    const { id } = idParams.parse(request.params);
    tokens.check(request);
    const confirmedAs = MESSAGES[pages.languageOf(request)].corrections.confirmedReason;
    const draft = readCorrectionForm(request.body, id, { names, confirmedAs });
    if (typeof draft === 'string')
      return showArticle({ deps: depsOf(request), pages, filterOf }, request, reply, {
        notice: draft,
        status: 400,
      });
    const isSampled = request.cookies[SAMPLE_COOKIE] === id;
    try {
      const { id: correctionId, says } = await depsOf(request).correct({ ...draft, isSampled });
      deps.log.info({ correctionId, articleId: id, by: draft.by }, 'article corrected');
      if (isSampled) reply.clearCookie(SAMPLE_COOKIE, { path: '/' });
      rememberOfficer(reply, draft.by);
      return says.isHealth === false
        ? reply.redirect('/corrections?notice=corrected', 303)
        : reply.redirect(correctedAddress(id, request.query), 303);
    } catch (error) {
      if (!(error instanceof CorrectionError)) throw error;
      if (error.fault === 'unknown-article') throw new NotFoundError();
      return showArticle({ deps: depsOf(request), pages, filterOf }, request, reply, {
        notice: error.fault,
        status: 400,
      });
    }
  });

  server.post('/corrections/:id/revoke', async (request, reply) => {
    tokens.check(request);
    const form = revokeForm.safeParse(request.body);
    if (!form.success) return reply.redirect('/corrections?notice=bad-form', 303);
    return revoke(request, reply, form.data.by);
  });

  async function revoke(request: FastifyRequest, reply: FastifyReply, by: string): Promise<FastifyReply> {
    const { id } = idParams.parse(request.params);
    const revoked = await deps.revokeCorrection(id, by);
    if (revoked === undefined) throw new NotFoundError();
    deps.log.info({ correctionId: id, articleId: revoked.articleId, by }, 'correction withdrawn');
    return rememberOfficer(reply, by).redirect('/corrections?notice=revoked', 303);
  }
}

export async function readAll(corrections: CorrectionStore): Promise<Correction[]> {
  const all: Correction[] = [];
  for await (const batch of corrections.scan()) all.push(...batch);
  return all;
}

/** One article of the last days, each as likely as the others, among those that nobody has judged. */
async function draw({ articles, corrections, now }: ConsoleDeps): Promise<string | undefined> {
  const filter = { from: new Date(now().getTime() - SAMPLED_DAYS * DAY_MS).toISOString() };
  const total = await articles.count(filter);
  for (let time = 0; total > 0 && time < MOST_DRAWS; time++) {
    const { articles: drawn } = await articles.search(filter, { offset: randomInt(total), limit: 1 });
    const id = drawn[0]?.id;
    if (id === undefined) continue;
    if (inForce(await corrections.concerning({ articleIds: [id] })).length === 0) return id;
  }
  return undefined;
}

/** In the list that led to the article, where one did. */
function correctedAddress(id: string, asked: unknown): string {
  const place = placeOf(asked);
  const list = place === undefined ? '?' : `${placeSearch(place)}&`;
  return `/articles/${encodeURIComponent(id)}${list}notice=corrected#corrections`;
}
