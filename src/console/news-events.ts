import type { ServerResponse } from 'node:http';

import type { FastifyInstance } from 'fastify';

import type { ConsoleDeps } from './console-deps.ts';

/** How often the stores are asked, once for all readers together. */
const LOOK_EVERY_MS = 4_000;

/** Proxies drop streams that are silent for long. */
const LOOKS_PER_HEARTBEAT = 5;

/** One office has not more open pages than this; beyond it a page falls back to being reloaded by hand. */
const MAX_READERS = 200;

/** Tells open pages, by server-sent events, that the archive or the incidents have changed. */
export class NewsEvents {
  readonly #deps: Pick<ConsoleDeps, 'articles' | 'incidents' | 'log'>;
  readonly #readers = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;
  #last = '';
  #looks = 0;

  constructor(deps: Pick<ConsoleDeps, 'articles' | 'incidents' | 'log'>) {
    this.#deps = deps;
  }

  serve(server: FastifyInstance): void {
    server.get('/events', { config: { scoped: true } }, (_request, reply) => {
      if (this.#readers.size >= MAX_READERS) return reply.code(503).send();
      reply.hijack();
      const headers = reply.getHeaders() as Record<string, string>;
      reply.raw.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        connection: 'keep-alive',
      });
      reply.raw.write('retry: 5000\n\n');
      this.#add(reply.raw);
    });
    server.addHook('preClose', (done) => {
      clearTimeout(this.#timer);
      for (const reader of this.#readers) reader.end();
      this.#readers.clear();
      done();
    });
  }

  #add(reader: ServerResponse): void {
    this.#readers.add(reader);
    reader.on('close', () => this.#readers.delete(reader));
    if (this.#last !== '') reader.write(this.#last);
    if (this.#timer === undefined) this.#lookLater(0);
  }

  #lookLater(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#look()
        .catch((error: unknown) => this.#deps.log.warn({ error }, 'could not look for news'))
        .finally(() => {
          this.#timer = undefined;
          if (this.#readers.size > 0) this.#lookLater(LOOK_EVERY_MS);
        });
    }, delayMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const [watermark, open] = await Promise.all([
      this.#deps.articles.watermark(),
      this.#deps.incidents.list({ limit: 1 }),
    ]);
    const data = JSON.stringify({ watermark: watermark ?? null, incidents: open[0]?.updatedAt ?? null });
    const message = `event: news\ndata: ${data}\n\n`;
    this.#looks += 1;
    if (message !== this.#last) this.#write(message);
    else if (this.#looks % LOOKS_PER_HEARTBEAT === 0) this.#write(': still here\n\n');
    this.#last = message;
  }

  #write(message: string): void {
    for (const reader of this.#readers) reader.write(message);
  }
}
