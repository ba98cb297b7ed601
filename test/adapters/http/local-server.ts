import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A real HTTP server on loopback whose paths behave as a test wants; what is not named answers 404. */
export interface LocalServer {
  readonly origin: string;
  readonly port: number;
  /** Every request so far, robots.txt included, as `GET /path`. */
  readonly requests: IncomingMessage[];
  paths(): string[];
  /** Adds or replaces one path's behaviour. */
  on(path: string, handler: Handler): void;
  close(): Promise<void>;
}

export async function startServer(handlers: Readonly<Record<string, Handler>> = {}): Promise<LocalServer> {
  const table = new Map(Object.entries(handlers));
  const requests: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request);
    const handler = table.get(new URL(request.url ?? '/', 'http://x').pathname);
    if (handler === undefined) response.writeHead(404).end();
    else handler(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests,
    paths: () => requests.map(({ url }) => url ?? ''),
    on: (path, handler) => table.set(path, handler),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Answers 200 with an HTML body, and these headers. */
export function html(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Handler {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body);
  };
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): Handler {
  return (_request, response) => {
    response.writeHead(code, headers).end();
  };
}

export function redirect(location: string, code = 302): Handler {
  return status(code, { location });
}

export function text(body: string): Handler {
  return html(body, { 'content-type': 'text/plain' });
}
