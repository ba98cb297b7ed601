import type { FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import type { Revision } from '../../domain/revision.ts';
import { described } from '../api/open-api.ts';
import { anyId, idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const MAX_NUMBER = 9999;

const pageParams = z.object({
  id: anyId.min(1),
  number: z.coerce.number().int().min(1).max(MAX_NUMBER),
});

/** The versions of articles that changed, for programs; and their raw pages, for whoever has to prove them. */
export function revisionRoutes({ server, deps, depsOf }: RouteContext): void {
  const { revisions } = deps;
  const api = server.withTypeProvider<ZodTypeProvider>();

  api.get(
    '/api/v1/articles/:id/revisions',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'The versions of an article that changed',
        params: idParams,
        answer: z.object({ revisions: z.array(z.looseObject({ number: z.int().min(1) })) }),
      }),
    },
    async (request): Promise<{ revisions: Revision[] }> => {
      const { id } = request.params;
      await refuseUnseen(request, id);
      const found = await revisions.of(id);
      if (found.length === 0 && (await deps.entries.find(id)) === undefined) throw new NotFoundError();
      return { revisions: found };
    },
  );

  api.get(
    '/api/v1/articles/:id/revisions/:number/page',
    {
      config: { scoped: true },
      schema: described({
        tag: 'articles',
        summary: 'The page of a version as it came, for proof',
        params: pageParams,
        files: ['text/plain'],
      }),
    },
    async (request, reply) => {
      const { id, number } = request.params;
      await refuseUnseen(request, id);
      const [versions, bytes] = await Promise.all([revisions.of(id), revisions.bytes(id, number)]);
      const version = versions.find((each) => each.number === number);
      if (version === undefined || bytes === undefined) throw new NotFoundError();
      const { sha256 = '' } = version;
      // What an outlet's server sent is nobody's page of ours: it is saved, never shown, and can do nothing where it is.
      return reply
        .type('text/plain')
        .header('content-disposition', `attachment; filename="${fileName(id)}-${number}.html.txt"`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'no-store')
        .header('repr-digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`)
        .send(Buffer.from(bytes));
    },
  );

  /** An article that has left the archive has versions still, for whoever sees everything. */
  async function refuseUnseen(request: FastifyRequest, id: string): Promise<void> {
    if (request.access.scope === undefined) return;
    if ((await depsOf(request).articles.find(id)) === undefined) throw new NotFoundError();
  }
}

/** Ids are hexadecimal; what else may stand in an address must not reach a header. */
function fileName(id: string): string {
  return id.replace(/[^A-Za-z0-9-]+/g, '-');
}
