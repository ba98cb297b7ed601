import { expect, it } from 'vitest';

import { feedUrl, stage } from '../support/staged-newsroom.ts';

it('answers 304 while nothing has changed and 200 once something has', async () => {
  const newsroom = await stage();
  const url = feedUrl(newsroom, 'ham-rong-ngay-moi-1');
  newsroom.at(1_000);
  const first = await fetch(url);
  const etag = first.headers.get('etag') ?? '';
  const lastModified = first.headers.get('last-modified') ?? '';
  expect(first.status).toBe(200);

  const byTag = await fetch(url, { headers: { 'if-none-match': etag } });
  expect([byTag.status, await byTag.text()]).toEqual([304, '']);
  const byDate = await fetch(url, { headers: { 'if-modified-since': lastModified } });
  expect(byDate.status).toBe(304);

  newsroom.at(newsroom.durationMs);
  const later = await fetch(url, { headers: { 'if-none-match': etag, 'if-modified-since': lastModified } });
  expect(later.status).toBe(200);
  expect(later.headers.get('etag')).not.toBe(etag);
});

it('compresses where client and outlet both do', async () => {
  const newsroom = await stage();
  const url = feedUrl(newsroom, 'bao-y-tam-1');
  const compressed = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
  expect(compressed.headers.get('content-encoding')).toBe('gzip');
  expect(await compressed.text()).toContain('<feed');
  const plain = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
});

it('refuses methods other than GET and HEAD', async () => {
  const newsroom = await stage();
  const url = feedUrl(newsroom, 'bao-y-tam-1');
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});
