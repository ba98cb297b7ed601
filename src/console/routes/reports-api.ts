import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { monthlyCsv } from '../../reports/monthly-csv.ts';
import { PRINTED_POLICY, printedHtml } from '../../reports/printed-html.ts';
import { described } from '../api/open-api.ts';
import { LANGS } from '../messages.ts';
import type { RouteContext } from '../server.ts';
import { NotFoundError } from './errors.tsx';

const FILE = /^(\d{4}-(?:0[1-9]|1[0-2]))(?:\.(json|csv|docx|html|pdf))?$/;
/** Printing takes seconds. */
const MOST_MS = 60_000;

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
        files: [
          'text/csv',
          'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
          'text/html',
          'application/pdf',
        ],
      }),
    },
    async (request, reply) => {
      const [, month, kind = 'json'] = FILE.exec(request.params.file) ?? [];
      const isPrintable = kind !== 'pdf' || deps.printPdf !== undefined;
      if (month === undefined || !isPrintable) throw new NotFoundError();
      const lang = request.query.lang ?? pages.languageOf(request);
      const made = await deps.monthlyReports.make(month);
      reply.header('cache-control', 'no-store');
      if (kind === 'json') return made;
      const document = deps.monthlyReports.printed(made.report, lang);
      if (kind === 'html') {
        reply.type('text/html; charset=utf-8').header('content-security-policy', PRINTED_POLICY);
        return reply.send(printedHtml(document));
      }
      reply.header('content-disposition', `attachment; filename="bao-cao-${month}.${kind}"`);
      if (kind === 'csv') return reply.type('text/csv; charset=utf-8').send(monthlyCsv(made.report));
      if (kind === 'docx') {
        reply.type('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
        return reply.send(Buffer.from(await deps.writeDocx(document)));
      }
      const bytes = (await deps.printPdf?.(printedHtml(document), AbortSignal.timeout(MOST_MS))) ?? [];
      return reply.type('application/pdf').send(Buffer.from(bytes));
    },
  );
}
