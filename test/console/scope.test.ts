import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { AccessScope } from '../../src/domain/access.ts';
import type { Article } from '../../src/domain/article.ts';
import { openIncident } from '../../src/domain/incident.ts';
import type { Story } from '../../src/domain/story.ts';
import { readDescription } from '../support/api-description.ts';
import { anAlert } from '../support/factories.ts';
import { openTestConsole } from './console-fixture.ts';
import { openSignInConsole, PASSWORD, type SignInConsole } from './sign-in-fixture.ts';

const OWN: AccessScope = { provinces: [], facilities: ['bv-cho-ray'] };
const ELSEWHERE: AccessScope = { provinces: ['nowhere'], facilities: [] };
const STORY = 'story-poisoning';
const SECRET = 'Tin của nơi khác không ai được thấy';

let fixture: SignInConsole;
let own: Record<string, string>;
let elsewhere: Record<string, string>;
let foreignId: string;
let foreignOutlet: string;
beforeAll(async () => {
  fixture = await openSignInConsole();
  const { accounts } = fixture;
  await fixture.seed();
  const { articles } = await fixture.deps.articles.page({}, { order: 'newest', limit: 200 });
  const foreign = articles.find(({ mentions }) => mentions.every(({ id }) => id !== 'bv-cho-ray'));
  if (foreign === undefined) throw new Error('Every article is of the facility');
  ({ id: foreignId, outletId: foreignOutlet } = foreign);
  await tellOfElsewhere({ ...foreign, title: SECRET });
  [own = {}, elsewhere = {}] = await Promise.all(
    [OWN, ELSEWHERE].map(async (scope, at) => {
      const name = `can-bo-${at}`;
      await accounts.add(name, { name: `Cán bộ ${at}`, role: 'admin', scope });
      await accounts.setPassword(name, PASSWORD);
      const { value } = await accounts.addToken(name, { name: 'thử', scope: 'admin', days: 10 });
      return { authorization: `Bearer ${value}` };
    }),
  );
}, 120_000);
afterAll(() => fixture.close());

const ask = (url: string, headers: Record<string, string>) => fixture.server.inject({ url, headers });

/** An article of elsewhere begins a story, an incident and what is known of an outlet that reach into the scope. */
async function tellOfElsewhere(foreign: Article): Promise<void> {
  const { articles, stories, incidents, outletStates } = fixture.deps;
  await articles.save([foreign]);
  await stories.update(
    STORY,
    (current) => ({
      ...(current as Story),
      title: SECRET,
      firstArticleId: foreign.id,
      articleIds: [foreign.id, ...(current?.articleIds ?? [])],
    }),
    [],
  );
  const alert = anAlert({
    id: 'story-reach-1',
    series: `story:${STORY}`,
    seriesName: SECRET,
    articleIds: (await stories.find(STORY))?.articleIds ?? [],
    storyIds: [STORY],
  });
  await incidents.saveAlert(alert);
  await incidents.open(openIncident(alert, `${SECRET} · 5 bài`));
  const sample = { verdict: 'same' as const, bySelector: SECRET, generic: SECRET, url: '', at: alert.at };
  await outletStates.update(foreign.outletId, (state) => ({
    ...state,
    rot: {
      selectors: 'x',
      checked: 2,
      parts: { title: { good: 1, bad: 1, evidence: 9, suspect: 1, firstBad: sample, openedAt: alert.at } },
      closed: [],
    },
  }));
}

const PAGES = [
  '/',
  '/articles',
  '/articles?period=all',
  '/stories?period=30d&least=1',
  '/stories?sort=growth',
  '/stories/story-poisoning',
  '/trends?period=30d',
  '/incidents',
  '/incidents/{incident}',
  '/incidents/incident-story-reach-1',
  '/api/v1/incidents/incident-story-reach-1',
  '/corrections',
  '/outlets',
  '/outlets/{outlet}',
  '/campaigns/{campaign}',
  '/policies/{policy}',
  '/ledger',
  '/briefs',
  '/reports',
  '/campaigns',
  '/policies',
  '/searches',
  '/accounts',
  '/audit',
  '/welcome',
  '/api/docs',
];

