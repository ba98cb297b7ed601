import { describe, expect, it } from 'vitest';

import { freshForMs } from '../../src/reading/freshness.ts';
import { linkTargets } from '../../src/reading/link-header.ts';

const NOW = new Date('2026-03-02T01:00:00.000Z');

describe('how long an answer is fresh', () => {
  it.each([
    [{}, 0],
    [{ 'cache-control': 'public, max-age=600' }, 600],
    [{ 'cache-control': 'public, s-maxage=60, max-age="300"', age: '100' }, 200],
    [{ 'cache-control': 'max-age=60', age: '100' }, 0],
    [{ 'cache-control': 'no-cache, max-age=600' }, 0],
    [{ 'cache-control': 'No-Store' }, 0],
    [{ 'cache-control': 'max-age=600', expires: 'Mon, 02 Mar 2026 03:00:00 GMT' }, 600],
    [{ expires: 'Mon, 02 Mar 2026 03:00:00 GMT' }, 7200],
    [{ expires: 'Mon, 02 Mar 2026 03:00:00 GMT', date: 'Mon, 02 Mar 2026 02:30:00 GMT' }, 1800],
    [{ expires: 'Mon, 02 Mar 2026 00:00:00 GMT' }, 0],
    [{ expires: '0' }, 0],
    [{ expires: '-1' }, 0],
    [{ 'cache-control': 'max-age=9999999999' }, 365 * 24 * 3600],
    [{ 'cache-control': 'max-age=soon' }, 0],
  ])('%j: %i s', (headers, seconds) => {
    expect(freshForMs(headers, NOW) / 1000).toBe(seconds);
  });
});

describe('the links of a header', () => {
  const BASE = 'https://bao.example/rss/suc-khoe.rss';

  it('name a hub and the topic, several joined or apart', () => {
    const header =
      '<https://hub.example/>; rel="hub", </rss/y-te.rss>; title="a, b"; rel=self, <x>; rel=next';
    expect(linkTargets(header, BASE)).toEqual({
      hub: 'https://hub.example/',
      self: 'https://bao.example/rss/y-te.rss',
    });
    expect(linkTargets('<https://a.example/>; rel="preconnect hub"', BASE)).toEqual({
      hub: 'https://a.example/',
    });
  });

  it('are left alone where they lead nowhere', () => {
    expect(linkTargets(undefined, BASE)).toEqual({});
    expect(linkTargets('<javascript:alert(1)>; rel=hub, <http://[>; rel=self', BASE)).toEqual({});
    expect(linkTargets('rel=hub, <>', BASE)).toEqual({});
  });

  it('cost no time however they are written', () => {
    for (const part of ['<', '<a>;', '<a>; rel="', ';rel=', '<a>; rel= ']) {
      const startedAt = performance.now();
      linkTargets(part.repeat(100_000), BASE);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    }
  });
});
