import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openTestConsole, type TestConsole } from './console-fixture.ts';

describe('pages of campaigns and policy documents', { timeout: 120_000 }, () => {
  let fixture: TestConsole;
  beforeAll(async () => {
    fixture = await openTestConsole();
    await fixture.seed();
  }, 120_000);
  afterAll(() => fixture?.close());
  const get = (url: string) => fixture.server.inject({ url });

  it('lists campaigns and documents, and shows each', async () => {
    for (const url of ['/campaigns', '/campaigns/doctors-day-2026', '/policies', '/policies/72-nq-tw']) {
      const answer = await get(url);
      expect(answer.statusCode, url).toBe(200);
      expect(answer.body).not.toContain('undefined');
      expect(answer.body).not.toContain('NaN');
    }
    expect((await get('/campaigns')).body).toContain('/campaigns/doctors-day-2026');
    expect((await get('/campaigns/none')).statusCode).toBe(404);
    expect((await get('/api/v1/policies/none')).statusCode).toBe(404);
  });

  it('says what to do where there is none', async () => {
    const empty = await openTestConsole({ campaigns: [], policies: [] });
    try {
      expect((await empty.server.inject({ url: '/campaigns' })).body).toContain('config/campaigns.yaml');
      expect((await empty.server.inject({ url: '/policies' })).body).toContain(
        'config/policy-documents.yaml',
      );
    } finally {
      await empty.close();
    }
  });

  it('gives programs the same figures, and links to what it counted', async () => {
    const report = (await get('/api/v1/campaigns/doctors-day-2026')).json();
    const search = new URLSearchParams({ q: report.searches.own, from: '2026-02-18', to: '2026-03-01' });
    const found = (await get(`/api/v1/articles?${search}`)).json();
    expect(found.meta.matched).toBe(report.total);
    expect((await get('/api/v1/policies/72-nq-tw')).json()).toMatchObject({ id: '72-nq-tw', all: 0 });
  });
});
