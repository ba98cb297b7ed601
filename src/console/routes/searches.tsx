import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { isAtLeast } from '../../domain/access.ts';
import { given } from '../../domain/given.ts';
import {
  MAILING_ROLE,
  mayChange,
  maySee,
  type SavedSearch,
  SUBSCRIPTIONS,
  subscribed,
} from '../../domain/saved-search.ts';
import { DAY_MS } from '../../domain/time.ts';
import { RoleError } from '../access-guard.ts';
import { described } from '../api/open-api.ts';
import { articleQuery } from '../article-query.ts';
import { officerOf } from '../officer.ts';
import { idParams } from '../request-fields.ts';
import { changeForm, saveForm } from '../search-form.ts';
import type { RouteContext } from '../server.ts';
import { SearchesPage } from '../views/searches-page.tsx';
import { NotFoundError } from './errors.tsx';

const MOST_SEARCHES = 1000;

const own = { config: { role: 'viewer' as const, scoped: true } };

const searchAnswer = z
  .looseObject({
    id: z.string(),
    name: z.string(),
    query: z.record(z.string(), z.string()),
    isShared: z.boolean(),
    subscription: z.enum(SUBSCRIPTIONS),
  })
  .meta({ id: 'SavedSearch' });
const saveBody = z.object({
  name: z.string().min(1).max(100),
  query: z
    .string()
    .max(4000)
    .describe('As it stands in the address of the list of articles: `q=sởi&period=30d`'),
  subscription: z.enum(SUBSCRIPTIONS).optional(),
  to: z.array(z.email()).max(10).optional(),
  shared: z.boolean().optional(),
});

/** Searches that people keep, and are written to about; on a page, and for programs. */
export function searchRoutes({ server, deps, pages, tokens, filterOf }: RouteContext): void {
  const { office } = deps;
  const api = server.withTypeProvider<ZodTypeProvider>();

  server.get('/searches', own, async (request, reply) => {
    const view = (
      <SearchesPage
        searches={await listed(request)}
        canMail={deps.canMail && isAtLeast(request.access.role, MAILING_ROLE)}
        mayChange={(search) => isOwn(request, search)}
      />
    );
    return pages.send(request, reply, view);
  });

  server.post('/searches', own, async (request, reply) => {
    tokens.check(request);
    await save(request);
    return reply.redirect('/searches', 303);
  });

  server.post('/searches/:id', own, async (request, reply) => {
    tokens.check(request);
    const form = changeForm.parse(request.body ?? {});
    const search = await ownSearch(request);
    const { name, subscription = search.subscription, to = search.to, shared } = form;
    if (form.subscription !== undefined) refuseMailing(request, subscription);
    const begins = search.subscription === 'none' && subscription !== 'none';
    const known = begins ? await knownArticles(request, search.query) : [];
    await office.update('saved-search', search.id, (current) => {
      const language = pages.languageOf(request);
      const changed = { ...current, name, subscription, to, isShared: shared, language };
      return begins ? subscribed(changed, deps.now(), known) : changed;
    });
    return reply.redirect('/searches', 303);
  });

  server.post('/searches/:id/remove', own, async (request, reply) => {
    tokens.check(request);
    await office.remove('saved-search', (await ownSearch(request)).id);
    return reply.redirect('/searches', 303);
  });

  api.get(
    '/api/v1/searches',
    {
      ...own,
      schema: described({
        tag: 'articles',
        summary: 'Searches that are kept',
        answer: z.object({ searches: z.array(searchAnswer) }),
      }),
    },
    async (request) => ({ searches: (await listed(request)).map(shown) }),
  );

  api.post(
    '/api/v1/searches',
    {
      ...own,
      schema: described({
        tag: 'articles',
        summary: 'Keeps a search, and writes to whoever subscribes to it',
        body: saveBody,
        answer: searchAnswer,
        status: 201,
      }),
    },
    async (request, reply) => reply.code(201).send(shown(await save(request))),
  );

  api.delete(
    '/api/v1/searches/:id',
    {
      ...own,
      schema: described({
        tag: 'articles',
        summary: 'Keeps a search no longer',
        params: idParams,
        status: 204,
      }),
    },
    async (request, reply: FastifyReply) => {
      await office.remove('saved-search', (await ownSearch(request)).id);
      return reply.code(204).send();
    },
  );

  async function listed({ access }: FastifyRequest): Promise<SavedSearch[]> {
    const all = await office.list('saved-search', { limit: MOST_SEARCHES });
    return all.filter((search) => maySee(search, access.accountId));
  }

  async function save(request: FastifyRequest): Promise<SavedSearch> {
    const { name, query, subscription, to, shared } = saveForm.parse(request.body ?? {});
    refuseMailing(request, subscription);
    const { access } = request;
    const search = subscribed(
      {
        id: randomUUID(),
        at: deps.now().toISOString(),
        by: officerOf(request),
        name,
        query,
        subscription,
        to,
        isShared: shared,
        language: pages.languageOf(request),
        ...given({ owner: access.accountId }),
      },
      deps.now(),
      await knownArticles(request, query),
    );
    await office.insert('saved-search', search);
    deps.log.info({ searchId: search.id, by: search.by, subscription }, 'search saved');
    return search;
  }

  async function knownArticles(request: FastifyRequest, query: SavedSearch['query']): Promise<string[]> {
    const now = deps.now().getTime();
    const from = new Date(now - DAY_MS).toISOString();
    const filter = { ...filterOf(request, articleQuery.parse(query), 'all'), from };
    const known: string[] = [];
    for await (const batch of deps.articles.outlines(filter)) known.push(...batch.map(({ id }) => id));
    return known;
  }

  function isOwn({ access }: FastifyRequest, search: SavedSearch): boolean {
    return mayChange(search, access.accountId, access.role === 'admin');
  }

  async function ownSearch(request: FastifyRequest): Promise<SavedSearch> {
    const search = await office.find('saved-search', idParams.parse(request.params).id);
    if (search === undefined || !isOwn(request, search)) throw new NotFoundError();
    return search;
  }
}

function refuseMailing({ access }: FastifyRequest, subscription: SavedSearch['subscription']): void {
  if (subscription !== 'none' && !isAtLeast(access.role, MAILING_ROLE)) throw new RoleError(MAILING_ROLE);
}

/** What programs are given: not what has been told, nor to whom. */
function shown({ delivery: _delivery, to: _to, ...search }: SavedSearch) {
  return search;
}
