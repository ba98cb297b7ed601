import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { anArticle } from '../support/factories.ts';
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

  it('shades the months by phase, and shows what is to be quoted right beside what was written', async () => {
    const [first] = fixture.deps.policies;
    if (first === undefined) throw new Error('No policy document is configured');
    const days = { issuedAt: '2025-12-05', effectiveAt: '2026-02-01' };
    const decree = { ...first, id: '1-2-nd-cp', number: '1/2/NĐ-CP', ...days, facts: [] };
    const other = await openTestConsole({ ...fixture.deps, policies: [decree] });
    const body = `${decree.number} có hiệu lực từ 01/03/2026.`;
    const mention = { kind: 'policy-document', id: decree.id, name: decree.number } as const;
    const written = ['2025-12-20', '2026-02-20'].map((day, at) =>
      anArticle({
        id: `decree-${at}`,
        storyId: `decree-${at}`,
        title: 'Tin',
        summary: '',
        body,
        mentions: [{ ...mention, start: 5, end: 5 + decree.number.length }],
        series: [`policy-document:${decree.id}`],
        firstSeenAt: `${day}T02:00:00.000Z`,
      }),
    );
    await fixture.deps.articles.save(written);
    const page = (await other.server.inject(`/policies/${decree.id}`)).body;
    expect(page).toContain('fill-signed');
    expect(page).toContain('fill-in-effect');
    expect(page).not.toContain('fill-draft');
    expect(page).toContain('<a href="#misquoted">2</a>');
    expect(page).toContain('<strong>01/03/2026</strong>');
    expect(page).toContain('<strong>01/02/2026</strong>');
    for (const { id } of written) await fixture.deps.articles.remove(id);
    await other.close();
  });

  it('gives programs the same figures, and links to what it counted', async () => {
    const report = (await get('/api/v1/campaigns/doctors-day-2026')).json();
    const search = new URLSearchParams({ q: report.searches.own, from: '2026-02-18', to: '2026-03-01' });
    const found = (await get(`/api/v1/articles?${search}`)).json();
    expect(found.meta.matched).toBe(report.total);
    expect((await get('/api/v1/policies/72-nq-tw')).json()).toMatchObject({ id: '72-nq-tw', all: 0 });
  });
});