describe('an account with a scope', () => {
  it('sees nothing of elsewhere on any page, nor by any question of the API', async () => {
    const { description } = await readDescription(await open());
    const [incident] = await fixture.deps.incidents.list({ limit: 1 });
    const questions = Object.keys(description.paths).filter(
      (path) => 'get' in (description.paths[path] ?? {}),
    );
    const files = ['csv', 'jsonl'].map((format) => `/api/v1/articles?format=${format}`);
    const urls = [...PAGES, `/articles/${foreignId}`, ...questions, ...files].map((path) =>
      path
        .replace('{outlet}', foreignOutlet)
        .replace('/outlets/{id}', `/outlets/${foreignOutlet}`)
        .replace('{campaign}', fixture.deps.campaigns[0]?.id ?? '')
        .replace('/campaigns/{id}', `/campaigns/${fixture.deps.campaigns[0]?.id}`)
        .replace('{policy}', fixture.deps.policies[0]?.id ?? '')
        .replace('/policies/{id}', `/policies/${fixture.deps.policies[0]?.id}`)
        .replace('{incident}', incident?.id ?? '')
        .replace('/incidents/{id}', `/incidents/${incident?.id}`)
        .replace('/stories/{id}', '/stories/story-poisoning')
        .replace('/articles/{id}', `/articles/${foreignId}`)
        .replace('{field}', 'topic')
        .replace('/completions', '/completions?term=topic:')
        .replace('/pairs', '/pairs?a=topic&b=topic')
        .replace(
          '/forecast',
          path === '/api/v1/forecast' ? '/forecast?series=facility:bv-bach-mai' : '/forecast',
        )
        .replaceAll(/\{\w+\}/g, '1'),
    );
    for (const headers of [own, elsewhere]) {
      for (const url of urls) {
        const { statusCode, body } = await ask(url, headers);
        expect([200, 303, 403, 404], url).toContain(statusCode);
        expect(body.includes(SECRET), url).toBe(false);
      }
    }
  });

  it('sees what is its own, with the numbers that everybody else gets for it', async () => {
    const { meta } = (await ask('/api/v1/articles', own)).json();
    const whole = await fixture.deps.articles.count({ facility: 'bv-cho-ray' });
    expect([meta.matched, meta.scope]).toEqual([whole, OWN]);
    expect(whole).toBeGreaterThan(0);
    const facet = (await ask('/api/v1/facets/facility', own)).json();
    expect(facet.values.find(({ value }: { value: string }) => value === 'bv-cho-ray').count).toBe(whole);
    const opened = [
      ...['/', '/trends', '/incidents', '/outlets', '/campaigns', '/policies'],
      ...[`/campaigns/${fixture.deps.campaigns[0]?.id}`, `/policies/${fixture.deps.policies[0]?.id}`],
      ...[`/stories/${STORY}`, '/articles/poisoning-0', `/outlets/${foreignOutlet}`],
    ];
    for (const url of opened) {
      expect((await ask(url, own)).statusCode, url).toBe(200);
    }
    expect((await ask('/api/v1/incidents', own)).json().incidents).toHaveLength(2);
    expect((await ask('/api/v1/incidents', elsewhere)).json().incidents).toEqual([]);
  });

  it('reads of what reaches beyond it by the name of an article that it may see', async () => {
    const first = await fixture.deps.articles.find('poisoning-0');
    const title = first?.title ?? '?';
    const { story } = (await ask(`/api/v1/stories/${STORY}`, own)).json();
    expect([story.title, story.firstArticleId]).toEqual([title, 'poisoning-0']);
    expect((await ask(`/stories/${STORY}`, own)).body).toContain('những bài về địa bàn');
    const incident = (await ask('/api/v1/incidents/incident-story-reach-1', own)).json();
    expect(incident.title).toContain(title.slice(0, 40));
    expect([incident.latestAlert.seriesName, incident.alerts[0].seriesName]).toEqual([title, title]);
  });

  it('counts campaigns and policies within it, and is told why briefs and reports are closed', async () => {
    const counted = async (headers: Record<string, string>) => {
      const { campaigns } = (await ask('/api/v1/campaigns', headers)).json();
      const { policies } = (await ask('/api/v1/policies', headers)).json();
      return [...campaigns, ...policies].map(({ articles }: { articles: number }) => articles);
    };
    expect((await counted(own)).length).toBeGreaterThan(fixture.deps.policies.length);
    expect((await counted(elsewhere)).every((articles) => articles === 0)).toBe(true);
    const refused = await ask('/briefs', own);
    expect(refused.statusCode).toBe(403);
    const { body } = await ask('/', own);
    expect(body).toContain('<a href="/campaigns"');
    expect(body).not.toContain('<a href="/briefs" data-key');
    expect(refused.body).toContain('chỉ xem tin về địa bàn và cơ sở được giao');
  });

  it('changes nothing of elsewhere', async () => {
    const [incident] = await fixture.deps.incidents.list({ limit: 1 });
    const post = (url: string, headers: Record<string, string>, payload: object) =>
      fixture.server.inject({ method: 'POST', url, headers, payload });
    const correction = { reason: 'thử', polarity: 'neutral' };
    expect((await post(`/api/v1/articles/${foreignId}/corrections`, own, correction)).statusCode).toBe(404);
    const acknowledged = { version: 1 };
    const path = `/api/v1/incidents/${incident?.id}/acknowledge`;
    expect((await post(path, elsewhere, acknowledged)).statusCode).toBe(404);
    expect((await post(path, own, acknowledged)).statusCode).toBe(200);
    expect((await post('/api/v1/quarantine/replay', own, {})).statusCode).toBe(403);
  });
});

/** A console that asks nobody who they are, for its description. */
async function open() {
  const { server } = await openTestConsole({ ...fixture.deps, signInWays: undefined });
  return server;
}
