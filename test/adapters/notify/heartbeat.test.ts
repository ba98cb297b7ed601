import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, it } from 'vitest';

import { createHeartbeat } from '../../../src/adapters/notify/heartbeat.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Beat {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

async function service(answer = 200): Promise<{ url: string; beats: Beat[] }> {
  const beats: Beat[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      beats.push({ method: request.method ?? '', url: request.url ?? '', body });
      response.writeHead(answer, { location: '/elsewhere' }).end('OK');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, beats };
}

const signal = () => AbortSignal.timeout(5000);

it('posts while all is well, and to /fail with the reasons where it is not', async () => {
  const { url, beats } = await service();
  const beat = createHeartbeat(`${url}/3f1c/?rid=7`);
  await beat(undefined, signal());
  await beat('Ngừng dò tin\nPolling has stopped', signal());
  expect(beats).toEqual([
    { method: 'POST', url: '/3f1c/?rid=7', body: '' },
    { method: 'POST', url: '/3f1c/fail?rid=7', body: 'Ngừng dò tin\nPolling has stopped' },
  ]);
});

it('asks an Uptime Kuma push monitor with its status and the first reason', async () => {
  const { url, beats } = await service();
  const beat = createHeartbeat(`${url}/api/push/Ab3?status=up&msg=OK&ping=`);
  await beat(undefined, signal());
  await beat('Ngừng dò tin\nsecond', signal());
  expect(beats.map((one) => one.method)).toEqual(['GET', 'GET']);
  expect(beats.map((one) => Object.fromEntries(new URL(one.url, url).searchParams))).toEqual([
    { status: 'up', msg: 'OK' },
    { status: 'down', msg: 'Ngừng dò tin' },
  ]);
});

it.each([404, 500, 302])(
  'throws where the service answers %i, and keeps its address to itself',
  async (answer) => {
    const { url, beats } = await service(answer);
    await expect(createHeartbeat(`${url}/secret-token`)(undefined, signal())).rejects.toThrow(
      `The heartbeat's service answered ${answer}`,
    );
    expect(beats).toHaveLength(1);
  },
);
