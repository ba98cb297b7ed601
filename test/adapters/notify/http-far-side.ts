import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type Behaviour, type FarSide, SECRET } from '../../contract/channel.contract.ts';

export interface HttpAnswers {
  /** What it answers when it has taken a message. */
  readonly taken: string;
  /** A refusal with a status of success. */
  readonly refused?: string;
  /** How it asks to wait, where that is not by `Retry-After`. */
  readonly wait?: { readonly status: number; readonly body: string };
}

export interface HttpFarSide extends FarSide {
  readonly url: string;
  /** As `received`, in parts. */
  readonly requests: readonly { readonly request: IncomingMessage; readonly body: string }[];
  /** Answers one path by itself, whatever it is told to do; nothing of it counts as received. */
  on(path: string, answer: (body: string) => { readonly status: number; readonly body: string }): void;
}

/** A real HTTP server on loopback that misbehaves as it is told. */
export async function openHttpFarSide({ taken, refused, wait }: HttpAnswers): Promise<HttpFarSide> {
  const requests: { request: IncomingMessage; body: string }[] = [];
  const received: string[] = [];
  const paths = new Map<string, (body: string) => { status: number; body: string }>();
  let behaviour: Behaviour = 'take';

  const answers: Readonly<Record<Behaviour, (response: ServerResponse, request: IncomingMessage) => void>> = {
    take: (response) => response.writeHead(200).end(taken),
    refuse: (response) => response.writeHead(403).end(`no ${SECRET} here`),
    'refuse-politely': (response) => response.writeHead(200).end(refused ?? ''),
    'ask-to-wait': (response) =>
      wait === undefined
        ? response.writeHead(429, { 'retry-after': '86400' }).end()
        : response.writeHead(wait.status).end(wait.body),
    fail: (response) => response.writeHead(500).end(`broken at ${SECRET}`),
    redirect: (response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
    'say-nothing': () => {},
    drip: (response) => {
      response.socket?.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => response.socket?.write('x-a: b\r\n'), 50);
      response.socket?.on('close', () => clearInterval(timer));
    },
    cut: (_response, request) => request.socket.destroy(),
    flood: (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(Buffer.alloc(32 * 1024, 'x')), 2);
      response.on('close', () => clearInterval(timer));
    },
    'talk-nonsense': (response) => response.writeHead(200).end(`<html>{"${SECRET}`),
  };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const own = paths.get(request.url ?? '');
      if (own !== undefined) {
        const answer = own(body);
        response.writeHead(answer.status).end(answer.body);
        return;
      }
      requests.push({ request, body });
      received.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
      answers[behaviour](response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    received,
    behave: (as) => {
      behaviour = as;
    },
    on: (path, answer) => paths.set(path, answer),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
