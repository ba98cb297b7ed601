import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { described } from '../api/open-api.ts';
import { LANGS } from '../messages.ts';
import { type MonthlyFileKind, sendMonthlyFile } from '../monthly-file.ts';
import { PRINTED_FILE_TYPES } from '../printed-file.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const FILE = /^(\d{4}-(?:0[1-9]|1[0-2]))(?:\.(json|csv|docx|html|pdf))?$/;

const params = z.object({ file: z.string().max(20) });
const fileQuery = z.object({ lang: z.enum(LANGS).optional() });

/** Monthly reports for programs, counted when they are asked for: as JSON, or as a file. */
export function reportApiRoutes({ server, deps, pages }: RouteContext): void {
  const api = server.withTypeProvider<ZodTypeProvider>();

  api.get(
    '/api/v1/reports/:file',
    {
      schema: described({
        tag: 'reports',
        summary:
          'The report of a month, `YYYY-MM`; with `.csv`, `.docx`, `.html` or `.pdf` after it, as a file',
        params,
        querystring: fileQuery,
        files: ['text/csv', ...PRINTED_FILE_TYPES],
      }),
    },
    async (request, reply) => {
      const [, month, kind = 'json'] = FILE.exec(request.params.file) ?? [];
      if (month === undefined) throw new NotFoundError();
      const lang = request.query.lang ?? pages.languageOf(request);
      const made = await deps.monthlyReports.make(month);
      reply.header('cache-control', 'no-store');
      if (kind === 'json') return made;
      const file = { kind: kind as MonthlyFileKind, month, lang };
      return sendMonthlyFile(made, file, request, reply, deps);
    },
  );
}
