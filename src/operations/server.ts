import type { FastifyBaseLogger, FastifyInstance, FastifyPluginCallback } from 'fastify';
import Fastify, { LogController } from 'fastify';

import type { Metrics } from './metrics.ts';
import { type Check, Readiness } from './readiness.ts';
import { guardRequests } from './request-guard.ts';

const REQUEST_TIMEOUT_MS = 10_000;

/** Nobody sends anything here. */
const MAX_BODY_BYTES = 1024;

const BOARD_PATH = '/queues';

export interface OperationsDeps {
  readonly version: string;
  /** Names of what runs in this process. */
  readonly runs: readonly string[];
  /** What must answer before this process can do its work. */
  readonly checks: readonly Check[];
  readonly metrics: Metrics;
  /** The board of the queues; without it `/queues` is not found. */
  readonly board?: FastifyPluginCallback;
  /** Names beside addresses and names without a dot that this server answers for. */
  readonly allowedHosts?: readonly string[];
  /** What only a restart could mend, where there is such a thing: then `/livez` says no. */
  readonly beyondRepair?: () => string | undefined;
  readonly log: unknown;
}

/**
 * What operators and their machines ask: `/livez`, `/readyz`, `/metrics` and the board of the queues at `/queues`.
 * Nothing can be changed here.
 *
 * Listens nowhere by itself; call `listen` on what it gives, and `close` when done, last of all servers, so that
 * probes see the program stop.
 */
export async function createOperationsServer(deps: OperationsDeps): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
  });
  guardRequests(server, deps.allowedHosts ?? []);

  const readiness = new Readiness(deps.checks);
  server.get('/livez', async (_request, reply) => {
    const reason = deps.beyondRepair?.();
    return reply.code(reason === undefined ? 200 : 503).send({
      status: reason === undefined ? 'alive' : 'beyond-repair',
      ...(reason === undefined ? {} : { reason }),
      version: deps.version,
      uptimeSeconds: Math.round(process.uptime()),
      runs: deps.runs,
    });
  });
  server.get('/readyz', async (_request, reply) => {
    const report = await readiness.look();
    return reply.code(report.ready ? 200 : 503).send(report);
  });
  server.get('/metrics', async (_request, reply) => {
    const text = await deps.metrics.render(readiness.look());
    return reply.header('content-type', deps.metrics.contentType).send(text);
  });
  if (deps.board !== undefined) await server.register(deps.board, { prefix: BOARD_PATH });
  return server;
}
