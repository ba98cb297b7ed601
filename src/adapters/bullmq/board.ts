import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyPluginCallback } from 'fastify';

import type { Queues } from './queues.ts';

/**
 * The board's own scripts and styles and nothing from elsewhere. Its components set styles inline; nothing that a
 * job carries is put into the page as markup.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The board's page asks a public server for its fonts: an office's operators are nobody's business. */
const FOREIGN_LINK = /<link\b[^>]*\bhref="https?:[^>]*>/g;

/**
 * Bull Board over the queues, for looking only. It takes the prefix that it is registered under for its own.
 *
 * Of what it could change, nearly all would lose jobs or delay them (remove, clean, drain, pause, edit), and its retry
 * knows nothing of the ledger; `nhip-yte quarantine replay` does.
 */
export function queueBoard(queues: Queues): FastifyPluginCallback {
  const adapter = new FastifyAdapter();
  createBullBoard({
    queues: queues.all().map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
    options: {
      uiConfig: {
        boardTitle: 'Nhịp Y tế · hàng đợi / queues',
        hideDocsLink: true,
        // Neither the embedded database, whose one session all share, nor one node of a cluster can tell which workers
        // there are, and "nobody works on this queue" must not be said wrongly. A queue's age says it better.
        showWorkers: false,
      },
    },
  });
  const plugin = adapter.registerPlugin() as FastifyPluginCallback<{ prefix: string }>;
  return (server, options, done) => {
    server.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
    });
    server.addHook('onSend', async (_request, reply, payload) =>
      typeof payload === 'string' && String(reply.getHeader('content-type')).startsWith('text/html')
        ? payload.replace(FOREIGN_LINK, '')
        : payload,
    );
    plugin(server, options as { prefix: string }, done);
  };
}
