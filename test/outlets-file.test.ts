import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { ConfigError } from '../src/errors.ts';
import { parseOutlets } from '../src/outlets-file.ts';

function faultsOf(text: string): string[] {
  try {
    parseOutlets(text, 'outlets.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

const MINIMAL = `
outlets:
  - id: bao-a
    name: Báo A
    tier: national
    homepage: https://a.example.vn
    feeds:
      - url: https://a.example.vn/rss/y-te.rss
`;

describe('parseOutlets', () => {
  it('fills in what an operator may leave out', () => {
    expect(parseOutlets(MINIMAL, 'outlets.yaml')).toEqual([
      {
        id: 'bao-a',
        name: 'Báo A',
        tier: 'national',
        newsroom: 'bao-a',
        homepage: 'https://a.example.vn',
        paceMs: 3_000,
        hostAliases: {},
        feeds: [
          {
            id: 'bao-a-1',
            outletId: 'bao-a',
            url: 'https://a.example.vn/rss/y-te.rss',
            kind: 'feed',
            isHealth: false,
            pollEveryMs: 300_000,
          },
        ],
      },
    ]);
  });

  it('lets own selectors win over those of the template', () => {
    const text = `
templates:
  cms: { title: h1, body: .body }
${MINIMAL.replace('    feeds:', '    template: cms\n    selectors: { body: article, drop: .ad }\n    feeds:').trim()}
`;
    expect(parseOutlets(text, 'outlets.yaml')[0]?.selectors).toEqual({
      title: 'h1',
      body: 'article',
      drop: '.ad',
    });
  });

  it('reads every field', () => {
    const text = `
outlets:
  - id: so-y-te
    name: Sở Y tế
    tier: provincial
    province: '79'
    newsroom: chinh-quyen
    homepage: https://b.example.vn
    paceMs: 500
    hostAliases: { m.b.example.vn: b.example.vn }
    feeds:
      - id: thong-bao
        url: https://b.example.vn/tin
        kind: listing
        linkSelector: h3 a
        section: Thông báo
        health: true
        pollEveryMinutes: 0.5
`;
    expect(parseOutlets(text, 'outlets.yaml')[0]).toMatchObject({
      province: '79',
      newsroom: 'chinh-quyen',
      paceMs: 500,
      hostAliases: { 'm.b.example.vn': 'b.example.vn' },
      feeds: [
        {
          id: 'thong-bao',
          kind: 'listing',
          linkSelector: 'h3 a',
          section: 'Thông báo',
          isHealth: true,
          pollEveryMs: 30_000,
        },
      ],
    });
  });

  it.each([
    ['id: bao-a', 'id: Báo A', /^outlets\.yaml:3: outlets\[0\]\.id: expected lower-case/],
    ['tier: national', 'tier: regional', /^outlets\.yaml:5: outlets\[0\]\.tier: .*"national"/],
    ['tier: national', 'tier: provincial', /^outlets\.yaml:5: .*expected a province/],
    ['tier: national', 'tier: national\n    province: 79', /^outlets\.yaml:6: .*in quotes/],
    [
      'tier: national',
      'tier: national\n    template: cms',
      /^outlets\.yaml:6: .*expected one of the templates/,
    ],
    ['tier: national', 'tier: national\n    colour: red', /^outlets\.yaml:6: no key "colour"/],
    [
      'tier: national',
      'tier: national\n    hostAliases: {m.a.vn: https://a.vn}',
      /^outlets\.yaml:6: .*host name/,
    ],
    [
      'https://a.example.vn/rss',
      'ftp://a.example.vn/rss',
      /^outlets\.yaml:8: outlets\[0\]\.feeds\[0\]\.url: expected an http/,
    ],
    ['https://a.example.vn/rss', 'https://u:p@a.example.vn/rss', /without user name/],
    ['y-te.rss', 'y-te.rss\n        kind: listing', /^outlets\.yaml:9: .*expected a linkSelector/],
    ['y-te.rss', 'y-te.rss\n        linkSelector: a', /^outlets\.yaml:9: .*only with kind: listing/],
    [
      'y-te.rss',
      'y-te.rss\n        kind: listing\n        linkSelector: "a["',
      /^outlets\.yaml:10: .*CSS selector/,
    ],
    ['y-te.rss', 'y-te.rss\n        seenOn: 2026-02-30', /^outlets\.yaml:9: .*YYYY-MM-DD/],
    ['y-te.rss', 'y-te.rss\n        reportedOn: 2026-02-20', /^outlets\.yaml:9: .*reportedBy/],
    ['y-te.rss', 'y-te.rss\n      - url: https://a.example.vn/rss/y-te.rss', /^outlets\.yaml:9: .*only once/],
    [
      'y-te.rss',
      'y-te.rss\n      - {id: bao-a-1, url: https://a.example.vn/2}',
      /^outlets\.yaml:9: .*feed id bao-a-1 only once/,
    ],
  ])('points at the line where %j became %j', (from, to, expected) => {
    const faults = faultsOf(MINIMAL.replace(from, to));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(expected);
  });

  it('names every fault at once', () => {
    const twice = `${MINIMAL}${MINIMAL.replace('\noutlets:\n', '').replace('y-te.rss', '2').replace('national', 'x')}`;
    expect(faultsOf(twice)).toHaveLength(1);
    expect(faultsOf(twice.replace('national', 'y').replaceAll('https://a.example.vn\n', 'a\n'))).toHaveLength(
      4,
    );
  });
});

describe('config/outlets.yaml', () => {
  const text = readFileSync(join(import.meta.dirname, '../config/outlets.yaml'), 'utf8');
  const outlets = parseOutlets(text, 'config/outlets.yaml');

  it('knows the national, the health and the provincial press', () => {
    expect(outlets.length).toBeGreaterThanOrEqual(40);
    const tiers = new Set(outlets.map(({ tier }) => tier));
    expect([...tiers]).toEqual(expect.arrayContaining(['central', 'ministry', 'national', 'provincial']));
    expect(outlets.flatMap(({ feeds }) => feeds).filter(({ isHealth }) => isHealth).length).toBeGreaterThan(
      25,
    );
  });

  it('says of every feed what is known of it', () => {
    const feeds: Record<string, unknown>[] = parse(text).outlets.flatMap(
      ({ feeds }: { feeds: unknown[] }) => feeds,
    );
    const unmarked = feeds.filter((feed) => {
      const marks = ['seenOn', 'reportedOn', 'listedOn'].filter((mark) => mark in feed);
      return marks.length !== 1;
    });
    expect(unmarked).toEqual([]);
  });

  it('uses provinces that config/provinces.yaml knows', () => {
    const provinces = parse(
      readFileSync(join(import.meta.dirname, '../config/provinces.yaml'), 'utf8'),
    ).provinces;
    const codes = new Set(provinces.map(({ code }: { code: string }) => code));
    expect(outlets.flatMap(({ province }) => province ?? []).filter((code) => !codes.has(code))).toEqual([]);
  });

  it('uses every template it defines', () => {
    const { templates, outlets: rows } = parse(text);
    const used = new Set(rows.map(({ template }: { template?: string }) => template));
    expect(Object.keys(templates).filter((name) => !used.has(name))).toEqual([]);
  });
});
